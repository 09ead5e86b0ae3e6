use async_trait::async_trait;
use varde_app::{Ctx, Result};
use varde_model::{
    delivery::{Composition, OutboxRow},
    timers::{Fired, Timer},
};

/// What the scheduler asks of the use cases: what a row comes to at its moment.
#[async_trait]
pub trait Work: Send + Sync {
    /// Does a timer's job in one transaction, in which the timer is ended too.
    async fn fire(&self, ctx: &Ctx, timer: &Timer) -> Result<Fired>;

    /// Composes a mail from the facts as they are now, if what it rests on still holds.
    async fn compose(&self, ctx: &Ctx, row: &OutboxRow) -> Result<Composition>;
}
