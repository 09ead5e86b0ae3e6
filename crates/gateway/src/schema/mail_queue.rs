//! The mail of the trust: what went out, what failed, sending it again.

mod mutations;
mod types;

use async_graphql::{Context, Object};
use varde_app::mails;
use varde_model::{delivery::MailState, ids::OutboxId};

pub use mutations::MailMutation;
pub use types::Mail;
use types::{MailConnection, MailCount};
pub(crate) use types::{about_id, reviewer_name};

use super::{
    Caller,
    errors::whole,
    labels::MailStateLabel,
    paging::{behind, cursor, page_of},
};

const ORDER: &str = "mails";

/// Queries about mail.
#[derive(Default)]
pub struct MailQuery;

#[Object]
impl MailQuery {
    /// Mail of the trust, newest first. Those that failed: `states: [FAILED, DELIVERY_UNKNOWN]`.
    async fn mails(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only in these states.")] states: Option<Vec<MailStateLabel>>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<MailConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = page_of(Caller::of(context).locale(), first, after)?;
        let states: Vec<MailState> = states.unwrap_or_default().into_iter().map(Into::into).collect();
        let after = behind(Caller::of(context).locale(), &page, ORDER)?.map(OutboxId);
        let wanted = page.size as u64 + 1;
        let mut found = whole(context, mails::list(&caller.ctx, &right, &states, after, wanted).await)?;
        let more = found.len() > page.size;
        found.truncate(page.size);
        let counts = whole(context, mails::counts(&caller.ctx, &right).await)?;
        let among = |state: &MailState| states.is_empty() || states.contains(state);
        let total = counts.iter().filter(|(state, _)| among(state)).map(|(_, mails)| mails).sum();
        let rows = found.into_iter().map(|mail| (cursor(ORDER, mail.id.0), Mail::from(mail))).collect();
        Ok(MailConnection::new(rows, &page, more, total))
    }

    /// How many mails stand in each state; states without mail are left out.
    async fn mail_counts(&self, context: &Context<'_>) -> async_graphql::Result<Vec<MailCount>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let counts = whole(context, mails::counts(&caller.ctx, &right).await)?;
        Ok(counts.into_iter().map(|(state, count)| MailCount::new(state, count)).collect())
    }
}
