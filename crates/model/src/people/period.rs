//! The days for which something holds.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// A first and a last day, both included, as HR writes them: `Leder til 30.11.2026` is the last day of leading.
///
/// A period whose last day lies before its first holds on no day: that is how something stands which was
/// announced and withdrawn before it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; None is open.
    pub to: Option<NaiveDate>,
}

impl Period {
    /// From a day on, without an end.
    pub const fn since(from: NaiveDate) -> Self {
        Self { from, to: None }
    }

    /// True on every day from the first to the last.
    pub fn holds_on(&self, date: NaiveDate) -> bool {
        self.from <= date && self.to.is_none_or(|to| date <= to)
    }

    /// True when the last day is past.
    pub fn is_over(&self, date: NaiveDate) -> bool {
        self.to.is_some_and(|to| to < date)
    }

    /// True when some day belongs to both.
    pub fn overlaps(&self, other: &Period) -> bool {
        let holds_at_all = |period: &Period| period.to.is_none_or(|to| period.from <= to);
        holds_at_all(self)
            && holds_at_all(other)
            && self.to.is_none_or(|to| other.from <= to)
            && other.to.is_none_or(|to| self.from <= to)
    }

    /// What is left of it beside another: itself, a part before, a part after, both, or nothing.
    #[must_use]
    pub fn without(self, other: &Period) -> Vec<Self> {
        if !self.overlaps(other) {
            return vec![self];
        }
        let before = (self.from < other.from).then(|| self.cut(day_before(other.from)));
        let after = other.to.filter(|last| self.to.is_none_or(|to| *last < to));
        let after = after.and_then(|last| last.succ_opt()).map(|from| Self { from, to: self.to });
        before.into_iter().chain(after).collect()
    }

    /// The days that belong to both, if there are any.
    #[must_use]
    pub fn common(self, other: &Period) -> Option<Self> {
        let to = [self.to, other.to].into_iter().flatten().min();
        self.overlaps(other).then(|| Self { from: self.from.max(other.from), to })
    }

    /// The same period with its last day no later than given, and no earlier than the day before its first.
    #[must_use]
    pub fn cut(self, last_day: NaiveDate) -> Self {
        let earliest = day_before(self.from);
        let last_day = self.to.map_or(last_day, |to| to.min(last_day)).max(earliest);
        Self { from: self.from, to: Some(last_day) }
    }
}

/// The day before; the calendar's first day has none and is its own.
pub(crate) fn day_before(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(1)).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn both_the_first_and_the_last_day_belong_to_it() {
        let november = Period { from: day("2026-11-01"), to: Some(day("2026-11-30")) };
        assert!(november.holds_on(day("2026-11-01")) && november.holds_on(day("2026-11-30")));
        assert!(!november.holds_on(day("2026-10-31")) && !november.holds_on(day("2026-12-01")));
        assert!(!november.is_over(day("2026-11-30")) && november.is_over(day("2026-12-01")));
    }

    #[test]
    fn a_withdrawn_period_holds_on_no_day_and_overlaps_nothing() {
        let withdrawn = Period::since(day("2027-02-01")).cut(day("2026-12-01"));
        assert_eq!(withdrawn.to, Some(day("2027-01-31")));
        assert!(!withdrawn.holds_on(day("2027-02-01")) && !withdrawn.holds_on(day("2027-01-31")));
        assert!(!withdrawn.overlaps(&Period::since(day("2020-01-01"))));
    }

    #[test]
    fn what_is_left_beside_another_period_is_what_lies_before_and_after() {
        let period = |from: &str, to: Option<&str>| Period { from: day(from), to: to.map(day) };
        let spring = period("2027-01-01", Some("2027-06-30"));
        let cases = [
            (period("2027-06-01", None), vec![period("2027-07-01", None)]),
            (
                period("2026-01-01", None),
                vec![period("2026-01-01", Some("2026-12-31")), period("2027-07-01", None)],
            ),
            (period("2026-01-01", Some("2027-02-01")), vec![period("2026-01-01", Some("2026-12-31"))]),
            (period("2027-02-01", Some("2027-03-01")), vec![]),
            (period("2027-07-01", None), vec![period("2027-07-01", None)]),
        ];
        for (of, left) in cases {
            assert_eq!(of.without(&spring), left, "{of:?}");
        }
        assert_eq!(
            period("2027-06-01", None).common(&spring),
            Some(period("2027-06-01", Some("2027-06-30")))
        );
        assert_eq!(period("2027-07-01", None).common(&spring), None);
    }

    #[test]
    fn cutting_never_lengthens() {
        let ended = Period { from: day("2020-01-01"), to: Some(day("2020-06-30")) };
        assert_eq!(ended.cut(day("2026-01-01")), ended);
    }
}
