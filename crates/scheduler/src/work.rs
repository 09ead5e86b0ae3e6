use async_trait::async_trait;
use varde_app::{Ctx, Result, jobs, letters};
use varde_model::{
    delivery::{Composition, OutboxRow},
    timers::{Fired, Timer},
};

/// What the scheduler asks of the use cases: what a row comes to at its moment.
#[async_trait]
pub trait Work: Send + Sync {
    /// Does a timer's job in one transaction, in which the timer is ended too.
    async fn fire(&self, ctx: &Ctx, timer: &Timer) -> Result<Fired>;

    /// Composes mails from the facts as they are now, where what they rest on still holds: one for each row, in
    /// their order.
    async fn compose(&self, ctx: &Ctx, rows: &[OutboxRow]) -> Result<Vec<Composition>>;
}

/// The use cases of Varde.
#[derive(Clone, Copy, Debug)]
pub struct UseCases;

#[async_trait]
impl Work for UseCases {
    async fn fire(&self, ctx: &Ctx, timer: &Timer) -> Result<Fired> {
        jobs::fire(ctx, timer).await
    }

    async fn compose(&self, ctx: &Ctx, rows: &[OutboxRow]) -> Result<Vec<Composition>> {
        letters::compose_many(ctx, rows).await
    }
}
