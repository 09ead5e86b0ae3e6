//! The catalogue that comes with the product, and what an organisation has taken from it.

use rust_embed::RustEmbed;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use varde_model::{
    catalogue::{Catalogue, CatalogueFault, Programme},
    ids::OrganisationId,
    reminders::ReminderPolicy,
};
use varde_persistence::{
    Conn, Tx,
    programmes::{self, ProgrammeVersion, StoredPolicy},
};

use crate::{
    Ctx, Error, Result,
    access::{Administrator, Coordinator},
    audit::{self, Deed},
    cohorts::settle,
    idempotency::Kept,
};

mod labels;
mod publishing;

pub use labels::label;
pub use publishing::{History, PublishProgramme, PublishedProgramme, history, publish};

#[derive(RustEmbed)]
#[folder = "../../config/catalogue"]
struct Files;

/// The catalogue as it stands in the program.
///
/// # Errors
/// Every fault with file, line and key.
pub fn embedded() -> std::result::Result<Catalogue, Vec<CatalogueFault>> {
    Catalogue::parse(embedded_files())
}

/// The catalogue's files: path and text.
fn embedded_files() -> impl Iterator<Item = (String, String)> {
    Files::iter().filter_map(|path| {
        let file = Files::get(&path)?;
        Some((path.into_owned(), String::from_utf8_lossy(&file.data).into_owned()))
    })
}

/// The same without the programmes and their reminders: what they point to.
pub(crate) fn reference_files() -> impl Iterator<Item = (String, String)> {
    embedded_files().filter(|(path, _)| !path.starts_with("programmes/") && !path.starts_with("reminders/"))
}

/// What loading the catalogue changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Programme versions published.
    pub versions: u32,
    /// Reminder policies added.
    pub policies: u32,
}

/// Takes the catalogue into an organisation: a programme that changed gets a new version, which new cohorts follow;
/// policies that are new are added. A policy that the organisation has, and a programme of which it has published a
/// version of its own, is left as the organisation made it.
///
/// # Errors
/// A catalogue that does not hold, which a test rules out for the one in the program.
pub async fn load(ctx: &Ctx, right: &Administrator, catalogue: &Catalogue, dry_run: bool) -> Result<Loaded> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let mut loaded = Loaded::default();
    let latest = programmes::latest_versions(&tx, org).await?;
    for programme in &catalogue.programmes {
        let standing = latest.iter().find(|version| version.key == programme.key);
        if standing.is_none_or(|standing| !standing.own) {
            let written = write(ctx, right, &tx, programme, standing, false).await?;
            loaded.versions += u32::from(written.is_some());
        }
    }
    let standing = programmes::policies(&tx, org).await?;
    for policy in &catalogue.policies {
        if standing.iter().all(|stored| stored.key != stored_key(policy)) {
            let stored = stored_policy(ctx, policy)?;
            programmes::insert_policy(&tx, org, &stored, ctx.now).await?;
            loaded.policies += 1;
        }
    }
    let detail = json!({ "versions": loaded.versions, "policies": loaded.policies });
    audit::record(ctx, &tx, org, right.actor(), Deed::overall("catalogue.load"), detail).await?;
    settle(ctx, org, tx, dry_run, &Kept::default()).await?;
    Ok(loaded)
}

/// Writes a new version of a programme, or its first one. None when it says what the standing one says.
async fn write(
    ctx: &Ctx,
    right: &Administrator,
    tx: &Tx,
    programme: &Programme,
    standing: Option<&ProgrammeVersion>,
    own: bool,
) -> Result<Option<ProgrammeVersion>> {
    let (definition, digest) = document(programme)?;
    if standing.is_some_and(|standing| standing.digest == digest) {
        return Ok(None);
    }
    let id = match standing {
        Some(standing) => standing.programme,
        None => {
            let id = ctx.new_id();
            programmes::insert(tx, right.org(), id, &programme.key, ctx.now).await?;
            id
        }
    };
    let version = ProgrammeVersion {
        id: ctx.new_id(),
        programme: id,
        key: programme.key.clone(),
        version: standing.map_or(1, |standing| standing.version + 1),
        digest,
        definition,
        own,
        published_at: ctx.now,
    };
    programmes::insert_version(tx, right.org(), &version).await?;
    Ok(Some(version))
}

/// A policy's key is unique in its programme; in the organisation the programme's key stands before it.
fn stored_key(policy: &ReminderPolicy) -> String {
    format!("{}/{}", policy.programme, policy.key)
}

fn stored_policy(ctx: &Ctx, policy: &ReminderPolicy) -> Result<StoredPolicy> {
    let (definition, digest) = document(policy)?;
    Ok(StoredPolicy {
        id: ctx.new_id(),
        key: stored_key(policy),
        programme_key: policy.programme.clone(),
        version: 1,
        active: true,
        digest,
        definition,
        // A new rule is not retroactive.
        effective_from: ctx.now,
    })
}

/// A definition as it is stored, with the digest that tells whether it changed.
pub(crate) fn document(value: &impl Serialize) -> Result<(Value, String)> {
    let definition = serde_json::to_value(value).map_err(Error::internal)?;
    let digest = Sha256::digest(definition.to_string().as_bytes());
    let hex = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((definition, hex))
}

/// A programme as an organisation has it.
#[derive(Clone, Debug)]
pub struct OwnProgramme {
    /// Its latest version.
    pub version: ProgrammeVersion,
    /// What it says.
    pub programme: Programme,
}

/// The organisation's programmes in their latest versions.
pub async fn programmes(ctx: &Ctx, right: &Coordinator) -> Result<Vec<OwnProgramme>> {
    latest(ctx.store(), right.org()).await
}

/// The same for whoever is at work within a use case.
pub(crate) async fn latest(conn: &impl Conn, org: OrganisationId) -> Result<Vec<OwnProgramme>> {
    let versions = programmes::latest_versions(conn, org).await?;
    versions.into_iter().map(read).collect()
}

/// Programme versions by id.
pub async fn versions(
    ctx: &Ctx,
    right: &Coordinator,
    ids: &[varde_model::ids::ProgrammeVersionId],
) -> Result<Vec<OwnProgramme>> {
    let versions = programmes::versions(ctx.store(), right.org(), ids).await?;
    versions.into_iter().map(read).collect()
}

fn read(version: ProgrammeVersion) -> Result<OwnProgramme> {
    let programme = serde_json::from_value(version.definition.clone()).map_err(Error::internal)?;
    Ok(OwnProgramme { version, programme })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_catalogue_in_the_program_holds() {
        let catalogue = super::embedded().unwrap_or_else(|faults| panic!("{faults:#?}"));
        assert!(catalogue.programme("onboarding").is_some());
    }
}
