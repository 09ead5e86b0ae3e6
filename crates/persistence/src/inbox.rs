//! What coordinators have done about the items of their inbox. The items themselves are no rows.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use varde_model::{
    ids::{AccountId, InboxItemId, OrganisationId},
    inbox::Handling,
};

use crate::{Conn, Result, Tx, entity::inbox_state, store::sealed::Raw};

/// What was done about each item that something was done about.
pub async fn all(conn: &impl Conn, org: OrganisationId) -> Result<HashMap<InboxItemId, Handling>> {
    let rows = inbox_state::Entity::find()
        .filter(inbox_state::Column::OrganisationId.eq(org.0))
        .all(conn.raw())
        .await?;
    let read = |row: inbox_state::Model| {
        let handling = Handling {
            assigned_to: row.assigned_to.map(AccountId),
            snoozed_until: row.snoozed_until,
            done_at: row.done_at,
            done_by: row.done_by.map(AccountId),
            note: row.note,
        };
        (InboxItemId(row.id), handling)
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Writes what is done about items now, in place of what was.
pub async fn put(
    tx: &Tx,
    org: OrganisationId,
    changed: &[(InboxItemId, String, Handling)],
    now: DateTime<Utc>,
) -> Result<()> {
    use inbox_state::Column as C;
    for chunk in changed.chunks(500) {
        let rows = chunk.iter().map(|(id, key, handling)| inbox_state::ActiveModel {
            id: Set(id.0),
            organisation_id: Set(org.0),
            item_key: Set(key.clone()),
            assigned_to: Set(handling.assigned_to.map(|account| account.0)),
            snoozed_until: Set(handling.snoozed_until),
            done_at: Set(handling.done_at),
            done_by: Set(handling.done_by.map(|account| account.0)),
            note: Set(handling.note.clone()),
            changed_at: Set(now),
        });
        let again = OnConflict::column(C::Id)
            .update_columns([C::AssignedTo, C::SnoozedUntil, C::DoneAt, C::DoneBy, C::Note, C::ChangedAt])
            .to_owned();
        inbox_state::Entity::insert_many(rows).on_conflict(again).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}
