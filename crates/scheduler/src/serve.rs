//! A scheduler for as long as the process lives: woken by the cron's bell, by a commit that left work, and by the
//! moment at which the next row is due.

use std::{pin::pin, time::Duration};

use tokio::sync::watch;
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};
use varde_app::queue;

use crate::Scheduler;

/// Why a scheduler cannot serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The cron cannot be set up.
    #[error("cron: {0}")]
    Cron(#[from] JobSchedulerError),
    /// What was claimed could not be given back; the leases will run out.
    #[error(transparent)]
    App(#[from] varde_app::Error),
}

/// A round that broke, or a row that is due and cannot be done, is not tried again sooner than this.
const SHORTEST_WAIT: Duration = Duration::from_millis(200);

impl Scheduler {
    /// Does what is due until `shutdown` turns true (or its sender is gone). Then mail in flight is finished and the
    /// rest is given back.
    ///
    /// # Errors
    /// The cron cannot be set up, or the database was gone at the end. Faults on the way are logged and outlived.
    pub async fn serve(&self, mut shutdown: watch::Receiver<bool>) -> Result<(), ServeError> {
        let mut cron = self.ring_the_bell().await?;
        let bell = self.inner.app.store().bell();
        while !self.inner.is_stopping() {
            let wait = {
                let mut round = pin!(self.round());
                tokio::select! {
                    wait = &mut round => wait,
                    () = told_to_stop(&mut shutdown) => {
                        self.stop();
                        round.await
                    }
                }
            };
            tokio::select! {
                _ = tokio::time::timeout(wait, bell.notified()) => {}
                () = told_to_stop(&mut shutdown) => break,
            }
        }
        self.stop();
        cron.shutdown().await?;
        queue::give_back(&self.inner.ctx(), self.inner.worker).await?;
        Ok(())
    }

    /// One round; how long to wait for the next if nobody rings.
    async fn round(&self) -> Duration {
        let tick = Duration::from_secs(u64::from(self.inner.options.tick_seconds));
        let outcome = match self.run_due().await {
            Ok(_) => self.next_due().await,
            Err(error) => Err(error),
        };
        match outcome {
            Ok(next) => {
                let wait = next.and_then(|next| (next - self.inner.app.now()).to_std().ok());
                wait.map_or(if next.is_some() { SHORTEST_WAIT } else { tick }, |wait| {
                    wait.clamp(SHORTEST_WAIT, tick)
                })
            }
            Err(error) => {
                tracing::error!(%error, "a round broke");
                tick
            }
        }
    }

    /// tokio-cron-scheduler keeps the time zone's offset of the day a job was made, and forgets what it missed: so it
    /// only rings, in UTC, and what is due stands in the database.
    async fn ring_the_bell(&self) -> Result<JobScheduler, JobSchedulerError> {
        let bell = self.inner.app.store().bell();
        let every = format!("*/{} * * * * *", self.inner.options.tick_seconds.clamp(1, 59));
        let cron = JobScheduler::new().await?;
        let ring = Job::new(every.as_str(), move |_, _| bell.notify_one())?;
        cron.add(ring).await?;
        cron.start().await?;
        Ok(cron)
    }
}

/// Waits for the order to stop; a sender that is gone is one too.
async fn told_to_stop(shutdown: &mut watch::Receiver<bool>) {
    let _order = shutdown.wait_for(|stop| *stop).await.map(|_| ());
}
