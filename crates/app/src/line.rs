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

/// The chart of a date with these people in it: whoever stands above them, by the tree or by name, is there too.
pub(crate) async fn chart_of(
    conn: &impl Conn,
    org: OrganisationId,
    people: &[PersonId],
    date: NaiveDate,
) -> Result<Chart> {
    let named = appointments::overrides(conn, org).await?;
    let employments = people::employments(conn, org, &with_managers(people, &named)).await?;
    let (units, leaders) = (units::periods(conn, org).await?, appointments::on(conn, org, date).await?);
    Ok(Chart::new(units, leaders, employments, named))
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

/// A unit's name on a date.
pub(crate) async fn unit_name_on(
    conn: &impl Conn,
    org: OrganisationId,
    unit: UnitId,
    date: NaiveDate,
) -> Result<Option<String>> {
    let periods = units::periods(conn, org).await?;
    let chart = Chart::new(periods, Vec::new(), Vec::new(), Vec::new());
    Ok(chart.unit_on(unit, date).map(|period| period.name.clone()))
}
