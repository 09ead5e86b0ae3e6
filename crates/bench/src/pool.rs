//! The database through the bare driver.

use anyhow::Result;
use sqlx::{
    PgPool, SqlitePool,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

/// Connections to the database: as many as the product has by default.
const CONNECTIONS: u32 = 10;

/// Connections to one database, with the product's own settings of it.
#[derive(Clone)]
pub(crate) enum Pool {
    Postgres(PgPool),
    Sqlite(SqlitePool),
}

impl Pool {
    /// Opens it.
    pub(crate) async fn open(url: &str) -> Result<Self> {
        let Some(file) = url.strip_prefix("sqlite://") else {
            let pool = PgPoolOptions::new().max_connections(CONNECTIONS).test_before_acquire(false);
            return Ok(Self::Postgres(pool.connect(url).await?));
        };
        let options = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(std::time::Duration::from_secs(20))
            .foreign_keys(true);
        let pool = SqlitePoolOptions::new().max_connections(CONNECTIONS).test_before_acquire(false);
        Ok(Self::Sqlite(pool.connect_with(options).await?))
    }
}
