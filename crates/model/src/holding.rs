//! Until when a freed seat is held for the one to whom it was offered.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::{
    local_time::{Zoned, instant},
    working_days::WorkingCalendar,
};

/// The hours of a working day in which a hold may end: the seat goes on then, and whoever is next hears of it at work.
const MORNING: NaiveTime = hour(8);
const EVENING: NaiveTime = hour(18);
/// When a hold ends that would have ended outside them: time enough to read the mail that came meanwhile.
const NOON: NaiveTime = hour(12);

const fn hour(hour: u32) -> NaiveTime {
    match NaiveTime::from_hms_opt(hour, 0, 0) {
        Some(time) => time,
        None => NaiveTime::MIN,
    }
}

/// Until when a seat is held that is offered now: so many hours, and on from there to noon of a working day where they end
/// at night, at a weekend or on a closed day. Nobody loses a seat without having been at work.
pub fn held_until(now: DateTime<Utc>, hours: u32, zone: Tz, calendar: &WorkingCalendar) -> DateTime<Utc> {
    let ends = Zoned::at(now + TimeDelta::hours(i64::from(hours)), zone);
    let at_work = calendar.is_working_day(ends.date);
    if at_work && (MORNING..=EVENING).contains(&ends.time) {
        return ends.instant();
    }
    let later = !at_work || ends.time > EVENING;
    let day = if later { calendar.add(ends.date, 1) } else { ends.date };
    instant(day, NOON, zone).max(ends.instant())
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Oslo;
    use proptest::prelude::*;

    use super::*;

    fn ends(offered: &str, hours: u32) -> String {
        let offered: chrono::NaiveDateTime = offered.parse().unwrap();
        let now = instant(offered.date(), offered.time(), Oslo);
        let until = held_until(now, hours, Oslo, &WorkingCalendar::default());
        Zoned::at(until, Oslo).to_string().replace(" Europe/Oslo", "")
    }

    #[test]
    fn a_hold_ends_while_people_are_at_work() {
        assert_eq!(ends("2026-11-24T10:30:00", 48), "2026-11-26 10:30");
        assert_eq!(ends("2026-11-24T18:00:00", 48), "2026-11-26 18:00");
        // At night, before work, on a Saturday, over Easter.
        assert_eq!(ends("2026-11-24T23:10:00", 48), "2026-11-27 12:00");
        assert_eq!(ends("2026-11-24T05:00:00", 48), "2026-11-26 12:00");
        assert_eq!(ends("2026-11-26T10:00:00", 48), "2026-11-30 12:00");
        assert_eq!(ends("2027-03-23T10:00:00", 48), "2027-03-30 12:00");
    }

    proptest! {
        #[test]
        fn it_is_never_shorter_than_was_said_and_ends_on_a_working_day(
            minutes in 0i64..2_000_000, hours in 1u32..720
        ) {
            let calendar = WorkingCalendar::default();
            let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes);
            let until = held_until(now, hours, Oslo, &calendar);
            prop_assert!(until >= now + TimeDelta::hours(i64::from(hours)));
            let local = Zoned::at(until, Oslo);
            prop_assert!(calendar.is_working_day(local.date));
            prop_assert!((MORNING..=EVENING).contains(&local.time));
        }
    }
}
