//! Leaders with what they lead: a page of them, and one.

use chrono::{DateTime, Days, NaiveDate, Utc};
use sqlx::{Database, Encode, QueryBuilder, Type};
use uuid::Uuid;
use varde_model::{
    ids::{AppointmentId, OrganisationId, PersonId},
    people::{Level, Period, search_key},
};

use super::{Link, PersonCard, Reader, UnitCard, local_date, rows};
use crate::{Fault, Result, appointments::LeaderFilter, people::containing};

/// Somebody who leads a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaderCard {
    /// The appointment's permanent id.
    pub appointment: AppointmentId,
    /// Who.
    pub person: PersonCard,
    /// What.
    pub unit: UnitCard,
    /// At which level.
    pub level: Level,
    /// Leader since that day.
    pub since: NaiveDate,
    /// True when it is for a time only.
    pub acting: bool,
    /// The name as it is sorted.
    pub sort_key: Vec<u8>,
}

/// How a list of leaders is sorted; the appointment's id comes last and makes the order total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LeaderOrder {
    /// By name in Norwegian order.
    #[default]
    Name,
    /// Who became a leader last comes first.
    NewestFirst,
}

/// A place in the list: what the last row seen is sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeaderPlace {
    /// In [`LeaderOrder::Name`].
    Name(Vec<u8>, AppointmentId),
    /// In [`LeaderOrder::NewestFirst`].
    NewestFirst(NaiveDate, AppointmentId),
}

/// Leaders on a date; one who leads two units stands twice. `after` is a place in the order asked for.
///
/// # Errors
/// The database refused.
pub async fn leaders(
    reader: &mut Reader,
    org: OrganisationId,
    date: NaiveDate,
    filter: &LeaderFilter,
    (order, after): (LeaderOrder, Option<&LeaderPlace>),
    limit: i64,
) -> Result<Vec<LeaderCard>> {
    // A list of units makes a text of its own for each length: not worth being remembered by the connection.
    let lasting = filter.units.is_none();
    let found: Vec<LeaderRow> = match &mut reader.0 {
        Link::Postgres(link) => {
            let mut query = page(org, date, filter, order, after, limit);
            query.build_query_as().persistent(lasting).fetch_all(&mut **link).await?
        }
        Link::Sqlite(link) => {
            let mut query = page(org, date, filter, order, after, limit);
            query.build_query_as().persistent(lasting).fetch_all(&mut **link).await?
        }
    };
    found.into_iter().map(card).collect()
}

/// Appointment, level, acting, since; person, number, given and family name, address, name as sorted; unit's code, name.
type LeaderRow =
    (Uuid, i16, bool, NaiveDate, Uuid, String, String, String, String, Vec<u8>, String, Option<String>);
const PAGE: &str = "\
    SELECT a.id, a.level, a.acting, a.since, \
        p.id, p.employee_number, p.given_name, p.family_name, p.email, p.sort_key, u.code, d.name \
    FROM appointment a \
    JOIN person p ON p.id = a.person_id \
    JOIN unit u ON u.id = a.unit_id \
    LEFT JOIN unit_period d ON d.unit_id = a.unit_id AND d.organisation_id = a.organisation_id AND d.valid_from <= ";

/// The statement with its values; what is not filtered by is not in it.
fn page<DB>(
    org: OrganisationId,
    date: NaiveDate,
    filter: &LeaderFilter,
    order: LeaderOrder,
    after: Option<&LeaderPlace>,
    limit: i64,
) -> QueryBuilder<DB>
where
    DB: Database,
    Uuid: Type<DB> + for<'q> Encode<'q, DB>,
    NaiveDate: Type<DB> + for<'q> Encode<'q, DB>,
    Vec<u8>: Type<DB> + for<'q> Encode<'q, DB>,
    String: Type<DB> + for<'q> Encode<'q, DB>,
    i64: Type<DB> + for<'q> Encode<'q, DB>,
{
    let mut query = QueryBuilder::new(PAGE);
    query.push_bind(date).push(" AND (d.valid_to IS NULL OR d.valid_to >= ").push_bind(date).push(")");
    query
        .push(" WHERE a.organisation_id = ")
        .push_bind(org.0)
        .push(" AND p.organisation_id = ")
        .push_bind(org.0);
    query.push(" AND a.valid_from <= ").push_bind(date);
    query.push(" AND (a.valid_to IS NULL OR a.valid_to >= ").push_bind(date).push(")");
    if let Some(units) = &filter.units {
        // NULL is equal to nothing, and makes a list without units one that databases accept.
        query.push(" AND a.unit_id IN (NULL");
        for unit in units {
            query.push(", ").push_bind(unit.0);
        }
        query.push(")");
    }
    if !filter.levels.is_empty() {
        query.push(" AND a.level IN (");
        let mut list = query.separated(", ");
        for level in &filter.levels {
            list.push(level.number());
        }
        query.push(")");
    }
    if let Some(since) = filter.since {
        query.push(" AND a.since >= ").push_bind(since);
    }
    for word in filter.search.as_deref().map(search_key).unwrap_or_default().split_whitespace() {
        query.push(" AND p.search_key LIKE ").push_bind(containing(word)).push(" ESCAPE '\\'");
    }
    match after {
        Some(LeaderPlace::Name(key, id)) => {
            query.push(" AND (p.sort_key > ").push_bind(key.clone());
            query
                .push(" OR (p.sort_key = ")
                .push_bind(key.clone())
                .push(" AND a.id > ")
                .push_bind(id.0)
                .push("))");
        }
        Some(LeaderPlace::NewestFirst(since, id)) => {
            query.push(" AND (a.since < ").push_bind(*since);
            query.push(" OR (a.since = ").push_bind(*since).push(" AND a.id > ").push_bind(id.0).push("))");
        }
        None => {}
    }
    query.push(match order {
        LeaderOrder::Name => " ORDER BY p.sort_key, a.id LIMIT ",
        LeaderOrder::NewestFirst => " ORDER BY a.since DESC, a.id LIMIT ",
    });
    query.push_bind(limit);
    query
}

