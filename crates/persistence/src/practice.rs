//! What was tried out between gatherings: that it was done, and nothing more.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict};
use uuid::Uuid;
use varde_model::ids::{EnrolmentId, OrganisationId};

use crate::{
    Conn, Result, Tx,
    entity::practice_done::{ActiveModel, Column as C, Entity},
    store::sealed::Raw,
};

/// A task that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PracticeDone {
    /// Whose place it belongs to.
    pub enrolment: EnrolmentId,
    /// The task's key.
    pub task: String,
    /// When it was told.
    pub done_at: DateTime<Utc>,
}

/// Writes that a task was done; what was told before stays. The row's id is given.
pub async fn put(tx: &Tx, org: OrganisationId, id: Uuid, done: &PracticeDone) -> Result<()> {
    let row = ActiveModel {
        id: Set(id),
        organisation_id: Set(org.0),
        enrolment_id: Set(done.enrolment.0),
        task: Set(done.task.clone()),
        done_at: Set(done.done_at),
    };
    Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx.raw())
        .await?;
    Ok(())
}

/// Takes back that a task was done.
pub async fn clear(tx: &Tx, org: OrganisationId, enrolment: EnrolmentId, task: &str) -> Result<()> {
    Entity::delete_many()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::EnrolmentId.eq(enrolment.0))
        .filter(C::Task.eq(task))
        .exec(tx.raw())
        .await?;
    Ok(())
}

/// What was done at places, by task.
pub async fn of_enrolments(
    conn: &impl Conn,
    org: OrganisationId,
    enrolments: &[EnrolmentId],
) -> Result<Vec<PracticeDone>> {
    let mut found = Vec::new();
    for chunk in enrolments.chunks(500) {
        let rows = Entity::find()
            .filter(C::OrganisationId.eq(org.0))
            .filter(C::EnrolmentId.is_in(chunk.iter().map(|id| id.0)))
            .order_by_asc(C::Task)
            .all(conn.raw())
            .await?;
        found.extend(rows.into_iter().map(|row| PracticeDone {
            enrolment: EnrolmentId(row.enrolment_id),
            task: row.task,
            done_at: row.done_at,
        }));
    }
    Ok(found)
}
