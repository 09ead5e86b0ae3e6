//! Longer work with progress that can be polled.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use serde_json::Value;
use varde_model::ids::{AccountId, OperationId, OrganisationId};

use crate::{Conn, Fault, Result, Tx, entity::operation, error::one_row, store::sealed::Raw};

mod parts;

pub use parts::{Slice, insert_list, read_slices};

/// In the words of the partial index, which a condition with placeholders would not use.
const RUNNING: &str = "state = 'running'";

/// How an operation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationState {
    /// At work.
    Running,
    /// Done; the outcome says what came of it.
    Succeeded,
    /// Broken off; nothing was kept.
    Failed,
}

impl OperationState {
    /// The name under which it is stored.
    pub const fn key(self) -> &'static str {
        match self {
            OperationState::Running => "running",
            OperationState::Succeeded => "succeeded",
            OperationState::Failed => "failed",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        let all = [OperationState::Running, OperationState::Succeeded, OperationState::Failed];
        all.into_iter().find(|state| state.key() == key)
    }
}

/// Why work was broken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationFailure {
    /// The process that did it went away.
    Interrupted,
    /// Something below broke.
    Fault,
}

impl OperationFailure {
    /// The name under which it is stored and its text is keyed.
    pub const fn key(self) -> &'static str {
        match self {
            OperationFailure::Interrupted => "interrupted",
            OperationFailure::Fault => "fault",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        [OperationFailure::Interrupted, OperationFailure::Fault].into_iter().find(|why| why.key() == key)
    }
}

/// How work ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// Well, with what came of it.
    Succeeded(Value),
    /// Broken off.
    Failed(OperationFailure),
}

/// A piece of longer work.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Permanent id.
    pub id: OperationId,
    /// Who started it; None for the service itself.
    pub account: Option<AccountId>,
    /// What it does, such as `import_people`.
    pub kind: String,
    /// How it stands.
    pub state: OperationState,
    /// Steps done.
    pub done: u64,
    /// Steps in all, once that is known.
    pub total: Option<u64>,
    /// What came of it, in the kind's own form.
    pub outcome: Option<Value>,
    /// Why it was broken off, where it was.
    pub failure: Option<OperationFailure>,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

impl TryFrom<operation::Model> for Operation {
    type Error = Fault;

    fn try_from(row: operation::Model) -> Result<Self> {
        let count =
            |number: i64| u64::try_from(number).map_err(|error| Fault::stored("operation.done", error));
        Ok(Self {
            id: OperationId(row.id),
            account: row.account_id.map(AccountId),
            kind: row.kind,
            state: OperationState::from_key(&row.state)
                .ok_or_else(|| Fault::stored("operation.state", &row.state))?,
            done: count(row.done)?,
            total: row.total.map(count).transpose()?,
            outcome: row.outcome,
            failure: row
                .failure
                .map(|key| {
                    OperationFailure::from_key(&key).ok_or_else(|| Fault::stored("operation.failure", &key))
                })
                .transpose()?,
            started_at: row.started_at,
            ended_at: row.ended_at,
        })
    }
}

/// Records that work begins.
pub async fn insert(tx: &Tx, org: OrganisationId, new: &Operation) -> Result<()> {
    let row = operation::ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        account_id: Set(new.account.map(|account| account.0)),
        kind: Set(new.kind.clone()),
        state: Set(new.state.key().to_owned()),
        done: Set(signed(new.done)),
        total: Set(new.total.map(signed)),
        outcome: Set(new.outcome.clone()),
        failure: Set(new.failure.map(|why| why.key().to_owned())),
        started_at: Set(new.started_at),
        alive_at: Set(new.started_at),
        ended_at: Set(new.ended_at),
    };
    operation::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Notes how far work has come.
pub async fn progress(
    tx: &Tx,
    org: OrganisationId,
    id: OperationId,
    done: u64,
    total: Option<u64>,
) -> Result<()> {
    let updated = operation::Entity::update_many()
        .col_expr(operation::Column::Done, Expr::value(signed(done)))
        .col_expr(operation::Column::Total, Expr::value(total.map(signed)))
        .filter(operation::Column::Id.eq(id.0))
        .filter(operation::Column::OrganisationId.eq(org.0))
        .exec(tx.raw())
        .await?;
    one_row("operation.progress", updated.rows_affected)
}

