//! The list of leaders, page by page.

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    RelationDef, Select,
};
use varde_model::{
    ids::{AppointmentId, OrganisationId, UnitId},
    people::{Appointment, Level, Person, search_key},
};

use super::holds_on;
use crate::{
    Conn, Result,
    entity::{appointment, person},
    people::contains,
};

/// Which leaders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeaderFilter {
    /// Leaders of these units; None is any.
    pub units: Option<Vec<UnitId>>,
    /// At these levels; empty is any.
    pub levels: Vec<Level>,
    /// Leader since that day or later.
    pub since: Option<NaiveDate>,
    /// Words that name or employee number contain.
    pub search: Option<String>,
}

/// A place in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaderKey {
    /// [`varde_model::people::sort_key`] of the last row seen.
    pub sort_key: Vec<u8>,
    /// Its appointment.
    pub id: AppointmentId,
}

/// A leader: the person, and what she or he leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leader {
    /// Who.
    pub person: Person,
    /// What.
    pub appointment: Appointment,
}

/// Leaders on a date by name in Norwegian order; one who leads two units stands twice.
pub async fn leader_page(
    conn: &impl Conn,
    org: OrganisationId,
    date: NaiveDate,
    filter: &LeaderFilter,
    after: Option<&LeaderKey>,
    limit: u64,
) -> Result<Vec<Leader>> {
    let mut select = leaders(org, date, filter);
    if let Some(after) = after {
        select = select.filter(
            Condition::any().add(person::Column::SortKey.gt(after.sort_key.clone())).add(
                Condition::all()
                    .add(person::Column::SortKey.eq(after.sort_key.clone()))
                    .add(appointment::Column::Id.gt(after.id.0)),
            ),
        );
    }
    let rows = select
        .select_also(person::Entity)
        .order_by_asc(person::Column::SortKey)
        .order_by_asc(appointment::Column::Id)
        .limit(limit)
        .all(conn.raw())
        .await?;
    let mut page = Vec::with_capacity(rows.len());
    for (appointment, person) in rows {
        if let Some(person) = person {
            page.push(Leader { person: person.try_into()?, appointment: appointment.try_into()? });
        }
    }
    Ok(page)
}

/// How many the filter finds.
pub async fn leader_count(
    conn: &impl Conn,
    org: OrganisationId,
    date: NaiveDate,
    filter: &LeaderFilter,
) -> Result<u64> {
    Ok(leaders(org, date, filter).count(conn.raw()).await?)
}

fn leaders(org: OrganisationId, date: NaiveDate, filter: &LeaderFilter) -> Select<appointment::Entity> {
    let mut select = appointment::Entity::find()
        .join(JoinType::InnerJoin, to_person())
        .filter(appointment::Column::OrganisationId.eq(org.0))
        .filter(person::Column::OrganisationId.eq(org.0))
        .filter(holds_on(date));
    if let Some(units) = &filter.units {
        select = select.filter(appointment::Column::UnitId.is_in(units.iter().map(|unit| unit.0)));
    }
    if !filter.levels.is_empty() {
        let levels = filter.levels.iter().map(|level| i16::from(level.number()));
        select = select.filter(appointment::Column::Level.is_in(levels));
    }
    if let Some(since) = filter.since {
        select = select.filter(appointment::Column::Since.gte(since));
    }
    for word in filter.search.as_deref().map(search_key).unwrap_or_default().split_whitespace() {
        select = select.filter(contains(person::Column::SearchKey, word));
    }
    select
}

fn to_person() -> RelationDef {
    appointment::Entity::belongs_to(person::Entity)
        .from(appointment::Column::PersonId)
        .to(person::Column::Id)
        .into()
}
