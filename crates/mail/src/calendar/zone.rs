//! Local times with their zone's rules (RFC 5545, section 3.6.5), as chrono-tz knows them: yearly rules where the zone
//! has them, else each change around the entry by its date.

mod onset;

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;
use icalendar::Property;

use onset::{Onset, Yearly};

/// A rule counts as the zone's own when so many years to come keep to it: by then the last week of a month has been
/// told from its fourth.
const YEARS_AHEAD: i32 = 8;

/// No rule is followed back further.
const EARLIEST: i32 = 1970;

/// Blocks by zone and year: to find one takes longer than to write the mail that it stands in.
type Blocks = HashMap<(Tz, i32), Arc<str>>;

static WRITTEN: LazyLock<Mutex<Blocks>> = LazyLock::new(Mutex::default);

/// The VTIMEZONE block that [`time`] refers to at this moment; empty for UTC, which needs none.
pub(super) fn block(zone: Tz, at: DateTime<Utc>) -> Arc<str> {
    let year = at.with_timezone(&zone).year();
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    written.entry((zone, year)).or_insert_with(|| write(zone, year).into()).clone()
}

/// A DTSTART or DTEND.
pub(super) fn time(name: &str, at: DateTime<Utc>, zone: Tz) -> Property {
    if zone == Tz::UTC {
        return Property::new(name, at.format("%Y%m%dT%H%M%SZ").to_string());
    }
    let local = at.with_timezone(&zone).format("%Y%m%dT%H%M%S").to_string();
    Property::new(name, local).add_parameter("TZID", zone.name()).done()
}

fn write(zone: Tz, year: i32) -> String {
    if zone == Tz::UTC {
        return String::new();
    }
    let observances: String = match yearly(zone, year) {
        Some(both) => both.iter().map(|(onset, rule)| onset.text(Some(rule))).collect(),
        None => {
            let changes = (year - 1..=year + 1).flat_map(|year| onset::of_year(zone, year));
            let all = Onset::at_the_beginning(zone, year - 1).into_iter().chain(changes);
            all.map(|onset| onset.text(None)).collect()
        }
    };
    format!("BEGIN:VTIMEZONE\r\nTZID:{}\r\n{observances}END:VTIMEZONE\r\n", zone.name())
}

/// The two changes that come every year by a rule, as they were in the first year of it.
fn yearly(zone: Tz, year: i32) -> Option<Vec<(Onset, Yearly)>> {
    let ahead: Vec<Vec<Onset>> = (year..year + YEARS_AHEAD).map(|year| onset::of_year(zone, year)).collect();
    let mut first = ahead.first().filter(|both| both.len() == 2)?.clone();
    let rule = |index: usize| {
        let every =
            |rule: &Yearly| ahead.iter().all(|year| year.get(index).is_some_and(|one| rule.fits(one)));
        Yearly::candidates(first.get(index)?).into_iter().find(every)
    };
    let rules = [rule(0)?, rule(1)?];
    let mut since = year;
    for year in (EARLIEST..year).rev() {
        let before = onset::of_year(zone, year);
        if before.len() != 2 || !rules.iter().zip(&before).all(|(rule, onset)| rule.fits(onset)) {
            break;
        }
        (since, first) = (year, before);
    }
    // A rule that is new this year says nothing of January.
    (since < year).then(|| first.into_iter().zip(rules).collect())
}

#[cfg(test)]
mod tests;
