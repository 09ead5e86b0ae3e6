//! Housekeeping, at most once an hour: it may run at any time, twice, and in several processes.

use chrono::{DateTime, TimeDelta, Utc};
use varde_app::{Result, queue, sessions};

use crate::Inner;

const EVERY: TimeDelta = TimeDelta::hours(1);

impl Inner {
    pub(crate) async fn tidy_at_times(&self, last: &mut Option<DateTime<Utc>>) -> Result<()> {
        let ctx = self.ctx();
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
