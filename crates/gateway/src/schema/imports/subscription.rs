//! Watching longer work.

use std::time::Duration;

use async_graphql::{Context, ID, Subscription};
use futures_util::{Stream, stream};
use varde_app::{Ctx, Error, access::Coordinator, operations, texts::text};
use varde_model::ids::OperationId;

use super::Operation;
use crate::{
    relay,
    schema::{
        Caller,
        errors::{fault, whole},
    },
};

/// How often the row is looked at.
const PACE: Duration = Duration::from_millis(250);

/// What can be subscribed to.
#[derive(Default)]
pub struct OperationSubscription;

/// What can be watched as it happens, over `graphql-transport-ws`.
#[Subscription(name = "Subscription")]
impl OperationSubscription {
    /// A piece of longer work, told of at once and whenever it has come further; ends with the work.
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
        let mut pace = tokio::time::interval(PACE);
        pace.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let watch = Watch { ctx: caller.ctx.clone(), right, id, pace, told: None, waiting: Some(first) };
        Ok(stream::unfold(Some(watch), |watch| async move { watch?.next().await }))
    }
}

struct Watch {
    ctx: Ctx,
    right: Coordinator,
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
                    operations::find(&self.ctx, &self.right, self.id).await
                }
            };
            let news = match found {
                Ok(news) => news?,
                Err(error) => {
                    tracing::error!(operation = %self.id, %error, "longer work could not be watched");
                    return Some((
                        Err(async_graphql::Error::new(text(self.ctx.locale, "access-operation-unwatched"))),
                        None,
                    ));
                }
            };
            if self.told.as_ref() == Some(&news) {
                continue;
            }
            let goes_on = news.state == operations::OperationState::Running;
            self.told = Some(news.clone());
            return Some((Ok(Operation(news)), goes_on.then_some(self)));
        }
    }
}
