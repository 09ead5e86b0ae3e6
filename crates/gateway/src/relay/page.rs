//! The arguments of a connection, checked once for all of them.

use thiserror::Error;
use varde_app::texts::{text, text_with};
use varde_model::Locale;

/// Rows of a page when nothing was said, so that a query typed by hand works.
pub const DEFAULT_PAGE_SIZE: usize = 25;

/// Rows of a page at most.
pub const MAX_PAGE_SIZE: usize = 100;

/// `first`, `after`, `last` and `before` as a client sent them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageArgs {
    /// Rows from the start.
    pub first: Option<i32>,
    /// Start behind this cursor.
    pub after: Option<String>,
    /// Rows from the end.
    pub last: Option<i32>,
    /// End before this cursor.
    pub before: Option<String>,
}

/// Which way a page is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// In the list's order.
    Forward,
    /// Against it; the rows are turned round before they are answered.
    Backward,
}

/// A page to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Rows to answer, 0 to [`MAX_PAGE_SIZE`]; fetch one more to know whether others follow.
    pub size: usize,
    /// Which way to read.
    pub direction: Direction,
    /// The opaque cursor to go on from; read it with [`super::Cursor::decode`].
    pub cursor: Option<String>,
}

/// Arguments that make no page.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PageError {
    /// Above the cap.
    #[error(
        "`{argument}` is {asked}; at most {MAX_PAGE_SIZE} rows are answered at once. Fetch the rest with `{cursor}`."
    )]
    TooLarge {
        /// `first` or `last`.
        argument: &'static str,
        /// What was asked for.
        asked: i32,
        /// The argument that leads to the next page.
        cursor: &'static str,
    },
    /// Below zero.
    #[error("`{argument}` is {asked}; it cannot be negative.")]
    Negative {
        /// `first` or `last`.
        argument: &'static str,
        /// What was asked for.
        asked: i32,
    },
    /// Both ends at once.
    #[error("Use `first` with `after`, or `last` with `before`, not both.")]
    BothWays,
    /// Not a cursor of this list and order.
    #[error("`{argument}` is not a cursor of this list in this order. Start again without it.")]
    UnknownCursor {
        /// `after` or `before`.
        argument: &'static str,
    },
}

impl PageError {
    /// What is wrong and what to do, in the caller's language.
    #[must_use]
    pub fn message(&self, locale: Locale) -> String {
        let most = ("most", MAX_PAGE_SIZE.to_string());
        let argument = ("argument", self.argument().to_owned());
        match self {
            Self::TooLarge { asked, cursor, .. } => {
                let args = [argument, most, ("asked", asked.to_string()), ("cursor", (*cursor).to_owned())];
                text_with(locale, "access-page-too-large", &args)
            }
            Self::Negative { asked, .. } => {
                text_with(locale, "access-page-negative", &[argument, ("asked", asked.to_string())])
            }
            Self::BothWays => text(locale, "access-page-both-ways"),
            Self::UnknownCursor { .. } => text_with(locale, "access-page-unknown-cursor", &[argument]),
        }
    }

    /// The argument at fault, for `path`.
    #[must_use]
    pub fn argument(&self) -> &'static str {
        match self {
            Self::TooLarge { argument, .. } | Self::Negative { argument, .. } => argument,
            Self::BothWays => "last",
            Self::UnknownCursor { argument } => argument,
        }
    }
}

impl PageArgs {
    /// Turns the arguments into a page.
    ///
    /// # Errors
    /// [`PageError`] when they contradict each other or ask for too much.
    pub fn check(self) -> Result<Page, PageError> {
        let backward = self.last.is_some() || self.before.is_some();
        if backward && (self.first.is_some() || self.after.is_some()) {
            return Err(PageError::BothWays);
        }
        let (asked, argument, cursor, cursor_argument, direction) = if backward {
            (self.last, "last", self.before, "before", Direction::Backward)
        } else {
            (self.first, "first", self.after, "after", Direction::Forward)
        };
        let size = match asked {
            None => DEFAULT_PAGE_SIZE,
            Some(asked) => {
                let size = usize::try_from(asked).map_err(|_| PageError::Negative { argument, asked })?;
                if size > MAX_PAGE_SIZE {
                    return Err(PageError::TooLarge { argument, asked, cursor: cursor_argument });
                }
                size
            }
        };
        Ok(Page { size, direction, cursor })
    }
}

impl Page {
    /// The argument that the cursor came in, for [`PageError::UnknownCursor`].
    #[must_use]
    pub fn cursor_argument(&self) -> &'static str {
        match self.direction {
            Direction::Forward => "after",
            Direction::Backward => "before",
        }
    }

    /// Cuts what was fetched (one row more than `size`, in reading direction) down to the page in list order.
    /// Answers the rows and whether there are pages before and behind, as far as the reading can know: on the
    /// side that a cursor points to, there is at least the cursor's own row.
    #[must_use]
    pub fn cut<T>(&self, mut rows: Vec<T>) -> (Vec<T>, bool, bool) {
        let more = rows.len() > self.size;
        rows.truncate(self.size);
        let came_from = self.cursor.is_some();
        match self.direction {
            Direction::Forward => (rows, came_from, more),
            Direction::Backward => {
                rows.reverse();
                (rows, more, came_from)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_arguments_has_25_rows_and_100_is_the_cap() {
        let page = PageArgs::default().check().unwrap();
        assert_eq!((page.size, page.direction), (25, Direction::Forward));
        let hundred = PageArgs { first: Some(100), ..PageArgs::default() };
        assert_eq!(hundred.check().unwrap().size, 100);
        let more = PageArgs { first: Some(101), ..PageArgs::default() }.check().unwrap_err();
        assert_eq!(
            more.to_string(),
            "`first` is 101; at most 100 rows are answered at once. Fetch the rest with `after`."
        );
        assert_eq!(more.message(Locale::En), more.to_string());
        assert_eq!(
            more.message(Locale::Nb),
            "`first` er 101; høyst 100 rader gis om gangen. Hent resten med `after`."
        );
        assert!(PageArgs { last: Some(-1), ..PageArgs::default() }.check().is_err());
        let both = PageArgs { first: Some(1), last: Some(1), ..PageArgs::default() };
        assert_eq!(both.check(), Err(PageError::BothWays));
    }

    #[test]
    fn what_makes_no_page_is_told_in_every_language() {
        let argument = "first";
        for error in [
            PageError::TooLarge { argument, asked: 101, cursor: "after" },
            PageError::Negative { argument, asked: -1 },
            PageError::BothWays,
            PageError::UnknownCursor { argument: "after" },
        ] {
            assert_eq!(error.message(Locale::En), error.to_string());
            for locale in [Locale::Nb, Locale::Nn] {
                let text = error.message(locale);
                assert!(
                    !text.contains("access-") && !text.contains("{$") && text != error.to_string(),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn a_page_read_backwards_is_answered_forwards() {
        let page = PageArgs { last: Some(2), before: Some("c".to_owned()), ..PageArgs::default() };
        assert_eq!(page.check().unwrap().cut(vec![5, 4, 3]), (vec![4, 5], true, true));
        let page = PageArgs { first: Some(2), ..PageArgs::default() };
        assert_eq!(page.check().unwrap().cut(vec![1, 2]), (vec![1, 2], false, false));
    }
}
