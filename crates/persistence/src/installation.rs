//! Where this database belongs: the one row by which a restored copy is known.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

use crate::{Conn, Result, Tx, entity::installation, error::one_row, store::sealed::Raw};

/// The recorded installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// The row.
    pub id: Uuid,
    /// The address that people reached it at, without a slash at the end.
    pub public_url: String,
}

/// The recorded installation; None in a new database.
pub async fn find(conn: &impl Conn) -> Result<Option<Installation>> {
    // Two processes that start together on a new database may both have written one: the first counts.
    let row = installation::Entity::find().order_by_asc(installation::Column::Id).one(conn.raw()).await?;
    Ok(row.map(|row| Installation { id: row.id, public_url: row.public_url }))
}

/// Records the installation of a new database.
pub async fn insert(tx: &Tx, new: &Installation, now: DateTime<Utc>) -> Result<()> {
    let row = installation::ActiveModel {
        id: Set(new.id),
        public_url: Set(new.public_url.clone()),
        recorded_at: Set(now),
    };
    installation::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Records that the database belongs elsewhere now.
pub async fn update(tx: &Tx, changed: &Installation, now: DateTime<Utc>) -> Result<()> {
    let done = installation::Entity::update_many()
        .col_expr(installation::Column::PublicUrl, Expr::value(changed.public_url.clone()))
        .col_expr(installation::Column::RecordedAt, Expr::value(now))
        .filter(installation::Column::Id.eq(changed.id))
        .exec(tx.raw())
        .await?;
    one_row("installation.update", done.rows_affected)
}
