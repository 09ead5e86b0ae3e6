//! When the story begins.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Europe::Oslo;
use varde_model::local_time::instant;

/// The fictional trusts' HR files are of November 2026: only around then are the leaders in them newly appointed.
const SEASON: (NaiveDate, NaiveDate) = (day(2026, 11, 1), day(2027, 4, 30));

/// The Monday after the export.
const FIRST_DAY: NaiveDate = day(2026, 11, 23);

#[expect(clippy::expect_used, reason = "evaluated when it is compiled")]
const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

/// The present, where the HR files fit it; else a Monday morning for which they were made.
pub(crate) fn of_the_story(now: DateTime<Utc>) -> DateTime<Utc> {
    if (SEASON.0..=SEASON.1).contains(&now.date_naive()) {
        return now;
    }
    instant(FIRST_DAY, NaiveTime::MIN + chrono::TimeDelta::hours(8), Oslo)
}

/// A moment as it is written on the command line: at which the trusts' leaders are new.
pub(crate) fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    let form = "write it as in 2026-11-23T08:00:00+01:00";
    let moment: DateTime<Utc> = text.parse().map_err(|error| format!("{error}: {form}"))?;
    if (SEASON.0..=SEASON.1).contains(&moment.date_naive()) {
        Ok(moment)
    } else {
        Err(format!(
            "nobody in the trusts' files is new as a leader then: choose a day from {} to {}",
            SEASON.0, SEASON.1
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_outside_the_season_or_without_an_hour_is_told_so() {
        assert!(moment("2026-11-23T08:00:00+01:00").is_ok());
        assert!(moment("2026-11-23").unwrap_err().contains("write it as in 2026-11-23T08:00:00+01:00"));
        assert!(moment("2019-11-23T08:00:00Z").unwrap_err().contains("from 2026-11-01 to 2027-04-30"));
    }

    #[test]
    fn the_story_begins_today_while_its_leaders_are_new_and_else_on_its_own_first_day() {
        let beginning = |now: &str| of_the_story(now.parse().unwrap()).to_rfc3339();
        assert_eq!(beginning("2026-12-03T10:30:00Z"), "2026-12-03T10:30:00+00:00");
        assert_eq!(beginning("2031-06-01T12:00:00Z"), "2026-11-23T07:00:00+00:00");
        assert_eq!(beginning("2025-06-01T12:00:00Z"), "2026-11-23T07:00:00+00:00");
    }
}
