//! Cohorts and who coordinates them.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};
use uuid::Uuid;
use varde_model::{
    cohort::{Cohort, CohortState},
    ids::{AccountId, CohortId, OrganisationId, ProgrammeId, ProgrammeVersionId},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::{cohort, cohort_coordinator},
    error::one_row,
    store::sealed::Raw,
};

fn parse_state(stored: &str) -> Result<CohortState> {
    CohortState::from_name(stored).ok_or_else(|| Fault::stored("cohort.state", stored))
}

fn read(row: cohort::Model, coordinators: Vec<AccountId>) -> Result<Cohort> {
    Ok(Cohort {
        id: CohortId(row.id),
        programme: ProgrammeId(row.programme_id),
        programme_version: ProgrammeVersionId(row.programme_version_id),
        state: parse_state(&row.state)?,
        code: row.code,
        title: row.title,
        capacity: uint(row.capacity),
        place: row.place,
        link: row.link,
        answer_days: uint(row.answer_days),
        hold_hours: uint(row.hold_hours),
        cutoff_hours: uint(row.cutoff_hours),
        cancel_reason: row.cancel_reason,
        version: uint(row.version),
        coordinators,
    })
}

async fn complete(conn: &impl Conn, rows: Vec<cohort::Model>) -> Result<Vec<Cohort>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut coordinators = cohort_coordinator::Entity::find()
        .filter(cohort_coordinator::Column::CohortId.is_in(ids))
        .order_by_asc(cohort_coordinator::Column::Id)
        .all(conn.raw())
        .await?;
    rows.into_iter()
        .map(|row| {
            let own = coordinators.extract_if(.., |c| c.cohort_id == row.id);
            let own = own.map(|c| AccountId(c.account_id)).collect();
            read(row, own)
        })
        .collect()
}

/// Writes a new cohort with its coordinators.
///
/// # Errors
/// Its code is taken (a unique violation).
pub async fn insert(tx: &Tx, org: OrganisationId, new: &Cohort, now: DateTime<Utc>) -> Result<()> {
    let row = cohort::ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        programme_id: Set(new.programme.0),
        programme_version_id: Set(new.programme_version.0),
        code: Set(new.code.clone()),
        title: Set(new.title.clone()),
        state: Set(new.state.as_str().to_owned()),
        capacity: Set(int(new.capacity)),
        place: Set(new.place.clone()),
        link: Set(new.link.clone()),
        answer_days: Set(int(new.answer_days)),
        hold_hours: Set(int(new.hold_hours)),
        cutoff_hours: Set(int(new.cutoff_hours)),
        cancel_reason: Set(new.cancel_reason.clone()),
        version: Set(int(new.version)),
        created_at: Set(now),
        changed_at: Set(now),
    };
    cohort::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Sets who coordinates a cohort. Ids for the rows are given.
