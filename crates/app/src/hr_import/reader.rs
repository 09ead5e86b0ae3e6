//! From a file's bytes to rows, and to a fault for everything that is wrong with a cell.
//!
//! The file is read as a stream: what stays in memory is the rows' values, not the file. Every cell is looked at by
//! itself here; what rows say together is [`varde_model::hr::check()`]'s.

mod cells;
mod encoding;
mod header;
mod lines;
mod row;

use std::io::{self, Read};

use csv::{ByteRecord, ReaderBuilder};
use varde_model::hr::{Fault, FaultCode, Reading, profile::ImportProfile};

use encoding::Encoding;
use header::{Header, delimiter};
use lines::LineEnds;
use row::RowReader;

/// Larger than the file of every hospital of the country together.
const MAX_BYTES: u64 = 128 * 1024 * 1024;

/// What is read ahead to find the encoding and the separator; a header line is far shorter.
const HEAD: u64 = 64 * 1024;

/// Reads a file as its profile says. What is wrong with it stands in the reading's faults; where
/// [`FaultCode::is_of_file`], there is nothing else in it.
///
/// # Errors
/// The source broke off.
pub fn read(mut source: impl Read, profile: &ImportProfile, max_rows: u64) -> io::Result<Reading> {
    let mut head = Vec::new();
    source.by_ref().take(HEAD).read_to_end(&mut head)?;
    let (encoding, skipped) = match encoding::of(&head) {
        Ok(found) => found,
        Err(fault) => return Ok(unreadable(fault)),
    };
    let mut lines = head.get(skipped..).unwrap_or_default().split(|byte| matches!(byte, b'\n' | b'\r'));
    let header_line = lines.find(|line| !header::is_before(line)).unwrap_or_default();
    let delimiter = match delimiter(header_line, profile) {
        Ok(delimiter) => delimiter,
        Err(fault) => return Ok(unreadable(fault)),
    };
    let bytes = head.get(skipped..).unwrap_or_default().chain(source);
    let bytes = LineEnds::new(bytes).take(MAX_BYTES + 1);
    let csv = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes);
    rows(csv, encoding, profile, max_rows)
}

fn rows(
    mut csv: csv::Reader<impl Read>,
    mut encoding: Encoding,
    profile: &ImportProfile,
    max_rows: u64,
) -> io::Result<Reading> {
    let mut record = ByteRecord::new();
    loop {
        if !next(&mut csv, &mut record)? {
            return Ok(unreadable(Fault::of_file(FaultCode::FileEmpty, "")));
        }
        if !header::is_before(record.as_slice()) {
            break;
        }
    }
    let line = first_line(&record, csv.position().line());
    let header = match Header::read(line, &encoding.text(&record), profile) {
        Ok(header) => header,
        Err(faults) => return Ok(Reading { faults, ..Reading::default() }),
    };
    let mut reading = Reading { headers: header.names(), ..Reading::default() };
    let mut rows = RowReader::new(&header, profile);
    while next(&mut csv, &mut record)? {
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        reading.row_count += 1;
        if reading.row_count > max_rows {
            return Ok(unreadable(Fault::of_file(FaultCode::FileTooManyRows, max_rows.to_string())));
        }
        let line = first_line(&record, csv.position().line());
        rows.read(line, &encoding.text(&record), &mut reading);
    }
    if csv.position().byte() > MAX_BYTES {
        return Ok(unreadable(Fault::of_file(FaultCode::FileTooLarge, (MAX_BYTES >> 20).to_string())));
    }
    if reading.row_count == 0 {
        reading.faults.push(Fault::of_file(FaultCode::FileWithoutRows, ""));
    }
    Ok(reading)
}

/// The next record. As cells are bytes and rows may be of any length, only the source itself can fail.
fn next(csv: &mut csv::Reader<impl Read>, record: &mut ByteRecord) -> io::Result<bool> {
    csv.read_byte_record(record).map_err(|error| match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    })
}

/// The line that a record begins on: empty lines before it are counted to it by the parser.
fn first_line(record: &ByteRecord, after: u64) -> u64 {
    let before = record.position().map_or(1, csv::Position::line);
    let within = record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
    before + after.saturating_sub(before + within).saturating_sub(1)
}

fn unreadable(fault: Fault) -> Reading {
    Reading { faults: vec![fault], ..Reading::default() }
}

#[cfg(test)]
mod tests;
