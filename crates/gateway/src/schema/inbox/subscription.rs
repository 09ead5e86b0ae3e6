//! Watching the inbox.

use std::{collections::BTreeMap, time::Duration};

use async_graphql::{Context, ID, SimpleObject, Subscription};
use futures_util::{Stream, stream};
use varde_app::{
    Ctx, Error,
    inbox::{self, Filter, Handed},
};
use varde_model::ids::InboxItemId;

use super::types::{InboxItem, InboxTotal};
use crate::{
    relay,
    schema::{
        Caller,
        errors::{fault_of, whole},
    },
};

/// How often what the inbox rests on is looked at, in two statements.
const PACE: Duration = Duration::from_secs(1);

/// The most items that one piece of news brings; the totals always tell of all.
const MOST: usize = 100;

/// What has changed in the inbox.
#[derive(Debug, SimpleObject)]
pub struct InboxChange {
    /// How many there are of each kind now.
    totals: Vec<InboxTotal>,
    /// Items that need a hand and did not before, at most 100; none in the first piece of news.
    appeared: Vec<InboxItem>,
    /// The ids of items that do not need a hand any more: mended, put off or done.
    vanished: Vec<ID>,
}

/// What can be watched of the inbox.
#[derive(Default)]
pub struct InboxSubscription;

#[Subscription]
impl InboxSubscription {
    /// The inbox (innboks), told of at once and whenever something comes, goes or is assigned. Ends with an error as soon as
    /// the caller's token or right does.
    async fn inbox_changed(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<InboxChange>>> {
        let caller = Caller::of(context);
        whole(context, caller.coordinator())?;
        #[expect(clippy::disallowed_methods, reason = "how often somebody who looks on is told")]
        let mut pace = tokio::time::interval(PACE);
        pace.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let watch = Watch { caller: caller.clone(), pace, pulse: None, told: None };
        Ok(stream::unfold(Some(watch), |watch| async move { watch?.next().await }))
    }
}

/// The open items with whose they are, and the totals.
type Told = (BTreeMap<InboxItemId, Option<varde_model::ids::AccountId>>, Vec<inbox::Total>);

struct Watch {
    caller: Caller,
    pace: tokio::time::Interval,
    /// What the inbox rested on when it was looked at last.
    pulse: Option<String>,
    told: Option<Told>,
}

impl Watch {
    /// The next news, and what watches on; None after the end.
    async fn next(mut self) -> Option<(async_graphql::Result<InboxChange>, Option<Self>)> {
        loop {
            self.pace.tick().await;
            match self.look().await {
                Ok(None) => {}
                Ok(Some(news)) => return Some((Ok(news), Some(self))),
                Err(error) => return Some((Err(fault_of(&self.caller, "inboxChanged", &error)), None)),
            }
        }
    }

    /// What is new, if the caller may know it still.
    async fn look(&mut self) -> Result<Option<InboxChange>, Error> {
        let right = self.caller.coordinator_still().await?;
        let ctx: Ctx = self.caller.ctx.app().context(self.caller.locale());
        // What is near, and what was put off, turns with time alone.
        let minute = ctx.now.timestamp().div_euclid(60);
        let pulse = format!("{minute} {}", inbox::pulse(&ctx, &right).await?);
        if self.pulse.as_ref() == Some(&pulse) {
            return Ok(None);
        }
        self.pulse = Some(pulse);
        let found = inbox::list(&ctx, &right, &Filter::default()).await?;
        let open = found.items.iter().map(|handed| (handed.item.id, handed.handling.assigned_to)).collect();
        let now: Told = (open, found.totals);
        let Some(before) = self.told.replace(now.clone()) else {
            return Ok(Some(change(now.1, Vec::new(), Vec::new())));
        };
        if before == now {
            return Ok(None);
        }
        let is_new = |handed: &Handed| !before.0.contains_key(&handed.item.id);
        let new: Vec<Handed> = found.items.into_iter().filter(is_new).take(MOST).collect();
        let gone = before.0.keys().filter(|id| !now.0.contains_key(id));
        let gone = gone.map(|id| relay::encode("InboxItem", id.0)).collect();
        Ok(Some(change(now.1, InboxItem::all(&ctx, &right, new).await?, gone)))
    }
}

fn change(totals: Vec<inbox::Total>, appeared: Vec<InboxItem>, vanished: Vec<ID>) -> InboxChange {
    InboxChange { totals: totals.into_iter().map(InboxTotal::from).collect(), appeared, vanished }
}
