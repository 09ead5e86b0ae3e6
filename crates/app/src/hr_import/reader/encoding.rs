//! UTF-8 with or without a byte order mark, or Windows-1252: found by looking, settled by the first letter beyond
//! ASCII, which a Norwegian header has.

use csv::ByteRecord;
use unicode_normalization::{UnicodeNormalization, is_nfc};
use varde_model::hr::{Fault, FaultCode};

/// What a file's bytes mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Only ASCII so far.
    Undecided,
    /// UTF-8.
    Utf8,
    /// Windows-1252, as older exports are.
    Windows1252,
}

/// A cell's text; Err holds what could be made of bytes that are none.
pub(super) type Cell = Result<String, String>;

/// What the first bytes tell, and how many of them are a mark and no text.
pub(super) fn of(head: &[u8]) -> Result<(Encoding, usize), Fault> {
    if head.starts_with(&[0xef, 0xbb, 0xbf]) {
        return Ok((Encoding::Utf8, 3));
    }
    let zeros = head.iter().take(256).filter(|byte| **byte == 0).count();
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(Fault::of_file(FaultCode::FileEncoding, "UTF-16"));
    }
    if zeros * 4 >= head.len().min(256) && zeros > 1 {
        return Err(Fault::of_file(FaultCode::FileEncoding, "UTF-16"));
    }
    // What is never text: archives (an .xlsx is one), PDF, and old Excel files.
    for binary in [&b"PK\x03\x04"[..], b"%PDF", b"\xd0\xcf\x11\xe0"] {
        if head.starts_with(binary) {
            return Err(Fault::of_file(FaultCode::FileNotText, ""));
        }
    }
    Ok((Encoding::Undecided, 0))
}

impl Encoding {
    /// The cells of a record as text, without blanks around them.
    pub(super) fn text(&mut self, record: &ByteRecord) -> Vec<Cell> {
        if *self == Encoding::Undecided && !record.as_slice().is_ascii() {
            let valid = record.iter().all(|cell| std::str::from_utf8(cell).is_ok());
            *self = if valid { Encoding::Utf8 } else { Encoding::Windows1252 };
        }
        record.iter().map(|cell| self.cell(cell)).collect()
    }

    fn cell(self, cell: &[u8]) -> Cell {
        if self == Encoding::Windows1252 {
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell);
            return Ok(composed(text.trim()));
        }
        match std::str::from_utf8(cell) {
            Ok(text) => Ok(composed(text.trim())),
            Err(_) => Err(String::from_utf8_lossy(cell).trim().to_owned()),
        }
    }
}

/// Each letter in one character: the same name is the same text, however the file writes its `å`.
fn composed(text: &str) -> String {
    if text.is_ascii() || is_nfc(text) { text.to_owned() } else { text.nfc().collect() }
}
