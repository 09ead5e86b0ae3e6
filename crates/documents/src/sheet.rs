//! What a document says, line by line, in the order in which it is read.

use chrono::NaiveDate;
use varde_model::Locale;

use crate::{Chart, Logo};

/// A document of one or more A4 pages.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The language of its words.
    pub locale: Locale,
    /// The title that a reader's program shows.
    pub title: String,
    /// Who vouches for it: the trust.
    pub author: String,
    /// The day that stands in its properties.
    pub written_on: NaiveDate,
    /// The trust's mark, at the top of the first page.
    pub logo: Option<Logo>,
    /// What it says.
    pub lines: Vec<Line>,
}

/// A line of text; one that is too long is broken.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// Whose document it is, above the heading.
    Sender(String),
    /// The one heading.
    Heading(String),
    /// The heading of a part.
    Part(String),
    /// The heading of a section within a part.
    Section(String),
    /// Whom it is about.
    Name(String),
    /// What it is about.
    Subject(String),
    /// A sentence.
    Text(String),
    /// A paragraph of running text.
    Paragraph(String),
    /// A detail: what it is, and its value.
    Pair(String, String),
    /// A remark in small letters.
    Remark(String),
    /// A remark that leads to an address.
    Address {
        /// What stands before it.
        lead: String,
        /// The address, as it is shown and followed.
        url: String,
    },
    /// Figures in rows; what a row is about stands in its first cell.
    Table {
        /// What each column is about.
        head: Vec<String>,
        /// The rows, each with as many cells.
        rows: Vec<Vec<String>>,
    },
    /// A chart; its figures should stand in a table as well.
    Chart(Chart),
    /// Room, and a line across the page.
    Rule,
}
