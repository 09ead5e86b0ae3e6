//! How one HR system writes its file: the names of its columns and the words in its cells, as data.

use serde::{Deserialize, Serialize};

use super::Field;
use crate::{Locale, people::UnitKind};

/// A named mapping from a file's columns and words to Varde's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportProfile {
    /// The name that a command or a mutation asks for.
    pub key: String,
    /// Which HR system and report it fits.
    pub description: String,
    /// The separator; found in the header line where none is given.
    #[serde(default)]
    pub delimiter: Option<char>,
    /// The headers of each field, the usual one first. Upper and lower case are alike.
    pub columns: Vec<ColumnNames>,
    /// Headers that may stand in the file and are not read.
    #[serde(default)]
    pub ignored_columns: Vec<String>,
    /// The ways a date is written, in `strftime` letters, such as `%d.%m.%Y`. No other way is guessed.
    pub date_formats: Vec<String>,
    /// Dates that stand for 'no end', written as in the file, such as `31.12.9999`.
    #[serde(default)]
    pub open_end_dates: Vec<String>,
    /// The words for kinds of units.
    pub unit_kinds: Vec<Word<UnitKind>>,
    /// The words for written languages.
    pub locales: Vec<Word<Locale>>,
    /// The words for yes and no.
    pub yes_no: Vec<Word<bool>>,
}

/// The headers that one field goes by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnNames {
    /// The field.
    pub field: Field,
    /// Its headers.
    pub headers: Vec<String>,
}

/// A word in a cell and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word<T> {
    /// As the file writes it; upper and lower case are alike.
    pub word: String,
    /// What it means.
    pub means: T,
}

impl ImportProfile {
    /// The field that a header names.
    pub fn field_of(&self, header: &str) -> Option<Field> {
        let header = fold(header);
        let named = |names: &&ColumnNames| names.headers.iter().any(|known| fold(known) == header);
        self.columns.iter().find(named).map(|names| names.field)
    }

    /// True for a header that is known and not read.
    pub fn ignores(&self, header: &str) -> bool {
        let header = fold(header);
        self.ignored_columns.iter().any(|ignored| fold(ignored) == header)
    }

    /// The usual header of a field; its own name where the profile has none.
    pub fn header_of(&self, field: Field) -> &str {
        let names = self.columns.iter().find(|names| names.field == field);
        names.and_then(|names| names.headers.first()).map_or(field.key(), String::as_str)
    }

    /// The known header that comes nearest to a misspelt one.
    pub fn nearest_header(&self, header: &str) -> Option<&str> {
        let header = fold(header);
        let known = self.columns.iter().flat_map(|names| &names.headers);
        known
            .map(|known| (strsim::damerau_levenshtein(&fold(known), &header), known))
            .filter(|(distance, known)| *distance * 3 <= known.chars().count())
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, known)| known.as_str())
    }
}

/// What a word in a cell means, if it is one of the known ones.
pub fn meaning<T: Copy>(words: &[Word<T>], cell: &str) -> Option<T> {
    let cell = fold(cell);
    words.iter().find(|word| fold(&word.word) == cell).map(|word| word.means)
}

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}
