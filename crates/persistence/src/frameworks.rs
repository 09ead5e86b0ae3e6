//! The versions of the framework that a trust has.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use varde_model::{
    framework::Framework,
    ids::{FrameworkVersionId, OrganisationId},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::framework_version::{ActiveModel, Column as C, Entity, Model},
    store::sealed::Raw,
};

/// A version of the framework.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameworkVersion {
    /// Permanent id.
    pub id: FrameworkVersionId,
    /// 1 is the first.
    pub version: u32,
    /// What it says.
    pub framework: Framework,
    /// When it began to count for contracts that were made then.
    pub published_at: DateTime<Utc>,
}

/// Publishes a version.
pub async fn insert(tx: &Tx, org: OrganisationId, new: &FrameworkVersion) -> Result<()> {
    let definition = serde_json::to_value(&new.framework);
    let row = ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        version: Set(int(new.version)),
        definition: Set(definition.map_err(|error| Fault::stored("framework_version.definition", error))?),
        published_at: Set(new.published_at),
    };
    Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// The newest version; None where a trust has none.
pub async fn newest(conn: &impl Conn, org: OrganisationId) -> Result<Option<FrameworkVersion>> {
    let own = Entity::find().filter(C::OrganisationId.eq(org.0)).order_by_desc(C::Version);
    own.one(conn.raw()).await?.map(read).transpose()
}

/// Every version, oldest first.
pub async fn all(conn: &impl Conn, org: OrganisationId) -> Result<Vec<FrameworkVersion>> {
    let own = Entity::find().filter(C::OrganisationId.eq(org.0)).order_by_asc(C::Version);
    own.all(conn.raw()).await?.into_iter().map(read).collect()
}

/// One version.
pub async fn find(conn: &impl Conn, org: OrganisationId, version: u32) -> Result<Option<FrameworkVersion>> {
    let own = Entity::find().filter(C::OrganisationId.eq(org.0)).filter(C::Version.eq(int(version)));
    own.one(conn.raw()).await?.map(read).transpose()
}

fn read(row: Model) -> Result<FrameworkVersion> {
    let framework = serde_json::from_value(row.definition);
    Ok(FrameworkVersion {
        id: FrameworkVersionId(row.id),
        version: uint(row.version),
        framework: framework.map_err(|error| Fault::stored("framework_version.definition", error))?,
        published_at: row.published_at,
    })
}
