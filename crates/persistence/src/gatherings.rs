//! Gatherings, and what leaders answered about them and how they attended.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;
use varde_model::{
    gathering::{Attendance, Gathering, GatheringAnswer, Presence},
    ids::{CohortId, EnrolmentId, GatheringId, LeaderGroupId, OrganisationId},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::{attendance, gathering, gathering_answer},
    error::one_row,
    store::sealed::Raw,
};

impl TryFrom<gathering::Model> for Gathering {
    type Error = Fault;

    fn try_from(row: gathering::Model) -> Result<Self> {
        Ok(Self {
            id: GatheringId(row.id),
            cohort: CohortId(row.cohort_id),
            position: uint(row.position),
            title: serde_json::from_value(row.title)
                .map_err(|error| Fault::stored("gathering.title", error))?,
            date: row.local_date,
            starts: row.local_start,
            ends: row.local_end,
            zone: row.zone.parse().map_err(|error| Fault::stored("gathering.zone", error))?,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            place: row.place,
            room: row.room,
            link: row.link,
            cancelled: row.cancelled,
            sequence: uint(row.sequence),
            version: uint(row.version),
            blocks: serde_json::from_value(row.blocks)
                .map_err(|error| Fault::stored("gathering.blocks", error))?,
            former: row
                .former
                .map(serde_json::from_value)
                .transpose()
                .map_err(|error| Fault::stored("gathering.former", error))?
                .unwrap_or_default(),
            cancel_reason: row.cancel_reason,
            group: row.leader_group_id.map(LeaderGroupId),
        })
    }
}

fn json<T: serde::Serialize>(what: &'static str, value: &T) -> Result<serde_json::Value> {
    serde_json::to_value(value).map_err(|error| Fault::stored(what, error))
}

fn former_json(gathering: &Gathering) -> Result<Option<serde_json::Value>> {
    (!gathering.former.is_empty()).then(|| json("gathering.former", &gathering.former)).transpose()
}

/// Writes new gatherings.
pub async fn insert_many(tx: &Tx, org: OrganisationId, new: &[Gathering]) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let mut rows = Vec::with_capacity(new.len());
    for gathering in new {
        rows.push(gathering::ActiveModel {
            id: Set(gathering.id.0),
            organisation_id: Set(org.0),
            cohort_id: Set(gathering.cohort.0),
            position: Set(int(gathering.position)),
            title: Set(json("gathering.title", &gathering.title)?),
            local_date: Set(gathering.date),
            local_start: Set(gathering.starts),
            local_end: Set(gathering.ends),
            zone: Set(gathering.zone.name().to_owned()),
            starts_at: Set(gathering.starts_at),
            ends_at: Set(gathering.ends_at),
            place: Set(gathering.place.clone()),
            room: Set(gathering.room.clone()),
            link: Set(gathering.link.clone()),
            cancelled: Set(gathering.cancelled),
            sequence: Set(int(gathering.sequence)),
            version: Set(int(gathering.version)),
            blocks: Set(json("gathering.blocks", &gathering.blocks)?),
            former: Set(former_json(gathering)?),
            cancel_reason: Set(gathering.cancel_reason.clone()),
            leader_group_id: Set(gathering.group.map(|group| group.0)),
        });
    }
    gathering::Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Writes every field of a changed gathering and counts its version up.
pub async fn update(tx: &Tx, org: OrganisationId, changed: &Gathering) -> Result<()> {
    use gathering::Column as C;
    let done = gathering::Entity::update_many()
        .col_expr(C::Title, Expr::value(json("gathering.title", &changed.title)?))
        .col_expr(C::LocalDate, Expr::value(changed.date))
        .col_expr(C::LocalStart, Expr::value(changed.starts))
        .col_expr(C::LocalEnd, Expr::value(changed.ends))
        .col_expr(C::Zone, Expr::value(changed.zone.name()))
        .col_expr(C::StartsAt, Expr::value(changed.starts_at))
        .col_expr(C::EndsAt, Expr::value(changed.ends_at))
        .col_expr(C::Place, Expr::value(changed.place.clone()))
        .col_expr(C::Room, Expr::value(changed.room.clone()))
        .col_expr(C::Link, Expr::value(changed.link.clone()))
        .col_expr(C::Cancelled, Expr::value(changed.cancelled))
        .col_expr(C::Sequence, Expr::value(int(changed.sequence)))
        .col_expr(C::Version, Expr::value(int(changed.version + 1)))
        .col_expr(C::Blocks, Expr::value(json("gathering.blocks", &changed.blocks)?))
        .col_expr(C::Former, Expr::value(former_json(changed)?))
        .col_expr(C::CancelReason, Expr::value(changed.cancel_reason.clone()))
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Id.eq(changed.id.0))
        .filter(C::Version.eq(int(changed.version)))
        .exec(tx.raw())
        .await?;
    one_row("gathering.update", done.rows_affected)
}

/// Removes a gathering that nobody was told of.
pub async fn delete(tx: &Tx, org: OrganisationId, id: GatheringId) -> Result<()> {
    let done = gathering::Entity::delete_many()
        .filter(gathering::Column::OrganisationId.eq(org.0))
        .filter(gathering::Column::Id.eq(id.0))
        .exec(tx.raw())
        .await?;
    one_row("gathering.delete", done.rows_affected)
}

