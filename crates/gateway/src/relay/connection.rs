//! Connections: one macro line makes the connection and its edge.

crate::node! {
    /// Where a page stands in its list.
    #[derive(Default, PartialEq, Eq)]
    pub struct PageInfo {
        /// Whether further rows follow this page.
        has_next_page: bool,
        /// Whether there are rows before this page.
        has_previous_page: bool,
        /// The cursor of the first row of the page.
        start_cursor: Option<String>,
        /// The cursor of the last row of the page.
        end_cursor: Option<String>,
    }
}

/// Declares a connection and its edge over a node type, all of which [`Ready`](crate::ready::Ready) can write:
///
/// ```
/// # varde_gateway::node! {
/// #     /// A person.
/// #     pub struct Person {
/// #         /// Opaque id.
/// #         id: async_graphql::ID,
/// #     }
/// # }
/// varde_gateway::connection!(
///     /// People, a page at a time.
///     pub PersonConnection, PersonEdge, Person
/// );
/// ```
///
/// `PersonConnection::new(rows, page_flags, total)` takes the rows with their cursors.
#[macro_export]
macro_rules! connection {
    ($(#[doc $($doc:tt)+])+ $vis:vis $connection:ident, $edge:ident, $node:ty) => {
        $crate::node! {
            /// One row of a page.
            $vis struct $edge {
                /// The row.
                node: ::std::sync::Arc<$node>,
                /// Where the row stands; pass it as `after` or `before`.
                cursor: ::std::string::String,
            }
        }

        $crate::node! {
            $(#[doc $($doc)+])+
            $vis struct $connection {
                /// The rows of this page with their cursors.
                edges: ::std::vec::Vec<$edge>,
                /// The rows of this page.
                nodes: ::std::vec::Vec<::std::sync::Arc<$node>>,
                /// Where this page stands in the list.
                page_info: $crate::relay::PageInfo,
                /// How many rows the whole list has.
                total_count: i64,
            }
        }

        impl $connection {
            /// Makes a page of rows with their cursors, in list order.
            #[must_use]
            $vis fn new(
                rows: ::std::vec::Vec<(::std::string::String, $node)>,
                has_previous_page: bool,
                has_next_page: bool,
                total_count: i64,
            ) -> Self {
                let edges: ::std::vec::Vec<$edge> = rows
                    .into_iter()
                    .map(|(cursor, node)| $edge { node: ::std::sync::Arc::new(node), cursor })
                    .collect();
                Self {
                    nodes: edges.iter().map(|edge| ::std::sync::Arc::clone(&edge.node)).collect(),
                    page_info: $crate::relay::PageInfo {
                        has_next_page,
                        has_previous_page,
                        start_cursor: edges.first().map(|edge| edge.cursor.clone()),
                        end_cursor: edges.last().map(|edge| edge.cursor.clone()),
                    },
                    edges,
                    total_count,
                }
            }
        }
    };
}
