//! At most one mail a person and day out of all that can wait.
//!
//! What is due goes out together. When the person had such a mail earlier the same local day, the rest waits until
//! the next working day at the same hour, except what would then come too late.

use chrono::{DateTime, NaiveTime, Utc};
use varde_model::{
    delivery::OutboxRow,
    local_time::{Zoned, instant},
    working_days::WorkingCalendar,
};
use varde_persistence::{organisations, outbox};

use super::Lease;
use crate::{Ctx, Error, Result};

/// What goes out together, and what waits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gathered {
    /// To be sent as one mail; the first gives it its Message-ID.
    pub now: Vec<OutboxRow>,
    /// To wait.
    pub later: Vec<OutboxRow>,
    /// Until when.
    pub until: Option<DateTime<Utc>>,
}

/// Gathers what goes out with a claimed mail; the companions are claimed under the same lease.
///
/// # Errors
/// The database cannot be reached.
pub async fn gather(ctx: &Ctx, first: OutboxRow, lease: Lease) -> Result<Gathered> {
    if !first.can_wait {
        return Ok(Gathered { now: vec![first], ..Gathered::default() });
    }
    let store = ctx.store();
    let companions = outbox::claim_companions(store, &first, lease, ctx.now).await?;
    let organisation = organisations::find(store, first.organisation).await?;
    let organisation = organisation.ok_or_else(|| Error::internal("mail of an unknown organisation"))?;
    let today = Zoned::at(ctx.now, organisation.zone).date;
    let midnight = instant(today, NaiveTime::MIN, organisation.zone);
    let had_one = outbox::sent_waiting_since(store, organisation.id, first.recipient, midnight).await?;
    let hour = Zoned::at(first.queued_at, organisation.zone).time;
    let rows = std::iter::once(first).chain(companions).collect();
    if !had_one {
        return Ok(Gathered { now: rows, ..Gathered::default() });
    }
    let closed = organisations::closed_days(store, organisation.id).await?;
    let calendar = WorkingCalendar::new(closed.into_iter().map(|closed| closed.day));
    let until = instant(calendar.add(today, 1), hour, organisation.zone);
    let (later, now) =
        rows.into_iter().partition(|row: &OutboxRow| row.not_after.is_none_or(|latest| until <= latest));
    Ok(Gathered { now, later, until: Some(until) })
}
