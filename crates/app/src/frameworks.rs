//! The framework of a trust through its versions: what comes with the product, until the trust has published its own.
//! Contracts keep the version that they were made on until they are renewed.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use varde_model::{
    catalogue::{Catalogue, CatalogueFault, Difference},
    framework::Framework,
    ids::OrganisationId,
};
use varde_persistence::{
    Conn, Tx,
    frameworks::{self as stored, FrameworkVersion},
    organisations,
};

use crate::{
    Code, Ctx, Error, PathPart, Refusal, Result,
    access::{Administrator, SignedIn},
    audit::{self, Deed},
    catalogue,
    cohorts::settle,
    idempotency::Kept,
};

/// The longest file that is read, in bytes: ten times the longest that comes with the product.
const LONGEST: usize = 200_000;

/// A file of the framework: its path in the catalogue and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameworkFile {
    /// Such as `requirements.toml`.
    pub path: String,
    /// As the catalogue writes it.
    pub source: String,
}

/// A version to publish.
#[derive(Clone, Debug, Default)]
pub struct PublishFramework {
    /// The files that change; the others stay as they are.
    pub files: Vec<FrameworkFile>,
    /// The version that the caller saw; None for whichever stands.
    pub version: Option<u32>,
    /// Keep nothing.
    pub dry_run: bool,
}

/// A version with what differs from the one before.
#[derive(Clone, Debug)]
pub struct History {
    /// 1 is what came with the product; 0 where no contract was made on it yet.
    pub version: u32,
    /// What it says.
    pub framework: Framework,
    /// Since when it counts for contracts; None for what comes with the product.
    pub published_at: Option<DateTime<Utc>>,
    /// What differs from the version before.
    pub changes: Vec<Difference>,
}

/// What comes with the product.
fn shipped() -> Result<Framework> {
    Ok(catalogue::reference()?.clone().into())
}

/// The newest version. The first contract of a trust makes what comes with the product its version 1, so that a later
/// version of the product changes no contract.
pub(crate) async fn newest_in(ctx: &Ctx, tx: &Tx, org: OrganisationId) -> Result<FrameworkVersion> {
    if let Some(found) = stored::newest(tx, org).await? {
        return Ok(found);
    }
    let first =
        FrameworkVersion { id: ctx.new_id(), version: 1, framework: shipped()?, published_at: ctx.now };
    stored::insert(tx, org, &first).await?;
    Ok(first)
}

/// What counts for new contracts: the newest version, or what comes with the product.
pub(crate) async fn current(conn: &impl Conn, org: OrganisationId) -> Result<Framework> {
    Ok(match stored::newest(conn, org).await? {
        Some(found) => found.framework,
        None => shipped()?,
    })
}

/// A version that a contract was made on.
pub(crate) async fn version(conn: &impl Conn, org: OrganisationId, version: u32) -> Result<Framework> {
    let found = stored::find(conn, org, version).await?;
    Ok(found.ok_or_else(|| Error::internal(format!("framework version {version} is gone")))?.framework)
}

/// Publishes a version: reworded, added, retired or linked anew. Contracts that stand keep theirs. The same files twice
/// are published once.
///
/// # Errors
/// Refused: each fault of the files with line and key; a file that is none of the framework; another version was published
/// since the one that the caller saw.
pub async fn publish(ctx: &Ctx, right: &Administrator, input: &PublishFramework) -> Result<History> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    organisations::lock(&tx, org).await?;
    let newest = newest_in(ctx, &tx, org).await?;
    if input.version.is_some_and(|seen| seen != newest.version) {
        return Err(Refusal::new(Code::Conflict).at("version").into());
    }
    let framework = checked(&newest.framework, &input.files)?;
    let changes = framework.differences(&newest.framework);
    if changes.is_empty() {
        tx.roll_back().await?;
        let FrameworkVersion { version, framework, published_at, .. } = newest;
        return Ok(History { version, framework, published_at: Some(published_at), changes });
    }
    let new =
        FrameworkVersion { id: ctx.new_id(), version: newest.version + 1, framework, published_at: ctx.now };
    stored::insert(&tx, org, &new).await?;
    let changed: Vec<&str> = changes.iter().map(|change| change.key.as_str()).collect();
    let detail = json!({ "version": new.version, "changed": changed });
    audit::record(ctx, &tx, org, right.actor(), Deed::on("framework.publish", new.id), detail).await?;
    settle(ctx, org, tx, input.dry_run, &Kept::default()).await?;
    let FrameworkVersion { version, framework, published_at, .. } = new;
    Ok(History { version, framework, published_at: Some(published_at), changes })
}

/// The framework with some files changed, or every fault of them.
fn checked(before: &Framework, files: &[FrameworkFile]) -> Result<Framework> {
    let own: BTreeMap<String, String> = before.files().map_err(Error::internal)?.into_iter().collect();
    let at = |index: usize| vec!["files".into(), PathPart::Index(index)];
    let mut changed = own.clone();
    for (index, file) in files.iter().enumerate() {
        if !own.contains_key(&file.path) {
            return Err(Error::from(Refusal::new(Code::NotFound).at("path")).under(&at(index)));
        }
        if file.source.len() > LONGEST {
            let refusal = Refusal::new(Code::TooLong).at("source").with("max", LONGEST);
            return Err(Error::from(refusal).under(&at(index)));
        }
        changed.insert(file.path.clone(), file.source.clone());
    }
    let others = catalogue::reference_files().filter(|(path, _)| !own.contains_key(path));
    let read = Catalogue::parse(others.chain(changed));
    let refusal = |fault: &CatalogueFault| {
        let index = files.iter().position(|file| file.path == fault.file).unwrap_or_default();
        Refusal::new(Code::FaultInFile)
            .at("source")
            .with("line", fault.line)
            .with("value", &fault.key)
            .with("hint", &fault.message)
            .under(&at(index))
    };
    let read = read.map_err(|faults| Error::Refused(faults.iter().map(refusal).collect()))?;
    Ok(read.into())
}

/// Every version that a trust has had, newest first.
///
/// # Errors
/// The database refused.
pub async fn history(ctx: &Ctx, right: &SignedIn) -> Result<Vec<History>> {
    let mut told: Vec<History> = Vec::new();
    for FrameworkVersion { version, framework, published_at, .. } in
        stored::all(ctx.store(), right.org()).await?
    {
        let changes = told.last().map(|before| framework.differences(&before.framework)).unwrap_or_default();
        told.push(History { version, framework, published_at: Some(published_at), changes });
    }
    if told.is_empty() {
        let framework = shipped()?;
        told.push(History { version: 0, framework, published_at: None, changes: Vec::new() });
    }
    told.reverse();
    Ok(told)
}
