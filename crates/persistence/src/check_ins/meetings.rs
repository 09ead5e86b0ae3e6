//! When and where the two of a check-in mean to meet.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;
use varde_model::{
    check_in::Meeting,
    ids::{CheckInId, OrganisationId},
};

use crate::{
    Conn, Result, Tx,
    convert::{int, uint},
    entity::check_in_meeting::{ActiveModel, Column as C, Entity, Model},
    error::one_row,
    store::sealed::Raw,
};

impl From<Model> for Meeting {
    fn from(row: Model) -> Self {
        Self {
            check_in: CheckInId(row.check_in_id),
            starts_at: row.starts_at,
            minutes: u16::try_from(row.minutes).unwrap_or(u16::MAX),
            place: row.place,
            link: row.link,
            sequence: uint(row.sequence),
            called_off: row.called_off,
        }
    }
}

/// Writes the meeting of a check-in, which is locked: the first, or in the place of the one that stands. `id` is for the first.
pub async fn put(tx: &Tx, org: OrganisationId, id: Uuid, meeting: &Meeting) -> Result<()> {
    let row = ActiveModel {
        id: Set(id),
        organisation_id: Set(org.0),
        check_in_id: Set(meeting.check_in.0),
        starts_at: Set(meeting.starts_at),
        minutes: Set(i32::from(meeting.minutes)),
        place: Set(meeting.place.clone()),
        link: Set(meeting.link.clone()),
        sequence: Set(int(meeting.sequence)),
        called_off: Set(meeting.called_off),
    };
    let changed = [C::StartsAt, C::Minutes, C::Place, C::Link, C::Sequence, C::CalledOff];
    let again = OnConflict::column(C::CheckInId).update_columns(changed).to_owned();
    let written = Entity::insert_many([row]).on_conflict(again).exec_without_returning(tx.raw()).await?;
    one_row("check_in_meeting.put", written)
}

/// The meetings of check-ins, those that were called off too.
pub async fn of(conn: &impl Conn, org: OrganisationId, check_ins: &[CheckInId]) -> Result<Vec<Meeting>> {
    let mut found = Vec::new();
    for chunk in check_ins.chunks(500) {
        let own = Entity::find().filter(C::OrganisationId.eq(org.0));
        let rows = own.filter(C::CheckInId.is_in(chunk.iter().map(|id| id.0))).all(conn.raw()).await?;
        found.extend(rows.into_iter().map(Meeting::from));
    }
    Ok(found)
}
