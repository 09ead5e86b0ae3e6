//! Units and what they were called and where they hung.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use varde_model::{
    ids::{OrganisationId, UnitId, UnitPeriodId},
    people::{Period, Unit, UnitKind, UnitPeriod},
};

use crate::{
    Conn, Fault, Result, Tx,
    entity::{unit, unit_period},
    error::one_row,
    store::sealed::Raw,
};

impl From<unit::Model> for Unit {
    fn from(row: unit::Model) -> Self {
        Self { id: UnitId(row.id), code: row.code }
    }
}

impl TryFrom<unit_period::Model> for UnitPeriod {
    type Error = Fault;

    fn try_from(row: unit_period::Model) -> Result<Self> {
        Ok(Self {
            id: UnitPeriodId(row.id),
            unit: UnitId(row.unit_id),
            name: row.name,
            kind: UnitKind::from_key(&row.kind)
                .ok_or_else(|| Fault::stored("unit_period.kind", &row.kind))?,
            parent: row.parent_id.map(UnitId),
            period: Period { from: row.valid_from, to: row.valid_to },
        })
    }
}

/// Every unit, by code.
pub async fn all(conn: &impl Conn, org: OrganisationId) -> Result<Vec<Unit>> {
    let rows = unit::Entity::find()
        .filter(unit::Column::OrganisationId.eq(org.0))
        .order_by_asc(unit::Column::Code)
        .all(conn.raw())
        .await?;
    Ok(rows.into_iter().map(Unit::from).collect())
}

/// Every description of every unit, oldest first.
pub async fn periods(conn: &impl Conn, org: OrganisationId) -> Result<Vec<UnitPeriod>> {
    let rows = unit_period::Entity::find()
        .filter(unit_period::Column::OrganisationId.eq(org.0))
        .order_by_asc(unit_period::Column::ValidFrom)
        .order_by_asc(unit_period::Column::Id)
        .all(conn.raw())
        .await?;
    rows.into_iter().map(UnitPeriod::try_from).collect()
}

/// The unit with that code.
pub async fn find_by_code(conn: &impl Conn, org: OrganisationId, code: &str) -> Result<Option<Unit>> {
    let found = unit::Entity::find()
        .filter(unit::Column::OrganisationId.eq(org.0))
        .filter(unit::Column::Code.eq(code))
        .one(conn.raw())
        .await?;
    Ok(found.map(Unit::from))
}

/// Adds units; their descriptions follow, as one may hang under another of the same batch.
///
/// # Errors
/// A code is taken (a unique violation).
pub async fn insert(tx: &Tx, org: OrganisationId, new: &[Unit], now: DateTime<Utc>) -> Result<()> {
    for chunk in new.chunks(500) {
        let rows = chunk.iter().map(|unit| unit::ActiveModel {
            id: Set(unit.id.0),
            organisation_id: Set(org.0),
            code: Set(unit.code.clone()),
            created_at: Set(now),
        });
        unit::Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

/// Adds descriptions.
pub async fn insert_periods(tx: &Tx, org: OrganisationId, new: &[UnitPeriod]) -> Result<()> {
    for chunk in new.chunks(500) {
        let rows = chunk.iter().map(|period| unit_period::ActiveModel {
            id: Set(period.id.0),
            organisation_id: Set(org.0),
            unit_id: Set(period.unit.0),
            name: Set(period.name.clone()),
            kind: Set(period.kind.key().to_owned()),
            parent_id: Set(period.parent.map(|parent| parent.0)),
            valid_from: Set(period.period.from),
            valid_to: Set(period.period.to),
        });
        unit_period::Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

/// Writes a description as it is to be.
pub async fn update_period(tx: &Tx, org: OrganisationId, period: &UnitPeriod) -> Result<()> {
    let done = unit_period::Entity::update_many()
        .col_expr(unit_period::Column::Name, Expr::value(period.name.clone()))
        .col_expr(unit_period::Column::Kind, Expr::value(period.kind.key()))
        .col_expr(unit_period::Column::ParentId, Expr::value(period.parent.map(|parent| parent.0)))
        .col_expr(unit_period::Column::ValidFrom, Expr::value(period.period.from))
        .col_expr(unit_period::Column::ValidTo, Expr::value(period.period.to))
        .filter(unit_period::Column::Id.eq(period.id.0))
        .filter(unit_period::Column::OrganisationId.eq(org.0))
        .exec(tx.raw())
        .await?;
    one_row("unit_period.update", done.rows_affected)
}
