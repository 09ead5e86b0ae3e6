//! Who stands where in the line of command: asked by letters and jobs, inside their transactions.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use varde_model::{
    ids::{OrganisationId, PersonId, UnitId},
    people::{Chart, LineManager, LineManagerOverride, line_manager},
};
use varde_persistence::{Conn, appointments, people, units};

use crate::Result;

/// The line manager of a person on a date.
pub(crate) async fn line_manager_on(
    conn: &impl Conn,
    org: OrganisationId,
    person: PersonId,
    date: NaiveDate,
) -> Result<Option<LineManager>> {
    let named = appointments::overrides_of(conn, org, person).await?;
    let chart = Chart::new(
        units::periods(conn, org).await?,
        appointments::on(conn, org, date).await?,
        people::employments(conn, org, &with_managers(&[person], &named)).await?,
        named,
    );
    Ok(line_manager(&chart, person, date))
}

/// People and those who are named as somebody's line manager: whether they are employed decides whether they count.
pub(crate) fn with_managers(people: &[PersonId], named: &[LineManagerOverride]) -> Vec<PersonId> {
    let managers = named.iter().filter_map(|named| match named.manager {
        LineManager::Person(manager) => Some(manager),
        LineManager::Outside(_) => None,
    });
    let all: BTreeSet<PersonId> = people.iter().copied().chain(managers).collect();
    all.into_iter().collect()
}

/// The chart on a date, with what is needed to say of some who stands where above them.
pub(crate) async fn chart_on(
    conn: &impl Conn,
    org: OrganisationId,
    of: &[PersonId],
    date: NaiveDate,
) -> Result<Chart> {
    let named = appointments::overrides(conn, org).await?;
    Ok(Chart::new(
        units::periods(conn, org).await?,
        appointments::on(conn, org, date).await?,
        people::employments(conn, org, &with_managers(of, &named)).await?,
        named,
    ))
}

/// The chart of the units alone, for what asks neither who leads them nor who works there.
pub(crate) async fn tree(conn: &impl Conn, org: OrganisationId) -> Result<Chart> {
    Ok(Chart::new(units::periods(conn, org).await?, Vec::new(), Vec::new(), Vec::new()))
}

/// A unit's name on a date.
pub(crate) async fn unit_name_on(
    conn: &impl Conn,
    org: OrganisationId,
    unit: UnitId,
    date: NaiveDate,
) -> Result<Option<String>> {
    let chart = tree(conn, org).await?;
    Ok(chart.unit_on(unit, date).map(|period| period.name.clone()))
}
