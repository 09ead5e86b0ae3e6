//! Watching longer work.

use std::time::Duration;

use async_graphql::{Context, ID, Subscription};
use futures_util::{Stream, stream};
use varde_app::{Error, operations};
use varde_model::ids::OperationId;

use super::Operation;
use crate::{
    relay,
    schema::{
        Caller,
        errors::{fault, fault_of, whole},
    },
};

/// How often the row is looked at.
const PACE: Duration = Duration::from_millis(250);

/// What can be watched of longer work.
#[derive(Default)]
pub struct OperationSubscription;

#[Subscription]
impl OperationSubscription {
    /// A piece of longer work, told of at once and whenever it has come further. Ends with the work, or with an error as
    /// soon as the caller's token or right does.
    async fn operation(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> async_graphql::Result<impl Stream<Item = async_graphql::Result<Operation>>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let unknown = || Error::from(varde_app::Refusal::new(varde_app::Code::NotFound).at("id"));
        let id =
            relay::decode_as("Operation", &id).map(OperationId).ok_or_else(|| fault(context, &unknown()))?;
        let first = whole(context, operations::find(&caller.ctx, &right, id).await)?;
        let first = first.ok_or_else(|| fault(context, &unknown()))?;
        #[expect(clippy::disallowed_methods, reason = "how often somebody who looks on is told")]
        let mut pace = tokio::time::interval(PACE);
        pace.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let watch = Watch { caller: caller.clone(), id, pace, told: None, waiting: Some(first) };
        Ok(stream::unfold(Some(watch), |watch| async move { watch?.next().await }))
    }
}

struct Watch {
    caller: Caller,
    id: OperationId,
    pace: tokio::time::Interval,
    told: Option<operations::Operation>,
    waiting: Option<operations::Operation>,
}

impl Watch {
    /// The next news, and what watches on; None after the end.
    async fn next(mut self) -> Option<(async_graphql::Result<Operation>, Option<Self>)> {
        loop {
            let found = match self.waiting.take() {
                Some(first) => Ok(Some(first)),
                None => {
                    self.pace.tick().await;
                    self.look().await
                }
            };
            let news = match found {
                Ok(news) => news?,
                Err(error) => return Some((Err(fault_of(&self.caller, "operation", &error)), None)),
            };
            if self.told.as_ref() == Some(&news) {
                continue;
            }
            let goes_on = news.state == operations::OperationState::Running;
            self.told = Some(news.clone());
            return Some((Ok(Operation(news)), goes_on.then_some(self)));
        }
    }

    /// How far the work has come, if the caller may know it still.
    async fn look(&self) -> Result<Option<operations::Operation>, Error> {
        let right = self.caller.coordinator_still().await?;
        operations::find(&self.caller.ctx, &right, self.id).await
    }
}
