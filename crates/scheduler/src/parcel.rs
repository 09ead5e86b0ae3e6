//! From a claimed row to a message: gathered, composed from the facts of this moment, rendered.

use varde_app::{
    Ctx, Result,
    queue::{self, Ending, Gathered, Lease},
};
use varde_mail::{ComposeError, Message};
use varde_model::{
    delivery::{Composition, MailError, OutboxRow},
    ids::OutboxId,
    letter::{DailyDigest, Letter},
};

use crate::{Inner, TickReport};

/// A message with the rows that it is the mail of.
pub(crate) struct Parcel {
    /// The first gives the Message-ID.
    pub(crate) ids: Vec<OutboxId>,
    /// Attempts made before this one.
    pub(crate) attempts: u32,
    pub(crate) message: Message,
}

impl Inner {
    /// Makes the parcel of a claimed row; None when nothing is to be sent now. The rows that are not sent are let
    /// go of with what became of them.
    pub(crate) async fn pack(&self, row: OutboxRow, lease: Lease, report: &mut TickReport) -> Result<Option<Parcel>> {
        let ctx = self.ctx();
        let Gathered { now, later, until } = queue::gather(&ctx, row, lease).await?;
        if let Some(until) = until.filter(|_| !later.is_empty()) {
            let ids: Vec<_> = later.iter().map(|row| row.id).collect();
            queue::end(&ctx, &ids, self.worker, &Ending::Until(until), false).await?;
            report.mails_postponed += ids.len() as u64;
        }
        let mut rows = Vec::new();
        let mut letters = Vec::new();
        for row in now {
            if let Some(letter) = self.letter_of(&ctx, &row, report).await? {
                rows.push(row);
                letters.push(letter);
            }
        }
        let Some((head, letter)) = bundle(letters) else { return Ok(None) };
        let ids = rows.iter().map(|row| row.id).collect();
        let attempts = rows.iter().map(|row| row.attempts).max().unwrap_or(0);
        match varde_mail::compose(&letter, &head, &self.sender) {
            Ok(message) => Ok(Some(Parcel { ids, attempts, message })),
            Err(error) => {
                let for_good = matches!(error, ComposeError::Address(_));
                let error = MailError { code: "compose".to_owned(), text: error.to_string() };
                self.not_composed(&ctx, &ids, attempts, error, for_good, report).await?;
                Ok(None)
            }
        }
    }

    async fn letter_of(
        &self,
        ctx: &Ctx,
        row: &OutboxRow,
        report: &mut TickReport,
    ) -> Result<Option<(varde_model::letter::Head, Letter)>> {
        if row.not_after.is_some_and(|latest| ctx.now > latest) {
            queue::end(ctx, &[row.id], self.worker, &Ending::Needless("too_late".to_owned()), false).await?;
            report.mails_needless += 1;
            return Ok(None);
        }
        match self.work.compose(ctx, row).await {
            Ok(Composition::Letter(letter)) => return Ok(Some(*letter)),
            Ok(Composition::Needless(reason)) => {
                queue::end(ctx, &[row.id], self.worker, &Ending::Needless(reason), false).await?;
                report.mails_needless += 1;
            }
            Ok(Composition::NotYet(until)) => {
                let until = until.max(ctx.now + chrono::TimeDelta::minutes(1));
                queue::end(ctx, &[row.id], self.worker, &Ending::Until(until), false).await?;
                report.mails_postponed += 1;
            }
            Err(error) => {
                tracing::error!(mail = %row.id, letter = %row.request.letter, %error, "a mail cannot be composed");
                let error = MailError { code: "compose".to_owned(), text: "the mail could not be composed".to_owned() };
                self.not_composed(ctx, &[row.id], row.attempts, error, false, report).await?;
            }
        }
        Ok(None)
    }

    async fn not_composed(
        &self,
        ctx: &Ctx,
        ids: &[OutboxId],
        attempts: u32,
        error: MailError,
        for_good: bool,
        report: &mut TickReport,
    ) -> Result<()> {
        let attempt = attempts + 1;
        let ending = if for_good || attempt >= self.options.max_attempts {
            report.mails_failed += ids.len() as u64;
            Ending::Failed(error)
        } else {
            report.mails_retried += ids.len() as u64;
            Ending::RetryAt(ctx.now + self.options.backoff.wait(attempt, ctx.random_bytes()), error)
        };
        queue::end(ctx, ids, self.worker, &ending, true).await
    }
}

/// One letter goes as it is; several to the same person become the daily mail, under the first one's id.
fn bundle(letters: Vec<(varde_model::letter::Head, Letter)>) -> Option<(varde_model::letter::Head, Letter)> {
    let mut letters = letters.into_iter();
    let (head, first) = letters.next()?;
    let rest: Vec<Letter> = letters.map(|(_, letter)| letter).collect();
    if rest.is_empty() {
        return Some((head, first));
    }
    let items = std::iter::once(first).chain(rest).collect();
    Some((head, Letter::DailyDigest(DailyDigest { items })))
}
