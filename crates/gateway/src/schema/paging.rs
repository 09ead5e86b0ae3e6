//! Lists page by page, the same way everywhere: rows with cursors, and how to go on from one.

use uuid::Uuid;

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
pub(crate) fn page_of(first: Option<i32>, after: Option<String>) -> async_graphql::Result<Page> {
    PageArgs { first, after, last: None, before: None }.check().map_err(|error| bad_page(&error))
}

/// The cursor of a row in a list that is sorted by id alone, or whose row says itself where it stands.
pub(crate) fn cursor(order: &str, id: Uuid) -> String {
    Cursor { order: order.to_owned(), keys: Vec::new(), id }.encode()
}

/// The row that a page goes on behind.
pub(crate) fn behind(page: &Page, order: &str) -> async_graphql::Result<Option<Uuid>> {
    let Some(text) = &page.cursor else { return Ok(None) };
    let found = Cursor::decode(text, order, 0).ok_or_else(|| unknown(page))?;
    Ok(Some(found.id))
}

/// A cursor that is none of the list.
pub(crate) fn unknown(page: &Page) -> async_graphql::Error {
    bad_page(&PageError::UnknownCursor { argument: page.cursor_argument() })
}
