//! Lists page by page, the same way everywhere: rows with cursors, and how to go on from one.

use uuid::Uuid;
use varde_model::Locale;

use super::errors::bad_page;
use crate::relay::{Cursor, Page, PageArgs, PageError};

/// Declares a connection and its edge over a node that ordinary resolvers answer.
macro_rules! page {
    ($(#[$doc:meta])+ $connection:ident, $edge:ident, $node:ty) => {
        $(#[$doc])+
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $connection {
            /// The rows of this page with their cursors.
            edges: Vec<$edge>,
            /// The rows of this page.
            nodes: Vec<$node>,
            /// Where this page stands in the list.
            page_info: $crate::relay::PageInfo,
            /// How many rows the whole list has.
            total_count: u64,
        }

        /// One row of a page.
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $edge {
            /// The row.
            node: $node,
            /// Where the row stands; pass it as `after`.
            cursor: String,
        }

        impl $connection {
            /// A page of rows with their cursors, in list order.
            pub(crate) fn new(rows: Vec<(String, $node)>, page: &$crate::relay::Page, more: bool, total_count: u64) -> Self {
                let page_info = $crate::relay::PageInfo {
                    has_next_page: more,
                    has_previous_page: page.cursor.is_some(),
                    start_cursor: rows.first().map(|(cursor, _)| cursor.clone()),
                    end_cursor: rows.last().map(|(cursor, _)| cursor.clone()),
                };
                let nodes = rows.iter().map(|(_, node)| node.clone()).collect();
                let edges = rows.into_iter().map(|(cursor, node)| $edge { node, cursor }).collect();
                Self { edges, nodes, page_info, total_count }
            }
        }
    };
}
pub(crate) use page;

/// The page that `first` and `after` ask for.
pub(crate) fn page_of(
    locale: Locale,
    first: Option<i32>,
    after: Option<String>,
) -> async_graphql::Result<Page> {
    PageArgs { first, after, last: None, before: None }.check().map_err(|error| bad_page(locale, &error))
}

/// The cursor of a row in a list that is sorted by id alone, or whose row says itself where it stands.
pub(crate) fn cursor(order: &str, id: Uuid) -> String {
    Cursor { order: order.to_owned(), keys: Vec::new(), id }.encode()
}

/// The row that a page goes on behind.
pub(crate) fn behind(locale: Locale, page: &Page, order: &str) -> async_graphql::Result<Option<Uuid>> {
    let Some(text) = &page.cursor else { return Ok(None) };
    let found = Cursor::decode(text, order, 0).ok_or_else(|| unknown(locale, page))?;
    Ok(Some(found.id))
}

/// A cursor that is none of the list.
pub(crate) fn unknown(locale: Locale, page: &Page) -> async_graphql::Error {
    bad_page(locale, &PageError::UnknownCursor { argument: page.cursor_argument() })
}

/// Where a row stands in a list: what it is sorted by, as text, and its id, which makes the order total.
pub(crate) type Place = (Vec<String>, Uuid);

/// Rows of a page with their cursors, whether others follow, and how many there are in all.
pub(crate) type Part<T> = (Vec<(String, T)>, bool, u64);

/// A page out of a list that is held whole, sorted by where its rows stand. A cursor names a place and not a row, so
/// that rows which come or go meanwhile shift nothing.
pub(crate) fn part<T>(
    locale: Locale,
    rows: Vec<T>,
    page: &Page,
    order: &str,
    place: impl Fn(&T) -> Place,
) -> async_graphql::Result<Part<T>> {
    let mut rows: Vec<(Place, T)> = rows.into_iter().map(|row| (place(&row), row)).collect();
    rows.sort_by(|(one, _), (other, _)| one.cmp(other));
    let total = rows.len() as u64;
    if let Some(text) = &page.cursor {
        let last = Cursor::decode_any(text, order).ok_or_else(|| unknown(locale, page))?;
        let last = (last.keys, last.id);
        rows.retain(|(place, _)| *place > last);
    }
    let more = rows.len() > page.size;
    let cursor = |(keys, id)| Cursor { order: order.to_owned(), keys, id }.encode();
    Ok((rows.into_iter().take(page.size).map(|(place, row)| (cursor(place), row)).collect(), more, total))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(first: i32, after: Option<String>) -> Page {
        page_of(Locale::En, Some(first), after).unwrap()
    }

    fn place(row: &(&str, u128)) -> Place {
        (vec![row.0.to_owned()], Uuid::from_u128(row.1))
    }

    #[test]
    fn a_list_is_walked_in_a_stable_order_although_rows_come_and_go() {
        let rows = vec![("b", 1), ("a", 2), ("b", 3), ("c", 4)];
        let (first, more, total) = part(Locale::En, rows, &page(2, None), "list", place).unwrap();
        assert_eq!(
            (first.iter().map(|(_, row)| row.1).collect::<Vec<_>>(), more, total),
            (vec![2, 1], true, 4)
        );
        // The last row of the page is gone, and another stands before it.
        let rows = vec![("c", 4), ("b", 3), ("a", 9)];
        let next = page(2, first.last().map(|(cursor, _)| cursor.clone()));
        let (rest, more, _) = part(Locale::En, rows.clone(), &next, "list", place).unwrap();
        assert_eq!((rest.iter().map(|(_, row)| row.1).collect::<Vec<_>>(), more), (vec![3, 4], false));
        assert!(part(Locale::En, rows, &next, "another", place).is_err());
    }
}
