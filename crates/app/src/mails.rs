//! The mail of an organisation as its coordinators see it: what went out, what failed, and sending it again.

use std::collections::HashSet;

use serde_json::json;
use varde_model::{
    delivery::{MailState, OutboxRow},
    ids::OutboxId,
};
use varde_persistence::outbox;

use crate::{
    Code, Ctx, Refusal, Result,
    access::Coordinator,
    audit::{self, Deed},
    cohorts::settle,
    idempotency::Kept,
    input::{self, ErrorPolicy, RowRefusals},
};

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

/// Mails that are sent again.
#[derive(Clone, Debug)]
pub struct Requeued {
    /// The mails as they are now.
    pub mails: Vec<OutboxRow>,
    /// Refused rows, under [`ErrorPolicy::RejectFailed`].
    pub refusals: Vec<Refusal>,
}

impl Requeued {
    /// What a call was answered that was done before: with the mails as they stand.
    ///
    /// # Errors
    /// The database refused.
    pub async fn again(ctx: &Ctx, right: &Coordinator, kept: Kept) -> Result<Self> {
        let ids: Vec<OutboxId> = kept.ids.iter().copied().map(OutboxId).collect();
        let standing = find_many(ctx, right, &ids).await?;
        Ok(Self { mails: kept.in_order(standing, |mail| mail.id.0), refusals: kept.refusals })
    }
}

/// Sends failed mails, and those of unknown delivery, again: with their attempts counted anew and under their own
/// Message-IDs. What they rest on is asked again at the moment of sending, as for every mail. A dry run shows them as
/// they would be.
///
/// # Errors
/// Refused: there are none or too many; under [`ErrorPolicy::RejectAll`] also when one of them is not known, has not
/// failed or is named twice. Each is named.
pub async fn requeue(
    ctx: &Ctx,
    right: &Coordinator,
    ids: &[OutboxId],
    error_policy: ErrorPolicy,
    dry_run: bool,
) -> Result<Requeued> {
    input::rows("mailIds", ids.len())?;
    let tx = ctx.store().write().await?;
    let requeued = outbox::requeue(&tx, right.org(), ids, ctx.now).await?;
    let standing = outbox::find_many(&tx, right.org(), ids).await?;
    let mut named = HashSet::with_capacity(ids.len());
    let mut refusals = RowRefusals::default();
    let mut mails = Vec::with_capacity(ids.len());
    for (index, id) in ids.iter().enumerate() {
        let outcome = match standing.iter().find(|mail| mail.id == *id) {
            None => Err(Refusal::new(Code::NotFound).into()),
            Some(_) if !named.insert(*id) => Err(Refusal::new(Code::NamedTwice).into()),
            Some(mail) if !requeued.contains(id) => {
                Err(Refusal::wrong_state("MailState", mail.state.as_str()).into())
            }
            Some(mail) => Ok(mail.clone()),
        };
        mails.extend(refusals.keep("mailIds", index, outcome)?);
    }
    let refusals = refusals.settle(error_policy)?;
    for mail in &mails {
        let detail = json!({ "letter": mail.request.letter.as_str() });
        audit::record(ctx, &tx, right.org(), right.actor(), Deed::on("mail.requeue", mail.id), detail)
            .await?;
    }
    let kept = Kept::of(mails.iter().map(|mail| mail.id.0));
    let kept = Kept { refusals: refusals.clone(), ..kept };
    settle(ctx, right.org(), tx, dry_run, &kept).await?;
    Ok(Requeued { mails, refusals })
}
