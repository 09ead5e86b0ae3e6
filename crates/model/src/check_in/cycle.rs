//! A year's cycle of check-ins: its days, its life, and whom it is for.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{
    delivery::names,
    ids::{CycleId, OperationId},
    local_time::Zoned,
    people::{Appointment, Period},
};

names! {
    /// Where a cycle is in its life.
    CycleState {
        /// Being planned; nobody knows of it.
        Draft = "draft",
        /// To be opened by itself on its first day.
        Scheduled = "scheduled",
        /// Opened: the check-ins are under way.
        Open = "open",
        /// Closed: what is not signed is unfinished.
        Closed = "closed",
    }
}

names! {
    /// What can happen to a cycle.
    CycleEvent {
        /// It is to be opened on its first day.
        Schedule = "schedule",
        /// It goes back to planning.
        Withdraw = "withdraw",
        /// Everybody with a contract is asked; also once more, for those who joined later.
        Open = "open",
        /// Its last day is over, or a coordinator closes it.
        Close = "close",
        /// A coordinator gives more time.
        Reopen = "reopen",
    }
}

impl CycleState {
    /// The state after an event, or None where the event may not happen.
    pub const fn after(self, event: CycleEvent) -> Option<Self> {
        match (self, event) {
            (Self::Draft, CycleEvent::Schedule) => Some(Self::Scheduled),
            (Self::Scheduled, CycleEvent::Withdraw) => Some(Self::Draft),
            (Self::Draft | Self::Scheduled | Self::Open, CycleEvent::Open)
            | (Self::Closed, CycleEvent::Reopen) => Some(Self::Open),
            (Self::Open, CycleEvent::Close) => Some(Self::Closed),
            _ => None,
        }
    }
}

/// What a cycle does by itself, each on a day of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "step", content = "with", rename_all = "snake_case")]
pub enum CycleStep {
    /// Its first day: it is opened.
    Open,
    /// Each morning: whoever has a new line manager is handed over, leavers' check-ins end, newcomers join.
    Follow,
    /// Those who were too many to be opened in one go: the next ones.
    Join {
        /// The longer work that tells how far it has come; None where nobody asked for it.
        operation: Option<OperationId>,
    },
    /// A day of [`Reminding::remind`].
    Remind(i16),
    /// The day of [`Reminding::tell_line_manager`].
    TellLineManagers,
    /// The day of [`Reminding::tell_coordinators`].
    TellCoordinators,
    /// The day after its last: it is closed.
    Close,
}

impl CycleStep {
    /// How rows tell it from the others of its cycle.
    pub fn key(self) -> String {
        match self {
            Self::Open => "open".to_owned(),
            Self::Follow => "follow".to_owned(),
            Self::Join { .. } => "join".to_owned(),
            Self::Remind(day) => format!("remind {day}"),
            Self::TellLineManagers => "tell_line_managers".to_owned(),
            Self::TellCoordinators => "tell_coordinators".to_owned(),
            Self::Close => "close".to_owned(),
        }
    }
}

/// When a cycle reminds and whom it tells. Days are counted from the due date, before it as negative numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminding {
    /// Days on which those are reminded who have something to do.
    pub remind: Vec<i16>,
    /// The day on which the line manager is told of a leader who is late.
    pub tell_line_manager: Option<i16>,
    /// The day on which the coordinators are told of everybody who is late.
    pub tell_coordinators: Option<i16>,
}

impl Default for Reminding {
    fn default() -> Self {
        Self { remind: vec![-21, -7, 1], tell_line_manager: Some(7), tell_coordinators: Some(14) }
    }
}

/// The most reminders of one cycle to one person.
pub const MOST_REMINDERS: usize = 10;

/// A year's cycle.
#[derive(Clone, Debug, PartialEq)]
pub struct Cycle {
    /// Permanent id.
    pub id: CycleId,
    /// The trust's own code, such as `2027`.
    pub code: String,
    /// Where it is in its life.
    pub state: CycleState,
    /// From this day on the check-ins are held.
    pub opens_on: NaiveDate,
    /// By this day both should have signed.
    pub due_on: NaiveDate,
    /// After this day nothing is taken any more.
    pub closes_on: NaiveDate,
    /// Who has led for fewer days on the opening day is left out this year.
    pub least_days: u16,
    /// When it reminds and whom it tells.
    pub reminding: Reminding,
    /// When it was opened.
    pub opened_at: Option<DateTime<Utc>>,
    /// When it was closed for the first time. Figures are of what leaders had given by then, also when more time is given:
    /// else two looks would tell what the last ones said.
    pub closed_at: Option<DateTime<Utc>>,
    /// Counts the changes; an edit states the one it saw.
    pub version: u32,
}

/// What is wrong with a cycle's days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CycleFlaw {
    /// It is due before it opens, or closes before it is due.
    OutOfOrder,
    /// A reminder lies before the opening or after the close.
    ReminderOutside(i16),
    /// There are more than [`MOST_REMINDERS`].
    TooManyReminders,
}

