//! Where this database belongs: the one row by which a restored copy is known.

use std::os::unix::fs::MetadataExt as _;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait as _, DbBackend, DbErr, EntityTrait, QueryFilter,
    QueryOrder, Statement, sea_query::Expr,
};
use uuid::Uuid;

use crate::{Conn, Result, Tx, entity::installation, error::one_row, store::sealed::Raw};

/// The recorded installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// The row.
    pub id: Uuid,
    /// The address that people reached it at, without a slash at the end.
    pub public_url: String,
    /// Where the database lay; see [`lies_at`].
    pub lies_at: String,
}

/// The recorded installation; None in a new database.
pub async fn find(conn: &impl Conn) -> Result<Option<Installation>> {
    // Two processes that start together on a new database may both have written one: the first counts.
    let row = installation::Entity::find().order_by_asc(installation::Column::Id).one(conn.raw()).await?;
    Ok(row.map(|row| Installation { id: row.id, public_url: row.public_url, lies_at: row.lies_at }))
}

/// Where the database lies, as a mark that a copy of it does not share: the number of SQLite's file in its file system,
/// or the numbers of PostgreSQL's server and of the database in it. What is restored into the same file or database,
/// in place, keeps the mark.
///
/// # Errors
/// The database refused, or its file is gone.
pub async fn lies_at(conn: &impl Conn) -> Result<String> {
    let backend = conn.raw().get_database_backend();
    let ask = match backend {
        DbBackend::Postgres => {
            "SELECT (SELECT system_identifier::text FROM pg_control_system()) || '/' || oid::text \
             FROM pg_database WHERE datname = current_database()"
        }
        _ => "SELECT file FROM pragma_database_list WHERE name = 'main'",
    };
    let row = conn.raw().query_one_raw(Statement::from_string(backend, ask)).await?;
    let told: String =
        row.ok_or(DbErr::RecordNotFound("the database's own place".to_owned()))?.try_get_by(0)?;
    if backend == DbBackend::Postgres {
        return Ok(told);
    }
    let file = std::fs::metadata(&told).map_err(|error| DbErr::Custom(format!("{told}: {error}")))?;
    Ok(file.ino().to_string())
}

/// Records the installation of a new database.
pub async fn insert(tx: &Tx, new: &Installation, now: DateTime<Utc>) -> Result<()> {
    let row = installation::ActiveModel {
        id: Set(new.id),
        public_url: Set(new.public_url.clone()),
        lies_at: Set(new.lies_at.clone()),
        recorded_at: Set(now),
    };
    installation::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Records that the database belongs elsewhere now.
pub async fn update(tx: &Tx, changed: &Installation, now: DateTime<Utc>) -> Result<()> {
    let done = installation::Entity::update_many()
        .col_expr(installation::Column::PublicUrl, Expr::value(changed.public_url.clone()))
        .col_expr(installation::Column::LiesAt, Expr::value(changed.lies_at.clone()))
        .col_expr(installation::Column::RecordedAt, Expr::value(now))
        .filter(installation::Column::Id.eq(changed.id))
        .exec(tx.raw())
        .await?;
    one_row("installation.update", done.rows_affected)
}
