//! The header line: which column holds which field.

use std::collections::BTreeMap;

use varde_model::hr::{Fault, FaultCode, Field, harmless, profile::ImportProfile};

use super::encoding::Cell;

/// Separators that files come with, the likeliest first.
const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// True for what may stand before the header: blank lines, and the line by which Excel tells itself the separator.
pub(super) fn is_before(line: &[u8]) -> bool {
    let blank =
        |bytes: &[u8]| bytes.iter().all(|byte| byte.is_ascii_whitespace() || DELIMITERS.contains(byte));
    let line = line.trim_ascii_start();
    let told = line.split_at_checked(4).filter(|(word, _)| word.eq_ignore_ascii_case(b"sep="));
    blank(told.map_or(line, |(_, separator)| separator))
}

/// The separator: the profile's, or the one that stands most often in the header line outside quotes.
pub(super) fn delimiter(line: &[u8], profile: &ImportProfile) -> Result<u8, Fault> {
    let count = |delimiter: u8| {
        let mut quoted = false;
        let outside = line.iter().filter(|byte| {
            quoted ^= **byte == b'"';
            !quoted && **byte == delimiter
        });
        outside.count()
    };
    // The first of equals, as max_by_key takes the last.
    let found = DELIMITERS.into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b';');
    let Some(asked) = profile.delimiter.and_then(|asked| u8::try_from(asked).ok()) else { return Ok(found) };
    if count(asked) == 0 && count(found) > 0 {
        let hint = format!("{} {}", char::from(asked), char::from(found).escape_default());
        return Err(Fault::of_file(FaultCode::FileDelimiter, hint));
    }
    Ok(asked)
}

/// The columns of a file.
#[derive(Debug)]
pub(super) struct Header {
    columns: Vec<(Option<Field>, String)>,
}

impl Header {
    /// Maps the header, which stands on that line, or tells every fault in it.
    pub(super) fn read(line: u64, cells: &[Cell], profile: &ImportProfile) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut columns: Vec<(Option<Field>, String)> = Vec::new();
        for cell in cells {
            let (Ok(header) | Err(header)) = cell;
            let field = profile.field_of(header);
            if field.is_some() && columns.iter().any(|(known, _)| *known == field) {
                faults.push(Fault::of_cell(line, &harmless(header), header, FaultCode::ColumnTwice, ""));
            } else if field.is_none() && !header.is_empty() && !profile.ignores(header) {
                let nearest = profile.nearest_header(header).unwrap_or("–");
                faults.push(Fault::of_cell(
                    line,
                    &harmless(header),
                    header,
                    FaultCode::ColumnUnknown,
                    nearest,
                ));
            }
            columns.push((field, header.clone()));
        }
        if columns.iter().all(|(field, _)| field.is_none()) {
            return Err(vec![Fault::of_file(FaultCode::FileOtherLayout, &profile.key)]);
        }
        for field in Field::ALL.iter().filter(|field| field.is_required()) {
            if !columns.iter().any(|(known, _)| *known == Some(*field)) {
                let header = profile.header_of(*field);
                faults.push(Fault::of_cell(line, header, "", FaultCode::ColumnMissing, ""));
            }
        }
        // Empty headers at the end are what a spreadsheet leaves behind.
        while columns.last().is_some_and(|(_, header)| header.is_empty()) {
            columns.pop();
        }
        if faults.is_empty() { Ok(Self { columns }) } else { Err(faults) }
    }

    /// How many cells a row has.
    pub(super) fn len(&self) -> usize {
        self.columns.len()
    }

    /// The column's field and header.
    pub(super) fn fields(&self) -> impl Iterator<Item = (usize, Field, &str)> {
        let columns = self.columns.iter().enumerate();
        columns.filter_map(|(index, (field, header))| field.map(|field| (index, field, header.as_str())))
    }

    /// The header of each field as the file writes it.
    pub(super) fn names(&self) -> BTreeMap<Field, String> {
        self.fields().map(|(_, field, header)| (field, header.to_owned())).collect()
    }
}