pub async fn set_coordinators(
    tx: &Tx,
    org: OrganisationId,
    cohort: CohortId,
    accounts: &[(Uuid, AccountId)],
) -> Result<()> {
    cohort_coordinator::Entity::delete_many()
        .filter(cohort_coordinator::Column::OrganisationId.eq(org.0))
        .filter(cohort_coordinator::Column::CohortId.eq(cohort.0))
        .exec(tx.raw())
        .await?;
    let rows = accounts.iter().map(|(id, account)| cohort_coordinator::ActiveModel {
        id: Set(*id),
        organisation_id: Set(org.0),
        cohort_id: Set(cohort.0),
        account_id: Set(account.0),
    });
    if !accounts.is_empty() {
        cohort_coordinator::Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

/// Writes every changed field of a cohort and counts its version up.
pub async fn update(tx: &Tx, org: OrganisationId, changed: &Cohort, now: DateTime<Utc>) -> Result<()> {
    use cohort::Column as C;
    let done = cohort::Entity::update_many()
        .col_expr(C::Code, Expr::value(changed.code.clone()))
        .col_expr(C::Title, Expr::value(changed.title.clone()))
        .col_expr(C::State, Expr::value(changed.state.as_str()))
        .col_expr(C::Capacity, Expr::value(int(changed.capacity)))
        .col_expr(C::Place, Expr::value(changed.place.clone()))
        .col_expr(C::Link, Expr::value(changed.link.clone()))
        .col_expr(C::AnswerDays, Expr::value(int(changed.answer_days)))
        .col_expr(C::HoldHours, Expr::value(int(changed.hold_hours)))
        .col_expr(C::CutoffHours, Expr::value(int(changed.cutoff_hours)))
        .col_expr(C::CancelReason, Expr::value(changed.cancel_reason.clone()))
        .col_expr(C::Version, Expr::value(int(changed.version + 1)))
        .col_expr(C::ChangedAt, Expr::value(now))
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Id.eq(changed.id.0))
        .filter(C::Version.eq(int(changed.version)))
        .exec(tx.raw())
        .await?;
    one_row("cohort.update", done.rows_affected)
}

/// Takes the cohort's lock for the rest of the transaction: who counts its seats has it first. (SQLite's writing
/// transactions exclude each other anyway.)
pub async fn lock(tx: &Tx, org: OrganisationId, id: CohortId) -> Result<Option<Cohort>> {
    let found = cohort::Entity::find_by_id(id.0)
        .filter(cohort::Column::OrganisationId.eq(org.0))
        .lock_exclusive()
        .all(tx.raw())
        .await?;
    Ok(complete(tx, found).await?.pop())
}

/// Keeps the cohort in its state for the rest of the transaction, beside others who do no more than that; gives the
/// state. Who holds it may not go on to [`lock`] it: two who tried would wait for each other.
pub async fn hold(tx: &Tx, org: OrganisationId, id: CohortId) -> Result<Option<CohortState>> {
    let found: Option<String> = its_state(org, id).lock_shared().into_tuple().one(tx.raw()).await?;
    found.map(|found| parse_state(&found)).transpose()
}

/// Only the state of a cohort.
pub async fn state(conn: &impl Conn, org: OrganisationId, id: CohortId) -> Result<Option<CohortState>> {
    let found: Option<String> = its_state(org, id).into_tuple().one(conn.raw()).await?;
    found.map(|found| parse_state(&found)).transpose()
}

fn its_state(org: OrganisationId, id: CohortId) -> Select<cohort::Entity> {
    cohort::Entity::find_by_id(id.0)
        .filter(cohort::Column::OrganisationId.eq(org.0))
        .select_only()
        .column(cohort::Column::State)
}

/// One cohort.
pub async fn find(conn: &impl Conn, org: OrganisationId, id: CohortId) -> Result<Option<Cohort>> {
    Ok(find_many(conn, org, &[id]).await?.pop())
}

/// The cohorts of those ids that exist.
pub async fn find_many(conn: &impl Conn, org: OrganisationId, ids: &[CohortId]) -> Result<Vec<Cohort>> {
    let rows = cohort::Entity::find()
        .filter(cohort::Column::OrganisationId.eq(org.0))
        .filter(cohort::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(conn.raw())
        .await?;
    complete(conn, rows).await
}

/// The cohort with that code.
pub async fn find_by_code(conn: &impl Conn, org: OrganisationId, code: &str) -> Result<Option<Cohort>> {
    let rows = cohort::Entity::find()
        .filter(cohort::Column::OrganisationId.eq(org.0))
        .filter(cohort::Column::Code.eq(code))
        .all(conn.raw())
        .await?;
    Ok(complete(conn, rows).await?.pop())
}

/// Which cohorts to list.
#[derive(Clone, Debug, Default)]
pub struct CohortFilter {
    /// Only in these states; empty for all.
    pub states: Vec<CohortState>,
    /// Only of this programme.
    pub programme: Option<ProgrammeId>,
}

/// Cohorts by id, oldest first, after a given one.
pub async fn list(
    conn: &impl Conn,
    org: OrganisationId,
    filter: &CohortFilter,
    after: Option<CohortId>,
    limit: u64,
) -> Result<Vec<Cohort>> {
    let mut find = select(org, filter);
    if let Some(after) = after {
        find = find.filter(cohort::Column::Id.gt(after.0));
    }
    let rows = find.order_by_asc(cohort::Column::Id).limit(limit).all(conn.raw()).await?;
    complete(conn, rows).await
}

/// How many cohorts a filter lets through.
pub async fn count(conn: &impl Conn, org: OrganisationId, filter: &CohortFilter) -> Result<u64> {
    use sea_orm::PaginatorTrait;
    Ok(select(org, filter).count(conn.raw()).await?)
}

fn select(org: OrganisationId, filter: &CohortFilter) -> sea_orm::Select<cohort::Entity> {
    let mut find = cohort::Entity::find().filter(cohort::Column::OrganisationId.eq(org.0));
    if !filter.states.is_empty() {
        find = find.filter(cohort::Column::State.is_in(filter.states.iter().map(|state| state.as_str())));
    }
    if let Some(programme) = filter.programme {
        find = find.filter(cohort::Column::ProgrammeId.eq(programme.0));
    }
    find
}
