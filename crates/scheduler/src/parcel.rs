//! From claimed rows to messages: gathered, composed from the facts of this moment, rendered.

use varde_app::{
    Ctx, Result,
    queue::{self, Ending, Gathered, Lease},
};
use varde_mail::{ComposeError, Message};
use varde_model::{
    delivery::{Composition, MailError, OutboxRow},
    ids::OutboxId,
    letter::{DailyDigest, Head, Letter},
    state_reason::StateReason,
};

use crate::{Inner, TickReport};

/// A message with the rows that it is the mail of.
pub(crate) struct Parcel {
    /// The first gives the Message-ID.
    pub(crate) ids: Vec<OutboxId>,
    /// Attempts made before this one.
    pub(crate) attempts: u32,
    /// Those of them that may have arrived.
    pub(crate) unknown_attempts: u32,
    pub(crate) message: Message,
}

/// A letter with its row.
type Addressed = (OutboxRow, Head, Letter);

impl Inner {
    /// Makes the parcels of claimed rows. The rows that are not sent now are let go of, with what became of them.
    pub(crate) async fn pack(
        &self,
        claimed: Vec<OutboxRow>,
        lease: Lease,
        report: &mut TickReport,
    ) -> Result<Vec<Parcel>> {
        let ctx = self.ctx();
        let mut mails: Vec<Vec<OutboxRow>> = Vec::with_capacity(claimed.len());
        for row in claimed {
            let Gathered { now, later, until } = queue::gather(&ctx, row, lease).await?;
            if let Some(until) = until.filter(|_| !later.is_empty()) {
                let too_late = |row: &OutboxRow| row.not_after.is_some_and(|latest| until > latest);
                let (stale, later): (Vec<_>, Vec<_>) = later.into_iter().partition(too_late);
                for row in stale {
                    self.drop_needless(&ctx, row.id, StateReason::TooLate, report).await?;
                }
                let ids: Vec<_> = later.iter().map(|row| row.id).collect();
                queue::end(&ctx, &ids, self.worker, &Ending::Until(until), false).await?;
                report.mails_postponed += ids.len() as u64;
            }
            let (stale, fresh): (Vec<_>, Vec<_>) =
                now.into_iter().partition(|row| row.not_after.is_some_and(|latest| ctx.now > latest));
            for row in stale {
                self.drop_needless(&ctx, row.id, StateReason::TooLate, report).await?;
            }
            mails.push(fresh);
        }
        let rows: Vec<OutboxRow> = mails.iter().flatten().cloned().collect();
        let mut compositions = self.compose(&ctx, &rows).await.into_iter();
        let mut parcels = Vec::new();
        for rows in mails {
            let mut letters = Vec::new();
            for (row, composition) in rows.into_iter().zip(compositions.by_ref()) {
                letters.extend(self.letter_of(&ctx, row, composition, report).await?);
            }
            parcels.extend(self.wrap(&ctx, letters, report).await?);
        }
        Ok(parcels)
    }

    /// Composes all in one go, which reads the facts that they share once. If that breaks, each by itself, so that
    /// one broken mail does not hold up the others.
    async fn compose(&self, ctx: &Ctx, rows: &[OutboxRow]) -> Vec<Result<Composition>> {
        if let Ok(all) = self.work.compose(ctx, rows).await
            && all.len() == rows.len()
        {
            return all.into_iter().map(Ok).collect();
        }
        let mut each = Vec::with_capacity(rows.len());
        for row in rows {
            let one = self.work.compose(ctx, std::slice::from_ref(row)).await;
            each.push(
                one.and_then(|mut one| one.pop().ok_or_else(|| varde_app::Error::internal("no composition"))),
            );
        }
        each
    }

    async fn letter_of(
        &self,
        ctx: &Ctx,
        row: OutboxRow,
        composition: Result<Composition>,
        report: &mut TickReport,
    ) -> Result<Option<Addressed>> {
        match composition {
            Ok(Composition::Letter(letter)) => {
                let (head, letter) = *letter;
                return Ok(Some((row, head, letter)));
            }
            Ok(Composition::Needless(reason)) => self.drop_needless(ctx, row.id, reason, report).await?,
            Err(error) => {
                tracing::error!(mail = %row.id, letter = %row.request.letter, %error, "a mail cannot be composed");
                let error = MailError {
                    code: "compose".to_owned(),
                    text: "the mail could not be composed".to_owned(),
                };
                self.not_composed(ctx, &[row.id], row.attempts, error, false, report).await?;
            }
        }
        Ok(None)
    }

    /// One letter goes as it is; several to the same person become the daily mail, under the first one's id. Where that
    /// cannot be written, each goes by itself, so that one broken letter takes no other with it.
    async fn wrap(&self, ctx: &Ctx, letters: Vec<Addressed>, report: &mut TickReport) -> Result<Vec<Parcel>> {
        let mut parcels = Vec::new();
        let letters = match self.gather_into_one(letters) {
            Ok(parcel) => return Ok(vec![parcel]),
            Err(letters) => letters,
        };
        for (row, head, letter) in letters {
            match varde_mail::compose(&letter, &head, &self.sender) {
                Ok(message) => parcels.push(Parcel {
                    ids: vec![row.id],
                    attempts: row.attempts,
                    unknown_attempts: row.unknown_attempts,
                    message,
                }),
                Err(error) => {
                    tracing::error!(mail = %row.id, %error, "a mail cannot be written");
                    let for_good = matches!(error, ComposeError::Address(_));
                    let error = MailError { code: "compose".to_owned(), text: error.to_string() };
                    self.not_composed(ctx, &[row.id], row.attempts, error, for_good, report).await?;
                }
            }
        }
        Ok(parcels)
    }

    /// The daily mail of several letters; gives them back where there is one at most, or it cannot be written.
    fn gather_into_one(&self, letters: Vec<Addressed>) -> std::result::Result<Parcel, Vec<Addressed>> {
        let [(first, head, _), _, ..] = letters.as_slice() else { return Err(letters) };
        let items = letters.iter().map(|(_, _, letter)| letter.clone()).collect();
        match varde_mail::compose(&Letter::DailyDigest(DailyDigest { items }), head, &self.sender) {
            Ok(message) => Ok(Parcel {
                ids: letters.iter().map(|(row, ..)| row.id).collect(),
                attempts: letters.iter().map(|(row, ..)| row.attempts).max().unwrap_or(0),
                unknown_attempts: letters.iter().map(|(row, ..)| row.unknown_attempts).max().unwrap_or(0),
                message,
            }),
            Err(error) => {
                tracing::warn!(mail = %first.id, %error, "letters go one by one, as they cannot be gathered");
                Err(letters)
            }
        }
    }

    async fn drop_needless(
        &self,
        ctx: &Ctx,
        id: OutboxId,
        reason: StateReason,
        report: &mut TickReport,
    ) -> Result<()> {
        queue::end(ctx, &[id], self.worker, &Ending::Needless(reason), false).await?;
        report.mails_needless += 1;
        Ok(())
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
