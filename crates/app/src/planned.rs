//! What will be sent, read from the plan itself.

use varde_model::{
    ids::{CohortId, PolicyId, TimerId},
    timers::{Timer, TimerState},
};
use varde_persistence::{
    cohorts,
    timers::{self, ReminderFilter},
};

use crate::{Code, Ctx, Refusal, Result, access::Coordinator};

/// Which reminders.
#[derive(Clone, Debug, Default)]
pub struct PlannedFilter {
    /// Only of the cohort with this code.
    pub cohort_code: Option<String>,
    /// Only of this policy.
    pub policy: Option<PolicyId>,
    /// Only in these states; none is those that wait for their moment.
    pub states: Vec<TimerState>,
}

/// Part of the list.
#[derive(Clone, Debug)]
pub struct PlannedPage {
    /// By their moment.
    pub reminders: Vec<Timer>,
    /// True when others follow.
    pub more: bool,
    /// How many the filter lets through.
    pub total: u64,
}

/// Several reminders by id, in no order.
///
/// # Errors
/// The database refused.
pub async fn find_many(ctx: &Ctx, right: &Coordinator, ids: &[TimerId]) -> Result<Vec<Timer>> {
    Ok(timers::find_reminders(ctx.store(), right.org(), ids).await?)
}

/// Reminders by their moment, after the one named.
///
/// # Errors
/// Refused: no such cohort, or the one named is not known any more.
pub async fn reminders(
    ctx: &Ctx,
    right: &Coordinator,
    filter: &PlannedFilter,
    after: Option<TimerId>,
    limit: usize,
) -> Result<PlannedPage> {
    let (store, org) = (ctx.store(), right.org());
    let cohort: Option<CohortId> = match &filter.cohort_code {
        None => None,
        Some(code) => {
            let found = cohorts::find_by_code(store, org, code.trim()).await?;
            Some(found.ok_or(Refusal::new(Code::NotFound).at("cohortCode"))?.id)
        }
    };
    let states = if filter.states.is_empty() { vec![TimerState::Pending] } else { filter.states.clone() };
    let filter = ReminderFilter { cohort, policy: filter.policy, states };
    let after = match after {
        None => None,
        Some(id) => {
            let found = timers::find_reminder(store, org, id).await?;
            let found = found.ok_or(Refusal::new(Code::NotFound).at("after"))?;
            Some((found.due_at, found.id))
        }
    };
    let mut reminders = timers::reminders(store, org, &filter, after, limit as u64 + 1).await?;
    let more = reminders.len() > limit;
    reminders.truncate(limit);
    Ok(PlannedPage { reminders, more, total: timers::reminder_count(store, org, &filter).await? })
}
