//! Mail whose moment has come: claimed in batches, handed over several at once, each marked by itself.

use std::sync::Arc;

use futures_util::future::join_all;
use tokio::task::JoinSet;
use varde_app::{
    Error, Result,
    queue::{self, Ending, Lease},
};
use varde_mail::Delivery;
use varde_model::delivery::{MailError, OutboxRow};

use crate::{Inner, TickReport, parcel::Parcel};

/// Mails that are noted as being handed over in one statement, because they are handed over at once.
const ABREAST: usize = 32;

impl Inner {
    /// Sends every due mail.
    pub(crate) async fn send_due(self: &Arc<Self>) -> Result<TickReport> {
        let mut report = TickReport::default();
        report.mails_unknown += queue::lose_track(&self.ctx(), self.options.max_attempts).await?;
        let concurrency = self.options.concurrency.clamp(1, 64);
        let abreast = concurrency.min(ABREAST);
        while !self.is_stopping() {
            let batch = queue::claim_mail(&self.ctx(), concurrency as u64 * 4, self.lease()).await?;
            if batch.is_empty() {
                break;
            }
            report += self.send_batch(batch, abreast, concurrency / abreast).await?;
        }
        if self.is_stopping() {
            queue::give_back(&self.ctx(), self.worker).await?;
        }
        Ok(report)
    }

    /// Sends a batch in groups, some at a time, each in a task of its own: letters are written on every core.
    async fn send_batch(
        self: &Arc<Self>,
        batch: Vec<OutboxRow>,
        abreast: usize,
        at_a_time: usize,
    ) -> Result<TickReport> {
        let mut report = TickReport::default();
        let (mut groups, mut broken) = (JoinSet::new(), None);
        let mut batch = batch.into_iter();
        loop {
            let group: Vec<_> = batch.by_ref().take(abreast).collect();
            let more = !group.is_empty();
            if more {
                let inner = Arc::clone(self);
                groups.spawn(async move { inner.send_group(group).await });
            }
            if more && groups.len() < at_a_time {
                continue;
            }
            match groups.join_next().await {
                None => break,
                Some(outcome) => match outcome.map_err(Error::internal).flatten() {
                    Ok(sent) => report += sent,
                    Err(error) => broken = Some(error),
                },
            }
        }
        broken.map_or(Ok(report), Err)
    }

    fn lease(&self) -> Lease {
        Lease { worker: self.worker, until: self.app.now() + self.options.lease }
    }

    async fn send_group(&self, group: Vec<OutboxRow>) -> Result<TickReport> {
        let mut report = TickReport::default();
        if self.is_stopping() {
            return Ok(report);
        }
        let lease = self.lease();
        let mut parcels = self.pack(group, lease, &mut report).await?;
        if parcels.is_empty() || self.is_stopping() {
            return Ok(report);
        }
        let ids: Vec<_> = parcels.iter().flat_map(|parcel| parcel.ids.iter().copied()).collect();
        let ours = queue::hand_over(&self.ctx(), &ids, self.lease()).await?;
        parcels.retain(|parcel| parcel.ids.iter().all(|id| ours.contains(id)));
        for outcome in join_all(parcels.iter().map(|parcel| self.send(parcel))).await {
            report += outcome?;
        }
        Ok(report)
    }

    async fn send(&self, parcel: &Parcel) -> Result<TickReport> {
        let Some(first) = parcel.ids.first() else { return Ok(TickReport::default()) };
        let delivery = self.transport.send(*first, self.app.now(), &parcel.message).await;
        let ctx = self.ctx();
        let mut report = TickReport::default();
        let mails = parcel.ids.len() as u64;
        let ending = match self.ending(parcel, delivery) {
            None => {
                queue::sent(&ctx, &parcel.ids, self.worker).await?;
                report.mails_sent += 1;
                return Ok(report);
            }
            Some(ending) => ending,
        };
        // A server's answer may name the recipient: it stands with the mail, for the coordinators, and in no log.
        match &ending {
            Ending::RetryAt(_, error) | Ending::RetryUnknownAt(_, error) => {
                tracing::warn!(mail = %first, attempt = parcel.attempts + 1, code = %error.code, "a mail waits for another attempt");
                report.mails_retried += mails;
            }
            Ending::Unknown(error) => {
                tracing::error!(mail = %first, code = %error.code, "delivery unknown");
                report.mails_unknown += mails;
            }
            Ending::Failed(error) => {
                tracing::error!(mail = %first, code = %error.code, "a mail has failed");
                report.mails_failed += mails;
            }
            Ending::Needless(_) | Ending::Until(_) => {}
        }
        queue::end(&ctx, &parcel.ids, self.worker, &ending, false).await?;
        Ok(report)
    }

    /// How a try ended that did not send; None when it did.
    fn ending(&self, parcel: &Parcel, delivery: Delivery) -> Option<Ending> {
        let attempt = parcel.attempts + 1;
        let last = attempt >= self.options.max_attempts;
        let again = || {
            let ctx = self.ctx();
            ctx.now + self.options.backoff.wait(attempt, ctx.random_bytes())
        };
        Some(match delivery {
            Delivery::Sent => return None,
            Delivery::Refused { permanent, code, text } => {
                let code = code.map_or_else(|| "refused".to_owned(), |code| format!("smtp_{code}"));
                let error = MailError { code, text };
                if permanent || last { Ending::Failed(error) } else { Ending::RetryAt(again(), error) }
            }
            Delivery::Unknown { text } => {
                let error = MailError { code: "unknown".to_owned(), text };
                let lost = parcel.unknown_attempts + 1 >= self.options.max_unknown_attempts;
                if lost || last { Ending::Unknown(error) } else { Ending::RetryUnknownAt(again(), error) }
            }
        })
    }
}
