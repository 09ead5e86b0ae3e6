//! What a scheduler asks for and reports: due timers and mail, claimed under a lease, and what became of them.

mod gather;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use varde_model::{
    delivery::OutboxRow,
    ids::OutboxId,
    state_reason::StateReason,
    timers::{Timer, TimerState},
    work::Job,
};
use varde_persistence::{idempotency, outbox, timers};

use crate::{Ctx, Result};

pub use gather::{Gathered, gather};
pub use varde_persistence::outbox::{Backlog, Ending, Lease};

/// Takes up to `n` due mails, oldest first.
///
/// # Errors
/// The database cannot be reached.
pub async fn claim_mail(ctx: &Ctx, n: u64, lease: Lease) -> Result<Vec<OutboxRow>> {
    Ok(outbox::claim(ctx.store(), n, lease, ctx.now).await?)
}

/// Notes that mails are about to be handed to the server. Only the ids that come back may be sent.
///
/// # Errors
/// The database cannot be reached; nothing may be sent.
pub async fn hand_over(ctx: &Ctx, ids: &[OutboxId], lease: Lease) -> Result<Vec<OutboxId>> {
    Ok(outbox::hand_over(ctx.store(), ids, lease).await?)
}

/// The server took a mail: the first of the ids; the others were gathered into it.
///
/// # Errors
/// The database cannot be reached.
pub async fn sent(ctx: &Ctx, ids: &[OutboxId], worker: Uuid) -> Result<()> {
    let [first, gathered @ ..] = ids else { return Ok(()) };
    if gathered.is_empty() {
        outbox::sent(ctx.store(), &[*first], worker, None, ctx.now).await?;
        return Ok(());
    }
    let tx = ctx.store().write().await?;
    outbox::sent(&tx, &[*first], worker, None, ctx.now).await?;
    outbox::sent(&tx, gathered, worker, Some(*first), ctx.now).await?;
    tx.commit().await?;
    Ok(())
}

/// Lets go of mails that were not sent.
///
/// # Errors
/// The database cannot be reached.
pub async fn end(
    ctx: &Ctx,
    ids: &[OutboxId],
    worker: Uuid,
    ending: &Ending,
    counts_attempt: bool,
) -> Result<()> {
    outbox::end(ctx.store(), ids, worker, ending, counts_attempt).await?;
    Ok(())
}

/// Gives back what the worker has claimed and not begun to send; how many those were.
///
/// # Errors
/// The database cannot be reached; the leases will run out.
pub async fn give_back(ctx: &Ctx, worker: Uuid) -> Result<u64> {
    Ok(outbox::give_back(ctx.store(), worker, ctx.now).await?)
}

/// Calls by their name those mails whose holder vanished in the middle of the last attempt; how many those were.
///
/// # Errors
/// The database cannot be reached.
pub async fn lose_track(ctx: &Ctx, max_attempts: u32) -> Result<u64> {
    Ok(outbox::lose_track(ctx.store(), max_attempts, ctx.now).await?)
}

/// Takes up to `n` due timers, oldest first; other schedulers leave them alone until then.
///
/// # Errors
/// The database cannot be reached.
pub async fn claim_timers(ctx: &Ctx, n: u64, until: DateTime<Utc>) -> Result<Vec<Timer>> {
    Ok(timers::claim(ctx.store(), n, until, ctx.now).await?)
}

/// A timer's latest time has passed: it does nothing any more. False when somebody else has ended it.
///
/// # Errors
/// The database cannot be reached.
pub async fn miss(ctx: &Ctx, timer: &Timer) -> Result<bool> {
    let tx = ctx.store().write().await?;
    let missed = timers::finish(&tx, timer, TimerState::Missed, Some(StateReason::TooLate), ctx.now).await?;
    tx.commit().await?;
    Ok(missed)
}

/// A timer's job broke; it is tried again then.
///
/// # Errors
/// The database cannot be reached; the timer is tried again when its lease runs out.
pub async fn postpone(ctx: &Ctx, timer: &Timer, until: DateTime<Utc>) -> Result<()> {
    Ok(timers::postpone(ctx.store(), timer, until).await?)
}

/// When there is something to do next: a timer or a mail is due, or a lease runs out.
///
/// # Errors
/// The database cannot be reached.
pub async fn next_due(ctx: &Ctx) -> Result<Option<DateTime<Utc>>> {
    next_but(ctx, None).await
}

/// The same for somebody who waits for something to happen: that a new day is looked at is nothing to wait for.
///
/// # Errors
/// The database cannot be reached.
pub async fn next_event(ctx: &Ctx) -> Result<Option<DateTime<Utc>>> {
    next_but(ctx, Some(&Job::LookAgain)).await
}

async fn next_but(ctx: &Ctx, job: Option<&Job>) -> Result<Option<DateTime<Utc>>> {
    let mail = outbox::next_due(ctx.store()).await?;
    let timer = timers::next_due(ctx.store(), job).await?;
    Ok(mail.into_iter().chain(timer).min())
}

/// What waits, over all organisations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Mail.
    pub mail: Backlog,
    /// Timers that are pending.
    pub timers: u64,
    /// Those of them whose time has come.
    pub timers_due: u64,
}

/// Counts what waits.
///
/// # Errors
/// The database cannot be reached.
pub async fn waiting(ctx: &Ctx) -> Result<Waiting> {
    let mail = outbox::backlog(ctx.store(), ctx.now).await?;
    let (timers, timers_due) = timers::backlog(ctx.store(), ctx.now).await?;
    Ok(Waiting { mail, timers, timers_due })
}

/// A safe retry is answered from its key for this long.
const KEYS_KEPT: TimeDelta = TimeDelta::days(30);

/// Forgets the keys of safe retries that are older than thirty days; how many those were. It may run at any time and
/// twice.
///
/// # Errors
/// The database cannot be reached.
pub async fn forget_old_keys(ctx: &Ctx) -> Result<u64> {
    let tx = ctx.store().write().await?;
    let forgotten = idempotency::delete_older(&tx, ctx.now - KEYS_KEPT).await?;
    tx.commit().await?;
    Ok(forgotten)
}
