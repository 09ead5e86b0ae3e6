//! What a coordinator may have overlooked about the day of a gathering. Nothing of it stands in the way: a course can
//! be meant for a Saturday.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::{holidays::holiday_on, working_days::WorkingCalendar};

/// Something to look at once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "concern", rename_all = "snake_case")]
pub enum Concern {
    /// The day is over.
    InThePast {
        /// The day.
        day: NaiveDate,
    },
    /// The day is nearer than people have to answer an invitation: it may not reach everyone.
    ShortNotice {
        /// The day.
        day: NaiveDate,
        /// How many days ahead it is.
        ahead: i64,
        /// How many days people have to answer.
        wanted: u32,
    },
    /// A Saturday or Sunday.
    Weekend {
        /// The day.
        day: NaiveDate,
    },
    /// A public holiday.
    PublicHoliday {
        /// The day.
        day: NaiveDate,
    },
    /// The trust has closed the day.
    ClosedDay {
        /// The day.
        day: NaiveDate,
    },
    /// Another gathering of the cohort is on the same day.
    SameDay {
        /// The day.
        day: NaiveDate,
        /// The other one's position in the cohort; 1 is the first.
        position: u32,
    },
    /// The programme's blocks last longer than the gathering: what lies behind its end was cut off.
    BlocksCut {
        /// The day.
        day: NaiveDate,
    },
    /// A cohort was published to which nobody had been proposed: nobody is invited.
    NobodyProposed,
    /// The outcomes of a round of nominations were prepared, and do not hold any more.
    OutcomesThrownAway,
    /// A cohort has fewer seats than are taken. Nobody loses a seat by that.
    SeatsTaken {
        /// Seats taken, those held for an answer among them.
        taken: u32,
    },
}

/// What a day is looked at against.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The trust's working days.
    pub calendar: &'a WorkingCalendar,
    /// Today where the trust is.
    pub today: NaiveDate,
    /// How many days people have to answer an invitation.
    pub answer_days: u32,
    /// The cohort's other gatherings that stand, with their positions.
    pub others: &'a [(u32, NaiveDate)],
}

/// What is to be said of a day.
pub fn concerns(day: NaiveDate, around: Surroundings<'_>) -> Vec<Concern> {
    let ahead = (day - around.today).num_days();
    let notice = if ahead < 0 {
        Some(Concern::InThePast { day })
    } else {
        let wanted = around.answer_days;
        (ahead < i64::from(wanted)).then_some(Concern::ShortNotice { day, ahead, wanted })
    };
    // A holiday on a Sunday is told as the holiday.
    let rest = if holiday_on(day).is_some() {
        Some(Concern::PublicHoliday { day })
    } else if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        Some(Concern::Weekend { day })
    } else {
        around.calendar.closed_days.contains(&day).then_some(Concern::ClosedDay { day })
    };
    let same = around.others.iter().filter(|(_, other)| *other == day);
    let same = same.map(|(position, _)| Concern::SameDay { day, position: *position });
    notice.into_iter().chain(rest).chain(same).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_is_looked_at_from_every_side() {
        let calendar = WorkingCalendar::new([date("2026-12-24")]);
        let others = [(1, date("2027-01-13"))];
        let today = date("2026-11-23");
        let around = Surroundings { calendar: &calendar, today, answer_days: 14, others: &others };
        let of = |day: &str| concerns(date(day), around);
        assert_eq!(of("2027-02-03"), []);
        assert_eq!(
            of("2026-11-22"),
            [Concern::InThePast { day: date("2026-11-22") }, Concern::Weekend { day: date("2026-11-22") },]
        );
        assert_eq!(of("2026-12-07"), []);
        assert_eq!(
            of("2026-12-04"),
            [Concern::ShortNotice { day: date("2026-12-04"), ahead: 11, wanted: 14 }]
        );
        assert_eq!(of("2026-12-24"), [Concern::ClosedDay { day: date("2026-12-24") }]);
        assert_eq!(of("2027-05-17"), [Concern::PublicHoliday { day: date("2027-05-17") }]);
        assert_eq!(of("2027-03-28"), [Concern::PublicHoliday { day: date("2027-03-28") }], "Easter Sunday");
        assert_eq!(of("2027-01-13"), [Concern::SameDay { day: date("2027-01-13"), position: 1 }]);
    }
}