/// Notes that work at hand goes on; what has ended stays as it is.
pub async fn sign_of_life(tx: &Tx, org: OrganisationId, id: OperationId, now: DateTime<Utc>) -> Result<()> {
    operation::Entity::update_many()
        .col_expr(operation::Column::AliveAt, Expr::value(now))
        .filter(operation::Column::Id.eq(id.0))
        .filter(operation::Column::OrganisationId.eq(org.0))
        .filter(Expr::cust(RUNNING))
        .exec(tx.raw())
        .await?;
    Ok(())
}

/// Records how work ended; false when it had ended before, as it was given up.
pub async fn end(
    tx: &Tx,
    org: OrganisationId,
    id: OperationId,
    ending: Ending,
    now: DateTime<Utc>,
) -> Result<bool> {
    let (state, outcome, failure) = match ending {
        Ending::Succeeded(outcome) => (OperationState::Succeeded, Some(outcome), None),
        Ending::Failed(why) => (OperationState::Failed, None, Some(why.key())),
    };
    let updated = operation::Entity::update_many()
        .col_expr(operation::Column::State, Expr::value(state.key()))
        .col_expr(operation::Column::Outcome, Expr::value(outcome))
        .col_expr(operation::Column::Failure, Expr::value(failure))
        .col_expr(operation::Column::EndedAt, Expr::value(now))
        .filter(operation::Column::Id.eq(id.0))
        .filter(operation::Column::OrganisationId.eq(org.0))
        .filter(Expr::cust(RUNNING))
        .exec(tx.raw())
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Ends, in every organisation, what has given no sign of life since an instant; says how many.
pub async fn give_up_silent(tx: &Tx, since: DateTime<Utc>, now: DateTime<Utc>) -> Result<u64> {
    let updated = operation::Entity::update_many()
        .col_expr(operation::Column::State, Expr::value(OperationState::Failed.key()))
        .col_expr(operation::Column::Failure, Expr::value(OperationFailure::Interrupted.key()))
        .col_expr(operation::Column::EndedAt, Expr::value(now))
        .filter(operation::Column::AliveAt.lt(since))
        .filter(Expr::cust(RUNNING))
        .exec(tx.raw())
        .await?;
    Ok(updated.rows_affected)
}

/// True when something has given no sign of life since an instant.
pub async fn any_silent(conn: &impl Conn, since: DateTime<Utc>) -> Result<bool> {
    let silent = operation::Entity::find()
        .filter(operation::Column::AliveAt.lt(since))
        .filter(Expr::cust(RUNNING))
        .limit(1);
    Ok(silent.one(conn.raw()).await?.is_some())
}

/// One operation.
pub async fn find(conn: &impl Conn, org: OrganisationId, id: OperationId) -> Result<Option<Operation>> {
    let found = operation::Entity::find()
        .filter(operation::Column::Id.eq(id.0))
        .filter(operation::Column::OrganisationId.eq(org.0))
        .one(conn.raw())
        .await?;
    found.map(Operation::try_from).transpose()
}

/// Several operations, in no order.
pub async fn find_many(conn: &impl Conn, org: OrganisationId, ids: &[OperationId]) -> Result<Vec<Operation>> {
    let rows = operation::Entity::find()
        .filter(operation::Column::OrganisationId.eq(org.0))
        .filter(operation::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(conn.raw())
        .await?;
    rows.into_iter().map(Operation::try_from).collect()
}

/// The latest operations, newest first.
pub async fn latest(
    conn: &impl Conn,
    org: OrganisationId,
    before: Option<OperationId>,
    limit: u64,
) -> Result<Vec<Operation>> {
    let mut find = operation::Entity::find().filter(operation::Column::OrganisationId.eq(org.0));
    if let Some(before) = before {
        find = find.filter(operation::Column::Id.lt(before.0));
    }
    let rows = find.order_by_desc(operation::Column::Id).limit(limit).all(conn.raw()).await?;
    rows.into_iter().map(Operation::try_from).collect()
}

/// How many operations there were.
pub async fn count(conn: &impl Conn, org: OrganisationId) -> Result<u64> {
    let all = operation::Entity::find().filter(operation::Column::OrganisationId.eq(org.0));
    Ok(all.count(conn.raw()).await?)
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
