//! Signs of life of an import, from its beginning to its end, so that one whose process is gone can be told from one
//! that takes its time.

use tokio::{sync::oneshot, time::MissedTickBehavior};
use varde_model::{
    ids::{OperationId, OrganisationId},
    longer_work::SIGN_EVERY,
};
use varde_persistence::operations;

use crate::{Ctx, Result};

/// Beats until it is dropped.
pub(super) struct Pulse(#[expect(dead_code, reason = "its end is the sign")] oneshot::Sender<()>);

impl Pulse {
    pub(super) fn begin(ctx: &Ctx, org: OrganisationId, operation: OperationId) -> Self {
        let (sender, end) = oneshot::channel();
        tokio::spawn(beat(ctx.clone(), org, operation, end));
        Self(sender)
    }
}

async fn beat(ctx: Ctx, org: OrganisationId, operation: OperationId, mut end: oneshot::Receiver<()>) {
    #[expect(
        clippy::disallowed_methods,
        reason = "a sign of life is given while work lasts; nothing becomes due by it"
    )]
    let mut pace = tokio::time::interval(SIGN_EVERY.to_std().unwrap_or_default());
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // The first tick comes at once, and the operation was written a moment ago.
    pace.tick().await;
    loop {
        tokio::select! {
            _ = pace.tick() => {}
            _ = &mut end => return,
        }
        if let Err(error) = sign(&ctx, org, operation).await {
            // SQLite lets nobody write beside the import itself; nobody gives it up then either.
            tracing::debug!(%operation, %error, "a sign of life could not be written");
        }
    }
}

async fn sign(ctx: &Ctx, org: OrganisationId, operation: OperationId) -> Result<()> {
    let tx = ctx.store().write().await?;
    operations::sign_of_life(&tx, org, operation, ctx.app().now()).await?;
    Ok(tx.commit().await?)
}
