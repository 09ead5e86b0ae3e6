//! What can go wrong below the rules: always a fault, never a business refusal.

use std::sync::Arc;

use sea_orm::{DbErr, SqlErr};

/// The outcome of every function of this crate.
pub type Result<T> = std::result::Result<T, Fault>;

/// A fault of the database. Cheap to clone, so that loaders can hand it to each who waits.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Fault {
    /// The database refused or could not be reached.
    #[error("database: {0}")]
    Database(Arc<DbErr>),
    /// An update touched another number of rows than it must.
    #[error("{what}: {touched} rows touched where {expected} were meant")]
    RowCount {
        /// The statement, by name.
        what: &'static str,
        /// Rows it touched.
        touched: u64,
        /// Rows it had to touch.
        expected: u64,
    },
    /// A stored value that no current rule can read.
    #[error("{what}: stored value cannot be read: {detail}")]
    Stored {
        /// Table and column.
        what: &'static str,
        /// What the reader said.
        detail: String,
    },
}

impl Fault {
    /// True when a unique index refused the row: somebody else wrote it first.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Fault::Database(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))))
    }

    pub(crate) fn stored(what: &'static str, detail: impl std::fmt::Display) -> Self {
        Fault::Stored { what, detail: detail.to_string() }
    }
}

impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Self {
        Fault::Database(Arc::new(error))
    }
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        Fault::Database(Arc::new(DbErr::Query(sea_orm::RuntimeErr::SqlxError(Arc::new(error)))))
    }
}

/// Asserts that an update touched exactly one row.
pub(crate) fn one_row(what: &'static str, touched: u64) -> Result<()> {
    if touched == 1 { Ok(()) } else { Err(Fault::RowCount { what, touched, expected: 1 }) }
}
