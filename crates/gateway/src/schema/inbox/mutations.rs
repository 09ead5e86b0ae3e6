//! Doing something about items of the inbox.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::{
    Code, Error, Refusal,
    inbox::{self, Handle, HandleItems},
};
use varde_model::ids::InboxItemId;

use super::types::InboxItem;
use crate::schema::{Caller, UserError, errors::split, labels::ErrorPolicyLabel, node::key};

/// Whose items are to be.
#[derive(InputObject)]
pub struct AssignInboxItemsInput {
    /// The items, at most 500.
    item_ids: Vec<ID>,
    /// The account of somebody who runs cohorts; the query `coordinators` lists them. Left out or null, nobody's.
    account_id: Option<ID>,
    /// What becomes of the other items when one is refused.
    #[graphql(default_with = "ErrorPolicyLabel::RejectAll")]
    error_policy: ErrorPolicyLabel,
}

/// Items to put off.
#[derive(InputObject)]
pub struct SnoozeInboxItemsInput {
    /// The items, at most 500.
    item_ids: Vec<ID>,
    /// Until when; they come back by themselves then. At most a year.
    until: DateTime<Utc>,
    /// What becomes of the other items when one is refused.
    #[graphql(default_with = "ErrorPolicyLabel::RejectAll")]
    error_policy: ErrorPolicyLabel,
}

/// Items to be done with.
#[derive(InputObject)]
pub struct FinishInboxItemsInput {
    /// The items, at most 500.
    item_ids: Vec<ID>,
    /// What there is to say about it (merknad).
    note: Option<String>,
    /// What becomes of the other items when one is refused.
    #[graphql(default_with = "ErrorPolicyLabel::RejectAll")]
    error_policy: ErrorPolicyLabel,
}

/// Items to take up again.
#[derive(InputObject)]
pub struct ReopenInboxItemsInput {
    /// The items, at most 500.
    item_ids: Vec<ID>,
    /// What becomes of the other items when one is refused.
    #[graphql(default_with = "ErrorPolicyLabel::RejectAll")]
    error_policy: ErrorPolicyLabel,
}

/// Items of the inbox that something was done about.
#[derive(SimpleObject)]
pub struct InboxItemsPayload {
    /// The items as they are now.
    items: Vec<InboxItem>,
    /// What stands in the way, with the row's index.
    errors: Vec<UserError>,
}

/// Mutations of the inbox.
#[derive(Default)]
pub struct InboxMutation;

#[Object]
impl InboxMutation {
    /// Gives items to somebody who runs cohorts, or takes them back (tildel).
    async fn assign_inbox_items(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which ones, and to whom.")] input: AssignInboxItemsInput,
    ) -> async_graphql::Result<InboxItemsPayload> {
        let account = input.account_id.map(|id| key("Account", "accountId", &id)).transpose();
        let handle = account.map(Handle::Assign);
        done(context, handle, &input.item_ids, input.error_policy).await
    }

    /// Puts items off until a moment (utsett). `reopenInboxItems` takes it back.
    async fn snooze_inbox_items(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which ones, and until when.")] input: SnoozeInboxItemsInput,
    ) -> async_graphql::Result<InboxItemsPayload> {
        done(context, Ok(Handle::Snooze(input.until)), &input.item_ids, input.error_policy).await
    }

    /// Is done with items that the data does not take away by itself (merk som ferdig). They come back when the fact
    /// changes; `reopenInboxItems` takes it back.
    async fn finish_inbox_items(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which ones.")] input: FinishInboxItemsInput,
    ) -> async_graphql::Result<InboxItemsPayload> {
        done(context, Ok(Handle::Finish(input.note)), &input.item_ids, input.error_policy).await
    }

    /// Takes items up again that were put off or done (gjenåpne).
    async fn reopen_inbox_items(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which ones.")] input: ReopenInboxItemsInput,
    ) -> async_graphql::Result<InboxItemsPayload> {
        done(context, Ok(Handle::Reopen), &input.item_ids, input.error_policy).await
    }
}

async fn done(
    context: &Context<'_>,
    handle: Result<Handle, Error>,
    ids: &[ID],
    error_policy: ErrorPolicyLabel,
) -> async_graphql::Result<InboxItemsPayload> {
    let caller = Caller::of(context);
    let outcome = async {
        let right = caller.coordinator()?;
        let mut items: Vec<InboxItemId> = Vec::with_capacity(ids.len());
        for (index, id) in ids.iter().enumerate() {
            let id = key("InboxItem", "itemIds", id)
                .map_err(|_| Refusal::new(Code::NotFound).at("itemIds").row(index));
            items.push(id.map_err(Error::from)?);
        }
        let input = HandleItems { items, handle: handle?, error_policy: error_policy.into() };
        let handled = inbox::handle(&caller.ctx, &right, &input).await?;
        Ok((InboxItem::all(&caller.ctx, &right, handled.items).await?, handled.refusals))
    };
    let (handled, mut errors) = split(context, outcome.await)?;
    let (items, refusals) = handled.unwrap_or_default();
    errors.extend(UserError::all(&refusals, caller.locale()));
    Ok(InboxItemsPayload { items, errors })
}
