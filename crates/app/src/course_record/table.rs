//! A person's record as a table, a place a row: to count and to compare in a spreadsheet.

use varde_model::Locale;

use super::{
    CourseRecord, RecordedPlace,
    sheet::{code, state, title},
};
use crate::{
    Ctx, Result,
    certificates::{decimal, hours},
    files::{Cell, File, Table, TableFormat},
    texts,
};

/// The headings, and what stands in a row below each of them.
type Column = (&'static str, fn(Locale, &RecordedPlace) -> Cell);

const COLUMNS: [Column; 11] = [
    ("record-programme", |locale, place| place.title.get(locale).to_owned().into()),
    ("record-cohort", |_, place| place.cohort.title.clone().into()),
    ("record-cohort-code", |_, place| place.cohort.code.clone().into()),
    ("record-state", |locale, place| state(locale, place).into()),
    ("record-first-day", |_, place| Cell::Day(place.gatherings.iter().map(|(day, _)| day.date).min())),
    ("record-last-day", |_, place| Cell::Day(place.gatherings.iter().map(|(day, _)| day.date).max())),
    ("record-held", |_, place| Cell::Text(place.attended.held.to_string())),
    ("record-attended", |_, place| Cell::Text(place.attended.attended.to_string())),
    ("certificate-hours", |locale, place| hours(locale, place.attended.minutes).into()),
    ("certificate-credits", |locale, place| {
        place.credits.map(|credits| decimal(locale, &credits.to_string())).unwrap_or_default().into()
    }),
    ("certificate-heading", |_, place| code(place).unwrap_or_default().into()),
];

/// The headings in the language of the call, then the places as the record has them.
pub(super) fn file(ctx: &Ctx, record: &CourseRecord, format: TableFormat) -> Result<File> {
    let headings = COLUMNS.iter().map(|(heading, _)| texts::text(ctx.locale, heading)).collect();
    let mut table = Table::begin(format, &title(ctx.locale, record), headings, ctx.now)?;
    for place in &record.places {
        table.row(&COLUMNS.iter().map(|(_, cell)| cell(ctx.locale, place)).collect::<Vec<_>>())?;
    }
    table.end()
}
