//! Timers whose moment has come. Each is fired in a transaction of its own, which ends it too.

use varde_app::{Ctx, Result, queue};
use varde_model::{
    timers::{Fired, Timer},
    work::Job,
};

use crate::{Inner, TickReport};

const AT_ONCE: u64 = 200;

impl Inner {
    /// Fires every due timer, in the order of their moments.
    pub(crate) async fn fire_due(&self) -> Result<TickReport> {
        let mut report = TickReport::default();
        while !self.is_stopping() {
            let ctx = self.ctx();
            let due = queue::claim_timers(&ctx, AT_ONCE, ctx.now + self.options.lease).await?;
            if due.is_empty() {
                break;
            }
            for timer in due {
                report += self.fire(&timer).await?;
            }
        }
        Ok(report)
    }

    async fn fire(&self, timer: &Timer) -> Result<TickReport> {
        let ctx = self.ctx();
        let mut report = TickReport::default();
        if self.is_missed(&ctx, timer) {
            report.timers_missed += u64::from(queue::miss(&ctx, timer).await?);
            return Ok(report);
        }
        match self.work.fire(&ctx, timer).await {
            Ok(Fired::Done) => report.timers_fired += 1,
            Ok(Fired::Needless) => report.timers_skipped += 1,
            Ok(Fired::Missed) => report.timers_missed += 1,
            Ok(Fired::PutOff) => report.timers_put_off += 1,
            Ok(Fired::Gone) => {}
            Err(error) => {
                let wait = self.options.backoff.wait(timer.attempts + 1, ctx.random_bytes());
                tracing::error!(timer = %timer.id, job = timer.job.name(), attempts = timer.attempts + 1, %error, "a timer's job broke");
                queue::postpone(&ctx, timer, ctx.now + wait).await?;
                report.timers_broken += 1;
            }
        }
        Ok(report)
    }

    fn is_missed(&self, ctx: &Ctx, timer: &Timer) -> bool {
        match (timer.latest_at, &timer.job) {
            (Some(latest), _) => ctx.now > latest,
            (None, Job::Remind { .. }) => ctx.now > timer.due_at + self.options.catch_up,
            (None, _) => false,
        }
    }
}
