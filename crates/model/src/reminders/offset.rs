//! How many days from the anchor, and at which hour.

use std::{fmt, str::FromStr};

use chrono::{Days, NaiveDate, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

use crate::working_days::WorkingCalendar;

/// The distance from the anchor's local date; negative before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "unit", rename_all = "snake_case", deny_unknown_fields)]
pub enum Offset {
    /// Every day counts; `on_closed_day` says what becomes of a day when nobody is at work.
    Calendar {
        /// Days; zero is the anchor's own date.
        days: i32,
        /// Where a closed day leads.
        on_closed_day: ClosedDay,
    },
    /// Only working days count, and it lands on one. Zero has no meaning here.
    Working {
        /// Working days, not zero.
        days: i32,
    },
}

/// What becomes of a reminder that falls on a weekend, a public holiday or a day when the trust is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedDay {
    /// It comes on the last working day before.
    Before,
    /// It comes on the next working day.
    After,
    /// It comes on that day nevertheless.
    Same,
}

impl Offset {
    /// The days, whichever kind they are.
    pub const fn days(self) -> i32 {
        match self {
            Offset::Calendar { days, .. } | Offset::Working { days } => days,
        }
    }

    /// The local date so far from the anchor's local date; the anchor's own past the end of the calendar.
    pub fn from(self, anchor: NaiveDate, calendar: &WorkingCalendar) -> NaiveDate {
        match self {
            Offset::Working { days } => calendar.add(anchor, days),
            Offset::Calendar { days, on_closed_day } => {
                let distance = Days::new(u64::from(days.unsigned_abs()));
                let moved = if days < 0 {
                    anchor.checked_sub_days(distance)
                } else {
                    anchor.checked_add_days(distance)
                };
                let date = moved.unwrap_or(anchor);
                match on_closed_day {
                    ClosedDay::Before => calendar.last_working_day_on_or_before(date),
                    ClosedDay::After => calendar.next_working_day_on_or_after(date),
                    ClosedDay::Same => date,
                }
            }
        }
    }
}

/// A local time of day to the minute, written `08:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LocalHour(NaiveTime);

/// A text that is not a time of day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a time of day; write hours and minutes as in 08:00")]
pub struct NotAnHour(
    /// What was written.
    pub String,
);

impl LocalHour {
    /// The time of day.
    pub const fn time(self) -> NaiveTime {
        self.0
    }

    /// Minutes since midnight.
    pub fn minutes(self) -> u32 {
        self.0.hour() * 60 + self.0.minute()
    }
}

impl FromStr for LocalHour {
    type Err = NotAnHour;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Two digits each, so that 8:00 and 08:00 are not two ways of writing the same.
        match (text.len(), NaiveTime::parse_from_str(text, "%H:%M")) {
            (5, Ok(time)) => Ok(Self(time)),
            _ => Err(NotAnHour(text.to_owned())),
        }
    }
}

impl TryFrom<String> for LocalHour {
    type Error = NotAnHour;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<NaiveTime> for LocalHour {
    /// The minute that has begun.
    fn from(time: NaiveTime) -> Self {
        Self(NaiveTime::from_hms_opt(time.hour(), time.minute(), 0).unwrap_or(time))
    }
}

impl From<LocalHour> for String {
    fn from(hour: LocalHour) -> Self {
        hour.to_string()
    }
}

impl fmt::Display for LocalHour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%H:%M"))
    }
}