/// One gathering.
pub async fn find(conn: &impl Conn, org: OrganisationId, id: GatheringId) -> Result<Option<Gathering>> {
    let found = gathering::Entity::find_by_id(id.0)
        .filter(gathering::Column::OrganisationId.eq(org.0))
        .one(conn.raw())
        .await?;
    found.map(Gathering::try_from).transpose()
}

/// Several gatherings, in no order.
pub async fn find_many(conn: &impl Conn, org: OrganisationId, ids: &[GatheringId]) -> Result<Vec<Gathering>> {
    let rows = gathering::Entity::find()
        .filter(gathering::Column::OrganisationId.eq(org.0))
        .filter(gathering::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(conn.raw())
        .await?;
    rows.into_iter().map(Gathering::try_from).collect()
}

/// The gatherings of cohorts, by begin.
pub async fn of_cohorts(
    conn: &impl Conn,
    org: OrganisationId,
    cohorts: &[CohortId],
) -> Result<Vec<Gathering>> {
    let rows = gathering::Entity::find()
        .filter(gathering::Column::OrganisationId.eq(org.0))
        .filter(gathering::Column::CohortId.is_in(cohorts.iter().map(|id| id.0)))
        .order_by_asc(gathering::Column::StartsAt)
        .order_by_asc(gathering::Column::Position)
        .all(conn.raw())
        .await?;
    rows.into_iter().map(Gathering::try_from).collect()
}

/// Writes whether a leader comes to a gathering; the last word counts. The row's id is given.
pub async fn put_answer(tx: &Tx, org: OrganisationId, id: Uuid, answer: &GatheringAnswer) -> Result<()> {
    use gathering_answer::Column as C;
    let row = gathering_answer::ActiveModel {
        id: Set(id),
        organisation_id: Set(org.0),
        gathering_id: Set(answer.gathering.0),
        enrolment_id: Set(answer.enrolment.0),
        coming: Set(answer.coming),
        answered_at: Set(answer.answered_at),
    };
    let last_word = OnConflict::columns([C::GatheringId, C::EnrolmentId])
        .update_columns([C::Coming, C::AnsweredAt])
        .to_owned();
    gathering_answer::Entity::insert(row).on_conflict(last_word).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Forgets the answers about a gathering that moved to another day: they were about the old one.
pub async fn clear_answers(tx: &Tx, org: OrganisationId, gathering: GatheringId) -> Result<u64> {
    let done = gathering_answer::Entity::delete_many()
        .filter(gathering_answer::Column::OrganisationId.eq(org.0))
        .filter(gathering_answer::Column::GatheringId.eq(gathering.0))
        .exec(tx.raw())
        .await?;
    Ok(done.rows_affected)
}

/// What leaders answered about gatherings.
pub async fn answers(
    conn: &impl Conn,
    org: OrganisationId,
    gatherings: &[GatheringId],
) -> Result<Vec<GatheringAnswer>> {
    let rows = gathering_answer::Entity::find()
        .filter(gathering_answer::Column::OrganisationId.eq(org.0))
        .filter(gathering_answer::Column::GatheringId.is_in(gatherings.iter().map(|id| id.0)))
        .all(conn.raw())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| GatheringAnswer {
            gathering: GatheringId(row.gathering_id),
            enrolment: EnrolmentId(row.enrolment_id),
            coming: row.coming,
            answered_at: row.answered_at,
        })
        .collect())
}

/// Records attendance; the last record counts. The rows' ids are given.
pub async fn put_attendance(tx: &Tx, org: OrganisationId, records: &[(Uuid, Attendance)]) -> Result<()> {
    use attendance::Column as C;
    for chunk in records.chunks(500) {
        let rows = chunk.iter().map(|(id, record)| attendance::ActiveModel {
            id: Set(*id),
            organisation_id: Set(org.0),
            gathering_id: Set(record.gathering.0),
            enrolment_id: Set(record.enrolment.0),
            presence: Set(record.presence.as_str().to_owned()),
            recorded_at: Set(record.recorded_at),
        });
        let last_word = OnConflict::columns([C::GatheringId, C::EnrolmentId])
            .update_columns([C::Presence, C::RecordedAt])
            .to_owned();
        attendance::Entity::insert_many(rows).on_conflict(last_word).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

/// Takes records of attendance back: not recorded.
pub async fn clear_attendance(
    tx: &Tx,
    org: OrganisationId,
    gathering: GatheringId,
    enrolments: &[EnrolmentId],
) -> Result<()> {
    attendance::Entity::delete_many()
        .filter(attendance::Column::OrganisationId.eq(org.0))
        .filter(attendance::Column::GatheringId.eq(gathering.0))
        .filter(attendance::Column::EnrolmentId.is_in(enrolments.iter().map(|id| id.0)))
        .exec(tx.raw())
        .await?;
    Ok(())
}

/// Recorded attendance at gatherings.
pub async fn attendance(
    conn: &impl Conn,
    org: OrganisationId,
    gatherings: &[GatheringId],
) -> Result<Vec<Attendance>> {
    let rows = attendance::Entity::find()
        .filter(attendance::Column::OrganisationId.eq(org.0))
        .filter(attendance::Column::GatheringId.is_in(gatherings.iter().map(|id| id.0)))
        .all(conn.raw())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Attendance {
                gathering: GatheringId(row.gathering_id),
                enrolment: EnrolmentId(row.enrolment_id),
                presence: Presence::from_name(&row.presence)
                    .ok_or_else(|| Fault::stored("attendance.presence", &row.presence))?,
                recorded_at: row.recorded_at,
            })
        })
        .collect()
}
