//! The whole organisation read at once, and what a file changes written at once.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use varde_model::{
    hr::{Known, KnownPerson, KnownUnit, Writes},
    ids::{OrganisationId, PersonId, UnitId},
    people::{Employment, Person, UnitPeriod, email_key, sort_key},
};

use super::rows::{employment_row, person_row, searched_text};
use crate::{
    Conn, Fault, Result, Tx, appointments,
    entity::{employment, person},
    error::one_row,
    store::sealed::Raw,
    units,
};

/// Rows in one statement: far below the fewest parameters that a database takes, with 17 columns a row.
const CHUNK: usize = 500;

/// Everything that is known of units and people, in five statements.
pub async fn known(conn: &impl Conn, org: OrganisationId) -> Result<Known> {
    let mut known = Known::default();
    let mut periods: HashMap<UnitId, Vec<UnitPeriod>> = HashMap::new();
    for period in units::periods(conn, org).await? {
        periods.entry(period.unit).or_default().push(period);
    }
    for unit in units::all(conn, org).await? {
        let periods = periods.remove(&unit.id).unwrap_or_default();
        known.units.insert(unit.code.clone(), KnownUnit { unit, periods });
    }

    let mut numbers: HashMap<PersonId, String> = HashMap::new();
    let people =
        person::Entity::find().filter(person::Column::OrganisationId.eq(org.0)).all(conn.raw()).await?;
    for row in people {
        let person = Person::try_from(row)?;
        numbers.insert(person.id, person.employee_number.clone());
        let number = person.employee_number.clone();
        known.people.insert(number, KnownPerson { person, employments: vec![], appointments: vec![] });
    }
    let of =
        |id: PersonId| numbers.get(&id).ok_or_else(|| Fault::stored("person", "row of another organisation"));

    let employments = employment::Entity::find()
        .filter(employment::Column::OrganisationId.eq(org.0))
        .order_by_asc(employment::Column::ValidFrom)
        .order_by_asc(employment::Column::Id)
        .all(conn.raw())
        .await?;
    for row in employments {
        let employment = Employment::from(row);
        if let Some(person) = known.people.get_mut(of(employment.person)?) {
            person.employments.push(employment);
        }
    }
    for appointment in appointments::all(conn, org).await? {
        if let Some(person) = known.people.get_mut(of(appointment.person)?) {
            person.appointments.push(appointment);
        }
    }
    Ok(known)
}

/// Writes what a file changes. `written` is told how many rows are written so far.
///
/// # Errors
/// The database refused, or a changed row is not there any more.
pub async fn write(
    tx: &Tx,
    org: OrganisationId,
    writes: &Writes,
    now: DateTime<Utc>,
    written: &mut (dyn FnMut(usize) + Send),
) -> Result<()> {
    let mut progress = Progress { done: 0, written };
    units::insert(tx, org, &writes.new_units, now).await?;
    units::insert_periods(tx, org, &writes.new_unit_periods).await?;
    progress.add(writes.new_units.len() + writes.new_unit_periods.len());
    for period in &writes.changed_unit_periods {
        units::update_period(tx, org, period).await?;
        progress.add(1);
    }
    for chunk in writes.new_people.chunks(CHUNK) {
        let rows = chunk.iter().map(|person| person_row(org, person, now));
        person::Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
        progress.add(chunk.len());
    }
    for person in &writes.changed_people {
        update_person(tx, org, person).await?;
        progress.add(1);
    }
    for chunk in writes.missing.chunks(CHUNK) {
        flag_missing(tx, org, chunk).await?;
        progress.add(chunk.len());
    }
    for chunk in writes.new_employments.chunks(CHUNK) {
        let rows = chunk.iter().map(|employment| employment_row(org, employment));
        employment::Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
        progress.add(chunk.len());
    }
    for employment in &writes.changed_employments {
        update_employment(tx, org, employment).await?;
        progress.add(1);
    }
    // What ends does so before its successor begins: nobody leads a unit twice since the same day.
    for appointment in &writes.changed_appointments {
        appointments::update(tx, org, appointment).await?;
        progress.add(1);
    }
    appointments::insert(tx, org, &writes.new_appointments, now).await?;
    progress.add(writes.new_appointments.len());
    Ok(())
}

struct Progress<'a> {
    done: usize,
    written: &'a mut (dyn FnMut(usize) + Send),
}

impl Progress<'_> {
    fn add(&mut self, rows: usize) {
        self.done += rows;
        (self.written)(self.done);
    }
}

async fn update_person(tx: &Tx, org: OrganisationId, person: &Person) -> Result<()> {
    let done = person::Entity::update_many()
        .col_expr(person::Column::GivenName, Expr::value(person.given_name.clone()))
        .col_expr(person::Column::FamilyName, Expr::value(person.family_name.clone()))
        .col_expr(person::Column::Email, Expr::value(person.email.clone()))
        .col_expr(person::Column::EmailKey, Expr::value(email_key(&person.email)))
        .col_expr(person::Column::SearchKey, Expr::value(searched_text(person)))
        .col_expr(person::Column::SortKey, Expr::value(sort_key(&person.family_name, &person.given_name)))
        .col_expr(person::Column::Locale, Expr::value(person.locale.tag()))
        .col_expr(person::Column::Profession, Expr::value(person.profession.clone()))
        .col_expr(person::Column::Workplace, Expr::value(person.workplace.clone()))
        .col_expr(person::Column::EmployedFrom, Expr::value(person.employed.from))
        .col_expr(person::Column::EmployedTo, Expr::value(person.employed.to))
        .col_expr(person::Column::MissingSince, Expr::value(person.missing_since))
        .filter(person::Column::Id.eq(person.id.0))
        .filter(person::Column::OrganisationId.eq(org.0))
        .exec(tx.raw())
        .await?;
    one_row("person.update", done.rows_affected)
}

/// All of a file's missing people are missing since the same day.
async fn flag_missing(tx: &Tx, org: OrganisationId, people: &[Person]) -> Result<()> {
    let Some(since) = people.first().map(|person| person.missing_since) else { return Ok(()) };
    let done = person::Entity::update_many()
        .col_expr(person::Column::MissingSince, Expr::value(since))
        .filter(person::Column::OrganisationId.eq(org.0))
        .filter(person::Column::Id.is_in(people.iter().map(|person| person.id.0)))
        .exec(tx.raw())
        .await?;
    let expected = people.len() as u64;
    if done.rows_affected == expected {
        return Ok(());
    }
    Err(Fault::RowCount { what: "person.flag_missing", touched: done.rows_affected, expected })
}

async fn update_employment(tx: &Tx, org: OrganisationId, employment: &Employment) -> Result<()> {
    let done = employment::Entity::update_many()
        .col_expr(employment::Column::UnitId, Expr::value(employment.unit.0))
        .col_expr(employment::Column::JobTitle, Expr::value(employment.job_title.clone()))
        .col_expr(employment::Column::ValidFrom, Expr::value(employment.period.from))
        .col_expr(employment::Column::ValidTo, Expr::value(employment.period.to))
        .filter(employment::Column::Id.eq(employment.id.0))
        .filter(employment::Column::OrganisationId.eq(org.0))
        .exec(tx.raw())
        .await?;
    one_row("employment.update", done.rows_affected)
}
