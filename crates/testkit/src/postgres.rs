//! A database of one's own on a real PostgreSQL, for each test.
//!
//! `cargo xtask test` starts one server and names it in `VARDE_TEST_POSTGRES_URL`. Without that variable the test
//! processes share a server that the first of them starts.
//!
//! ```no_run
//! # async fn example() -> anyhow::Result<()> {
//! use varde_testkit::postgres::Postgres;
//!
//! let postgres = Postgres::shared().await?;
//! // Migrated once for all tests, then copied in a few milliseconds.
//! let database = postgres.migrated("a hash of the migrations", async |url| migrate(&url).await).await?;
//! connect(database.url()).await?;
//! # Ok(()) }
//! # async fn migrate(_: &str) -> anyhow::Result<()> { Ok(()) }
//! # async fn connect(_: &str) -> anyhow::Result<()> { Ok(()) }
//! ```

mod database;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, Executor};
use varde_throwaway_postgres::{Cluster, Durability, SharedCluster, URL_VARIABLE};

pub use database::Database;

/// A running server on which tests make their databases.
#[derive(Clone, Debug)]
pub struct Postgres {
    admin_url: Arc<str>,
    own: Option<Arc<Cluster>>,
}

impl Postgres {
    /// The server that all tests share. Its `fsync` is off.
    ///
    /// # Errors
    /// When PostgreSQL is not installed (the error names the package) or does not start.
    pub async fn shared() -> Result<Self> {
        if let Ok(url) = std::env::var(URL_VARIABLE) {
            return Ok(Self { admin_url: url.into(), own: None });
        }
        let state = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/postgres");
        let url = tokio::task::spawn_blocking(move || SharedCluster::url(&state)).await??;
        Ok(Self { admin_url: url.into(), own: None })
    }

    /// A server of this test's own with `fsync` on, that can be crashed and started again; it ends with the last clone.
    ///
    /// # Errors
    /// As [`Postgres::shared`].
    pub async fn durable() -> Result<Self> {
        let cluster = tokio::task::spawn_blocking(|| Cluster::start(Durability::Durable)).await??;
        Ok(Self { admin_url: cluster.url("postgres").into(), own: Some(Arc::new(cluster)) })
    }

    /// Cuts a [`Postgres::durable`] server's power and starts it again, on the same port.
    ///
    /// # Errors
    /// When this is the shared server, or it does not come back.
    pub async fn crash_and_restart(&self) -> Result<()> {
        let cluster = self.own.clone().context("the shared server is not this test's to crash")?;
        tokio::task::spawn_blocking(move || cluster.crash().and_then(|()| cluster.restart())).await?
    }

    /// An empty database, dropped with the value.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn empty(&self) -> Result<Database> {
        self.create("template0").await
    }

    /// A copy of a database that `migrate` has prepared, dropped with the value.
    ///
    /// `migrate` is called once for each `key` and server, whichever test comes first, with the URL of an empty
    /// database; it must close its connections. The key stands for what `migrate` does: a hash of the migrations.
    ///
    /// # Errors
    /// When the server cannot be reached, or `migrate` fails.
    pub async fn migrated(
        &self,
        key: &str,
        migrate: impl AsyncFnOnce(String) -> Result<()>,
    ) -> Result<Database> {
        let template = format!("template_{}", &hex(key)[..24]);
        let mut admin = self.admin().await?;
        if !is_finished(&mut admin, &template).await? {
            self.make_template(&mut admin, &template, migrate).await?;
        }
        admin.close().await?;
        self.create(&template).await
    }

    /// Makes the template under a lock, so that one test makes it while the others wait.
    async fn make_template(
        &self,
        admin: &mut PgConnection,
        template: &str,
        migrate: impl AsyncFnOnce(String) -> Result<()>,
    ) -> Result<()> {
        // Given back when the connection ends, so also when this test dies on the way.
        sqlx::query("SELECT pg_advisory_lock(hashtext($1))").bind(template).execute(&mut *admin).await?;
        if is_finished(admin, template).await? {
            return Ok(());
        }
        // What a test that died on the way left behind.
        run(admin, format!("DROP DATABASE IF EXISTS {template} WITH (FORCE)")).await?;
        run(admin, format!("CREATE DATABASE {template} TEMPLATE template0")).await?;
        migrate(self.url_of(template)).await.context("migrating the template database")?;
        run(admin, format!("ALTER DATABASE {template} IS_TEMPLATE true ALLOW_CONNECTIONS false")).await?;
        sqlx::query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1")
            .bind(template)
            .execute(admin)
            .await?;
        Ok(())
    }

    async fn create(&self, template: &str) -> Result<Database> {
        let name = format!("test_{}", new_name());
        let mut admin = self.admin().await?;
        run(&mut admin, format!("CREATE DATABASE {name} TEMPLATE {template}")).await?;
        admin.close().await?;
        Ok(Database::new(self.url_of(&name), name, self.clone()))
    }

    async fn drop_database(&self, name: &str) -> Result<()> {
        let mut admin = self.admin().await?;
        run(&mut admin, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
        Ok(admin.close().await?)
    }

    async fn admin(&self) -> Result<PgConnection> {
        PgConnection::connect(&self.admin_url).await.context("connecting to the PostgreSQL of the tests")
    }

    fn url_of(&self, database: &str) -> String {
        let server = self.admin_url.rsplit_once('/').map_or(&*self.admin_url, |(server, _)| server);
        format!("{server}/{database}")
    }
}

#[expect(clippy::disallowed_methods, reason = "names of throw-away databases need not be repeatable")]
fn new_name() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

async fn is_finished(admin: &mut PgConnection, template: &str) -> Result<bool> {
    let found = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate")
        .bind(template)
        .fetch_optional(admin)
        .await?;
    Ok(found.is_some())
}

/// Statements about databases take no parameters; the names in them are made of hexadecimal digits here.
async fn run(admin: &mut PgConnection, statement: String) -> Result<()> {
    admin.execute(AssertSqlSafe(statement)).await?;
    Ok(())
}

fn hex(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
