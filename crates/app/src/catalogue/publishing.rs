//! Programmes that a trust writes itself: a file of the catalogue as a text, checked, compared with the version that
//! stands, and published as a new one. Cohorts keep the version on which they were opened.

use serde::Deserialize;
use serde_json::json;
use varde_model::{
    catalogue::{Catalogue, CatalogueFault, Difference, Programme},
    reminders::{ReminderPolicy, is_key},
};
use varde_persistence::{organisations, programmes};

use super::{OwnProgramme, read, reference_files, stored_policy, write};
use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Administrator, Coordinator},
    audit::{self, Deed},
    cohorts::settle,
    idempotency::Kept,
    texts::text,
};

/// The longest file that is read, in bytes: ten times the longest that comes with the product.
const LONGEST: usize = 200_000;

/// A programme to publish.
#[derive(Clone, Debug, Default)]
pub struct PublishProgramme {
    /// The programme as `programmes/<key>.toml` of the catalogue writes it. Its key says which programme it is.
    pub source: String,
    /// For a programme that the trust does not have yet: its rules of reminding, as `reminders/<key>.toml` writes them.
    pub reminders: Option<String>,
    /// The version that the caller saw; None for whichever stands.
    pub version: Option<u32>,
    /// Keep nothing.
    pub dry_run: bool,
}

/// What publishing comes to.
#[derive(Clone, Debug)]
pub struct PublishedProgramme {
    /// The programme in its new version, or as it stands when nothing differs.
    pub own: OwnProgramme,
    /// What differs from the version before; everything for a first version.
    pub changes: Vec<Difference>,
    /// Rules of reminding added.
    pub policies: u32,
}

/// Publishes a version of a programme. The same text twice is published once.
///
/// # Errors
/// Refused: each fault of the files with line and key; another version was published since the one that the caller
/// saw; rules of reminding for a programme that has them already.
pub async fn publish(
    ctx: &Ctx,
    right: &Administrator,
    input: &PublishProgramme,
) -> Result<PublishedProgramme> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    organisations::lock(&tx, org).await?;
    let latest = programmes::latest_versions(&tx, org).await?;
    let known: Vec<String> = latest.iter().map(|version| version.key.clone()).collect();
    let (programme, policies) = checked(input, &known)?;
    let standing = latest.into_iter().find(|version| version.key == programme.key);
    let stands = standing.as_ref().map_or(0, |standing| standing.version);
    if input.version.is_some_and(|seen| seen != stands) {
        return Err(Refusal::new(Code::Conflict).at("version").into());
    }
    if standing.is_some() && input.reminders.is_some() {
        let hint = text(ctx.locale, "programme-has-its-rules");
        return Err(Refusal::new(Code::Invalid).at("reminders").with("hint", hint).into());
    }
    let before = standing.clone().map(read).transpose()?;
    // The number in the file is the writer's own; the one that counts is that of the publication.
    if let Some(own) = &before
        && own.programme == (Programme { version: own.programme.version, ..programme.clone() })
    {
        return Ok(PublishedProgramme { own: own.clone(), changes: Vec::new(), policies: 0 });
    }
    let programme = Programme { version: stands + 1, ..programme };
    let changes = programme.differences(before.as_ref().map(|before| &before.programme));
    let written = write(ctx, right, &tx, &programme, standing.as_ref(), true).await?;
    let version =
        written.ok_or_else(|| Error::internal("a programme that differs has the digest of the old one"))?;
    for policy in &policies {
        programmes::insert_policy(&tx, org, &stored_policy(ctx, policy)?, ctx.now).await?;
    }
    let detail = json!({
        "programme": programme.key,
        "version": version.version,
        "changed": changes.iter().map(|change| &change.key).collect::<Vec<_>>(),
        "policies": policies.len(),
    });
    let deed = Deed::on("programme.publish", version.programme);
    audit::record(ctx, &tx, org, right.actor(), deed, detail).await?;
    settle(ctx, org, tx, input.dry_run, &Kept::default()).await?;
    let policies = u32::try_from(policies.len()).unwrap_or(u32::MAX);
    Ok(PublishedProgramme { own: OwnProgramme { version, programme }, changes, policies })
}

#[derive(Deserialize)]
struct Named {
    key: String,
}

/// The programme and its rules of reminding, or every fault of their files.
fn checked(input: &PublishProgramme, known: &[String]) -> Result<(Programme, Vec<ReminderPolicy>)> {
    let reminders = input.reminders.as_deref();
    for (field, text) in [("source", Some(input.source.as_str())), ("reminders", reminders)] {
        if text.is_some_and(|text| text.len() > LONGEST) {
            return Err(Refusal::new(Code::TooLong).at(field).with("max", LONGEST).into());
        }
    }
    let named = toml::from_str::<Named>(&input.source).ok().map(|named| named.key);
    let key = named.filter(|key| is_key(key)).unwrap_or_else(|| "programme".to_owned());
    let own_file = format!("programmes/{key}.toml");
    let files = [(own_file.clone(), input.source.clone())];
    let rules = reminders.map(|text| (format!("reminders/{key}.toml"), text.to_owned()));
    let read = Catalogue::parse_beside(reference_files().chain(files).chain(rules), known);
    let refusal = |fault: &CatalogueFault| {
        Refusal::new(Code::FaultInFile)
            .at(if fault.file == own_file { "source" } else { "reminders" })
            .with("line", fault.line)
            .with("value", &fault.key)
            .with("hint", &fault.message)
    };
    let mut catalogue = read.map_err(|faults| Error::Refused(faults.iter().map(refusal).collect()))?;
    let programme =
        catalogue.programmes.pop().ok_or_else(|| Error::internal("a file without a programme"))?;
    Ok((programme, catalogue.policies))
}

/// A version of a programme, and what it changed.
#[derive(Clone, Debug)]
pub struct History {
    /// The version.
    pub own: OwnProgramme,
    /// What differs from the version before; nothing told for the first one.
    pub changes: Vec<Difference>,
}

/// Every version of the programme with a key, newest first; none where there is no such programme.
///
/// # Errors
/// The database refused.
pub async fn history(ctx: &Ctx, right: &Coordinator, key: &str) -> Result<Vec<History>> {
    let (store, org) = (ctx.store(), right.org());
    let latest = programmes::latest_versions(store, org).await?;
    let Some(found) = latest.iter().find(|version| version.key == key.trim()) else { return Ok(Vec::new()) };
    let all = programmes::versions_of(store, org, found.programme).await?;
    let all: Vec<OwnProgramme> = all.into_iter().map(read).collect::<Result<_>>()?;
    let changes = |index: usize, own: &OwnProgramme| {
        let before = index.checked_sub(1).and_then(|before| all.get(before));
        before.map(|before| own.programme.differences(Some(&before.programme))).unwrap_or_default()
    };
    let told =
        |(index, own): (usize, &OwnProgramme)| History { own: own.clone(), changes: changes(index, own) };
    Ok(all.iter().enumerate().map(told).rev().collect())
}
