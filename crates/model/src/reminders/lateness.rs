//! When a reminder goes out that could not go at its own hour, because the service was down or the mail did not leave.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use crate::{
    local_time::{Zoned, instant},
    working_days::WorkingCalendar,
};

/// So much after its hour a reminder still counts as punctual: a scheduler that is busy is not one that is down.
const PUNCTUAL: TimeDelta = TimeDelta::minutes(15);

/// The hour of a working day after which no late reminder goes out.
const EVENING: NaiveTime = match NaiveTime::from_hms_opt(18, 0, 0) {
    Some(six) => six,
    None => NaiveTime::MIN,
};

/// Whether its hour passed without it.
pub fn is_late(planned: Zoned, now: DateTime<Utc>) -> bool {
    now >= planned.instant() + PUNCTUAL
}

/// When a reminder goes out: now, or the moment to wait for. A punctual one goes on whichever day it was planned for.
/// A late one goes on a working day only, never before its own hour and never after 18:00; one whose own hour lies
/// in the evening has an hour from then. Everything is counted on the wall clock.
pub fn goes_out_at(planned: Zoned, now: DateTime<Utc>, calendar: &WorkingCalendar) -> DateTime<Utc> {
    let opens = |date| instant(date, planned.time, planned.zone);
    if !is_late(planned, now) {
        return now.max(planned.instant());
    }
    let today = Zoned::at(now, planned.zone).date;
    if calendar.is_working_day(today) {
        let opens = opens(today);
        let closes = instant(today, EVENING, planned.zone).max(opens + TimeDelta::hours(1));
        if now <= closes {
            return now.max(opens);
        }
    }
    // Past the end of the calendar there is no other day: better now than never again and again.
    opens(calendar.add(today, 1)).max(now)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Oslo;
    use proptest::prelude::*;

    use super::*;

    fn planned(local: &str) -> Zoned {
        let local: chrono::NaiveDateTime = local.parse().unwrap();
        Zoned { date: local.date(), time: local.time(), zone: Oslo }
    }

    /// By the wall clock of Oslo.
    fn goes(due: &str, now: &str, closed: &[&str]) -> String {
        let calendar = WorkingCalendar::new(closed.iter().map(|day| day.parse().unwrap()));
        let at = goes_out_at(planned(due), planned(now).instant(), &calendar);
        Zoned::at(at, Oslo).to_string().replace(" Europe/Oslo", "")
    }

    #[test]
    fn a_punctual_one_goes_on_whichever_day_it_was_planned_for() {
        // A Sunday, and an evening.
        assert_eq!(goes("2026-11-29T08:00:00", "2026-11-29T08:00:00", &[]), "2026-11-29 08:00");
        assert_eq!(goes("2026-11-29T08:00:00", "2026-11-29T08:14:00", &[]), "2026-11-29 08:14");
        assert_eq!(goes("2026-11-27T22:30:00", "2026-11-27T22:31:00", &[]), "2026-11-27 22:31");
        assert_eq!(goes("2026-11-27T08:00:00", "2026-11-27T06:00:00", &[]), "2026-11-27 08:00");
    }

    #[test]
    fn a_late_one_goes_between_its_own_hour_and_six_of_a_working_day() {
        // Friday.
        assert_eq!(goes("2026-11-27T08:00:00", "2026-11-27T17:59:00", &[]), "2026-11-27 17:59");
        assert_eq!(goes("2026-11-27T08:00:00", "2026-11-27T18:01:00", &[]), "2026-11-30 08:00");
        assert_eq!(goes("2026-11-26T12:00:00", "2026-11-27T03:00:00", &[]), "2026-11-27 12:00");
        assert_eq!(goes("2026-11-26T12:00:00", "2026-11-27T11:59:00", &[]), "2026-11-27 12:00");
        assert_eq!(goes("2026-11-26T12:00:00", "2026-11-27T15:00:00", &[]), "2026-11-27 15:00");
        // Saturday at noon, and Sunday.
        assert_eq!(goes("2026-11-27T08:00:00", "2026-11-28T12:00:00", &[]), "2026-11-30 08:00");
        assert_eq!(goes("2026-11-29T08:00:00", "2026-11-29T12:00:00", &[]), "2026-11-30 08:00");
    }

    #[test]
    fn holidays_and_the_trusts_closed_days_are_no_working_days() {
        assert_eq!(goes("2027-03-24T08:00:00", "2027-03-25T10:00:00", &[]), "2027-03-30 08:00");
        assert_eq!(goes("2026-12-23T08:00:00", "2026-12-24T10:00:00", &["2026-12-24"]), "2026-12-28 08:00");
        assert_eq!(goes("2026-12-23T08:00:00", "2026-12-24T10:00:00", &[]), "2026-12-24 10:00");
    }

    #[test]
    fn one_whose_own_hour_lies_in_the_evening_has_an_hour_from_then() {
        assert_eq!(goes("2026-11-26T20:00:00", "2026-11-27T19:00:00", &[]), "2026-11-27 20:00");
        assert_eq!(goes("2026-11-26T20:00:00", "2026-11-27T20:40:00", &[]), "2026-11-27 20:40");
        assert_eq!(goes("2026-11-26T20:00:00", "2026-11-27T21:01:00", &[]), "2026-11-30 20:00");
        assert_eq!(goes("2026-11-26T23:45:00", "2026-11-27T23:59:00", &[]), "2026-11-27 23:59");
    }

    #[test]
    fn the_hour_is_the_wall_clocks_when_the_clocks_change_both_ways() {
        let at = |due: &str, now: &str| {
            let at = goes_out_at(planned(due), now.parse().unwrap(), &WorkingCalendar::default());
            at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
        };
        // Down from Friday to Sunday night; summer time begins on 28 March 2027, Easter Monday is closed.
        assert_eq!(at("2027-03-24T08:00:00", "2027-03-29T22:00:00Z"), "2027-03-30T06:00:00Z");
        assert_eq!(at("2026-03-27T08:00:00", "2026-03-29T23:30:00Z"), "2026-03-30T06:00:00Z");
        // Summer time ends on 25 October 2026.
        assert_eq!(at("2026-10-23T08:00:00", "2026-10-25T23:30:00Z"), "2026-10-26T07:00:00Z");
        // Six in the evening is an hour earlier in UTC in summer.
        assert_eq!(at("2026-03-27T08:00:00", "2026-03-30T16:00:00Z"), "2026-03-30T16:00:00Z");
        assert_eq!(at("2026-03-27T08:00:00", "2026-03-30T16:00:01Z"), "2026-03-31T06:00:00Z");
        assert_eq!(at("2026-10-23T08:00:00", "2026-10-26T17:00:00Z"), "2026-10-26T17:00:00Z");
    }

    proptest! {
        #[test]
        fn a_late_one_never_goes_outside_its_hours_and_what_was_waited_for_comes(
            day in 0..3_000u64, minutes in 0..22 * 60u32, late in 15..20_000i64,
        ) {
            let date = "2026-01-01".parse::<chrono::NaiveDate>().unwrap() + chrono::Days::new(day);
            let time = NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0).unwrap();
            let planned = Zoned { date, time, zone: Oslo };
            let now = planned.instant() + TimeDelta::minutes(late);
            let calendar = WorkingCalendar::default();
            let at = goes_out_at(planned, now, &calendar);
            let local = Zoned::at(at, Oslo);
            let opens = instant(local.date, time, Oslo);
            prop_assert!(at >= now && calendar.is_working_day(local.date));
            prop_assert!(at >= opens && at <= instant(local.date, EVENING, Oslo).max(opens + TimeDelta::hours(1)));
            // Whoever waited until then goes then: nothing waits for ever.
            prop_assert_eq!(goes_out_at(planned, at, &calendar), at);
        }
    }
}
