//! The mail of an organisation as its coordinators see it: what went out, what failed, and sending it again.

use serde_json::json;
use varde_model::{
    delivery::{MailState, OutboxRow},
    ids::OutboxId,
};
use varde_persistence::outbox;

use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::Coordinator,
    audit::{self, Deed},
    cohorts::settle,
    idempotency::Kept,
};

/// Mails that can be requeued in one go.
pub const MOST_AT_ONCE: usize = 500;

/// A page of the mails in these states (none: all), newest first, after the one named.
///
/// # Errors
/// The database cannot be reached.
pub async fn list(
    ctx: &Ctx,
    right: &Coordinator,
    states: &[MailState],
    after: Option<OutboxId>,
    limit: u64,
) -> Result<Vec<OutboxRow>> {
    Ok(outbox::page(ctx.store(), right.org(), states, after, limit).await?)
}

/// How many mails stand in each state; states without mail are left out.
///
/// # Errors
/// The database cannot be reached.
pub async fn counts(ctx: &Ctx, right: &Coordinator) -> Result<Vec<(MailState, u64)>> {
    Ok(outbox::counts(ctx.store(), right.org()).await?)
}

/// Several mails by id.
pub async fn find_many(ctx: &Ctx, right: &Coordinator, ids: &[OutboxId]) -> Result<Vec<OutboxRow>> {
    Ok(outbox::find_many(ctx.store(), right.org(), ids).await?)
}

/// What a call was answered that sent mails again: the mails as they stand.
///
/// # Errors
/// The database refused.
pub async fn again(ctx: &Ctx, right: &Coordinator, kept: Kept) -> Result<Vec<OutboxRow>> {
    let ids: Vec<OutboxId> = kept.ids.iter().copied().map(OutboxId).collect();
    let standing = find_many(ctx, right, &ids).await?;
    Ok(kept.in_order(standing, |mail| mail.id.0))
}

/// Sends failed mails, and those of unknown delivery, again: with their attempts counted anew and under their own
/// Message-IDs. What they rest on is asked again at the moment of sending, as for every mail. A dry run shows them as
/// they would be.
///
/// # Errors
/// Refused as a whole when one of them is not known or has not failed; each is named.
pub async fn requeue(
    ctx: &Ctx,
    right: &Coordinator,
    ids: &[OutboxId],
    dry_run: bool,
) -> Result<Vec<OutboxRow>> {
    if ids.len() > MOST_AT_ONCE {
        return Err(Refusal::new(Code::TooMany).at("mailIds").with("max", MOST_AT_ONCE).into());
    }
    let tx = ctx.store().write().await?;
    let requeued = outbox::requeue(&tx, right.org(), ids, ctx.now).await?;
    let mut refusals = Vec::new();
    let mut rows = Vec::with_capacity(ids.len());
    for (index, id) in ids.iter().enumerate() {
        let row = outbox::find(&tx, right.org(), *id).await?;
        match row {
            None => refusals.push(Refusal::new(Code::NotFound).at("mailIds").row(index)),
            Some(row) if !requeued.contains(id) => {
                let refusal = Refusal::wrong_state("MailState", row.state.as_str());
                refusals.push(refusal.at("mailIds").row(index));
            }
            Some(row) => rows.push(row),
        }
    }
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    for row in &rows {
        let detail = json!({ "letter": row.request.letter.as_str() });
        audit::record(ctx, &tx, right.org(), right.actor(), Deed::on("mail.requeue", row.id), detail).await?;
    }
    settle(ctx, right.org(), tx, dry_run, &Kept::of(rows.iter().map(|row| row.id.0))).await?;
    Ok(rows)
}
