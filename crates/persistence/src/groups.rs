//! Leader groups in cohorts, with who belongs to them and what they have agreed on.

mod follow_ups;
mod measures;
mod members;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use varde_model::{
    groups::{ChangeCase, Facilitator, GroupState, LeaderGroup},
    ids::{CohortId, LeaderGroupId, OrganisationId, PersonId, UnitId},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::leader_group::{ActiveModel, Column as C, Entity, Model},
    error::one_row,
    store::sealed::Raw,
};

pub use follow_ups::{follow_ups, overdue, put_follow_ups};
pub use measures::{delete_measure, find_measure, find_measures, insert_measure, measures, update_measure};
pub use members::{groups_of_person, members, put_members};

impl TryFrom<Model> for LeaderGroup {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self> {
        let (organisation, email) = (row.facilitator_organisation, row.facilitator_email);
        Ok(Self {
            id: LeaderGroupId(row.id),
            cohort: CohortId(row.cohort_id),
            unit: UnitId(row.unit_id),
            leader: PersonId(row.leader_id),
            name: row.name,
            state: GroupState::from_name(&row.state)
                .ok_or_else(|| Fault::stored("leader_group.state", &row.state))?,
            answer_by: row.answer_by,
            since: row.since,
            reason: row.reason,
            facilitator: row.facilitator_name.map(|name| Facilitator { name, organisation, email }),
            case: ChangeCase { what_changes: row.what_changes, who_is_touched: row.who_is_touched },
            version: uint(row.version),
        })
    }
}

/// Writes a new group.
///
/// # Errors
/// A group of the same unit is in the cohort already (a unique violation).
pub async fn insert(tx: &Tx, org: OrganisationId, new: &LeaderGroup, now: DateTime<Utc>) -> Result<()> {
    let facilitator = new.facilitator.clone();
    let row = ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        cohort_id: Set(new.cohort.0),
        unit_id: Set(new.unit.0),
        leader_id: Set(new.leader.0),
        name: Set(new.name.clone()),
        state: Set(new.state.as_str().to_owned()),
        answer_by: Set(new.answer_by),
        since: Set(new.since),
        reason: Set(new.reason.clone()),
        facilitator_name: Set(facilitator.as_ref().map(|one| one.name.clone())),
        facilitator_organisation: Set(facilitator.as_ref().and_then(|one| one.organisation.clone())),
        facilitator_email: Set(facilitator.and_then(|one| one.email)),
        what_changes: Set(new.case.what_changes.clone()),
        who_is_touched: Set(new.case.who_is_touched.clone()),
        version: Set(int(new.version)),
        created_at: Set(now),
    };
    Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Writes a changed group and counts its version up. Cohort and unit never change.
pub async fn update(tx: &Tx, org: OrganisationId, changed: &LeaderGroup) -> Result<()> {
    let facilitator = changed.facilitator.as_ref();
    let done = Entity::update_many()
        .col_expr(C::LeaderId, Expr::value(changed.leader.0))
        .col_expr(C::Name, Expr::value(changed.name.as_str()))
        .col_expr(C::State, Expr::value(changed.state.as_str()))
        .col_expr(C::AnswerBy, Expr::value(changed.answer_by))
        .col_expr(C::Since, Expr::value(changed.since))
        .col_expr(C::Reason, Expr::value(changed.reason.clone()))
        .col_expr(C::FacilitatorName, Expr::value(facilitator.map(|one| one.name.clone())))
        .col_expr(
            C::FacilitatorOrganisation,
            Expr::value(facilitator.and_then(|one| one.organisation.clone())),
        )
        .col_expr(C::FacilitatorEmail, Expr::value(facilitator.and_then(|one| one.email.clone())))
        .col_expr(C::WhatChanges, Expr::value(changed.case.what_changes.clone()))
        .col_expr(C::WhoIsTouched, Expr::value(changed.case.who_is_touched.clone()))
        .col_expr(C::Version, Expr::value(int(changed.version + 1)))
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Id.eq(changed.id.0))
        .filter(C::Version.eq(int(changed.version)))
        .exec(tx.raw())
        .await?;
    one_row("leader_group.update", done.rows_affected)
}

/// One group.
pub async fn find(conn: &impl Conn, org: OrganisationId, id: LeaderGroupId) -> Result<Option<LeaderGroup>> {
    Ok(find_many(conn, org, &[id]).await?.pop())
}

/// The groups of those ids that exist, by id.
pub async fn find_many(
    conn: &impl Conn,
    org: OrganisationId,
    ids: &[LeaderGroupId],
) -> Result<Vec<LeaderGroup>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let rows = Entity::find()
            .filter(C::OrganisationId.eq(org.0))
            .filter(C::Id.is_in(chunk.iter().map(|id| id.0)))
            .order_by_asc(C::Id)
            .all(conn.raw())
            .await?;
        for row in rows {
            found.push(LeaderGroup::try_from(row)?);
        }
    }
    Ok(found)
}

/// The groups of cohorts, in whatever state, by id.
pub async fn of_cohorts(
    conn: &impl Conn,
    org: OrganisationId,
    cohorts: &[CohortId],
) -> Result<Vec<LeaderGroup>> {
    let rows = Entity::find()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::CohortId.is_in(cohorts.iter().map(|id| id.0)))
        .order_by_asc(C::Id)
        .all(conn.raw())
        .await?;
    rows.into_iter().map(LeaderGroup::try_from).collect()
}
