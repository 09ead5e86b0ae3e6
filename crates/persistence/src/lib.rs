//! Where Varde's facts lie: SQLite or PostgreSQL behind one set of functions.
//!
//! Entities are private. Functions take a connection ([`Conn`] to read, [`Tx`] to write), the organisation they are
//! scoped to, and give the plain types of `varde-model`. Nothing outside this crate sees SQL.

pub mod audit;
pub mod cohorts;
mod convert;
pub mod enrolments;
mod entity;
mod error;
pub mod gatherings;
pub mod organisations;
pub mod programmes;
mod store;

pub use error::{Fault, Result};
pub use store::{Bell, Conn, Engine, Store, StoreOptions, Tx};
