//! Looking rules and plans up.

use async_graphql::{Context, InputObject, Object};
use varde_app::{
    planned::{self, PlannedFilter},
    policies,
};
use varde_model::ids::TimerId;

use super::{
    ReminderPolicy,
    types::{PlannedReminder, PlannedReminderConnection, ReminderPolicyConnection},
};
use crate::schema::{
    Caller,
    errors::whole,
    labels::ReminderStateLabel,
    paging::{behind, cursor, page_of, part},
};

const ORDER: &str = "plannedReminders";

/// Which rules to list.
#[derive(InputObject, Debug, Default)]
pub struct ReminderPolicyFilterInput {
    /// Only of the programme with this key, such as `onboarding` (program).
    programme: Option<String>,
    /// Only those that plan, or only those that do not.
    active: Option<bool>,
}

/// Queries about reminders.
#[derive(Default)]
pub struct ReminderQuery;

#[Object]
impl ReminderQuery {
    /// The rules of reminding (påminnelsesregler), by key.
    async fn reminder_policies(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<ReminderPolicyFilterInput>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<ReminderPolicyConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = page_of(Caller::of(context).locale(), first, after)?;
        let filter = filter.unwrap_or_default();
        let mut found = whole(context, policies::list(&caller.ctx, &right).await)?;
        found.retain(|rule| {
            filter.programme.as_deref().is_none_or(|key| rule.policy.programme == key.trim())
                && filter.active.is_none_or(|active| rule.active == active)
        });
        let (rows, more, total) =
            part(Caller::of(context).locale(), found, &page, "reminderPolicies", |rule| {
                (vec![rule.key.clone()], rule.id.0)
            })?;
        let rows = rows.into_iter().map(|(cursor, rule)| (cursor, ReminderPolicy::from(rule))).collect();
        Ok(ReminderPolicyConnection::new(rows, &page, more, total))
    }

    /// What will be sent and when, read from the plan (planlagte påminnelser), by moment.
    async fn planned_reminders(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only of the cohort with this code; of all, and of appointments, if left out.")]
        cohort_code: Option<String>,
        #[graphql(desc = "Only in these states; those that wait for their moment if left out.")]
        states: Option<Vec<ReminderStateLabel>>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<PlannedReminderConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = page_of(Caller::of(context).locale(), first, after)?;
        let after = behind(Caller::of(context).locale(), &page, ORDER)?.map(TimerId);
        let states = states.unwrap_or_default().into_iter().map(Into::into).collect();
        let filter = PlannedFilter { cohort_code, policy: None, states };
        let found = planned::reminders(&caller.ctx, &right, &filter, after, page.size).await;
        let found = whole(context, found)?;
        let row = |timer: varde_model::timers::Timer| (cursor(ORDER, timer.id.0), PlannedReminder(timer));
        let rows = found.reminders.into_iter().map(row).collect();
        Ok(PlannedReminderConnection::new(rows, &page, found.more, found.total))
    }
}
