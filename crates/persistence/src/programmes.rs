//! Programmes, their published versions, and the reminder policies. Definitions are stored as documents; only the
//! catalogue's types read them.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::Value;
use varde_model::ids::{OrganisationId, PolicyId, ProgrammeId, ProgrammeVersionId};

use crate::{
    Conn, Result, Tx,
    convert::{int, uint},
    entity::{programme, programme_version, reminder_policy},
    error::one_row,
    store::sealed::Raw,
};

/// A published version of a programme.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgrammeVersion {
    /// Permanent id.
    pub id: ProgrammeVersionId,
    /// The programme it is a version of.
    pub programme: ProgrammeId,
    /// The programme's key, such as `onboarding`.
    pub key: String,
    /// 1 is the first.
    pub version: u32,
    /// Of the definition: equal ones need no new version.
    pub digest: String,
    /// The programme as the catalogue writes it.
    pub definition: Value,
    /// True when the trust wrote it itself, false when it came with the product.
    pub own: bool,
    /// Since when new cohorts follow it.
    pub published_at: DateTime<Utc>,
}

/// A stored reminder policy.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredPolicy {
    /// Permanent id.
    pub id: PolicyId,
    /// Its key, such as `gathering-week-before`.
    pub key: String,
    /// The programme that it serves.
    pub programme_key: String,
    /// Counts the changes.
    pub version: u32,
    /// An inactive one plans nothing more.
    pub active: bool,
    /// Of the definition.
    pub digest: String,
    /// The policy as the catalogue writes it.
    pub definition: Value,
    /// Anchors before it are not reminded of.
    pub effective_from: DateTime<Utc>,
}

/// Writes a new programme.
pub async fn insert(
    tx: &Tx,
    org: OrganisationId,
    id: ProgrammeId,
    key: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = programme::ActiveModel {
        id: Set(id.0),
        organisation_id: Set(org.0),
        key: Set(key.to_owned()),
        created_at: Set(now),
    };
    programme::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Publishes a version.
pub async fn insert_version(tx: &Tx, org: OrganisationId, new: &ProgrammeVersion) -> Result<()> {
    let row = programme_version::ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        programme_id: Set(new.programme.0),
        version: Set(int(new.version)),
        digest: Set(new.digest.clone()),
        definition: Set(new.definition.clone()),
        own: Set(new.own),
        published_at: Set(new.published_at),
    };
    programme_version::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

async fn read_versions(
    conn: &impl Conn,
    org: OrganisationId,
    find: sea_orm::Select<programme_version::Entity>,
) -> Result<Vec<ProgrammeVersion>> {
    let programmes =
        programme::Entity::find().filter(programme::Column::OrganisationId.eq(org.0)).all(conn.raw()).await?;
    let versions = find
        .filter(programme_version::Column::OrganisationId.eq(org.0))
        .order_by_asc(programme_version::Column::ProgrammeId)
        .order_by_asc(programme_version::Column::Version)
        .all(conn.raw())
        .await?;
    Ok(versions
        .into_iter()
        .map(|row| ProgrammeVersion {
            id: ProgrammeVersionId(row.id),
            programme: ProgrammeId(row.programme_id),
            key: programmes
                .iter()
                .find(|programme| programme.id == row.programme_id)
                .map(|programme| programme.key.clone())
                .unwrap_or_default(),
            version: uint(row.version),
            digest: row.digest,
            definition: row.definition,
            own: row.own,
            published_at: row.published_at,
        })
        .collect())
}

/// Every version of a programme, oldest first.
pub async fn versions_of(
    conn: &impl Conn,
    org: OrganisationId,
    programme: ProgrammeId,
) -> Result<Vec<ProgrammeVersion>> {
    let find =
        programme_version::Entity::find().filter(programme_version::Column::ProgrammeId.eq(programme.0));
    read_versions(conn, org, find).await
}

/// The latest version of every programme, by programme.
pub async fn latest_versions(conn: &impl Conn, org: OrganisationId) -> Result<Vec<ProgrammeVersion>> {
    let mut latest: Vec<ProgrammeVersion> = Vec::new();
    for version in read_versions(conn, org, programme_version::Entity::find()).await? {
        match latest.last_mut() {
            Some(last) if last.programme == version.programme => *last = version,
            _ => latest.push(version),
        }
    }
    Ok(latest)
}

/// Versions by id.
pub async fn versions(
    conn: &impl Conn,
    org: OrganisationId,
    ids: &[ProgrammeVersionId],
) -> Result<Vec<ProgrammeVersion>> {
    let find = programme_version::Entity::find()
        .filter(programme_version::Column::Id.is_in(ids.iter().map(|id| id.0)));
    read_versions(conn, org, find).await
}

/// Writes a new policy.
pub async fn insert_policy(
    tx: &Tx,
    org: OrganisationId,
    new: &StoredPolicy,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = reminder_policy::ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        key: Set(new.key.clone()),
        programme_key: Set(new.programme_key.clone()),
        version: Set(int(new.version)),
        active: Set(new.active),
        digest: Set(new.digest.clone()),
        definition: Set(new.definition.clone()),
        effective_from: Set(new.effective_from),
        changed_at: Set(now),
    };
    reminder_policy::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Writes a changed policy and counts its version up.
pub async fn update_policy(
    tx: &Tx,
    org: OrganisationId,
    changed: &StoredPolicy,
    now: DateTime<Utc>,
) -> Result<()> {
    use reminder_policy::Column as C;
    let done = reminder_policy::Entity::update_many()
        .col_expr(C::Active, Expr::value(changed.active))
        .col_expr(C::Digest, Expr::value(changed.digest.clone()))
        .col_expr(C::Definition, Expr::value(changed.definition.clone()))
        .col_expr(C::EffectiveFrom, Expr::value(changed.effective_from))
        .col_expr(C::Version, Expr::value(int(changed.version + 1)))
        .col_expr(C::ChangedAt, Expr::value(now))
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Id.eq(changed.id.0))
        .filter(C::Version.eq(int(changed.version)))
        .exec(tx.raw())
        .await?;
    one_row("reminder_policy.update", done.rows_affected)
}

/// Every policy, by key.
pub async fn policies(conn: &impl Conn, org: OrganisationId) -> Result<Vec<StoredPolicy>> {
    let rows = reminder_policy::Entity::find()
        .filter(reminder_policy::Column::OrganisationId.eq(org.0))
        .order_by_asc(reminder_policy::Column::Key)
        .all(conn.raw())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| StoredPolicy {
            id: PolicyId(row.id),
            key: row.key,
            programme_key: row.programme_key,
            version: uint(row.version),
            active: row.active,
            digest: row.digest,
            definition: row.definition,
            effective_from: row.effective_from,
        })
        .collect())
}
