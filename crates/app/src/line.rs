//! Who stands where in the line of command: asked by letters and jobs, inside their transactions.

use chrono::NaiveDate;
use varde_model::{
    ids::{OrganisationId, PersonId, UnitId},
    people::{Chart, LineManager, line_manager},
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
    let chart = Chart::new(
        units::periods(conn, org).await?,
        appointments::on(conn, org, date).await?,
        people::employments(conn, org, &[person]).await?,
        appointments::overrides_of(conn, org, person).await?,
    );
    Ok(line_manager(&chart, person, date))
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
