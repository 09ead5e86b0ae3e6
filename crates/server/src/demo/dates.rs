//! The days on which a cohort of the demo meets.

use chrono::{Datelike as _, Days, NaiveDate};
use varde_model::{holidays::easter_sunday, working_days::WorkingCalendar};

/// From today to the first gathering: time to invite, answer and be reminded.
const LEAD_DAYS: u64 = 37;

/// The first gathering some five weeks ahead, the others by the weeks of the programme; each on a working day, and in
/// a week in which a hospital can spare its leaders.
pub(crate) fn gathering_days(today: NaiveDate, weeks: &[u32], calendar: &WorkingCalendar) -> Vec<NaiveDate> {
    let first = a_good_day(today + Days::new(LEAD_DAYS), calendar);
    let mut days: Vec<NaiveDate> = Vec::with_capacity(weeks.len());
    for week in weeks {
        let mut wanted = first + Days::new(u64::from(*week) * 7);
        if let Some(before) = days.last().filter(|before| **before >= wanted) {
            // Two days of one gathering follow each other; one that was put off must not meet the next.
            let same_week = days.len().checked_sub(1).and_then(|at| weeks.get(at)) == Some(week);
            wanted = *before + Days::new(if same_week { 1 } else { 7 });
        }
        days.push(a_good_day(wanted, calendar));
    }
    days
}

/// The first working day from then on that lies in no quiet week.
fn a_good_day(from: NaiveDate, calendar: &WorkingCalendar) -> NaiveDate {
    let mut day = calendar.next_working_day_on_or_after(from);
    while is_quiet(day) {
        day = calendar.next_working_day_on_or_after(day + Days::new(7));
    }
    day
}

/// Around Christmas, in the week before Easter, and in the summer holidays of schools.
fn is_quiet(day: NaiveDate) -> bool {
    let christmas = matches!((day.month(), day.day()), (12, 18..) | (1, ..=5));
    let summer = matches!((day.month(), day.day()), (6, 20..) | (7, _) | (8, ..=14));
    let easter =
        easter_sunday(day.year()).is_some_and(|sunday| (-8..=1).contains(&(day - sunday).num_days()));
    christmas || summer || easter
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days_from(today: &str) -> String {
        let days = gathering_days(today.parse().unwrap(), &[0, 3, 7, 11], &WorkingCalendar::default());
        days.iter().map(|day| day.format("%a %F").to_string()).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_cohort_opened_in_november_begins_after_christmas_and_leaves_easter_out() {
        assert_eq!(days_from("2026-11-23"), "Wed 2027-01-06, Wed 2027-01-27, Wed 2027-02-24, Wed 2027-03-31");
    }

    #[test]
    fn a_cohort_opened_in_spring_leaves_the_summer_out() {
        assert_eq!(days_from("2027-04-12"), "Wed 2027-05-19, Wed 2027-06-09, Wed 2027-08-18, Wed 2027-08-25");
    }

    #[test]
    fn two_days_of_a_week_follow_each_other() {
        let today = "2026-11-23".parse().unwrap();
        let days = gathering_days(today, &[0, 0, 6, 6], &WorkingCalendar::default());
        let days: Vec<_> = days.iter().map(|day| day.format("%a %F").to_string()).collect();
        assert_eq!(days, ["Wed 2027-01-06", "Thu 2027-01-07", "Wed 2027-02-17", "Thu 2027-02-18"]);
    }

    #[test]
    fn whatever_the_day_gatherings_follow_each_other_on_working_days() {
        let calendar = WorkingCalendar::default();
        let begin: NaiveDate = "2026-11-01".parse().unwrap();
        for today in begin.iter_days().take(800) {
            let days = gathering_days(today, &[0, 3, 7, 11], &calendar);
            assert!(days.is_sorted() && days.windows(2).all(|pair| pair[0] < pair[1]), "{today}: {days:?}");
            assert!(days.iter().all(|day| calendar.is_working_day(*day)), "{today}: {days:?}");
            assert!((days[0] - today).num_days() >= 37);
        }
    }
}
