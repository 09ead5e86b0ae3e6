//! A person's record as a table, a place a row: to count and to compare in a spreadsheet.

use varde_model::Locale;

use super::{
    CourseRecord, RecordedPlace,
    sheet::{code, state},
};
use crate::{
    certificates::{decimal, hours},
    texts,
};

/// The headings, and what stands in a row below each of them.
type Column = (&'static str, fn(Locale, &RecordedPlace) -> String);

const COLUMNS: [Column; 11] = [
    ("record-programme", |locale, place| place.title.get(locale).to_owned()),
    ("record-cohort", |_, place| place.cohort.title.clone()),
    ("record-cohort-code", |_, place| place.cohort.code.clone()),
    ("record-state", state),
    ("record-first-day", |_, place| day(place.gatherings.iter().map(|(day, _)| day.date).min())),
    ("record-last-day", |_, place| day(place.gatherings.iter().map(|(day, _)| day.date).max())),
    ("record-held", |_, place| place.attended.held.to_string()),
    ("record-attended", |_, place| place.attended.attended.to_string()),
    ("certificate-hours", |locale, place| hours(locale, place.attended.minutes)),
    ("certificate-credits", |locale, place| {
        place.credits.map(|credits| decimal(locale, &credits.to_string())).unwrap_or_default()
    }),
    ("certificate-heading", |_, place| code(place).unwrap_or_default()),
];

/// The headings in a language, then the places as the record has them.
pub(super) fn rows(locale: Locale, record: &CourseRecord) -> Vec<Vec<String>> {
    let headings = COLUMNS.iter().map(|(heading, _)| texts::text(locale, heading)).collect();
    let row = |place| COLUMNS.iter().map(|(_, cell)| cell(locale, place)).collect();
    [headings].into_iter().chain(record.places.iter().map(row)).collect()
}

/// As every spreadsheet reads a day.
fn day(day: Option<chrono::NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}
