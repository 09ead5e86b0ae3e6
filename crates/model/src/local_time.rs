//! A local date and time in a zone, and the instant it means.
//!
//! Rules count in local dates and hours; the instant is worked out last, so that 08:00 stays 08:00 when the
//! clocks change. The two hours that change are settled here, once:
//! - a time that does not exist (02:30 on the night the clocks go forward) means the first instant after the
//!   gap (03:00);
//! - a time that happens twice (02:30 on the night they go back) means the first of the two.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// A date and a time on the wall clock of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zoned {
    /// The local date.
    pub date: NaiveDate,
    /// The local time of day.
    pub time: NaiveTime,
    /// Whose wall clock it is.
    pub zone: Tz,
}

impl Zoned {
    /// The wall clock of a zone at an instant.
    pub fn at(instant: DateTime<Utc>, zone: Tz) -> Self {
        let local = instant.with_timezone(&zone).naive_local();
        Self { date: local.date(), time: local.time(), zone }
    }

    /// The instant that is meant, by the rules at the top of this module.
    pub fn instant(self) -> DateTime<Utc> {
        instant(self.date, self.time, self.zone)
    }
}

/// `2027-03-28 08:00 Europe/Oslo`: the zone is always told.
impl std::fmt::Display for Zoned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.date, self.time.format("%H:%M"), self.zone)
    }
}

/// The instant that a local date and time mean, by the rules at the top of this module.
pub fn instant(date: NaiveDate, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    let local = date.and_time(time);
    match zone.from_local_datetime(&local).earliest() {
        Some(instant) => instant.with_timezone(&Utc),
        None => end_of_gap(local, zone),
    }
}

/// The first instant, to the second, whose wall clock is past a time that does not exist: across a gap the
/// wall clock only jumps forward, so the place can be found by halving. Two days on either side are wider
/// than any offset and any gap there has been.
fn end_of_gap(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let middle = local.and_utc();
    let (mut before, mut after) = (-172_800i64, 172_800i64);
    while after - before > 1 {
        let between = before + (after - before) / 2;
        let wall_clock = (middle + TimeDelta::seconds(between)).with_timezone(&zone).naive_local();
        if wall_clock > local {
            after = between;
        } else {
            before = between;
        }
    }
    middle + TimeDelta::seconds(after)
}

#[cfg(test)]
mod tests {
    use chrono::Timelike;
    use chrono_tz::Europe::Oslo;
    use proptest::prelude::*;

    use super::*;

    fn meant(local: &str, zone: Tz) -> String {
        let local: NaiveDateTime = local.parse().unwrap();
        instant(local.date(), local.time(), zone).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    #[test]
    fn eight_in_the_morning_is_eight_in_winter_and_in_summer() {
        assert_eq!(meant("2026-03-28T08:00:00", Oslo), "2026-03-28T07:00:00Z");
        assert_eq!(meant("2026-03-29T08:00:00", Oslo), "2026-03-29T06:00:00Z");
        assert_eq!(meant("2026-10-24T08:00:00", Oslo), "2026-10-24T06:00:00Z");
        assert_eq!(meant("2026-10-25T08:00:00", Oslo), "2026-10-25T07:00:00Z");
    }

    #[test]
    fn a_time_that_does_not_exist_becomes_the_first_instant_after_the_gap() {
        for skipped in ["02:00:00", "02:30:00", "02:59:59"] {
            assert_eq!(meant(&format!("2026-03-29T{skipped}"), Oslo), "2026-03-29T01:00:00Z");
        }
        let three = Zoned::at("2026-03-29T01:00:00Z".parse().unwrap(), Oslo);
        assert_eq!(three.to_string(), "2026-03-29 03:00 Europe/Oslo");
    }

    #[test]
    fn a_time_that_happens_twice_is_the_first() {
        assert_eq!(meant("2026-10-25T02:30:00", Oslo), "2026-10-25T00:30:00Z");
    }

    #[test]
    fn a_whole_day_that_was_left_out_becomes_the_next_one() {
        assert_eq!(meant("2011-12-30T12:00:00", chrono_tz::Pacific::Apia), "2011-12-30T10:00:00Z");
    }

    proptest! {
        #[test]
        fn every_instant_of_a_working_morning_survives_the_round_trip(minutes in 0..40_000_000i64) {
            let epoch: DateTime<Utc> = "1990-01-01T00:00:00Z".parse().unwrap();
            let instant = epoch + TimeDelta::minutes(minutes);
            let there = Zoned::at(instant, Oslo);
            // The hour that happens twice is the only one that cannot be told apart.
            prop_assume!(there.time.hour() != 2);
            prop_assert_eq!(there.instant(), instant);
        }

        #[test]
        fn no_local_time_is_without_an_instant(days in 0..30_000i64, seconds in 0..86_400u32) {
            let date = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + TimeDelta::days(days);
            let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap();
            let back = Zoned::at(instant(date, time, Oslo), Oslo);
            prop_assert_eq!(back.date, date);
            prop_assert!(back.time >= time && (back.time - time) <= TimeDelta::hours(1));
        }
    }
}
