//! The clock that can be moved, with everything that falls due on the way.

use std::{path::PathBuf, sync::Arc};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use varde_app::Clock as _;
use varde_pages::demo::{DemoClock, Moved, NotMoved};
use varde_scheduler::Scheduler;

use super::folder;
use crate::clock::MovableClock;

/// Moves the clock from one due moment to the next, so that everything happens at its own hour.
pub(crate) struct Hands {
    pub(crate) clock: Arc<MovableClock>,
    pub(crate) scheduler: Scheduler,
    pub(crate) data_dir: PathBuf,
}

#[async_trait]
impl DemoClock for Hands {
    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    async fn next_due(&self) -> Option<DateTime<Utc>> {
        match self.scheduler.next_event().await {
            // What could not be done at its hour is tried again, not turned back to.
            Ok(next) => next.map(|next| next.max(self.clock.now())),
            Err(error) => {
                tracing::warn!(%error, "what falls due next could not be read");
                None
            }
        }
    }

    async fn move_to(&self, to: DateTime<Utc>) -> Result<Moved, NotMoved> {
        let now = self.clock.now();
        if to < now {
            return Err(NotMoved::Backwards(now));
        }
        let report = Box::pin(self.scheduler.run_through(to, |moment| self.clock.move_on_to(moment))).await;
        let now = self.clock.now();
        if let Err(error) = folder::keep_clock(&self.data_dir, now) {
            tracing::warn!(%error, "what the clock shows could not be noted");
        }
        match report {
            Ok(report) => Ok(Moved { now, timers_fired: report.timers_fired, mails_sent: report.mails_sent }),
            Err(error) => Err(NotMoved::Fault(error.to_string())),
        }
    }
}
