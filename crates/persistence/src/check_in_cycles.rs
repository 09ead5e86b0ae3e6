//! The years' cycles of check-ins.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use varde_model::{
    check_in::{Cycle, CycleState},
    ids::{CycleId, OrganisationId},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::check_in_cycle::{ActiveModel, Column as C, Entity, Model},
    error::one_row,
    store::sealed::Raw,
};

impl TryFrom<Model> for Cycle {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self> {
        let reminding = serde_json::from_value(row.reminding);
        Ok(Self {
            id: CycleId(row.id),
            code: row.code,
            state: CycleState::from_name(&row.state)
                .ok_or_else(|| Fault::stored("check_in_cycle.state", &row.state))?,
            opens_on: row.opens_on,
            due_on: row.due_on,
            closes_on: row.closes_on,
            least_days: u16::try_from(row.least_days).unwrap_or(u16::MAX),
            reminding: reminding.map_err(|error| Fault::stored("check_in_cycle.reminding", error))?,
            opened_at: row.opened_at,
            closed_at: row.closed_at,
            version: uint(row.version),
        })
    }
}

fn reminding(of: &Cycle) -> Result<serde_json::Value> {
    serde_json::to_value(&of.reminding).map_err(|error| Fault::stored("check_in_cycle.reminding", error))
}

/// Writes a new cycle.
///
/// # Errors
/// Another one has its code (a unique violation).
pub async fn insert(tx: &Tx, org: OrganisationId, new: &Cycle) -> Result<()> {
    let row = ActiveModel {
        id: Set(new.id.0),
        organisation_id: Set(org.0),
        code: Set(new.code.clone()),
        state: Set(new.state.as_str().to_owned()),
        opens_on: Set(new.opens_on),
        due_on: Set(new.due_on),
        closes_on: Set(new.closes_on),
        least_days: Set(i32::from(new.least_days)),
        reminding: Set(reminding(new)?),
        opened_at: Set(new.opened_at),
        closed_at: Set(new.closed_at),
        version: Set(int(new.version)),
    };
    Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// Writes a changed cycle and counts its version up.
pub async fn update(tx: &Tx, org: OrganisationId, changed: &Cycle) -> Result<()> {
    let done = Entity::update_many()
        .col_expr(C::State, Expr::value(changed.state.as_str()))
        .col_expr(C::OpensOn, Expr::value(changed.opens_on))
        .col_expr(C::DueOn, Expr::value(changed.due_on))
        .col_expr(C::ClosesOn, Expr::value(changed.closes_on))
        .col_expr(C::LeastDays, Expr::value(i32::from(changed.least_days)))
        .col_expr(C::Reminding, Expr::value(reminding(changed)?))
        .col_expr(C::OpenedAt, Expr::value(changed.opened_at))
        .col_expr(C::ClosedAt, Expr::value(changed.closed_at))
        .col_expr(C::Version, Expr::value(int(changed.version + 1)))
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Id.eq(changed.id.0))
        .filter(C::Version.eq(int(changed.version)))
        .exec(tx.raw())
        .await?;
    one_row("check_in_cycle.update", done.rows_affected)
}

/// One cycle.
pub async fn find(conn: &impl Conn, org: OrganisationId, id: CycleId) -> Result<Option<Cycle>> {
    let own = Entity::find().filter(C::OrganisationId.eq(org.0)).filter(C::Id.eq(id.0));
    own.one(conn.raw()).await?.map(Cycle::try_from).transpose()
}

/// One cycle, kept from changing until the transaction ends.
pub async fn lock(tx: &Tx, org: OrganisationId, id: CycleId) -> Result<Option<Cycle>> {
    let own = Entity::find().filter(C::OrganisationId.eq(org.0)).filter(C::Id.eq(id.0));
    own.lock_exclusive().one(tx.raw()).await?.map(Cycle::try_from).transpose()
}

/// The cycle with a code.
pub async fn find_by_code(conn: &impl Conn, org: OrganisationId, code: &str) -> Result<Option<Cycle>> {
    let own = Entity::find().filter(C::OrganisationId.eq(org.0)).filter(C::Code.eq(code));
    own.one(conn.raw()).await?.map(Cycle::try_from).transpose()
}

/// Every cycle, the latest first.
pub async fn all(conn: &impl Conn, org: OrganisationId) -> Result<Vec<Cycle>> {
    let own = Entity::find().filter(C::OrganisationId.eq(org.0)).order_by_desc(C::OpensOn);
    own.order_by_desc(C::Id).all(conn.raw()).await?.into_iter().map(Cycle::try_from).collect()
}
