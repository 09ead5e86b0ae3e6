//! The framework of a trust through its versions: what comes with the product, until the trust has published its own.

use varde_model::{framework::Framework, ids::OrganisationId};
use varde_persistence::{
    Conn, Tx,
    frameworks::{self as stored, FrameworkVersion},
};

use crate::{Ctx, Error, Result, catalogue};

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

/// A version that a contract was made on.
pub(crate) async fn version(conn: &impl Conn, org: OrganisationId, version: u32) -> Result<Framework> {
    let found = stored::find(conn, org, version).await?;
    Ok(found.ok_or_else(|| Error::internal(format!("framework version {version} is gone")))?.framework)
}
