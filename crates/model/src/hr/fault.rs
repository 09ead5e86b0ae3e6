//! What is wrong with a file, where, and what to do about it.

use serde::{Deserialize, Serialize};

/// One thing that is wrong. Its texts lie in `config/locales` under `hr-fault-<code>` and `hr-mend-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The line, the header being line 1; None when it is about the file.
    pub line: Option<u64>,
    /// The column's header as the file writes it.
    pub column: Option<String>,
    /// The cell, shortened and harmless.
    pub value: String,
    /// What it is.
    pub code: FaultCode,
    /// What the text needs to say more: another line, the words or the format that are known.
    pub hint: String,
}

impl Fault {
    /// A fault of the whole file.
    pub fn of_file(code: FaultCode, hint: impl Into<String>) -> Self {
        Self { line: None, column: None, value: String::new(), code, hint: hint.into() }
    }

    /// A fault of a cell.
    pub fn of_cell(line: u64, column: &str, value: &str, code: FaultCode, hint: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            column: Some(column.to_owned()),
            value: harmless(value),
            code,
            hint: hint.into(),
        }
    }
}

macro_rules! codes {
    ($enum:ident, $what:literal; $($(#[$doc:meta])* $name:ident = $kebab:literal),* $(,)?) => {
        #[doc = $what]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $enum {
            $($(#[$doc])* $name,)*
        }

        impl $enum {
            /// Every code.
            pub const ALL: &'static [$enum] = &[$($enum::$name),*];

            /// The code as the texts are keyed.
            pub const fn kebab(self) -> &'static str {
                match self { $($enum::$name => $kebab),* }
            }
        }
    };
}

codes! { FaultCode, "What can be wrong.";
    /// The file holds nothing.
    FileEmpty = "file-empty",
    /// A header and no row: taken at its word, everybody would be missing.
    FileWithoutRows = "file-without-rows",
    /// UTF-16 or UTF-32.
    FileEncoding = "file-encoding",
    /// Bytes that no text holds.
    FileNotText = "file-not-text",
    /// Larger than any trust's file.
    FileTooLarge = "file-too-large",
    /// More rows than the settings allow.
    FileTooManyRows = "file-too-many-rows",
    /// The separator is not the one that the profile says.
    FileDelimiter = "file-delimiter",
    /// Not one column that the profile knows.
    FileOtherLayout = "file-other-layout",
    /// Hardly anybody in it is whom the organisation knows by that number: it is another trust's.
    FileOfOthers = "file-of-others",
    /// A column that must be there is not.
    ColumnMissing = "column-missing",
    /// A column that the profile does not know.
    ColumnUnknown = "column-unknown",
    /// Two columns for the same field.
    ColumnTwice = "column-twice",
    /// The row has more or fewer cells than the header.
    CellCount = "cell-count",
    /// The cell's bytes are no text in the file's encoding.
    CellEncoding = "cell-encoding",
    /// The cell is longer than any name.
    CellTooLong = "cell-too-long",
    /// A control character or an invisible mark that turns the direction of writing.
    CellControl = "cell-control",
    /// A formula: a spreadsheet would run it.
    CellFormula = "cell-formula",
    /// A cell that must be filled in is empty.
    CellEmpty = "cell-empty",
    /// Not an e-mail address.
    EmailInvalid = "email-invalid",
    /// The e-mail address of another row, but for upper and lower case.
    EmailTwice = "email-twice",
    /// A date that is written in another way than the profile says.
    DateFormat = "date-format",
    /// A date that no calendar has.
    DateImpossible = "date-impossible",
    /// The last day lies before the first.
    DatesReversed = "dates-reversed",
    /// Not a level.
    LevelUnknown = "level-unknown",
    /// A first or last day as leader without a level.
    LevelMissing = "level-missing",
    /// A level without the first day as leader.
    LeaderFromMissing = "leader-from-missing",
    /// Not a written language that the profile knows.
    LocaleUnknown = "locale-unknown",
    /// Neither yes nor no.
    YesNoUnknown = "yes-no-unknown",
    /// Not a kind of unit that the profile knows.
    UnitKindUnknown = "unit-kind-unknown",
    /// The employee number of an earlier row.
    NumberTwice = "number-twice",
    /// A unit that is new and has no name.
    UnitWithoutName = "unit-without-name",
    /// The unit above is the unit itself.
    UnitOwnParent = "unit-own-parent",
    /// The unit above is neither in the file nor known.
    ParentUnknown = "parent-unknown",
    /// Going up the tree comes back to the unit.
    UnitCircle = "unit-circle",
    /// Another row describes the unit in another way, and more rows agree with that one.
    UnitDescribedTwice = "unit-described-twice",
}

impl FaultCode {
    /// True when it is about the file and not about some of its rows, so that skipping faulty rows does not help.
    pub const fn is_of_file(self) -> bool {
        matches!(
            self,
            FaultCode::FileEmpty
                | FaultCode::FileWithoutRows
                | FaultCode::FileEncoding
                | FaultCode::FileNotText
                | FaultCode::FileTooLarge
                | FaultCode::FileTooManyRows
                | FaultCode::FileDelimiter
                | FaultCode::FileOtherLayout
                | FaultCode::FileOfOthers
                | FaultCode::ColumnMissing
                | FaultCode::ColumnUnknown
                | FaultCode::ColumnTwice
        )
    }
}

/// Something that a person should look at, though the file can be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The line it was seen on, if it is on one.
    pub line: Option<u64>,
    /// What it is about: a unit's code, an employee number, a count.
    pub subject: String,
    /// What it is; the text lies under `hr-notice-<code>`.
    pub code: NoticeCode,
    /// What the text needs to say more.
    pub hint: String,
}

codes! { NoticeCode, "What a person should look at.";
    /// Two leaders of one unit who are not acting have days in common.
    TwoLeaders = "two-leaders",
    /// The address stands with somebody who is known and not in the file.
    EmailHeld = "email-held",
    /// More than every fifth person known is not in the file: is it the whole file?
    ManyMissing = "many-missing",
}

/// Shortens a cell to what helps to find it, and takes from it what could do harm where it is shown or pasted:
/// control characters, marks that turn the direction of writing, and the beginning of a formula.
pub fn harmless(cell: &str) -> String {
    const SHOWN: usize = 60;
    let mut shown: String = cell
        .trim()
        .chars()
        .map(|letter| if is_control(letter) { '\u{fffd}' } else { letter })
        .take(SHOWN)
        .collect();
    if cell.trim().chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    if begins_formula(&shown) {
        shown.insert(0, '\'');
    }
    shown
}

/// True for characters that belong in no cell: controls, and marks that are not seen but change what is.
fn is_control(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// True for a cell that a spreadsheet would take for a formula.
fn begins_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@']) && cell.len() > 1
}

/// Looks at a text cell for what could do harm.
pub fn harm_in(cell: &str) -> Option<FaultCode> {
    if cell.chars().any(is_control) {
        Some(FaultCode::CellControl)
    } else if begins_formula(cell) {
        Some(FaultCode::CellFormula)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_stored_as_the_texts_are_keyed() {
        for code in FaultCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.kebab());
        }
    }

    #[test]
    fn a_shown_cell_is_short_and_does_nothing() {
        assert_eq!(harmless("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(harmless("a\u{0}b\r\nc\u{202e}d"), "a\u{fffd}b\u{fffd}\u{fffd}c\u{fffd}d");
        assert_eq!(harmless(&"å".repeat(1_000_000)).chars().count(), 61);
        assert_eq!(harm_in("O'Brien; Lie"), None);
        assert_eq!(harm_in("@sum"), Some(FaultCode::CellFormula));
    }
}
