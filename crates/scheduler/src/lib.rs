//! Does what is due: fires timers and sends mail.
//!
//! What is due is a question to the database, asked again on every tick; nothing is remembered between two. A tick
//! that was missed is made up for, one that runs twice does nothing the second time, and any number of schedulers
//! may run on one database. tokio-cron-scheduler rings the bell, and nothing more.
//!
//! - [`Scheduler::run_due`]: everything that is due at the clock's present moment.
//! - [`Scheduler::serve`]: does so for as long as the process lives.
//! - [`Scheduler::run_through`]: does so at each moment on the way to a later one, for a clock that is moved by hand.
//!
//! What happens to a mail is told in `varde_model::delivery`; who claims what, in `varde_persistence::outbox`.

mod fire;
mod measure;
mod options;
mod parcel;
mod report;
mod send;
mod serve;
mod tidy;
mod work;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Mutex;
use uuid::Uuid;
use varde_app::{App, Ctx, queue};
use varde_mail::{Sender, Transport};
use varde_model::Locale;

pub use options::Options;
pub use report::TickReport;
pub use serve::ServeError;
pub use work::{UseCases, Work};

/// Fires timers and sends mail for one process. Clones are the same scheduler.
#[derive(Clone)]
pub struct Scheduler {
    inner: Arc<Inner>,
}

struct Inner {
    app: App,
    work: Arc<dyn Work>,
    transport: Transport,
    sender: Sender,
    options: Options,
    /// Whose claims the rows bear: this scheduler's alone, never another process's.
    worker: Uuid,
    /// Rounds do not overlap, so that a round never takes up its own mail in flight.
    round: Mutex<Option<DateTime<Utc>>>,
    stopping: AtomicBool,
}

impl Scheduler {
    /// The scheduler of an application.
    pub fn new(app: App, transport: Transport, sender: Sender, options: Options) -> Self {
        Self::with_work(app, Arc::new(UseCases), transport, sender, options)
    }

    /// A scheduler that asks somebody else what a row comes to: for tests of the scheduler alone.
    pub fn with_work(
        app: App,
        work: Arc<dyn Work>,
        transport: Transport,
        sender: Sender,
        options: Options,
    ) -> Self {
        let worker = app.context(Locale::default()).new_id();
        let (round, stopping) = (Mutex::new(None), AtomicBool::new(false));
        Self { inner: Arc::new(Inner { app, work, transport, sender, options, worker, round, stopping }) }
    }

    /// Does everything that is due at the clock's present moment.
    ///
    /// # Errors
    /// The database cannot be reached. What was left comes with the next tick.
    pub async fn run_due(&self) -> varde_app::Result<TickReport> {
        self.inner.round(&mut *self.inner.round.lock().await).await
    }

    /// When there is something to do next.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn next_due(&self) -> varde_app::Result<Option<DateTime<Utc>>> {
        queue::next_due(&self.inner.ctx()).await
    }

    /// The same, but for the look that each working day brings of itself.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn next_event(&self) -> varde_app::Result<Option<DateTime<Utc>>> {
        queue::next_event(&self.inner.ctx()).await
    }

    /// Does everything that falls due on the way to a later moment, each at its own: the clock is moved from one
    /// to the next.
    ///
    /// # Errors
    /// The database cannot be reached; the clock stays where it was then.
    pub async fn run_through(
        &self,
        to: DateTime<Utc>,
        move_clock: impl Fn(DateTime<Utc>),
    ) -> varde_app::Result<TickReport> {
        // Rounds of `serve` wait meanwhile: else they would take what fell due, and it would be missing in the report.
        let mut tidied_at = self.inner.round.lock().await;
        let mut report = self.inner.round(&mut tidied_at).await?;
        while let Some(next) = self.next_due().await? {
            // What is due and cannot be done now must not hold up the clock.
            let next = next.max(self.inner.app.now() + TimeDelta::seconds(1));
            if next > to {
                break;
            }
            move_clock(next);
            report += self.inner.round(&mut tidied_at).await?;
        }
        move_clock(to);
        report += self.inner.round(&mut tidied_at).await?;
        Ok(report)
    }

    /// Lets the round that is under way end: mail in flight is finished, the rest is given back.
    pub fn stop(&self) {
        self.inner.stopping.store(true, Ordering::Relaxed);
    }
}

impl std::fmt::Debug for Scheduler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scheduler").field("worker", &self.inner.worker).finish_non_exhaustive()
    }
}

impl Inner {
    async fn round(self: &Arc<Self>, tidied_at: &mut Option<DateTime<Utc>>) -> varde_app::Result<TickReport> {
        let mut report = TickReport::default();
        // A timer may leave mail, and a mail's failure may leave a timer: both until nothing is left.
        loop {
            let mut round = self.fire_due().await?;
            round += self.send_due().await?;
            report += round;
            if !round.did_something() || self.is_stopping() {
                break;
            }
        }
        self.tidy_at_times(tidied_at).await?;
        self.measure(&report).await?;
        Ok(report)
    }

    fn ctx(&self) -> Ctx {
        self.app.context(Locale::default())
    }

    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}
