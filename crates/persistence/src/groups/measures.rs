//! Benefits and measures of leader groups.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use varde_model::{
    groups::{Measure, MeasureKind},
    ids::{LeaderGroupId, MeasureId, OrganisationId, PersonId},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::measure::{ActiveModel, Column as C, Entity, Model},
    error::one_row,
    store::sealed::Raw,
};

impl TryFrom<Model> for Measure {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            id: MeasureId(row.id),
            group: LeaderGroupId(row.leader_group_id),
            kind: MeasureKind::from_name(&row.kind)
                .ok_or_else(|| Fault::stored("measure.kind", &row.kind))?,
            text: row.text,
            indicator: row.indicator,
            baseline: row.baseline,
            target: row.target,
            owner: PersonId(row.owner_id),
            due: row.due_on,
            version: uint(row.version),
        })
    }
}

/// Writes a new measure.
pub async fn insert_measure(tx: &Tx, org: OrganisationId, new: &Measure, now: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        leader_group_id: Set(new.group.0),
        kind: Set(new.kind.as_str().to_owned()),
        text: Set(new.text.clone()),
        indicator: Set(new.indicator.clone()),
        baseline: Set(new.baseline.clone()),
        target: Set(new.target.clone()),
        owner_id: Set(new.owner.0),
        due_on: Set(new.due),
        version: Set(int(new.version)),
        created_at: Set(now),
    };
    Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Writes a changed measure and counts its version up.
pub async fn update_measure(tx: &Tx, org: OrganisationId, changed: &Measure) -> Result<()> {
    let done = Entity::update_many()
        .col_expr(C::Kind, Expr::value(changed.kind.as_str()))
        .col_expr(C::Text, Expr::value(changed.text.as_str()))
        .col_expr(C::Indicator, Expr::value(changed.indicator.clone()))
        .col_expr(C::Baseline, Expr::value(changed.baseline.clone()))
        .col_expr(C::Target, Expr::value(changed.target.clone()))
        .col_expr(C::OwnerId, Expr::value(changed.owner.0))
        .col_expr(C::DueOn, Expr::value(changed.due))
        .col_expr(C::Version, Expr::value(int(changed.version + 1)))
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Id.eq(changed.id.0))
        .filter(C::Version.eq(int(changed.version)))
        .exec(tx.raw())
        .await?;
    one_row("measure.update", done.rows_affected)
}

/// Removes a measure that nobody was asked about.
pub async fn delete_measure(tx: &Tx, org: OrganisationId, id: MeasureId) -> Result<()> {
    let done = Entity::delete_many()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Id.eq(id.0))
        .exec(tx.raw())
        .await?;
    one_row("measure.delete", done.rows_affected)
}

/// One measure.
pub async fn find_measure(conn: &impl Conn, org: OrganisationId, id: MeasureId) -> Result<Option<Measure>> {
    Ok(find_measures(conn, org, &[id]).await?.pop())
}

/// The measures of those ids that exist, in no order.
pub async fn find_measures(conn: &impl Conn, org: OrganisationId, ids: &[MeasureId]) -> Result<Vec<Measure>> {
    let rows = Entity::find()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Id.is_in(ids.iter().map(|id| id.0)))
        .all(conn.raw())
        .await?;
    rows.into_iter().map(Measure::try_from).collect()
}

/// The measures of groups, in the order in which they were agreed on.
pub async fn measures(
    conn: &impl Conn,
    org: OrganisationId,
    groups: &[LeaderGroupId],
) -> Result<Vec<Measure>> {
    let mut found = Vec::new();
    for chunk in groups.chunks(500) {
        let rows = Entity::find()
            .filter(C::OrganisationId.eq(org.0))
            .filter(C::LeaderGroupId.is_in(chunk.iter().map(|id| id.0)))
            .order_by_asc(C::LeaderGroupId)
            .order_by_asc(C::Id)
            .all(conn.raw())
            .await?;
        for row in rows {
            found.push(Measure::try_from(row)?);
        }
    }
    Ok(found)
}
