use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::{Connection, Executor, PgConnection, Row};

use super::Postgres;

async fn numbers_in(url: &str) -> i64 {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let row = connection.fetch_one("SELECT count(*) FROM numbers").await.unwrap();
    row.get(0)
}

async fn make_numbers(url: String) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect(&url).await?;
    connection.execute("CREATE TABLE numbers (n int)").await?;
    connection.execute("INSERT INTO numbers VALUES (1), (2)").await?;
    Ok(connection.close().await?)
}

#[tokio::test]
async fn a_template_is_migrated_once_and_each_test_gets_a_copy_of_its_own() {
    let postgres = Postgres::shared().await.unwrap();
    let calls = AtomicUsize::new(0);
    let key = format!("numbers {}", super::new_name());
    let migrate = async |url| {
        calls.fetch_add(1, Ordering::SeqCst);
        make_numbers(url).await
    };
    let (one, other) = tokio::join!(postgres.migrated(&key, migrate), postgres.migrated(&key, migrate));
    let (one, other) = (one.unwrap(), other.unwrap());

    let mut connection = PgConnection::connect(one.url()).await.unwrap();
    connection.execute("INSERT INTO numbers VALUES (3)").await.unwrap();
    assert_eq!((numbers_in(one.url()).await, numbers_in(other.url()).await), (3, 2));
    assert_eq!(calls.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_failed_migration_leaves_no_template_behind() {
    let postgres = Postgres::shared().await.unwrap();
    let key = super::new_name();
    let failed = postgres.migrated(&key, async |_| anyhow::bail!("no")).await;
    assert!(format!("{:#}", failed.unwrap_err()).contains("migrating the template database: no"));
    let database = postgres.migrated(&key, make_numbers).await.unwrap();
    assert_eq!(numbers_in(database.url()).await, 2);
}

#[tokio::test]
async fn a_dropped_database_is_gone_even_while_someone_is_connected() {
    let postgres = Postgres::shared().await.unwrap();
    let database = postgres.empty().await.unwrap();
    let url = database.url().to_owned();
    let _connection = PgConnection::connect(&url).await.unwrap();
    drop(database);
    let refused = PgConnection::connect(&url).await.unwrap_err();
    assert!(refused.to_string().contains("does not exist"), "{refused}");
}

#[tokio::test]
async fn a_durable_server_keeps_what_was_committed_before_the_power_cut() {
    let postgres = Postgres::durable().await.unwrap();
    let database = postgres.empty().await.unwrap();
    make_numbers(database.url().to_owned()).await.unwrap();
    postgres.crash_and_restart().await.unwrap();
    assert_eq!(numbers_in(database.url()).await, 2);
}
