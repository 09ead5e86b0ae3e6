//! At most one mail a person and day out of all that can wait.
//!
//! What is due goes out together. When the person had such a mail earlier the same local day, the rest waits until
//! the next working day at the same hour, except what would then come too late.
//!
//! A reminder that could not leave at its hour waits for an hour at which people are at work.

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use varde_model::{
    delivery::OutboxRow,
    local_time::{Zoned, instant},
    reminders::{goes_out_at, is_late},
};
use varde_persistence::{organisations, outbox};

use super::Lease;
use crate::{Ctx, Error, Result, closed_days};

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
    // Late by any zone's clock, which is all that has to be known to leave the organisation alone.
    let may_be_late = first.request.policy.is_some() && is_late(Zoned::at(first.queued_at, Tz::UTC), ctx.now);
    if !first.can_wait && !may_be_late {
        return Ok(Gathered { now: vec![first], ..Gathered::default() });
    }
    let store = ctx.store();
    let organisation = organisations::find(store, first.organisation).await?;
    let organisation = organisation.ok_or_else(|| Error::internal("mail of an unknown organisation"))?;
    if may_be_late {
        let planned = Zoned::at(first.queued_at, organisation.zone);
        let until =
            goes_out_at(planned, ctx.now, &closed_days::calendar(ctx.store(), organisation.id).await?);
        if until > ctx.now {
            return Ok(Gathered { later: vec![first], until: Some(until), ..Gathered::default() });
        }
        if !first.can_wait {
            return Ok(Gathered { now: vec![first], ..Gathered::default() });
        }
    }
    let companions = outbox::claim_companions(store, &first, lease, ctx.now).await?;
    let today = Zoned::at(ctx.now, organisation.zone).date;
    let midnight = instant(today, NaiveTime::MIN, organisation.zone);
    let had_one = outbox::sent_waiting_since(store, organisation.id, first.recipient, midnight).await?;
    let hour = Zoned::at(first.queued_at, organisation.zone).time;
    let rows = std::iter::once(first).chain(companions).collect();
    if !had_one {
        return Ok(Gathered { now: rows, ..Gathered::default() });
    }
    let calendar = closed_days::calendar(ctx.store(), organisation.id).await?;
    let until = instant(calendar.add(today, 1), hour, organisation.zone);
    let (later, now) =
        rows.into_iter().partition(|row: &OutboxRow| row.not_after.is_none_or(|latest| until <= latest));
    Ok(Gathered { now, later, until: Some(until) })
}
