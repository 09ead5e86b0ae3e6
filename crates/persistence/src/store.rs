//! Connections and transactions: the one place that opens either.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use sqlx::{Connection as _, PgConnection};
use tokio::sync::Notify;
use varde_migrations::Migrator;

use crate::Result;

/// Which database stands behind the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The embedded default: one process, one file.
    Sqlite,
    /// The production database, shared by several gateways and schedulers.
    Postgres,
}

/// How to reach the database.
#[derive(Clone)]
pub struct StoreOptions {
    /// `sqlite:///path/file.db` or `postgres://...`; may hold a password, so it is never logged.
    pub url: String,
    /// Connections at the most.
    pub max_connections: u32,
}

impl std::fmt::Debug for StoreOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoreOptions").field("max_connections", &self.max_connections).finish_non_exhaustive()
    }
}

/// Rung after a commit that left work to do, so that a scheduler in the same process need not wait for its tick.
pub type Bell = Arc<Notify>;

/// How long a PostgreSQL may take to answer for the first time.
const FIRST_ANSWER: Duration = Duration::from_secs(10);

/// Connects once: a pool would go on trying for as long as it waits for a connection, and then say only that it waited.
async fn answers(url: &str) -> Result<()> {
    let connection = tokio::time::timeout(FIRST_ANSWER, PgConnection::connect(url)).await;
    let late = || DbErr::Custom(format!("PostgreSQL did not answer within {} s", FIRST_ANSWER.as_secs()));
    Ok(connection.map_err(|_| late())??.close().await?)
}

/// A pool of connections to one database.
#[derive(Clone, Debug)]
pub struct Store {
    db: DatabaseConnection,
    bell: Bell,
    statements: Arc<AtomicU64>,
}

/// The advisory lock under which PostgreSQL is migrated, so that two starting processes do not race.
const MIGRATION_LOCK: i64 = 0x5641_5244_4501;

impl Store {
    /// Opens the pool. A missing SQLite file is created; the schema is not touched.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn connect(options: &StoreOptions) -> Result<Self> {
        let mut connect = ConnectOptions::new(options.url.clone());
        connect
            // Two at the least: migrating on PostgreSQL holds one for the lock beside the one it works on.
            .max_connections(options.max_connections.max(2))
            .acquire_timeout(Duration::from_secs(30))
            .sqlx_logging(false)
            .test_before_acquire_if_idle_for(Duration::from_secs(30))
            .map_sqlx_sqlite_opts(|sqlite| {
                sqlite
                    .create_if_missing(true)
                    .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
                    .synchronous(sqlx::sqlite::SqliteSynchronous::Normal)
                    .busy_timeout(Duration::from_secs(20))
                    .foreign_keys(true)
            });
        if options.url.starts_with("postgres") {
            answers(&options.url).await?;
        }
        let mut db = Database::connect(connect).await?;
        let statements = Arc::new(AtomicU64::new(0));
        let count = statements.clone();
        db.set_metric_callback(move |_| {
            count.fetch_add(1, Ordering::Relaxed);
        });
        Ok(Self { db, bell: Bell::default(), statements })
    }

    /// Which database this is.
    pub fn engine(&self) -> Engine {
        match self.db.get_database_backend() {
            DbBackend::Postgres => Engine::Postgres,
            _ => Engine::Sqlite,
        }
    }

    /// Brings the schema up to date; on PostgreSQL under a lock, so that processes may start together.
    ///
    /// # Errors
    /// A migration failed; it left nothing behind.
    pub async fn migrate(&self) -> Result<()> {
        if self.engine() == Engine::Sqlite {
            return Ok(Migrator::up(&self.db, None).await?);
        }
        let pool = self.db.get_postgres_connection_pool();
        let mut guard = pool.acquire().await?;
        sqlx::query("SELECT pg_advisory_lock($1)").bind(MIGRATION_LOCK).execute(&mut *guard).await?;
        let outcome = Migrator::up(&self.db, None).await;
        sqlx::query("SELECT pg_advisory_unlock($1)").bind(MIGRATION_LOCK).execute(&mut *guard).await?;
        Ok(outcome?)
    }

    /// Names of the migrations that this program knows and the database lacks.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn pending_migrations(&self) -> Result<Vec<String>> {
        let pending = Migrator::get_pending_migrations_read_only(&self.db).await?;
        Ok(pending.iter().map(|migration| migration.name().to_owned()).collect())
    }

    /// Opens a transaction that will write. On SQLite it takes the write lock at once: one that reads first and
    /// upgrades later fails under load instead of waiting.
    ///
    /// # Errors
    /// The database cannot be reached, or the write lock was not free in time.
    pub async fn write(&self) -> Result<Tx> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let tx = self.db.begin_with_options(options).await?;
        Ok(Tx { tx, bell: self.bell.clone(), work: Arc::default() })
    }

    /// The bell that a scheduler in this process listens to.
    pub fn bell(&self) -> Bell {
        self.bell.clone()
    }

    /// How many statements the entities have run since the pool was opened: what tells a query that runs one for each
    /// row from one that does not.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// True when the database answers.
    pub async fn reachable(&self) -> bool {
        self.db.ping().await.is_ok()
    }

    /// Closes every connection: the end of a graceful shutdown.
    ///
    /// # Errors
    /// A connection did not close.
    pub async fn close(self) -> Result<()> {
        Ok(self.db.close().await?)
    }

    pub(crate) fn db(&self) -> &DatabaseConnection {
        &self.db
    }
}

/// A transaction that writes. Dropped without [`Tx::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct Tx {
    tx: DatabaseTransaction,
    bell: Bell,
    work: Arc<AtomicBool>,
}

impl Tx {
    /// Makes everything written in it lasting, then wakes the scheduler of this process if there is work for it.
    ///
    /// # Errors
    /// The database refused; nothing was kept.
    pub async fn commit(self) -> Result<()> {
        self.tx.commit().await?;
        if self.work.load(Ordering::Relaxed) {
            self.bell.notify_one();
        }
        Ok(())
    }

    /// Begins a part that may fail by itself: [`Tx::roll_back`] takes back what was written in it, and the rest goes on. What
    /// [`Tx::commit`] keeps lasts once the whole is committed.
    ///
    /// # Errors
    /// The connection broke.
    #[expect(clippy::disallowed_methods, reason = "within a transaction that Store::write began")]
    pub async fn part(&self) -> Result<Self> {
        Ok(Self { tx: self.tx.begin().await?, bell: self.bell.clone(), work: Arc::clone(&self.work) })
    }

    /// Leaves nothing behind: the end of a dry run.
    ///
    /// # Errors
    /// The connection broke.
    pub async fn roll_back(self) -> Result<()> {
        Ok(self.tx.rollback().await?)
    }

    /// Notes that this transaction left mail or timers.
    pub(crate) fn leaves_work(&self) {
        self.work.store(true, Ordering::Relaxed);
    }
}

/// Something to read through: the store, or a transaction that must see its own writes.
pub trait Conn: sealed::Raw + Sync {}
impl Conn for Store {}
impl Conn for Tx {}

pub(crate) mod sealed {
    use super::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, Store, Tx};

    /// The connection below; unreachable from other crates.
    pub trait Raw {
        type Connection: ConnectionTrait;
        fn raw(&self) -> &Self::Connection;
    }

    impl Raw for Store {
        type Connection = DatabaseConnection;
        fn raw(&self) -> &DatabaseConnection {
            &self.db
        }
    }

    impl Raw for Tx {
        type Connection = DatabaseTransaction;
        fn raw(&self) -> &DatabaseTransaction {
            &self.tx
        }
    }
}
