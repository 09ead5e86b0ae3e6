//! The files of secrets: what signs, and what seals confidential text.

use std::collections::BTreeMap;

use varde_auth::{ConfidentialKeys, KEY_NAME_BYTES};
use varde_model::organisation::Organisation;
use varde_persistence::{
    Store,
    check_ins::sealed::{SealedTable, beginnings},
};
use varde_settings::Settings;

use super::super::{About, Finding};
use crate::secret_file::{self, Found};

pub(super) fn secret(settings: &Settings) -> Finding {
    let path = settings.auth_secret_file();
    let shown = path.display();
    match secret_file::look(&path) {
        Ok(Found::Secret(_)) if secret_file::is_open_to_others(&path) => {
            Finding::Wrong(format!("others may read {shown}"), format!("chmod 600 {shown}"))
        }
        Ok(Found::Secret(_)) => Finding::Good(format!("in {shown}")),
        Ok(Found::Nothing) => Finding::Note(format!("{shown} is made at the first start")),
        Ok(Found::Weak(why)) => Finding::Wrong(format!("{shown}: {why}"), secret_file::MEND.to_owned()),
        Err(error) => Finding::Wrong(format!("{shown}: {error}"), "let this user read the file".to_owned()),
    }
}

/// The keys of confidential text as they lie in their file.
pub(super) fn confidential(settings: &Settings) -> Finding {
    const MEND: &str = "put the file back from its backup: what its keys sealed is lost without them";
    let path = settings.confidential_keys_file();
    let shown = path.display();
    match secret_file::look(&path) {
        Ok(Found::Secret(text)) => match ConfidentialKeys::parse(&String::from_utf8_lossy(&text)) {
            Err(refused) => Finding::Wrong(format!("{shown}: {refused}"), MEND.to_owned()),
            Ok(_) if secret_file::is_open_to_others(&path) => {
                Finding::Wrong(format!("others may read {shown}"), format!("chmod 600 {shown}"))
            }
            Ok(_) => Finding::Good(format!("in {shown}; keep a copy apart from the database's")),
        },
        Ok(Found::Nothing) => Finding::Note(format!("{shown} is made at the first start")),
        Ok(Found::Weak(why)) => Finding::Wrong(format!("{shown}: {why}"), MEND.to_owned()),
        Err(error) => Finding::Wrong(format!("{shown}: {error}"), "let this user read the file".to_owned()),
    }
}

/// Whether the keys open what lies in the database; nothing where no text does, or where the file itself is wrong.
pub(super) async fn texts(settings: &Settings, store: &Store, all: &[Organisation]) -> Option<About> {
    const SUBJECT: &str = "confidential texts";
    let path = settings.confidential_keys_file();
    let keys = match secret_file::look(&path) {
        Ok(Found::Secret(text)) => Some(ConfidentialKeys::parse(&String::from_utf8_lossy(&text)).ok()?),
        Ok(Found::Nothing) => None,
        Ok(Found::Weak(_)) | Err(_) => return None,
    };
    let sealed = match count(store, all).await {
        Ok(sealed) => sealed,
        Err(error) => {
            return Some((SUBJECT, Finding::Wrong(error.to_string(), super::data::MEND.to_owned())));
        }
    };
    let known = |name: &[u8]| keys.as_ref().is_some_and(|keys| keys.has(name));
    let whole: u64 = sealed.values().sum();
    let lost: u64 = sealed.iter().filter(|(name, _)| !known(name)).map(|(_, texts)| texts).sum();
    let shown = path.display();
    let found = match lost {
        _ if whole == 0 => return None,
        0 => Finding::Good(format!("{whole}, each with its key")),
        lost => Finding::Wrong(
            format!("nobody can read {lost} of {whole}: the key that sealed them is not in {shown}"),
            format!("put that key back from the backup of {shown}, as a line below those that are there"),
        ),
    };
    Some((SUBJECT, found))
}

/// Sealed texts of the installation, by the name of their key.
async fn count(store: &Store, all: &[Organisation]) -> varde_persistence::Result<BTreeMap<Vec<u8>, u64>> {
    let mut sealed = BTreeMap::new();
    for organisation in all {
        for table in SealedTable::ALL {
            for (name, texts) in beginnings(store, organisation.id, table, KEY_NAME_BYTES).await? {
                *sealed.entry(name).or_default() += texts;
            }
        }
    }
    Ok(sealed)
}
