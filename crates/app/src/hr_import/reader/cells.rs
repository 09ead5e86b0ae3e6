//! One row's cells: looked at one by one, each fault noted with its place.

use chrono::NaiveDate;
use varde_model::{
    hr::{
        Fault, FaultCode, Field, harm_in,
        profile::{ImportProfile, Word, meaning},
    },
    people::Level,
};

use super::{encoding::Cell, header::Header};

/// Longer than any name, title or address that a person can have.
const MAX_LETTERS: usize = 300;

/// A cell that may not be used, as it has a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bad;

/// What a cell says, if it may be used.
pub(super) type Said<T> = Result<T, Bad>;

/// A row's cells by field.
pub(super) struct Cells<'a> {
    line: u64,
    header: &'a Header,
    profile: &'a ImportProfile,
    /// By field; a field without a column is empty.
    texts: Vec<Said<&'a str>>,
    /// What is wrong with the row.
    pub(super) faults: Vec<Fault>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(line: u64, header: &'a Header, profile: &'a ImportProfile, cells: &'a [Cell]) -> Self {
        let texts = vec![Ok(""); Field::ALL.len()];
        let mut row = Self { line, header, profile, texts, faults: Vec::new() };
        for (index, field, _) in header.fields() {
            let Some(cell) = cells.get(index) else { continue };
            let (text, broken) = match cell {
                Ok(text) => (text.as_str(), None),
                Err(text) => (text.as_str(), Some(FaultCode::CellEncoding)),
            };
            let too_long = (text.len() > MAX_LETTERS && text.chars().count() > MAX_LETTERS)
                .then_some(FaultCode::CellTooLong);
            let Some(code) = broken.or(too_long).or_else(|| harm_in(text)) else {
                row.put(field, Ok(text));
                continue;
            };
            let hint = if code == FaultCode::CellTooLong { MAX_LETTERS.to_string() } else { String::new() };
            let bad = row_fault(&mut row.faults, line, header, field, text, code, hint);
            row.put(field, Err(bad));
        }
        row
    }

    fn put(&mut self, field: Field, said: Said<&'a str>) {
        if let Some(cell) = self.texts.get_mut(field as usize) {
            *cell = said;
        }
    }

    /// The cell's text; may be empty.
    pub(super) fn text(&self, field: Field) -> Said<&'a str> {
        self.texts.get(field as usize).copied().unwrap_or(Ok(""))
    }

    /// The cell's text where it may be left out.
    pub(super) fn optional(&self, field: Field) -> Said<Option<&'a str>> {
        Ok(Some(self.text(field)?).filter(|text| !text.is_empty()))
    }

    /// The cell's text where it must be filled in.
    pub(super) fn required(&mut self, field: Field) -> Said<&'a str> {
        match self.optional(field)? {
            Some(text) => Ok(text),
            None => Err(self.fault(field, FaultCode::CellEmpty, "")),
        }
    }

    /// A date written as the profile says; None for an empty cell and for a date that stands for 'no end'.
    pub(super) fn date(&mut self, field: Field) -> Said<Option<NaiveDate>> {
        let Some(text) = self.optional(field)? else { return Ok(None) };
        if self.profile.open_end_dates.iter().any(|open| open == text) {
            return Ok(None);
        }
        for format in &self.profile.date_formats {
            // Written back the same: `1.2.26` is not `01.02.2026`.
            if let Ok(date) = NaiveDate::parse_from_str(text, format)
                && date.format(format).to_string() == text
            {
                return Ok(Some(date));
            }
        }
        let example = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap_or_default();
        let formats: Vec<String> =
            self.profile.date_formats.iter().map(|format| example.format(format).to_string()).collect();
        // Written as it should be, and no calendar has it.
        let impossible = formats.iter().any(|format| shape(format) == shape(text));
        let code = if impossible { FaultCode::DateImpossible } else { FaultCode::DateFormat };
        Err(self.fault(field, code, formats.join(", ")))
    }

    /// What a word means; None for an empty cell.
    pub(super) fn word<T: Copy>(
        &mut self,
        field: Field,
        words: &[Word<T>],
        code: FaultCode,
    ) -> Said<Option<T>> {
        let Some(text) = self.optional(field)? else { return Ok(None) };
        if let Some(means) = meaning(words, text) {
            return Ok(Some(means));
        }
        let known: Vec<&str> = words.iter().map(|word| word.word.as_str()).collect();
        Err(self.fault(field, code, known.join(", ")))
    }

    /// A level from 1 to 4; None for an empty cell.
    pub(super) fn level(&mut self) -> Said<Option<Level>> {
        let Some(text) = self.optional(Field::Level)? else { return Ok(None) };
        let level = text.parse::<u8>().ok().and_then(|number| Level::try_from(number).ok());
        level.map(Some).ok_or_else(|| self.fault(Field::Level, FaultCode::LevelUnknown, "1, 2, 3, 4"))
    }

    /// Notes a fault of a cell.
    pub(super) fn fault(&mut self, field: Field, code: FaultCode, hint: impl Into<String>) -> Bad {
        let text = self.text(field).unwrap_or_default();
        row_fault(&mut self.faults, self.line, self.header, field, text, code, hint.into())
    }
}

fn row_fault(
    faults: &mut Vec<Fault>,
    line: u64,
    header: &Header,
    field: Field,
    text: &str,
    code: FaultCode,
    hint: String,
) -> Bad {
    let column =
        header.fields().find(|(_, known, _)| *known == field).map_or(field.key(), |(_, _, header)| header);
    faults.push(Fault::of_cell(line, column, text, code, hint));
    Bad
}

/// A text with every digit alike.
fn shape(text: &str) -> String {
    text.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect()
}