impl Cycle {
    /// What is wrong with its days; nothing where they hold.
    pub fn flaws(&self) -> Vec<CycleFlaw> {
        let mut flaws = Vec::new();
        if self.due_on < self.opens_on || self.closes_on < self.due_on {
            flaws.push(CycleFlaw::OutOfOrder);
        }
        let own = &self.reminding;
        if own.remind.len() > MOST_REMINDERS {
            flaws.push(CycleFlaw::TooManyReminders);
        }
        for day in own.remind.iter().copied().chain(own.tell_line_manager).chain(own.tell_coordinators) {
            let on = self.reminder_day(day);
            if on < self.opens_on || on > self.closes_on {
                flaws.push(CycleFlaw::ReminderOutside(day));
            }
        }
        flaws
    }

    /// The date of a day of [`Reminding`].
    pub fn reminder_day(&self, day: i16) -> NaiveDate {
        self.due_on + chrono::Duration::days(day.into())
    }

    /// From this day on check-ins are held: the opening day, or the one on which it was opened before it.
    pub fn held_from(&self, zone: Tz) -> NaiveDate {
        let opened = self.opened_at.map(|at| Zoned::at(at, zone).date);
        opened.map_or(self.opens_on, |opened| opened.min(self.opens_on))
    }

    /// True when a check-in that is not signed is late.
    pub fn is_late_on(&self, today: NaiveDate) -> bool {
        today > self.due_on
    }

    /// Why a leader with a contract does not take part; None where she or he does.
    ///
    /// Somebody appointed after the opening joins as soon as the appointment is old enough, while there are days left
    /// to hold the check-in before it is due. Acting leaders take part as any others.
    pub fn left_out(&self, appointment: &Appointment, employed: Period, today: NaiveDate) -> Option<LeftOut> {
        let day = today.max(self.opens_on);
        if !employed.holds_on(day) || !appointment.period.holds_on(day) {
            return Some(LeftOut::LeadsNoMore);
        }
        let old_enough = appointment.since + chrono::Duration::days(self.least_days.into());
        if old_enough > day {
            return Some(LeftOut::TooNew { until: old_enough, joins: old_enough <= self.due_on });
        }
        None
    }
}

/// Why somebody with a contract does not take part in a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// The appointment or the employment is over, or begins later.
    LeadsNoMore,
    /// Appointed too short a time ago.
    TooNew {
        /// The day on which the appointment is old enough.
        until: NaiveDate,
        /// Whether she or he joins on that day; else the next cycle is the first one.
        joins: bool,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{AppointmentId, PersonId, UnitId},
        people::Level,
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn cycle() -> Cycle {
        Cycle {
            id: CycleId(uuid::Uuid::nil()),
            code: "2027".into(),
            state: CycleState::Draft,
            opens_on: day("2027-01-11"),
            due_on: day("2027-03-31"),
            closes_on: day("2027-04-30"),
            least_days: 60,
            reminding: Reminding::default(),
            opened_at: None,
            closed_at: None,
            version: 1,
        }
    }

    fn appointed(since: &str) -> Appointment {
        Appointment {
            id: AppointmentId(uuid::Uuid::nil()),
            person: PersonId(uuid::Uuid::nil()),
            unit: UnitId(uuid::Uuid::nil()),
            level: Level::Four,
            acting: true,
            since: day(since),
            period: Period::since(day(since)),
        }
    }

    #[test]
    fn the_newly_appointed_join_when_they_have_led_long_enough() {
        let employed = Period::since(day("2020-01-01"));
        let asked = |since: &str, today: &str| cycle().left_out(&appointed(since), employed, day(today));
        assert_eq!(asked("2026-11-12", "2026-12-01"), None, "sixty days on the opening day");
        let too_new = |until: &str, joins| Some(LeftOut::TooNew { until: day(until), joins });
        assert_eq!(asked("2026-11-13", "2027-01-11"), too_new("2027-01-12", true));
        assert_eq!(asked("2026-11-13", "2027-01-12"), None, "old enough by now");
        assert_eq!(asked("2027-02-01", "2027-02-01"), too_new("2027-04-02", false), "due before that");
    }

    #[test]
    fn who_leads_no_more_on_the_day_takes_no_part() {
        let since = "2020-01-01";
        let left = Period { from: day(since), to: Some(day("2027-01-10")) };
        assert_eq!(cycle().left_out(&appointed(since), left, day("2026-12-01")), Some(LeftOut::LeadsNoMore));
        let mut ended = appointed(since);
        ended.period.to = Some(day("2027-01-10"));
        let employed = Period::since(day(since));
        assert_eq!(cycle().left_out(&ended, employed, day("2026-12-01")), Some(LeftOut::LeadsNoMore));
        ended.period.to = Some(day("2027-01-11"));
        assert_eq!(cycle().left_out(&ended, employed, day("2026-12-01")), None);
    }

    #[test]
    fn the_days_of_a_cycle_follow_one_another() {
        assert_eq!(cycle().flaws(), []);
        let mut turned = cycle();
        turned.due_on = day("2027-01-01");
        assert!(turned.flaws().contains(&CycleFlaw::OutOfOrder));
        let mut early = cycle();
        early.reminding.remind = vec![-90];
        assert_eq!(early.flaws(), [CycleFlaw::ReminderOutside(-90)]);
    }
}
