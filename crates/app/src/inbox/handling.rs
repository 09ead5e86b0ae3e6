//! What a coordinator does about items: take them on or give them to somebody, put them off, be done with them, take them
//! up again. Each can be taken back by another of the four.

use std::collections::HashSet;

use chrono::{DateTime, Days, Utc};
use serde_json::json;
use varde_model::{
    ids::{AccountId, InboxItemId},
    inbox::{Handling, ItemEvent},
};
use varde_persistence::{accounts, inbox, organisations};

use super::{
    Handed,
    queries::{all, may_have},
};
use crate::{
    Code, Ctx, Refusal, Result,
    access::{Actor, Coordinator},
    audit::{self, Deed},
    cohorts::settle,
    idempotency::Kept,
    input::{self, ErrorPolicy, RowRefusals},
};

/// The farthest that something is put off: a year.
const LONGEST_SNOOZE: u64 = 366;

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handle {
    /// Whose they are; None for nobody's.
    Assign(Option<AccountId>),
    /// Put off until a moment.
    Snooze(DateTime<Utc>),
    /// Done with, and what there is to say.
    Finish(Option<String>),
    /// Taken up again.
    Reopen,
}

/// Items and what is done about them.
#[derive(Clone, Debug)]
pub struct HandleItems {
    /// Which ones, at most 500.
    pub items: Vec<InboxItemId>,
    /// What is done.
    pub handle: Handle,
    /// What becomes of the others when one is refused.
    pub error_policy: ErrorPolicy,
}

/// Items as they are now.
#[derive(Clone, Debug)]
pub struct Handled {
    /// Those that were changed.
    pub items: Vec<Handed>,
    /// Refused rows, under [`ErrorPolicy::RejectFailed`].
    pub refusals: Vec<Refusal>,
}

/// Does something about items.
///
/// # Errors
/// Refused: there are none or too many, the moment is over or too far away, or nobody who runs cohorts has the account;
/// under [`ErrorPolicy::RejectAll`] also when one of them is not in the inbox any more, is named twice, or stands where
/// this cannot happen. Each is named.
pub async fn handle(ctx: &Ctx, right: &Coordinator, input: &HandleItems) -> Result<Handled> {
    let org = right.org();
    input::rows("itemIds", input.items.len())?;
    let handle = checked(ctx, &input.handle)?;
    let tx = ctx.store().write().await?;
    // Of two at once, the second sees what the first one did.
    organisations::lock(&tx, org).await?;
    if let Handle::Assign(Some(account)) = &handle
        && !may_have(ctx, &tx, org, *account).await?
    {
        let known = accounts::find(&tx, org, *account).await?.is_some();
        let code = if known { Code::NotACoordinator } else { Code::NotFound };
        return Err(Refusal::new(code).at("accountId").into());
    }
    let mut standing = all(ctx, &tx, org).await?;
    let mut named = HashSet::with_capacity(input.items.len());
    let (mut refusals, mut items, mut rows) = (RowRefusals::default(), Vec::new(), Vec::new());
    for (index, id) in input.items.iter().enumerate() {
        let outcome = match standing.iter_mut().find(|handed| handed.item.id == *id) {
            None => Err(Refusal::new(Code::NotFound).into()),
            Some(_) if !named.insert(*id) => Err(Refusal::new(Code::NamedTwice).into()),
            Some(handed) => apply(ctx, right, &handle, handed).map(|()| handed.clone()),
        };
        items.extend(refusals.keep("itemIds", index, outcome)?);
    }
    let refusals = refusals.settle(input.error_policy)?;
    for handed in &items {
        rows.push((handed.item.id, handed.item.key.clone(), handed.handling.clone()));
        let deed = Deed::on(action(&handle), handed.item.id);
        let detail = json!({
            "kind": handed.item.kind.as_str(),
            "assigned_to": handed.handling.assigned_to,
            "snoozed_until": handed.handling.snoozed_until,
        });
        audit::record(ctx, &tx, org, right.actor(), deed, detail).await?;
    }
    inbox::put(&tx, org, &rows, ctx.now).await?;
    settle(ctx, org, tx, false, &Kept::default()).await?;
    Ok(Handled { items, refusals })
}

fn checked(ctx: &Ctx, handle: &Handle) -> Result<Handle> {
    Ok(match handle {
        Handle::Snooze(until) => {
            let farthest = ctx.now.checked_add_days(Days::new(LONGEST_SNOOZE)).unwrap_or(ctx.now);
            if *until <= ctx.now || *until > farthest {
                return Err(Refusal::new(Code::OutOfRange)
                    .at("until")
                    .with_day("least", ctx.now.date_naive())
                    .with_day("most", farthest.date_naive())
                    .into());
            }
            handle.clone()
        }
        Handle::Finish(note) => Handle::Finish(input::optional("note", note.as_deref(), 1000)?),
        Handle::Assign(_) | Handle::Reopen => handle.clone(),
    })
}

/// Asks the table of states, and writes down who and when.
fn apply(ctx: &Ctx, right: &Coordinator, handle: &Handle, handed: &mut Handed) -> Result<()> {
    let event = match handle {
        Handle::Assign(account) => {
            handed.handling.assigned_to = *account;
            return Ok(());
        }
        Handle::Snooze(_) => ItemEvent::Snooze,
        Handle::Finish(_) => ItemEvent::Finish,
        Handle::Reopen => ItemEvent::Reopen,
    };
    let to = handed.state.after(event);
    handed.state = to.ok_or_else(|| Refusal::wrong_state("InboxItemState", handed.state.as_str()))?;
    let before = handed.handling.clone();
    let by = match right.actor() {
        Actor::Account(account) => Some(account),
        _ => None,
    };
    handed.handling = match handle {
        Handle::Snooze(until) => Handling { snoozed_until: Some(*until), ..before },
        Handle::Finish(note) => Handling {
            snoozed_until: None,
            done_at: Some(ctx.now),
            done_by: by,
            note: note.clone(),
            ..before
        },
        _ => Handling { assigned_to: before.assigned_to, ..Handling::default() },
    };
    debug_assert_eq!(handed.handling.state(ctx.now), handed.state);
    Ok(())
}

const fn action(handle: &Handle) -> &'static str {
    match handle {
        Handle::Assign(_) => "inbox_item.assign",
        Handle::Snooze(_) => "inbox_item.snooze",
        Handle::Finish(_) => "inbox_item.finish",
        Handle::Reopen => "inbox_item.reopen",
    }
}
