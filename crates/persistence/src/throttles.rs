//! Failed sign-ins, counted under keyed digests. In the database, so that several gateways count together.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{Result, Tx, entity::sign_in_throttle, error::one_row, store::sealed::Raw};

/// The tries counted under one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tries {
    /// Tries since the last success that failed or have not ended.
    pub failures: i32,
    /// When the latest began.
    pub last_attempt_at: DateTime<Utc>,
    /// Until when no further one is let in.
    pub blocked_until: Option<DateTime<Utc>>,
}

/// The tries under a key, locked until the transaction ends; a new key starts at none.
pub async fn lock(tx: &Tx, key: Uuid, now: DateTime<Utc>) -> Result<Tries> {
    let row = sign_in_throttle::ActiveModel {
        id: Set(key),
        failures: Set(0),
        last_attempt_at: Set(now),
        blocked_until: Set(None),
    };
    sign_in_throttle::Entity::insert(row)
        .on_conflict(OnConflict::column(sign_in_throttle::Column::Id).do_nothing().to_owned())
        .exec_without_returning(tx.raw())
        .await?;
    let found = sign_in_throttle::Entity::find_by_id(key).lock_exclusive().one(tx.raw()).await?;
    Ok(found.map_or(Tries { failures: 0, last_attempt_at: now, blocked_until: None }, |row| Tries {
        failures: row.failures,
        last_attempt_at: row.last_attempt_at,
        blocked_until: row.blocked_until,
    }))
}

/// Keeps the tries under a key that was locked before.
pub async fn keep(tx: &Tx, key: Uuid, tries: Tries) -> Result<()> {
    let done = sign_in_throttle::Entity::update_many()
        .col_expr(sign_in_throttle::Column::Failures, Expr::value(tries.failures))
        .col_expr(sign_in_throttle::Column::LastAttemptAt, Expr::value(tries.last_attempt_at))
        .col_expr(sign_in_throttle::Column::BlockedUntil, Expr::value(tries.blocked_until))
        .filter(sign_in_throttle::Column::Id.eq(key))
        .exec(tx.raw())
        .await?;
    one_row("sign_in_throttle.keep", done.rows_affected)
}

/// Writes what is counted under a key again as it is.
pub async fn touch(tx: &Tx, key: Uuid) -> Result<()> {
    let done = sign_in_throttle::Entity::update_many()
        .col_expr(sign_in_throttle::Column::Failures, Expr::col(sign_in_throttle::Column::Failures))
        .filter(sign_in_throttle::Column::Id.eq(key))
        .exec(tx.raw())
        .await?;
    one_row("sign_in_throttle.touch", done.rows_affected)
}

/// Forgets keys whose latest try lies before an instant; says how many.
pub async fn delete_idle(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let done = sign_in_throttle::Entity::delete_many()
        .filter(sign_in_throttle::Column::LastAttemptAt.lt(before))
        .exec(tx.raw())
        .await?;
    Ok(done.rows_affected)
}
