//! From a policy and an anchor to the hour of a reminder.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{ReminderPolicy, Subject};
use crate::{
    ids::AppointmentId,
    local_time::{self, Zoned},
    working_days::WorkingCalendar,
};

/// Where an anchor lies for one subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnchorFact {
    /// What the reminder is about.
    pub subject: Subject,
    /// The instant of the anchor.
    pub at: DateTime<Utc>,
    /// The zone in whose dates and hours the policy counts.
    pub zone: Tz,
}

impl AnchorFact {
    /// The anchor of an appointment: its first day, or the moment it was learnt of when that came later.
    /// `learnt_at` must be the stored one, so that planning again gives the same.
    pub fn appointment(id: AppointmentId, first_day: NaiveDate, learnt_at: DateTime<Utc>, zone: Tz) -> Self {
        let begins = local_time::instant(first_day, NaiveTime::MIN, zone);
        Self { subject: Subject::Appointment { appointment: id }, at: begins.max(learnt_at), zone }
    }
}

/// A reminder to be written down, once for each of its recipients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedReminder {
    /// The policy's key.
    pub policy: String,
    /// What it is about.
    pub subject: Subject,
    /// Which occurrence of the anchor: its local date, such as `2027-03-04`, or `once`.
    pub occurrence: String,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// Past this instant it is never sent; at it, it still is.
    pub latest_at: DateTime<Utc>,
    /// `due_at` on the wall clock.
    pub local: Zoned,
}

/// What planning came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// To be written down.
    Due(PlannedReminder),
    /// Its hour has come and its latest time has not: not to be written any more, but a row that was written in
    /// time stands until it is fired.
    Overdue(PlannedReminder),
    /// Not to be written: its latest time is past, or its hour lies at or after an anchor that it must come before.
    TooLate {
        /// When it would have been due.
        would_have_been: DateTime<Utc>,
    },
}

impl Plan {
    /// The reminder, if there is one to write.
    pub fn due(self) -> Option<PlannedReminder> {
        match self {
            Plan::Due(reminder) => Some(reminder),
            Plan::Overdue(_) | Plan::TooLate { .. } => None,
        }
    }

    /// The reminder that may stand: one to write, or one whose row may have been written in time.
    pub fn standing(self) -> Option<PlannedReminder> {
        match self {
            Plan::Due(reminder) | Plan::Overdue(reminder) => Some(reminder),
            Plan::TooLate { .. } => None,
        }
    }
}

/// When a policy's reminder of one anchor is due, by the rules at the top of [`crate::reminders`].
pub fn plan(
    policy: &ReminderPolicy,
    anchor: &AnchorFact,
    calendar: &WorkingCalendar,
    now: DateTime<Utc>,
) -> Plan {
    let anchor_date = Zoned::at(anchor.at, anchor.zone).date;
    let date = policy.offset.from(anchor_date, calendar);
    let local = Zoned { date, time: policy.at.time(), zone: anchor.zone };
    let due_at = local.instant();
    let comes_too_late = policy.latest.before_anchor && due_at >= anchor.at;
    let patience = due_at + TimeDelta::hours(i64::from(policy.latest.hours_after_due));
    // One microsecond is the finest instant that is stored: the last one that is still before the anchor.
    let last_before_anchor = anchor.at - TimeDelta::microseconds(1);
    let latest_at = if policy.latest.before_anchor { patience.min(last_before_anchor) } else { patience };
    if comes_too_late || latest_at < now {
        return Plan::TooLate { would_have_been: due_at };
    }
    let occurrence =
        if policy.anchor.recurs_when_moved() { anchor_date.to_string() } else { "once".to_owned() };
    let reminder = PlannedReminder {
        policy: policy.key.clone(),
        subject: anchor.subject,
        occurrence,
        due_at,
        latest_at,
        local,
    };
    if due_at <= now { Plan::Overdue(reminder) } else { Plan::Due(reminder) }
}

#[cfg(test)]
mod tests;
