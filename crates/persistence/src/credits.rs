//! The credits that places gave.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;
use varde_model::{
    credits::{Credits, PlaceCredits},
    ids::{EnrolmentId, OrganisationId, PersonId},
};

use crate::{
    Conn, Result, Tx,
    convert::{int, uint},
    entity::place_credits::{ActiveModel, Column as C, Entity, Model},
    store::sealed::Raw,
};

impl From<Model> for PlaceCredits {
    fn from(row: Model) -> Self {
        Self {
            enrolment: EnrolmentId(row.enrolment_id),
            person: PersonId(row.person_id),
            credits: Credits { tenths: uint(row.tenths) },
            by_hand: row.by_hand,
            recorded_at: row.recorded_at,
        }
    }
}

/// Writes what a place gave; the last word counts. The row's id is given.
pub async fn put(tx: &Tx, org: OrganisationId, id: Uuid, new: &PlaceCredits) -> Result<()> {
    let row = ActiveModel {
        id: Set(id),
        organisation_id: Set(org.0),
        enrolment_id: Set(new.enrolment.0),
        person_id: Set(new.person.0),
        tenths: Set(int(new.credits.tenths)),
        by_hand: Set(new.by_hand),
        recorded_at: Set(new.recorded_at),
    };
    let last_word =
        OnConflict::column(C::EnrolmentId).update_columns([C::Tenths, C::ByHand, C::RecordedAt]).to_owned();
    Entity::insert(row).on_conflict(last_word).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Takes back what a place gave.
pub async fn clear(tx: &Tx, org: OrganisationId, enrolment: EnrolmentId) -> Result<()> {
    Entity::delete_many()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::EnrolmentId.eq(enrolment.0))
        .exec(tx.raw())
        .await?;
    Ok(())
}

/// What places gave, in no order.
pub async fn of_enrolments(
    conn: &impl Conn,
    org: OrganisationId,
    enrolments: &[EnrolmentId],
) -> Result<Vec<PlaceCredits>> {
    let mut found = Vec::new();
    for chunk in enrolments.chunks(500) {
        let rows = Entity::find()
            .filter(C::OrganisationId.eq(org.0))
            .filter(C::EnrolmentId.is_in(chunk.iter().map(|id| id.0)))
            .all(conn.raw())
            .await?;
        found.extend(rows.into_iter().map(PlaceCredits::from));
    }
    Ok(found)
}
