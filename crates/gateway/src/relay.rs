//! Relay: opaque permanent ids, keyset cursors, pages and connections.

mod connection;
mod cursor;
mod id;
mod page;

pub use connection::PageInfo;
pub use cursor::Cursor;
pub use id::{decode, decode_as, encode};
pub use page::{DEFAULT_PAGE_SIZE, Direction, MAX_PAGE_SIZE, Page, PageArgs, PageError};
