//! Dates and times as each language writes them, always in the trust's zone and always naming it.

use crate::Locale;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

const NB_DAYS: [&str; 7] = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];
const NN_DAYS: [&str; 7] = ["måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "søndag"];
const EN_DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const NO_MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
];
const EN_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `12. januar 2027`, `12 January 2027`: where a sentence has no room for the day of the week, or says it itself.
pub fn day(locale: Locale, day: NaiveDate) -> String {
    let month = day.month0() as usize;
    match locale {
        Locale::Nb | Locale::Nn => format!("{}. {} {}", day.day(), NO_MONTHS[month], day.year()),
        Locale::En => format!("{} {} {}", day.day(), EN_MONTHS[month], day.year()),
    }
}

/// `tirsdag 12. januar 2027`, `tysdag 12. januar 2027`, `Tuesday 12 January 2027`.
pub fn date(locale: Locale, date: NaiveDate) -> String {
    let weekday = date.weekday().num_days_from_monday() as usize;
    let names = match locale {
        Locale::Nb => NB_DAYS,
        Locale::Nn => NN_DAYS,
        Locale::En => EN_DAYS,
    };
    format!("{} {}", names[weekday], day(locale, date))
}

/// `09.00` in Norwegian, `09:00` in English.
pub fn clock(locale: Locale, time: NaiveTime) -> String {
    match locale {
        Locale::Nb | Locale::Nn => time.format("%H.%M").to_string(),
        Locale::En => time.format("%H:%M").to_string(),
    }
}

/// What people call the zone: `norsk tid`, `Norwegian time`, or its name in the tz database.
pub fn zone_name(locale: Locale, zone: Tz) -> &'static str {
    match (zone, locale) {
        (Tz::Europe__Oslo, Locale::Nb | Locale::Nn) => "norsk tid",
        (Tz::Europe__Oslo, Locale::En) => "Norwegian time",
        (other, _) => other.name(),
    }
}

fn date_and_clock(locale: Locale, zone: Tz, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&zone);
    let at = match locale {
        Locale::Nb | Locale::Nn => "kl.",
        Locale::En => "at",
    };
    format!("{} {at} {}", date(locale, local.date_naive()), clock(locale, local.time()))
}

/// `tirsdag 12. januar 2027 kl. 09.00 (norsk tid)`.
pub fn moment(locale: Locale, zone: Tz, at: DateTime<Utc>) -> String {
    format!("{} ({})", date_and_clock(locale, zone, at), zone_name(locale, zone))
}

/// `tirsdag 12. januar 2027 kl. 09.00–15.30 (norsk tid)`; over more than one day, both dates in full.
pub fn span(locale: Locale, zone: Tz, from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    let end = to.with_timezone(&zone);
    let end = if from.with_timezone(&zone).date_naive() == end.date_naive() {
        format!("–{}", clock(locale, end.time()))
    } else {
        format!(" – {}", date_and_clock(locale, zone, to))
    };
    format!("{}{end} ({})", date_and_clock(locale, zone, from), zone_name(locale, zone))
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn at(y: i32, m: u32, d: u32, h: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(y, m, d, h, 0, 0).unwrap()
    }

    #[test]
    fn each_language_writes_a_moment_its_own_way() {
        let then = at(2027, 1, 12, 8);
        let oslo = Tz::Europe__Oslo;
        assert_eq!(moment(Locale::Nb, oslo, then), "tirsdag 12. januar 2027 kl. 09.00 (norsk tid)");
        assert_eq!(moment(Locale::Nn, oslo, then), "tysdag 12. januar 2027 kl. 09.00 (norsk tid)");
        assert_eq!(moment(Locale::En, oslo, then), "Tuesday 12 January 2027 at 09:00 (Norwegian time)");
        assert_eq!(moment(Locale::En, Tz::UTC, then), "Tuesday 12 January 2027 at 08:00 (UTC)");
    }

    #[test]
    fn summer_and_winter_have_their_own_hour() {
        let oslo = Tz::Europe__Oslo;
        assert!(moment(Locale::Nb, oslo, at(2027, 3, 27, 8)).contains("09.00"));
        assert!(moment(Locale::Nb, oslo, at(2027, 3, 28, 8)).contains("10.00"));
        assert!(moment(Locale::Nb, oslo, at(2027, 10, 31, 8)).contains("09.00"));
    }

    #[test]
    fn a_span_over_two_days_names_both() {
        let oslo = Tz::Europe__Oslo;
        assert_eq!(
            span(Locale::Nb, oslo, at(2027, 1, 12, 8), at(2027, 1, 12, 14)),
            "tirsdag 12. januar 2027 kl. 09.00–15.00 (norsk tid)"
        );
        assert_eq!(
            span(Locale::En, oslo, at(2027, 1, 12, 8), at(2027, 1, 13, 14)),
            "Tuesday 12 January 2027 at 09:00 – Wednesday 13 January 2027 at 15:00 (Norwegian time)"
        );
    }
}
