//! Changing the rules of reminding.

use async_graphql::{Context, Object, SimpleObject};
use varde_app::{
    Result,
    policies::{self, OwnPolicy},
};

use super::{ReminderChange, ReminderPolicy, inputs::ChangeReminderPolicyInput};
use crate::schema::{
    Caller, UserError,
    errors::{is_conflict, split, whole},
};

/// A changed rule, and what it changes in the plan.
#[derive(SimpleObject)]
pub struct ReminderPolicyPayload {
    /// The rule as it is now, or would be after a dry run. After a conflict, the one that stands.
    policy: Option<ReminderPolicy>,
    /// Every reminder that is added, moved or cancelled, by its moment.
    changes: Vec<ReminderChange>,
    /// Further reminders if the rule counted from anchors behind as well; asked of a dry run of a rule that is new or
    /// active anew.
    reminders_of_past: Option<u64>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of the rules of reminding.
#[derive(Default)]
pub struct ReminderMutation;

#[Object]
impl ReminderMutation {
    /// Changes a rule of reminding (endre påminnelsesregel), or adds one. Every reminder is planned anew in the same
    /// transaction, and the answer lists the difference. Run it dry first.
    async fn change_reminder_policy(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The change.")] input: ChangeReminderPolicyInput,
    ) -> async_graphql::Result<ReminderPolicyPayload> {
        let caller = Caller::of(context);
        let key = input.key.trim().to_owned();
        let outcome = async {
            let right = caller.coordinator()?;
            let change = input.into_change()?;
            Box::pin(policies::change(&caller.ctx, &right, &change)).await
        };
        let outcome = outcome.await;
        let standing = match is_conflict(&outcome) {
            true => standing(caller, &key).await,
            false => Ok(None),
        };
        let standing = whole(context, standing)?;
        let (changed, errors) = split(context, outcome)?;
        Ok(match changed {
            Some(changed) => ReminderPolicyPayload {
                policy: Some(changed.policy.into()),
                changes: changed.changes.into_iter().map(ReminderChange::from).collect(),
                reminders_of_past: changed.of_past,
                errors,
            },
            None => ReminderPolicyPayload {
                policy: standing.map(ReminderPolicy::from),
                changes: Vec::new(),
                reminders_of_past: None,
                errors,
            },
        })
    }
}

/// The rule with a key, as the trust has it.
async fn standing(caller: &Caller, key: &str) -> Result<Option<OwnPolicy>> {
    let all = policies::list(&caller.ctx, &caller.coordinator()?).await?;
    Ok(all.into_iter().find(|policy| policy.key == key))
}
