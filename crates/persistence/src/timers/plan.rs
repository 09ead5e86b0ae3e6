//! Questions about what is planned: a coordinator's list, and what planning anew compares.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use varde_model::{
    ids::{CohortId, OrganisationId, PolicyId, TimerId},
    timers::{Timer, TimerState},
};

use crate::{Conn, Result, entity::timer};

/// Which reminders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReminderFilter {
    /// Only those of this cohort.
    pub cohort: Option<CohortId>,
    /// Only those of this policy.
    pub policy: Option<PolicyId>,
    /// Only in these states; none is all.
    pub states: Vec<TimerState>,
}

fn wanted(org: OrganisationId, filter: &ReminderFilter) -> Condition {
    let mut wanted = Condition::all()
        .add(timer::Column::OrganisationId.eq(org.0))
        // Only reminders have a policy; deadlines and other jobs do not.
        .add(timer::Column::PolicyId.is_not_null());
    if let Some(cohort) = filter.cohort {
        wanted = wanted.add(timer::Column::CohortId.eq(cohort.0));
    }
    if let Some(policy) = filter.policy {
        wanted = wanted.add(timer::Column::PolicyId.eq(policy.0));
    }
    if !filter.states.is_empty() {
        wanted = wanted.add(timer::Column::State.is_in(filter.states.iter().map(|state| state.as_str())));
    }
    wanted
}

/// Reminders by their moment, after the one named.
pub async fn reminders(
    conn: &impl Conn,
    org: OrganisationId,
    filter: &ReminderFilter,
    after: Option<(DateTime<Utc>, TimerId)>,
    limit: u64,
) -> Result<Vec<Timer>> {
    let mut wanted = wanted(org, filter);
    if let Some((due, id)) = after {
        let same = Condition::all().add(timer::Column::DueAt.eq(due)).add(timer::Column::Id.gt(id.0));
        wanted = wanted.add(Condition::any().add(timer::Column::DueAt.gt(due)).add(same));
    }
    let rows = timer::Entity::find()
        .filter(wanted)
        .order_by_asc(timer::Column::DueAt)
        .order_by_asc(timer::Column::Id)
        .limit(limit)
        .all(conn.raw())
        .await?;
    rows.into_iter().map(Timer::try_from).collect()
}

/// How many reminders a filter lets through.
pub async fn reminder_count(conn: &impl Conn, org: OrganisationId, filter: &ReminderFilter) -> Result<u64> {
    Ok(timer::Entity::find().filter(wanted(org, filter)).count(conn.raw()).await?)
}

/// Several reminders of the organisation, in no order.
pub async fn find_reminders(conn: &impl Conn, org: OrganisationId, ids: &[TimerId]) -> Result<Vec<Timer>> {
    let found = timer::Entity::find()
        .filter(wanted(org, &ReminderFilter::default()))
        .filter(timer::Column::Id.is_in(ids.iter().map(|id| id.0)));
    found.all(conn.raw()).await?.into_iter().map(Timer::try_from).collect()
}

/// One reminder of the organisation.
pub async fn find_reminder(conn: &impl Conn, org: OrganisationId, id: TimerId) -> Result<Option<Timer>> {
    Ok(find_reminders(conn, org, &[id]).await?.pop())
}

/// Every reminder of an appointment, whatever became of it, with the moment at which it was first written: then the
/// appointment was learnt of.
pub async fn of_appointments(conn: &impl Conn, org: OrganisationId) -> Result<Vec<(Timer, DateTime<Utc>)>> {
    let rows = timer::Entity::find()
        .filter(wanted(org, &ReminderFilter::default()))
        .filter(timer::Column::AppointmentId.is_not_null())
        .order_by_asc(timer::Column::AppointmentId)
        .order_by_asc(timer::Column::Id)
        .all(conn.raw())
        .await?;
    rows.into_iter()
        .map(|row| {
            let created_at = row.created_at;
            Ok((Timer::try_from(row)?, created_at))
        })
        .collect()
}
