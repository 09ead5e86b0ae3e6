//! Experienced leaders who support those who try the role out.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;
use varde_model::ids::{EnrolmentId, OrganisationId, PersonId};

use crate::{
    Conn, Result, Tx,
    entity::{
        enrolment,
        supporter::{ActiveModel, Column as C, Entity, Model},
    },
    store::sealed::Raw,
};

/// Somebody who supports one with a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Supporter {
    /// Permanent id; another supporter is another one.
    pub id: Uuid,
    /// Whose place.
    pub enrolment: EnrolmentId,
    /// Who supports.
    pub person: PersonId,
    /// Since when.
    pub since: DateTime<Utc>,
}

impl From<Model> for Supporter {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            enrolment: EnrolmentId(row.enrolment_id),
            person: PersonId(row.person_id),
            since: row.since,
        }
    }
}

/// Writes who supports a place, in place of whoever did.
pub async fn put(tx: &Tx, org: OrganisationId, new: &Supporter) -> Result<()> {
    clear(tx, org, new.enrolment).await?;
    let row = ActiveModel {
        id: Set(new.id),
        organisation_id: Set(org.0),
        enrolment_id: Set(new.enrolment.0),
        person_id: Set(new.person.0),
        since: Set(new.since),
    };
    Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Takes a supporter back.
pub async fn clear(tx: &Tx, org: OrganisationId, enrolment: EnrolmentId) -> Result<()> {
    Entity::delete_many()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::EnrolmentId.eq(enrolment.0))
        .exec(tx.raw())
        .await?;
    Ok(())
}

/// Who supports these places, in no order.
pub async fn of_enrolments(
    conn: &impl Conn,
    org: OrganisationId,
    enrolments: &[EnrolmentId],
) -> Result<Vec<Supporter>> {
    let mut found = Vec::new();
    for chunk in enrolments.chunks(500) {
        let rows = Entity::find()
            .filter(C::OrganisationId.eq(org.0))
            .filter(C::EnrolmentId.is_in(chunk.iter().map(|id| id.0)))
            .all(conn.raw())
            .await?;
        found.extend(rows.into_iter().map(Supporter::from));
    }
    Ok(found)
}

/// Who supports somebody with a seat in a cohort that is not over, with whom; by id.
pub async fn standing(conn: &impl Conn, org: OrganisationId) -> Result<Vec<(Supporter, PersonId)>> {
    let rows = Entity::find().filter(C::OrganisationId.eq(org.0)).order_by_asc(C::Id).all(conn.raw()).await?;
    let mut found = Vec::with_capacity(rows.len());
    for chunk in rows.chunks(500) {
        let places = enrolment::Entity::find()
            .filter(enrolment::Column::OrganisationId.eq(org.0))
            .filter(enrolment::Column::State.eq("enrolled"))
            .filter(enrolment::Column::Id.is_in(chunk.iter().map(|row| row.enrolment_id)))
            .all(conn.raw())
            .await?;
        found.extend(chunk.iter().filter_map(|row| {
            let place = places.iter().find(|place| place.id == row.enrolment_id)?;
            Some((Supporter::from(row.clone()), PersonId(place.person_id)))
        }));
    }
    Ok(found)
}
