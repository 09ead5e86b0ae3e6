//! What nobody needs any more: a nightly job may delete it. The audit trail keeps what happened.

use chrono::TimeDelta;
use varde_persistence::{sessions, throttles};

use super::throttle::MEMORY;
use crate::{Ctx, Result};

/// Ended sessions are kept this long, so that a stolen refresh token is still recognised.
const KEPT: TimeDelta = TimeDelta::days(30);

/// What was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tidied {
    /// Sessions that ended long ago.
    pub sessions: u64,
    /// Counts of tries that are forgotten anyway.
    pub throttles: u64,
}

/// Deletes sessions that ended more than thirty days ago, and forgotten tries. It may run at any time and twice.
///
/// # Errors
/// The database could not be reached.
pub async fn tidy(ctx: &Ctx) -> Result<Tidied> {
    let tx = ctx.store().write().await?;
    let tidied = Tidied {
        sessions: sessions::delete_ended(&tx, ctx.now - KEPT).await?,
        throttles: throttles::delete_idle(&tx, ctx.now - MEMORY).await?,
    };
    tx.commit().await?;
    Ok(tidied)
}
