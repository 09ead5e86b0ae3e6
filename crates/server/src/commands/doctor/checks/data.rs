//! The data folder and the database.

use std::{fs, os::unix::fs::MetadataExt as _, path::PathBuf};

use secrecy::ExposeSecret as _;
use varde_model::organisation::Organisation;
use varde_persistence::{Engine, Store, installation, organisations};
use varde_settings::Settings;

use super::{
    super::{About, Finding},
    keys,
};
use crate::wiring;

pub(super) fn folder(settings: &Settings) -> Finding {
    let folder = &settings.data_dir;
    let shown = folder.display();
    let mend =
        || format!("let this user write there (chown, chmod), or set VARDE_DATA_DIR; it is {shown} now");
    match fs::metadata(folder) {
        Ok(found) if !found.is_dir() => Finding::Wrong(format!("{shown} is no folder"), mend()),
        Ok(found) => {
            let probe = folder.join(format!(".varde-doctor-{}", std::process::id()));
            match fs::write(&probe, b"").and_then(|()| fs::remove_file(&probe)) {
                Ok(()) if found.mode() & 0o007 != 0 => Finding::Note(format!(
                    "{shown}; everybody on this machine may look into it: chmod o= {shown}"
                )),
                Ok(()) => Finding::Good(shown.to_string()),
                Err(error) => Finding::Wrong(format!("{shown} cannot be written to: {error}"), mend()),
            }
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Finding::Note(format!("{shown} is made at the first start"))
        }
        Err(error) => Finding::Wrong(format!("{shown}: {error}"), mend()),
    }
}

/// The database, its schema, and whose data it holds; with the organisations, where they could be read.
pub(super) async fn database(settings: &Settings) -> (Vec<About>, Vec<Organisation>) {
    const SUBJECT: &str = "database";
    if let Some(file) = file(settings).filter(|file| !file.exists()) {
        // Opening it would make it.
        let note = format!("{} is made at the first start", file.display());
        return (vec![(SUBJECT, Finding::Note(note))], Vec::new());
    }
    let store = match wiring::store(settings).await {
        Ok(store) => store,
        Err(error) => {
            let mend = "see that the server runs, and that host, name, user and password of VARDE_DATABASE_URL are right (sqlite:///path/file.db or postgres://user:password@host/database)";
            return (vec![(SUBJECT, Finding::Wrong(format!("{error:#}"), mend.to_owned()))], Vec::new());
        }
    };
    let engine = match store.engine() {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    };
    let mut known = Vec::new();
    let mut findings = vec![(SUBJECT, Finding::Good(format!("{engine} answers")))];
    if let Some(file) = file(settings)
        && fs::metadata(&file).is_ok_and(|found| found.mode() & 0o007 != 0)
    {
        let shown = file.display();
        let open =
            format!("everybody on this machine may read employees' data in it: chmod o= {shown} {shown}-*");
        findings.push((SUBJECT, Finding::Note(open)));
    }
    match store.pending_migrations().await {
        Ok(pending) if pending.is_empty() => {
            findings.push(("schema", Finding::Good("up to date".to_owned())));
            let content = content(settings, &store).await;
            findings.extend(content.0);
            known = content.1;
        }
        Ok(pending) => {
            let lacks = format!("{} migration(s) of this version are missing", pending.len());
            findings.push(("schema", Finding::Wrong(lacks, "varde migrate".to_owned())));
        }
        Err(error) => {
            let mend =
                "the database may be of a newer version of the program: use that one, or restore a backup";
            findings.push(("schema", Finding::Wrong(error.to_string(), mend.to_owned())));
        }
    }
    if let Err(error) = store.close().await {
        findings.push((SUBJECT, Finding::Note(format!("it did not close well: {error}"))));
    }
    (findings, known)
}

/// The SQLite file.
fn file(settings: &Settings) -> Option<PathBuf> {
    let url = settings.database_url();
    let path = url.expose_secret().strip_prefix("sqlite://")?;
    Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
}

async fn content(settings: &Settings, store: &Store) -> (Vec<About>, Vec<Organisation>) {
    let (mut findings, mut known) = (Vec::new(), Vec::new());
    match organisations::all(store).await {
        Ok(all) if all.is_empty() => findings.push((
            "organisations",
            Finding::Note("there is none yet: varde organisation add <key> <name>".to_owned()),
        )),
        Ok(all) => {
            known.clone_from(&all);
            let (sending, held): (Vec<_>, Vec<_>) =
                all.into_iter().partition(|organisation| organisation.sending);
            findings.extend(held.iter().map(|organisation| {
                let key = &organisation.key;
                let held = format!(
                    "mail of {key} is held back; to let it out: varde sending on --organisation {key}"
                );
                ("sending", Finding::Note(held))
            }));
            let keys: Vec<String> = sending.into_iter().map(|organisation| organisation.key).collect();
            if !keys.is_empty() {
                findings.push(("sending", Finding::Good(format!("on for {}", keys.join(", ")))));
            }
        }
        Err(error) => findings.push(("organisations", Finding::Wrong(error.to_string(), MEND.to_owned()))),
    }
    findings.extend(keys::texts(settings, store, &known).await);
    match installation::find(store).await {
        Ok(Some(recorded)) if recorded.public_url != settings.http.public_url => {
            findings.push(("installation", Finding::Note(format!(
                "the database was last used at {}; the next `varde serve` under {} switches sending off, as it may be a copy",
                recorded.public_url, settings.http.public_url
            ))));
        }
        Ok(_) => {}
        Err(error) => findings.push(("installation", Finding::Wrong(error.to_string(), MEND.to_owned()))),
    }
    (findings, known)
}

pub(super) const MEND: &str = "look into the database's own log";
