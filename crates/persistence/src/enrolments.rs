//! Enrolments: places in cohorts. Seats are counted from these rows, under the cohort's lock.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use varde_model::{
    enrolment::{Enrolment, EnrolmentState},
    ids::{CohortId, EnrolmentId, LeaderGroupId, OrganisationId, PersonId},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::enrolment::{ActiveModel, Column as C, Entity, Model},
    error::one_row,
    store::sealed::Raw,
};

impl TryFrom<Model> for Enrolment {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            id: EnrolmentId(row.id),
            cohort: CohortId(row.cohort_id),
            person: PersonId(row.person_id),
            state: EnrolmentState::from_name(&row.state)
                .ok_or_else(|| Fault::stored("enrolment.state", &row.state))?,
            queue_number: row.queue_number,
            answer_by: row.answer_by,
            since: row.since,
            reason: row.reason,
            overridden: row.overridden,
            moved_from: row.moved_from.map(CohortId),
            group: row.leader_group_id.map(LeaderGroupId),
            version: uint(row.version),
        })
    }
}

/// Writes new enrolments.
///
/// # Errors
/// One of the persons is in the cohort already (a unique violation).
pub async fn insert_many(tx: &Tx, org: OrganisationId, new: &[Enrolment], now: DateTime<Utc>) -> Result<()> {
    for chunk in new.chunks(500) {
        let rows = chunk.iter().map(|enrolment| ActiveModel {
            id: Set(enrolment.id.0),
            organisation_id: Set(org.0),
            cohort_id: Set(enrolment.cohort.0),
            person_id: Set(enrolment.person.0),
            state: Set(enrolment.state.as_str().to_owned()),
            queue_number: Set(enrolment.queue_number),
            answer_by: Set(enrolment.answer_by),
            since: Set(enrolment.since),
            reason: Set(enrolment.reason.clone()),
            overridden: Set(enrolment.overridden),
            moved_from: Set(enrolment.moved_from.map(|cohort| cohort.0)),
            leader_group_id: Set(enrolment.group.map(|group| group.0)),
            version: Set(int(enrolment.version)),
            created_at: Set(now),
        });
        Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

/// Writes a changed enrolment and counts its version up.
pub async fn update(tx: &Tx, org: OrganisationId, changed: &Enrolment) -> Result<()> {
    let done = Entity::update_many()
        .col_expr(C::State, Expr::value(changed.state.as_str()))
        .col_expr(C::QueueNumber, Expr::value(changed.queue_number))
        .col_expr(C::AnswerBy, Expr::value(changed.answer_by))
        .col_expr(C::Since, Expr::value(changed.since))
        .col_expr(C::Reason, Expr::value(changed.reason.clone()))
        .col_expr(C::Overridden, Expr::value(changed.overridden))
        .col_expr(C::MovedFrom, Expr::value(changed.moved_from.map(|cohort| cohort.0)))
        .col_expr(C::LeaderGroupId, Expr::value(changed.group.map(|group| group.0)))
        .col_expr(C::Version, Expr::value(int(changed.version + 1)))
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Id.eq(changed.id.0))
        .filter(C::Version.eq(int(changed.version)))
        .exec(tx.raw())
        .await?;
    one_row("enrolment.update", done.rows_affected)
}

/// One enrolment.
pub async fn find(conn: &impl Conn, org: OrganisationId, id: EnrolmentId) -> Result<Option<Enrolment>> {
    Ok(find_many(conn, org, &[id]).await?.pop())
}

/// The enrolments of those ids that exist, by id.
pub async fn find_many(conn: &impl Conn, org: OrganisationId, ids: &[EnrolmentId]) -> Result<Vec<Enrolment>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let rows = Entity::find()
            .filter(C::OrganisationId.eq(org.0))
            .filter(C::Id.is_in(chunk.iter().map(|id| id.0)))
            .order_by_asc(C::Id)
            .all(conn.raw())
            .await?;
        for row in rows {
            found.push(Enrolment::try_from(row)?);
        }
    }
    Ok(found)
}

/// Everyone in a cohort, in whatever state, by id.
pub async fn of_cohort(conn: &impl Conn, org: OrganisationId, cohort: CohortId) -> Result<Vec<Enrolment>> {
    of_cohorts(conn, org, &[cohort]).await
}

/// Everyone in several cohorts, in whatever state, by id.
pub async fn of_cohorts(
    conn: &impl Conn,
    org: OrganisationId,
    cohorts: &[CohortId],
) -> Result<Vec<Enrolment>> {
    let rows = Entity::find()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::CohortId.is_in(cohorts.iter().map(|id| id.0)))
        .order_by_asc(C::Id)
        .all(conn.raw())
        .await?;
    rows.into_iter().map(Enrolment::try_from).collect()
}

/// A person's places in all cohorts, by id.
pub async fn of_person(conn: &impl Conn, org: OrganisationId, person: PersonId) -> Result<Vec<Enrolment>> {
    of_persons(conn, org, &[person]).await
}

/// The places of several persons in all cohorts, by id.
pub async fn of_persons(
    conn: &impl Conn,
    org: OrganisationId,
    persons: &[PersonId],
) -> Result<Vec<Enrolment>> {
    let mut found = Vec::new();
    for chunk in persons.chunks(500) {
        let rows = Entity::find()
            .filter(C::OrganisationId.eq(org.0))
            .filter(C::PersonId.is_in(chunk.iter().map(|id| id.0)))
            .order_by_asc(C::Id)
            .all(conn.raw())
            .await?;
        for row in rows {
            found.push(Enrolment::try_from(row)?);
        }
    }
    Ok(found)
}

/// How many of a cohort's seats are taken.
pub async fn seats_taken(conn: &impl Conn, org: OrganisationId, cohort: CohortId) -> Result<u32> {
    let states = EnrolmentState::ALL.into_iter().filter(|state| state.takes_a_seat());
    count_states(conn, org, cohort, states).await
}

/// How many are in line.
pub async fn waiting(conn: &impl Conn, org: OrganisationId, cohort: CohortId) -> Result<u32> {
    count_states(conn, org, cohort, [EnrolmentState::Waiting]).await
}

async fn count_states(
    conn: &impl Conn,
    org: OrganisationId,
    cohort: CohortId,
    states: impl IntoIterator<Item = EnrolmentState>,
) -> Result<u32> {
    let count = Entity::find()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::CohortId.eq(cohort.0))
        .filter(C::State.is_in(states.into_iter().map(EnrolmentState::as_str)))
        .count(conn.raw())
        .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The first in line.
pub async fn first_in_line(
    tx: &Tx,
    org: OrganisationId,
    cohort: CohortId,
    limit: u32,
) -> Result<Vec<Enrolment>> {
    let rows = Entity::find()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::CohortId.eq(cohort.0))
        .filter(C::State.eq(EnrolmentState::Waiting.as_str()))
        .order_by_asc(C::QueueNumber)
        .order_by_asc(C::Id)
        .limit(u64::from(limit))
        .all(tx.raw())
        .await?;
    rows.into_iter().map(Enrolment::try_from).collect()
}

/// The number for the next one in line: one above the highest ever given in the cohort.
pub async fn next_queue_number(tx: &Tx, org: OrganisationId, cohort: CohortId) -> Result<i64> {
    let highest: Option<Option<i64>> = Entity::find()
        .select_only()
        .column_as(C::QueueNumber.max(), "highest")
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::CohortId.eq(cohort.0))
        .into_tuple()
        .one(tx.raw())
        .await?;
    Ok(highest.flatten().unwrap_or(0) + 1)
}
