//! Which days are working days: not weekends, not public holidays, not the trust's own closed days.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::holidays::holiday_on;

/// The working days of one trust.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkingCalendar {
    /// Days on which the trust is closed in addition to weekends and public holidays, such as Christmas Eve.
    pub closed_days: BTreeSet<NaiveDate>,
}

impl WorkingCalendar {
    /// The calendar of a trust with these closed days.
    pub fn new(closed_days: impl IntoIterator<Item = NaiveDate>) -> Self {
        Self { closed_days: closed_days.into_iter().collect() }
    }

    /// Whether people are at work on a date.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
            && !self.closed_days.contains(&date)
            && holiday_on(date).is_none()
    }

    /// The nth working day after a date, or before it when `n` is negative. The date itself is never
    /// counted, so one working day after a Friday and after the Saturday that follows are the same Monday.
    /// Zero gives the date itself, working day or not.
    pub fn add(&self, date: NaiveDate, n: i32) -> NaiveDate {
        let step = if n < 0 { NaiveDate::pred_opt } else { NaiveDate::succ_opt };
        let mut day = date;
        for _ in 0..n.unsigned_abs() {
            day = match step(&day) {
                Some(next) => self.first_working_day(next, step),
                None => return day,
            };
        }
        day
    }

    /// The date itself if it is a working day, otherwise the next one that is.
    pub fn next_working_day_on_or_after(&self, date: NaiveDate) -> NaiveDate {
        self.first_working_day(date, NaiveDate::succ_opt)
    }

    /// The date itself if it is a working day, otherwise the last one before it that is.
    pub fn last_working_day_on_or_before(&self, date: NaiveDate) -> NaiveDate {
        self.first_working_day(date, NaiveDate::pred_opt)
    }

    /// Ends because closed days are finite in number, and so are the dates there are.
    fn first_working_day(&self, from: NaiveDate, step: fn(&NaiveDate) -> Option<NaiveDate>) -> NaiveDate {
        let mut day = from;
        while !self.is_working_day(day) {
            match step(&day) {
                Some(next) => day = next,
                None => break,
            }
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_week_is_skipped_in_both_directions() {
        let calendar = WorkingCalendar::default();
        assert_eq!(calendar.add(date("2027-03-24"), 1), date("2027-03-30"));
        assert_eq!(calendar.add(date("2027-03-30"), -1), date("2027-03-24"));
        assert_eq!(calendar.add(date("2027-03-27"), 1), date("2027-03-30"));
        assert_eq!(calendar.add(date("2027-03-27"), 0), date("2027-03-27"));
    }

    #[test]
    fn christmas_eve_is_a_working_day_until_the_trust_closes_it() {
        let by_law = WorkingCalendar::default();
        let closed = WorkingCalendar::new([date("2026-12-24"), date("2026-12-31")]);
        assert!(by_law.is_working_day(date("2026-12-24")));
        assert!(!closed.is_working_day(date("2026-12-24")));
        assert_eq!(by_law.add(date("2026-12-23"), 2), date("2026-12-28"));
        assert_eq!(closed.add(date("2026-12-23"), 2), date("2026-12-29"));
        assert_eq!(closed.next_working_day_on_or_after(date("2026-12-31")), date("2027-01-04"));
        assert_eq!(closed.last_working_day_on_or_before(date("2026-12-27")), date("2026-12-23"));
    }

    #[test]
    fn a_trust_that_is_closed_for_months_still_gets_an_answer() {
        let summer = date("2027-06-01").iter_days().take(120);
        let calendar = WorkingCalendar::new(summer);
        assert_eq!(calendar.next_working_day_on_or_after(date("2027-06-01")), date("2027-09-29"));
    }

    fn any_date() -> impl Strategy<Value = NaiveDate> {
        (0..36_500i64).prop_map(|days| date("2000-01-01") + chrono::TimeDelta::days(days))
    }

    fn any_calendar() -> impl Strategy<Value = WorkingCalendar> {
        prop::collection::btree_set(any_date(), 0..60).prop_map(|closed_days| WorkingCalendar { closed_days })
    }

    proptest! {
        #[test]
        fn adding_lands_on_a_working_day_with_the_right_number_between(
            calendar in any_calendar(), from in any_date(), n in -40..40i32,
        ) {
            let to = calendar.add(from, n);
            let (first, last) = if n < 0 { (to, from.pred_opt().unwrap()) } else { (from.succ_opt().unwrap(), to) };
            let between = first.iter_days().take_while(|day| *day <= last).filter(|day| calendar.is_working_day(*day));
            prop_assert_eq!(between.count(), n.unsigned_abs() as usize);
            prop_assert!(n == 0 || calendar.is_working_day(to));
        }

        #[test]
        fn adding_and_taking_away_from_a_working_day_leads_back(
            calendar in any_calendar(), from in any_date(), n in 0..40i32,
        ) {
            let from = calendar.next_working_day_on_or_after(from);
            prop_assert_eq!(calendar.add(calendar.add(from, n), -n), from);
            prop_assert_eq!(calendar.add(calendar.add(from, -n), n), from);
        }

        #[test]
        fn the_nearest_working_days_enclose_a_date(calendar in any_calendar(), day in any_date()) {
            let after = calendar.next_working_day_on_or_after(day);
            let before = calendar.last_working_day_on_or_before(day);
            prop_assert!(before <= day && day <= after);
            prop_assert!(calendar.is_working_day(before) && calendar.is_working_day(after));
            prop_assert_eq!(calendar.is_working_day(day), before == after);
        }
    }
}
