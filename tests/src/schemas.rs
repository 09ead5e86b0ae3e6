//! Both databases' schemas as snapshots: a migration shows its whole effect on each, and nothing else.

use anyhow::Result;
use sqlx::{Connection, PgConnection, Row, SqliteConnection};
use varde_persistence::{Store, StoreOptions};
use varde_testkit::postgres::Postgres;

async fn migrate(url: &str) -> Result<()> {
    let store = Store::connect(&StoreOptions { url: url.to_owned(), max_connections: 2 }).await?;
    store.migrate().await?;
    assert_eq!(store.pending_migrations().await?, Vec::<String>::new());
    store.migrate().await?;
    Ok(store.close().await?)
}

#[tokio::test]
async fn the_schema_of_sqlite() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite://{}", folder.path().join("varde.db").display());
    migrate(&url).await?;
    let mut connection = SqliteConnection::connect(&url).await?;
    let rows = sqlx::query("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'seaql%' ORDER BY tbl_name, type DESC, name")
        .fetch_all(&mut connection)
        .await?;
    let statements: Vec<String> =
        rows.iter().map(|row| row.get::<String, _>(0).replace(", \"", ",\n  \"")).collect();
    insta::assert_snapshot!("sqlite", statements.join(";\n"));
    Ok(())
}

#[tokio::test]
async fn the_schema_of_postgresql() -> Result<()> {
    let database = Postgres::shared().await?.empty().await?;
    migrate(database.url()).await?;
    let mut connection = PgConnection::connect(database.url()).await?;
    let lines = "
        SELECT line FROM (
            SELECT table_name AS t, 0 AS kind, lpad(ordinal_position::text, 3, '0') AS part, format('%s.%s %s%s', table_name, column_name, data_type,
                CASE WHEN is_nullable = 'NO' THEN ' not null' ELSE '' END) || coalesce(' default ' || column_default, '') AS line
            FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL
            SELECT tablename, 1, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL
            SELECT conrelid::regclass::text, 2, conname, format('%s: %s', conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype = 'f'
        ) AS all_lines WHERE t NOT LIKE 'seaql%' ORDER BY t, kind, part COLLATE \"C\"";
    let rows = sqlx::query(lines).fetch_all(&mut connection).await?;
    let lines: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert!(lines.iter().all(|line| !line.contains(" default ")), "no default: time and ids are arguments");
    insta::assert_snapshot!("postgresql", lines.join("\n"));
    connection.close().await?;
    Ok(())
}
