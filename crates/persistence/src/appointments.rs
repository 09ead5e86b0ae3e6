//! Who leads what, and named line managers.

mod leaders;
mod overrides;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr,
};
use varde_model::{
    ids::{AppointmentId, OrganisationId, PersonId, UnitId},
    people::{Appointment, Level, Period},
};

use crate::{Conn, Fault, Result, Tx, entity::appointment, error::one_row, store::sealed::Raw};

pub use leaders::{Leader, LeaderFilter, LeaderKey, leader_count, leader_page};
pub use overrides::{insert_override, overrides, overrides_of, update_override};

impl TryFrom<appointment::Model> for Appointment {
    type Error = Fault;

    fn try_from(row: appointment::Model) -> Result<Self> {
        let level = u8::try_from(row.level).ok().and_then(|level| Level::try_from(level).ok());
        Ok(Self {
            id: AppointmentId(row.id),
            person: PersonId(row.person_id),
            unit: UnitId(row.unit_id),
            level: level.ok_or_else(|| Fault::stored("appointment.level", row.level))?,
            acting: row.acting,
            since: row.since,
            period: Period { from: row.valid_from, to: row.valid_to },
        })
    }
}

/// The rows that hold on a date: both the first and the last day belong to them.
fn holds_on(date: NaiveDate) -> Condition {
    holds_between(date, date)
}

fn holds_between(first: NaiveDate, last: NaiveDate) -> Condition {
    Condition::all().add(appointment::Column::ValidFrom.lte(last)).add(
        Condition::any()
            .add(appointment::Column::ValidTo.is_null())
            .add(appointment::Column::ValidTo.gte(first)),
    )
}

async fn ordered(conn: &impl Conn, org: OrganisationId, wanted: Condition) -> Result<Vec<Appointment>> {
    let rows = appointment::Entity::find()
        .filter(appointment::Column::OrganisationId.eq(org.0))
        .filter(wanted)
        .order_by_asc(appointment::Column::ValidFrom)
        .order_by_asc(appointment::Column::Id)
        .all(conn.raw())
        .await?;
    rows.into_iter().map(Appointment::try_from).collect()
}

/// Every appointment there was, is or is announced, oldest first.
pub async fn all(conn: &impl Conn, org: OrganisationId) -> Result<Vec<Appointment>> {
    ordered(conn, org, Condition::all()).await
}

/// Who leads what on a date.
pub async fn on(conn: &impl Conn, org: OrganisationId, date: NaiveDate) -> Result<Vec<Appointment>> {
    ordered(conn, org, holds_on(date)).await
}

/// Who leads what on some date of these two or between them, oldest first.
pub async fn between(
    conn: &impl Conn,
    org: OrganisationId,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<Appointment>> {
    ordered(conn, org, holds_between(first, last)).await
}

/// What people led, lead and will lead, oldest first.
pub async fn of_people(
    conn: &impl Conn,
    org: OrganisationId,
    people: &[PersonId],
) -> Result<Vec<Appointment>> {
    let mut found = Vec::new();
    for chunk in people.chunks(500) {
        let of = appointment::Column::PersonId.is_in(chunk.iter().map(|id| id.0));
        found.extend(ordered(conn, org, Condition::all().add(of)).await?);
    }
    Ok(found)
}

/// Several appointments, in no order; unknown ones are left out.
pub async fn find_many(
    conn: &impl Conn,
    org: OrganisationId,
    ids: &[AppointmentId],
) -> Result<Vec<Appointment>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(500) {
        let of = appointment::Column::Id.is_in(chunk.iter().map(|id| id.0));
        found.extend(ordered(conn, org, Condition::all().add(of)).await?);
    }
    Ok(found)
}

/// One appointment.
pub async fn find(conn: &impl Conn, org: OrganisationId, id: AppointmentId) -> Result<Option<Appointment>> {
    Ok(find_many(conn, org, &[id]).await?.pop())
}

/// Adds appointments.
pub async fn insert(tx: &Tx, org: OrganisationId, new: &[Appointment], now: DateTime<Utc>) -> Result<()> {
    for chunk in new.chunks(500) {
        let rows = chunk.iter().map(|appointment| appointment::ActiveModel {
            id: Set(appointment.id.0),
            organisation_id: Set(org.0),
            person_id: Set(appointment.person.0),
            unit_id: Set(appointment.unit.0),
            level: Set(i16::from(appointment.level.number())),
            acting: Set(appointment.acting),
            since: Set(appointment.since),
            valid_from: Set(appointment.period.from),
            valid_to: Set(appointment.period.to),
            created_at: Set(now),
        });
        appointment::Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

/// Writes an appointment as it is to be; person and unit never change.
pub async fn update(tx: &Tx, org: OrganisationId, appointment: &Appointment) -> Result<()> {
    let done = appointment::Entity::update_many()
        .col_expr(appointment::Column::Level, Expr::value(i16::from(appointment.level.number())))
        .col_expr(appointment::Column::Acting, Expr::value(appointment.acting))
        .col_expr(appointment::Column::Since, Expr::value(appointment.since))
        .col_expr(appointment::Column::ValidFrom, Expr::value(appointment.period.from))
        .col_expr(appointment::Column::ValidTo, Expr::value(appointment.period.to))
        .filter(appointment::Column::Id.eq(appointment.id.0))
        .filter(appointment::Column::OrganisationId.eq(org.0))
        .exec(tx.raw())
        .await?;
    one_row("appointment.update", done.rows_affected)
}
