//! The trusts' marks.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;
use varde_model::ids::OrganisationId;

use crate::{
    Conn, Result, Tx,
    entity::organisation_logo::{ActiveModel, Column as C, Entity},
    store::sealed::Raw,
};

/// A trust's mark as it was uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLogo {
    /// What kind of image, such as `image/png`.
    pub media_type: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// When it was uploaded.
    pub changed_at: DateTime<Utc>,
}

/// Keeps a mark in place of an earlier one. The row's id is given.
pub async fn put(tx: &Tx, org: OrganisationId, id: Uuid, logo: &StoredLogo) -> Result<()> {
    let row = ActiveModel {
        id: Set(id),
        organisation_id: Set(org.0),
        media_type: Set(logo.media_type.clone()),
        bytes: Set(logo.bytes.clone()),
        changed_at: Set(logo.changed_at),
    };
    let last_word = OnConflict::column(C::OrganisationId)
        .update_columns([C::MediaType, C::Bytes, C::ChangedAt])
        .to_owned();
    Entity::insert(row).on_conflict(last_word).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Takes a mark away.
pub async fn clear(tx: &Tx, org: OrganisationId) -> Result<()> {
    Entity::delete_many().filter(C::OrganisationId.eq(org.0)).exec(tx.raw()).await?;
    Ok(())
}

/// A trust's mark.
pub async fn find(conn: &impl Conn, org: OrganisationId) -> Result<Option<StoredLogo>> {
    let found = Entity::find().filter(C::OrganisationId.eq(org.0)).one(conn.raw()).await?;
    Ok(found.map(|row| StoredLogo {
        media_type: row.media_type,
        bytes: row.bytes,
        changed_at: row.changed_at,
    }))
}
