//! What changes when an anchor, a policy or the calendar has changed.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{PlannedReminder, Subject};
use crate::{ids::TimerId, timers::TimerState};

/// A reminder's row as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingTimer {
    /// The row.
    pub id: TimerId,
    /// The policy's key.
    pub policy: String,
    /// What it is about.
    pub subject: Subject,
    /// Which occurrence of the anchor.
    pub occurrence: String,
    /// When it was planned for; it may have been put off since, because nobody could send it at its hour.
    pub planned_at: DateTime<Utc>,
    /// Past this it is never sent.
    pub latest_at: DateTime<Utc>,
    /// Where it stands. Fired, skipped and missed are over: that occurrence does not come again.
    pub state: TimerState,
}

impl ExistingTimer {
    fn waits_overdue(&self, now: DateTime<Utc>) -> bool {
        self.state == TimerState::Pending && self.planned_at <= now
    }
}

/// What to do with the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Pending rows that stay as they are.
    pub keep: Vec<TimerId>,
    /// Pending rows that are no longer wanted.
    pub cancel: Vec<TimerId>,
    /// Rows of the same occurrence that become pending at these times: pending ones with another hour, and
    /// cancelled ones that are wanted again.
    pub reschedule: Vec<(TimerId, PlannedReminder)>,
    /// Reminders without a row.
    pub add: Vec<PlannedReminder>,
}

impl Difference {
    /// Whether nothing has to be written.
    pub fn is_empty(&self) -> bool {
        self.cancel.is_empty() && self.reschedule.is_empty() && self.add.is_empty()
    }
}

/// Compares the rows of one recipient with what is wanted for her or him now. What is done stays done: a
/// reminder that was sent for a date is not sent again for that date, and is due anew for another date.
///
/// A row that was written in time and whose hour has come waits for a scheduler, which may be slow or down: it
/// stays while it is wanted. A wish whose hour has come makes no row, nor does it bring one back.
pub fn replan(existing: &[ExistingTimer], wanted: &[PlannedReminder], now: DateTime<Utc>) -> Difference {
    let mut open: BTreeMap<_, &PlannedReminder> = wanted
        .iter()
        .map(|reminder| ((&*reminder.policy, key(reminder.subject), &*reminder.occurrence), reminder))
        .collect();
    let mut difference = Difference::default();
    for timer in existing {
        let wish = open.remove(&(&*timer.policy, key(timer.subject), &*timer.occurrence));
        let in_time = |wish: &&PlannedReminder| wish.due_at > now || timer.waits_overdue(now);
        match (timer.state, wish.filter(in_time)) {
            (TimerState::Pending, None) => difference.cancel.push(timer.id),
            (TimerState::Pending, Some(wish)) if is_at(timer, wish) => difference.keep.push(timer.id),
            (TimerState::Pending | TimerState::Cancelled, Some(wish)) => {
                difference.reschedule.push((timer.id, wish.clone()));
            }
            (TimerState::Fired | TimerState::Skipped | TimerState::Missed, _)
            | (TimerState::Cancelled, None) => {}
        }
    }
    difference.add = open.into_values().filter(|wish| wish.due_at > now).cloned().collect();
    difference.add.sort_by(|a, b| (a.due_at, &a.policy).cmp(&(b.due_at, &b.policy)));
    difference
}

fn is_at(timer: &ExistingTimer, wish: &PlannedReminder) -> bool {
    timer.planned_at == wish.due_at && timer.latest_at == wish.latest_at
}

/// Subjects in an order, so that the outcome does not depend on that of the rows.
fn key(subject: Subject) -> (u8, uuid::Uuid, uuid::Uuid) {
    match subject {
        Subject::Appointment { appointment } => (0, appointment.0, uuid::Uuid::nil()),
        Subject::Enrolment { enrolment } => (1, enrolment.0, uuid::Uuid::nil()),
        Subject::Gathering { gathering, enrolment } => (2, gathering.0, enrolment.0),
        Subject::Cohort { cohort } => (3, cohort.0, uuid::Uuid::nil()),
        Subject::Operation { operation } => (4, operation.0, uuid::Uuid::nil()),
        Subject::LeaderGroup { group } => (5, group.0, uuid::Uuid::nil()),
        Subject::FollowUp { group, month } => (6, group.0, uuid::Uuid::from_u128(u128::from(month))),
        Subject::Nomination { nomination } => (7, nomination.0, uuid::Uuid::nil()),
        Subject::Survey { survey } => (8, survey.0, uuid::Uuid::nil()),
        Subject::CheckIn { check_in } => (9, check_in.0, uuid::Uuid::nil()),
        Subject::CheckInCycle { cycle } => (10, cycle.0, uuid::Uuid::nil()),
        Subject::CompetencePlan { plan } => (11, plan.0, uuid::Uuid::nil()),
    }
}

#[cfg(test)]
mod tests;
