//! Named line managers who count instead of the ones that the tree gives.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use varde_model::{
    ids::{LineManagerOverrideId, OrganisationId, PersonId},
    people::{LineManager, LineManagerOverride, Outsider, Period},
};

use crate::{Conn, Fault, Result, Tx, entity::line_manager_override, error::one_row, store::sealed::Raw};

impl TryFrom<line_manager_override::Model> for LineManagerOverride {
    type Error = Fault;

    fn try_from(row: line_manager_override::Model) -> Result<Self> {
        let manager = match (row.manager_id, row.outside_name, row.outside_email) {
            (Some(person), _, _) => LineManager::Person(PersonId(person)),
            (None, Some(name), Some(email)) => LineManager::Outside(Outsider { name, email }),
            _ => return Err(Fault::stored("line_manager_override", "names nobody")),
        };
        Ok(Self {
            id: LineManagerOverrideId(row.id),
            person: PersonId(row.person_id),
            manager,
            period: Period { from: row.valid_from, to: row.valid_to },
        })
    }
}

/// Every override there was, is or is announced, oldest first.
pub async fn overrides(conn: &impl Conn, org: OrganisationId) -> Result<Vec<LineManagerOverride>> {
    let rows = line_manager_override::Entity::find()
        .filter(line_manager_override::Column::OrganisationId.eq(org.0))
        .order_by_asc(line_manager_override::Column::ValidFrom)
        .all(conn.raw())
        .await?;
    rows.into_iter().map(LineManagerOverride::try_from).collect()
}

/// A person's overrides, oldest first.
pub async fn overrides_of(
    conn: &impl Conn,
    org: OrganisationId,
    person: PersonId,
) -> Result<Vec<LineManagerOverride>> {
    let rows = line_manager_override::Entity::find()
        .filter(line_manager_override::Column::OrganisationId.eq(org.0))
        .filter(line_manager_override::Column::PersonId.eq(person.0))
        .order_by_asc(line_manager_override::Column::ValidFrom)
        .all(conn.raw())
        .await?;
    rows.into_iter().map(LineManagerOverride::try_from).collect()
}

/// Names a line manager.
pub async fn insert_override(
    tx: &Tx,
    org: OrganisationId,
    new: &LineManagerOverride,
    now: DateTime<Utc>,
) -> Result<()> {
    let (manager, outsider) = match &new.manager {
        LineManager::Person(person) => (Some(person.0), None),
        LineManager::Outside(outsider) => (None, Some(outsider.clone())),
    };
    let row = line_manager_override::ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        person_id: Set(new.person.0),
        manager_id: Set(manager),
        outside_name: Set(outsider.as_ref().map(|outsider| outsider.name.clone())),
        outside_email: Set(outsider.map(|outsider| outsider.email)),
        valid_from: Set(new.period.from),
        valid_to: Set(new.period.to),
        created_at: Set(now),
    };
    line_manager_override::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Writes when an override holds.
pub async fn update_override(tx: &Tx, org: OrganisationId, changed: &LineManagerOverride) -> Result<()> {
    let done = line_manager_override::Entity::update_many()
        .col_expr(line_manager_override::Column::ValidFrom, Expr::value(changed.period.from))
        .col_expr(line_manager_override::Column::ValidTo, Expr::value(changed.period.to))
        .filter(line_manager_override::Column::Id.eq(changed.id.0))
        .filter(line_manager_override::Column::OrganisationId.eq(org.0))
        .exec(tx.raw())
        .await?;
    one_row("line_manager_override.update", done.rows_affected)
}
