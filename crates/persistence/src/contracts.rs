//! Leaders' contracts.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Select, sea_query::Expr};
use varde_model::{
    contract::Contract,
    ids::{AppointmentId, ContractId, OrganisationId, PersonId},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::contract::{ActiveModel, Column as C, Entity, Model},
    error::one_row,
    store::sealed::Raw,
};

impl From<Model> for Contract {
    fn from(row: Model) -> Self {
        Self {
            id: ContractId(row.id),
            appointment: AppointmentId(row.appointment_id),
            person: PersonId(row.person_id),
            framework: uint(row.framework),
            signed_on: row.signed_on,
            document: row.document,
            made_at: row.made_at,
            replaced_at: row.replaced_at,
        }
    }
}

/// Makes contracts.
pub async fn insert(tx: &Tx, org: OrganisationId, new: &[Contract]) -> Result<()> {
    for chunk in new.chunks(500) {
        let rows = chunk.iter().map(|one| ActiveModel {
            id: Set(one.id.0),
            organisation_id: Set(org.0),
            appointment_id: Set(one.appointment.0),
            person_id: Set(one.person.0),
            framework: Set(int(one.framework)),
            signed_on: Set(one.signed_on),
            document: Set(one.document.clone()),
            made_at: Set(one.made_at),
            replaced_at: Set(one.replaced_at),
        });
        Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

fn of(org: OrganisationId) -> Select<Entity> {
    Entity::find().filter(C::OrganisationId.eq(org.0)).order_by_asc(C::MadeAt).order_by_asc(C::Id)
}

/// The contracts that hold: of each appointment the one that no other has replaced.
pub async fn holding(conn: &impl Conn, org: OrganisationId) -> Result<Vec<Contract>> {
    let rows = of(org).filter(C::ReplacedAt.is_null()).all(conn.raw()).await?;
    Ok(rows.into_iter().map(Contract::from).collect())
}

/// The contracts of those ids that exist.
pub async fn find_many(conn: &impl Conn, org: OrganisationId, ids: &[ContractId]) -> Result<Vec<Contract>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let rows = of(org).filter(C::Id.is_in(chunk.iter().map(|id| id.0))).all(conn.raw()).await?;
        found.extend(rows.into_iter().map(Contract::from));
    }
    Ok(found)
}

/// The contracts of a person, replaced ones included, oldest first.
pub async fn of_person(conn: &impl Conn, org: OrganisationId, person: PersonId) -> Result<Vec<Contract>> {
    let rows = of(org).filter(C::PersonId.eq(person.0)).all(conn.raw()).await?;
    Ok(rows.into_iter().map(Contract::from).collect())
}

/// Writes down that a contract is signed, and where the document lies.
pub async fn sign(
    tx: &Tx,
    org: OrganisationId,
    id: ContractId,
    signed_on: NaiveDate,
    document: Option<&str>,
) -> Result<()> {
    let done = Entity::update_many()
        .col_expr(C::SignedOn, Expr::value(signed_on))
        .col_expr(C::Document, Expr::value(document))
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Id.eq(id.0))
        .exec(tx.raw())
        .await?;
    one_row("contract.sign", done.rows_affected)
}

/// Lets contracts be replaced by those that are made beside it.
pub async fn replace(tx: &Tx, org: OrganisationId, ids: &[ContractId], now: DateTime<Utc>) -> Result<()> {
    for chunk in ids.chunks(500) {
        let done = Entity::update_many()
            .col_expr(C::ReplacedAt, Expr::value(now))
            .filter(C::OrganisationId.eq(org.0))
            .filter(C::ReplacedAt.is_null())
            .filter(C::Id.is_in(chunk.iter().map(|id| id.0)))
            .exec(tx.raw())
            .await?;
        let expected = chunk.len() as u64;
        if done.rows_affected != expected {
            return Err(Fault::RowCount { what: "contract.replace", touched: done.rows_affected, expected });
        }
    }
    Ok(())
}
