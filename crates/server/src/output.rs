//! What commands tell on standard output. A reader that goes away (`varde schema | head`) is no error.

use std::io::Write as _;

/// Writes a line.
pub(crate) fn line(text: impl std::fmt::Display) {
    let _reader_gone = writeln!(std::io::stdout(), "{text}");
}

/// Writes a line to standard error, where progress and errors belong.
pub(crate) fn note(text: impl std::fmt::Display) {
    let _reader_gone = writeln!(std::io::stderr(), "{text}");
}
