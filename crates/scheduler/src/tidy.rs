//! Housekeeping, at most once an hour: it may run at any time, twice, and in several processes.

use chrono::{DateTime, TimeDelta, Utc};
use varde_app::{Result, operations, queue, sessions};

use crate::Inner;

const EVERY: TimeDelta = TimeDelta::hours(1);

impl Inner {
    pub(crate) async fn tidy_at_times(&self, last: &mut Option<DateTime<Utc>>) -> Result<()> {
        let ctx = self.ctx();
        // Whoever waits for work whose process is gone is told soon.
        let given_up = operations::give_up_silent(&ctx).await?;
        if given_up > 0 {
            tracing::warn!(given_up, "longer work was broken off with its process");
        }
        if self.is_stopping() || last.is_some_and(|last| ctx.now < last + EVERY) {
            return Ok(());
        }
        let tidied = sessions::tidy(&ctx).await?;
        let keys = queue::forget_old_keys(&ctx).await?;
        *last = Some(ctx.now);
        tracing::debug!(?tidied, keys, "tidied");
        Ok(())
    }
}
