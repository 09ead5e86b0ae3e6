//! The progress of an import, told to the caller and written where it can be polled.
//!
//! It is written outside the import's transaction, as nobody sees into that one. SQLite lets one transaction write at
//! a time: there, a poller sees the beginning and the end, and a caller in the same process sees everything.

use tokio::{sync::watch, task::JoinHandle};
use varde_model::ids::{OperationId, OrganisationId};
use varde_persistence::{Engine, Store, operations};

use super::OnProgress;
use crate::Ctx;

/// Counts the rows written.
pub(super) struct Steps<'a> {
    total: u64,
    tell: OnProgress<'a>,
    poll: Option<(watch::Sender<u64>, JoinHandle<()>)>,
}

impl<'a> Steps<'a> {
    pub(super) fn begin(
        ctx: &Ctx,
        org: OrganisationId,
        operation: OperationId,
        total: usize,
        tell: OnProgress<'a>,
    ) -> Self {
        let total = total as u64;
        let poll = (ctx.store().engine() == Engine::Postgres).then(|| {
            let (sender, receiver) = watch::channel(0);
            (sender, tokio::spawn(write_down(ctx.store().clone(), org, operation, total, receiver)))
        });
        tell(0, total);
        Self { total, tell, poll }
    }

    pub(super) fn done(&self, rows: usize) {
        let rows = rows as u64;
        (self.tell)(rows, self.total);
        if let Some((sender, _)) = &self.poll {
            sender.send_replace(rows);
        }
    }

    /// Waits until the last progress is written, so that it does not come after the end.
    pub(super) async fn end(self) {
        if let Some((sender, task)) = self.poll {
            drop(sender);
            if let Err(error) = task.await {
                tracing::warn!(%error, "the progress of an import could not be written");
            }
        }
    }
}

/// Writes the latest progress each time the one before is written: as often as the database keeps up.
async fn write_down(
    store: Store,
    org: OrganisationId,
    operation: OperationId,
    total: u64,
    mut progress: watch::Receiver<u64>,
) {
    while progress.changed().await.is_ok() {
        let done = *progress.borrow_and_update();
        let written = async {
            let tx = store.write().await?;
            operations::progress(&tx, org, operation, done, Some(total)).await?;
            tx.commit().await
        };
        if let Err(error) = written.await {
            // The import itself does not hang on it.
            tracing::warn!(%error, "the progress of an import could not be written");
            return;
        }
    }
}
