//! Reminders: policies as data, and the pure planning of what they ask for.
//!
//! A policy counts from an anchor (the day of an appointment, a gathering's start, a deadline, a cohort's
//! start or end) in calendar or working days to a local hour. The rules, each in one place:
//!
//! - **Unique.** A reminder is unique per policy, subject, occurrence and person. The occurrence is the
//!   anchor's local date, so a gathering that moves to another day is reminded of again; an appointment is
//!   welcomed once, whatever becomes of its dates.
//! - **Late joiners.** A reminder whose hour is past when it is planned is not planned at all: 'a week
//!   before' never fires at booking. Making up for missed hours is for rows that were written in time:
//!   those wait for a slow scheduler, whatever is planned anew meanwhile.
//! - **Latest.** Every reminder has a latest time: so many hours after it was due and, where the policy says
//!   so, never at or after its anchor. Past that time it is never sent.
//! - **Late.** What fell due while the service was down goes out on a working day between its own hour and 18:00
//!   ([`goes_out_at`]), or waits for the next such moment; past its latest time it is missed.
//! - **Condition.** What would make it needless is asked again at the moment of sending; planning does not ask.
//! - **Moves.** When an anchor moves, [`replan`] says which timers stay, move, fall away and come new.

mod check;
mod lateness;
mod offset;
mod plan;
mod policy;
mod replan;
mod words;

pub use check::is_key;
pub use check::{Mismatch, PolicyFault, is_sent_by_policies};
pub use lateness::{goes_out_at, is_late};
pub use offset::{ClosedDay, LocalHour, NotAnHour, Offset};
pub use plan::{AnchorFact, Plan, PlannedReminder, plan};
pub use policy::{Latest, ReminderPolicy};
pub use replan::{Difference, ExistingTimer, replan};
pub use words::{Anchor, Condition, Recipients};

/// What a reminder is about; for a gathering, the gathering and the one place in the cohort.
pub use crate::work::About as Subject;
