//! Looking into the inbox.

use async_graphql::{Context, InputObject, Object};
use varde_app::inbox::{self, Handed};

use super::types::{InboxItem, InboxItemConnection, InboxItemEdge, InboxKindLabel, InboxTotal};
use crate::{
    relay::PageInfo,
    schema::{
        Caller,
        errors::whole,
        paging::{page_of, part},
    },
};

/// Which items of the inbox.
#[derive(InputObject, Default)]
pub struct InboxFilterInput {
    /// Only of these kinds.
    kinds: Option<Vec<InboxKindLabel>>,
    /// Only those that are assigned to the caller (mine).
    #[graphql(default)]
    assigned_to_me: bool,
    /// Only about the cohort with this code (kullkode).
    cohort_code: Option<String>,
    /// Those that are put off as well (utsatte).
    #[graphql(default)]
    include_snoozed: bool,
    /// Those that somebody was done with as well, as long as the fact stands (ferdige).
    #[graphql(default)]
    include_done: bool,
}

impl From<InboxFilterInput> for inbox::Filter {
    fn from(input: InboxFilterInput) -> Self {
        Self {
            kinds: input.kinds.unwrap_or_default().into_iter().map(Into::into).collect(),
            assigned_to_me: input.assigned_to_me,
            cohort_code: input.cohort_code,
            snoozed: input.include_snoozed,
            done: input.include_done,
        }
    }
}

/// Queries about the inbox.
#[derive(Default)]
pub struct InboxQuery;

#[Object]
impl InboxQuery {
    /// Everything that needs a coordinator's hand (innboks), with the reason and what is proposed: what is due first comes
    /// first, what has no such moment last.
    async fn inbox(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which ones; all that are open if left out.")] filter: Option<InboxFilterInput>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<InboxItemConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = page_of(caller.locale(), first, after)?;
        let found =
            whole(context, inbox::list(&caller.ctx, &right, &filter.unwrap_or_default().into()).await)?;
        let place = |handed: &Handed| {
            let (due, key) = handed.item.place();
            (vec![due, key], handed.item.id.0)
        };
        let (rows, more, total_count) = part(caller.locale(), found.items, &page, "inbox", place)?;
        let (cursors, items): (Vec<String>, Vec<Handed>) = rows.into_iter().unzip();
        let nodes = whole(context, InboxItem::all(&caller.ctx, &right, items).await)?;
        let page_info = PageInfo {
            has_next_page: more,
            has_previous_page: page.cursor.is_some(),
            start_cursor: cursors.first().cloned(),
            end_cursor: cursors.last().cloned(),
        };
        let edges = nodes.iter().cloned().zip(cursors);
        let edges = edges.map(|(node, cursor)| InboxItemEdge { node, cursor }).collect();
        let totals = found.totals.into_iter().map(InboxTotal::from).collect();
        Ok(InboxItemConnection { edges, nodes, page_info, total_count, totals })
    }
}
