//! How measures stood when they were followed up.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{ExprTrait, OnConflict},
};
use uuid::Uuid;
use varde_model::{
    groups::{FollowUp, Standing, measures::FollowUpAnswer},
    ids::{LeaderGroupId, MeasureId, OrganisationId, PersonId},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::follow_up::{ActiveModel, Column as C, Entity, Model},
    store::sealed::Raw,
};

impl TryFrom<Model> for FollowUp {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self> {
        let answer = match (&row.standing, row.answered_at) {
            (Some(standing), Some(at)) => Some(FollowUpAnswer {
                standing: Standing::from_name(standing)
                    .ok_or_else(|| Fault::stored("follow_up.standing", standing))?,
                figure: row.figure,
                comment: row.comment,
                at,
            }),
            _ => None,
        };
        Ok(Self {
            measure: MeasureId(row.measure_id),
            group: LeaderGroupId(row.leader_group_id),
            month: uint(row.month),
            asked: row.asked_id.map(PersonId),
            asked_at: row.asked_at,
            escalated_at: row.escalated_at,
            answer,
        })
    }
}

/// Writes follow-ups as they stand; one that is known already is written anew. The rows' ids are given, for new ones.
pub async fn put_follow_ups(tx: &Tx, org: OrganisationId, follow_ups: &[(Uuid, FollowUp)]) -> Result<()> {
    let as_it_stands = OnConflict::columns([C::MeasureId, C::Month])
        .update_columns([
            C::AskedId,
            C::AskedAt,
            C::EscalatedAt,
            C::Standing,
            C::Figure,
            C::Comment,
            C::AnsweredAt,
        ])
        .to_owned();
    for chunk in follow_ups.chunks(500) {
        let rows = chunk.iter().map(|(id, one)| ActiveModel {
            id: Set(*id),
            organisation_id: Set(org.0),
            leader_group_id: Set(one.group.0),
            measure_id: Set(one.measure.0),
            month: Set(int(one.month)),
            asked_id: Set(one.asked.map(|person| person.0)),
            asked_at: Set(one.asked_at),
            escalated_at: Set(one.escalated_at),
            standing: Set(one.answer.as_ref().map(|answer| answer.standing.as_str().to_owned())),
            figure: Set(one.answer.as_ref().and_then(|answer| answer.figure.clone())),
            comment: Set(one.answer.as_ref().and_then(|answer| answer.comment.clone())),
            answered_at: Set(one.answer.as_ref().map(|answer| answer.at)),
        });
        Entity::insert_many(rows).on_conflict(as_it_stands.clone()).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

/// The follow-ups of groups, by month.
pub async fn follow_ups(
    conn: &impl Conn,
    org: OrganisationId,
    groups: &[LeaderGroupId],
) -> Result<Vec<FollowUp>> {
    let mut found = Vec::new();
    for chunk in groups.chunks(500) {
        let rows = Entity::find()
            .filter(C::OrganisationId.eq(org.0))
            .filter(C::LeaderGroupId.is_in(chunk.iter().map(|id| id.0)))
            .order_by_asc(C::Month)
            .order_by_asc(C::Id)
            .all(conn.raw())
            .await?;
        for row in rows {
            found.push(FollowUp::try_from(row)?);
        }
    }
    Ok(found)
}

/// Follow-ups of which the coordinators have heard and that have not been answered, the oldest first.
pub async fn overdue(
    conn: &impl Conn,
    org: OrganisationId,
    after: Option<(DateTime<Utc>, MeasureId)>,
    limit: u64,
) -> Result<Vec<FollowUp>> {
    let mut wanted = Entity::find()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::EscalatedAt.is_not_null())
        .filter(C::AnsweredAt.is_null());
    if let Some((since, measure)) = after {
        let same = C::EscalatedAt.eq(since).and(C::MeasureId.gt(measure.0));
        wanted = wanted.filter(C::EscalatedAt.gt(since).or(same));
    }
    let rows =
        wanted.order_by_asc(C::EscalatedAt).order_by_asc(C::MeasureId).limit(limit).all(conn.raw()).await?;
    rows.into_iter().map(FollowUp::try_from).collect()
}
