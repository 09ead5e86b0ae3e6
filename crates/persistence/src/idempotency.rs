//! Keys of safe retries.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use uuid::Uuid;
use varde_model::ids::{AccountId, OrganisationId};

use crate::{
    Conn, Result, Tx,
    entity::idempotency::{ActiveModel, Column as C, Entity},
    store::sealed::Raw,
};

/// What a key was used for.
#[derive(Clone, Debug, PartialEq)]
pub struct Used {
    /// The mutation.
    pub operation: String,
    /// Of its input.
    pub digest: String,
    /// What is needed to answer again.
    pub outcome: Value,
}

/// What an account used a key for.
pub async fn find(
    conn: &impl Conn,
    org: OrganisationId,
    account: AccountId,
    key: &str,
) -> Result<Option<Used>> {
    let found = Entity::find()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::AccountId.eq(account.0))
        .filter(C::Key.eq(key))
        .one(conn.raw())
        .await?;
    Ok(found.map(|row| Used { operation: row.operation, digest: row.input_digest, outcome: row.outcome }))
}

/// Writes a key.
///
/// # Errors
/// It was written meanwhile (a unique violation).
pub async fn insert(
    tx: &Tx,
    org: OrganisationId,
    id: Uuid,
    account: AccountId,
    key: &str,
    used: &Used,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = ActiveModel {
        id: Set(id),
        organisation_id: Set(org.0),
        account_id: Set(account.0),
        key: Set(key.to_owned()),
        operation: Set(used.operation.clone()),
        input_digest: Set(used.digest.clone()),
        outcome: Set(used.outcome.clone()),
        created_at: Set(now),
    };
    Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Forgets the keys written before an instant; says how many.
pub async fn delete_older(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    Ok(Entity::delete_many().filter(C::CreatedAt.lt(before)).exec(tx.raw()).await?.rows_affected)
}