fn card(row: LeaderRow) -> Result<LeaderCard> {
    let (
        id,
        level,
        acting,
        since,
        person,
        employee_number,
        given_name,
        family_name,
        email,
        sort_key,
        code,
        name,
    ) = row;
    Ok(LeaderCard {
        appointment: AppointmentId(id),
        person: PersonCard { id: PersonId(person), employee_number, given_name, family_name, email },
        unit: UnitCard { name: name.unwrap_or_else(|| code.clone()), code },
        level: read_level(level)?,
        since,
        acting,
        sort_key,
    })
}

fn read_level(number: i16) -> Result<Level> {
    let level = u8::try_from(number).ok().and_then(|number| Level::try_from(number).ok());
    level.ok_or_else(|| Fault::stored("appointment.level", number))
}

/// The leader with that employee number, by the organisation's calendar at an instant. Of several appointments the one
/// at the highest level counts, and among those the one held longest.
///
/// # Errors
/// The database refused.
pub async fn leader(
    reader: &mut Reader,
    org: OrganisationId,
    employee_number: &str,
    now: DateTime<Utc>,
) -> Result<Option<LeaderCard>> {
    // Which day it is there is known with the first row: until then, a day on either side.
    let utc = now.date_naive();
    let (before, behind) = (utc - Days::new(1), utc + Days::new(1));
    let found = rows!(reader, OneRow, ONE, org.0, employee_number, behind, before);
    let Some(first) = found.first() else { return Ok(None) };
    let today = local_date(&first.15, now)?;
    let mut held: Vec<OneRow> =
        found.into_iter().filter(|row| Period { from: row.4, to: row.5 }.holds_on(today)).collect();
    let is_named = |row: &OneRow| row.13.is_some_and(|from| Period { from, to: row.14 }.holds_on(today));
    held.sort_by_key(|row| (row.1, row.3, row.0, !is_named(row)));
    let Some(row) = held.into_iter().next() else { return Ok(None) };
    let named = is_named(&row);
    let (
        id,
        level,
        acting,
        since,
        _,
        _,
        person,
        employee_number,
        given_name,
        family_name,
        email,
        code,
        name,
        ..,
    ) = row;
    Ok(Some(LeaderCard {
        appointment: AppointmentId(id),
        sort_key: varde_model::people::sort_key(&family_name, &given_name),
        person: PersonCard { id: PersonId(person), employee_number, given_name, family_name, email },
        unit: UnitCard { name: name.filter(|_| named).unwrap_or_else(|| code.clone()), code },
        level: read_level(level)?,
        since,
        acting,
    }))
}

/// Appointment, level, acting, since, first and last day; person, number, given and family name, address; unit's code,
/// name and that name's first and last day; the organisation's zone.
type OneRow = (
    Uuid,
    i16,
    bool,
    NaiveDate,
    NaiveDate,
    Option<NaiveDate>,
    Uuid,
    String,
    String,
    String,
    String,
    String,
    Option<String>,
    Option<NaiveDate>,
    Option<NaiveDate>,
    String,
);
const ONE: &str = "\
    SELECT a.id, a.level, a.acting, a.since, a.valid_from, a.valid_to, \
        p.id, p.employee_number, p.given_name, p.family_name, p.email, u.code, d.name, d.valid_from, d.valid_to, o.time_zone \
    FROM person p \
    JOIN appointment a ON a.person_id = p.id AND a.organisation_id = p.organisation_id \
    JOIN unit u ON u.id = a.unit_id \
    JOIN organisation o ON o.id = p.organisation_id \
    LEFT JOIN unit_period d ON d.organisation_id = p.organisation_id AND d.unit_id = a.unit_id \
        AND d.valid_from <= $3 AND (d.valid_to IS NULL OR d.valid_to >= $4) \
    WHERE p.organisation_id = $1 AND p.employee_number = $2 \
        AND a.valid_from <= $3 AND (a.valid_to IS NULL OR a.valid_to >= $4)";
