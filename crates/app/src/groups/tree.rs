//! Who belongs to a leader group by the tree: its leader, and the leaders who report to her or him.

use chrono::NaiveDate;
use varde_model::{
    groups::members::found_in_the_tree,
    ids::{OrganisationId, PersonId, UnitId},
    people::{Appointment, Chart, leader_group},
};
use varde_persistence::{Conn, appointments, people, units};

use crate::{Result, line::with_managers};

/// The tree with its leaders on a date.
pub(super) async fn chart_on(conn: &impl Conn, org: OrganisationId, date: NaiveDate) -> Result<Chart> {
    let named = appointments::overrides(conn, org).await?;
    Ok(Chart::new(
        units::periods(conn, org).await?,
        appointments::on(conn, org, date).await?,
        people::employments(conn, org, &with_managers(&[], &named)).await?,
        named,
    ))
}

/// The leader in charge of a unit, with her or his own appointment there.
pub(super) fn in_charge(chart: &Chart, unit: UnitId, date: NaiveDate) -> Option<Appointment> {
    chart.leaders_on(unit, date).first().map(|appointment| (*appointment).clone())
}

/// The leader first, then those who report to her or him.
pub(super) fn members(chart: &Chart, leader: PersonId, date: NaiveDate) -> Vec<PersonId> {
    let reports = leader_group(chart, leader, date);
    found_in_the_tree(leader, reports.into_iter().map(|appointment| appointment.person))
}
