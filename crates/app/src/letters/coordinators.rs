//! Letters to coordinators.

use varde_model::{
    Locale,
    delivery::OutboxRow,
    letter::{CoordinatorAttendanceMissing, CoordinatorNewLeaders, Letter, MissingAttendance, NewLeader},
    local_time::Zoned,
    work::About,
};
use varde_persistence::{appointments, operations, organisations, people};

use super::facts::{Facts, gathering_facts};
use crate::{Ctx, Result, line::unit_name_on, register::Register};

type Composed = std::result::Result<Letter, &'static str>;

/// How many new leaders a mail names; the rest is a number.
const NAMED: usize = 30;

/// Where coordinators work: the client that the service brings along.
fn client(ctx: &Ctx) -> String {
    format!("{}/graphiql", ctx.config().public_url.trim_end_matches('/'))
}

/// The leaders that an import found.
pub(super) async fn new_leaders(ctx: &Ctx, row: &OutboxRow) -> Result<Composed> {
    let About::Operation { operation } = row.request.about else { return Ok(Err("about no import")) };
    let org = row.organisation;
    let store = ctx.store();
    let Some(operation) = operations::find(store, org, operation).await? else {
        return Ok(Err("import gone"));
    };
    let Some(organisation) = organisations::find(store, org).await? else {
        return Ok(Err("organisation gone"));
    };
    let ids = crate::after_import::new_appointments(&operation);
    let today = Zoned::at(ctx.now, organisation.zone).date;
    let mut found = appointments::find_many(store, org, &ids).await?;
    found.retain(|appointment| !appointment.period.is_over(today));
    if found.is_empty() {
        return Ok(Err("no new leader any more"));
    }
    found.sort_by_key(|appointment| (appointment.since, appointment.id));
    let mut leaders = Vec::new();
    for appointment in found.iter().take(NAMED) {
        let Some(person) = people::find(store, org, appointment.person).await? else { continue };
        let unit_name = unit_name_on(store, org, appointment.unit, today).await?.unwrap_or_default();
        leaders.push(NewLeader { name: person.name(), unit_name, from: appointment.since });
    }
    Ok(Ok(Letter::CoordinatorNewLeaders(CoordinatorNewLeaders {
        total: u32::try_from(found.len()).unwrap_or(u32::MAX),
        leaders,
        url: Some(client(ctx)),
    })))
}

/// Where attendance is missing after the last gathering.
pub(super) async fn attendance_missing(
    ctx: &Ctx,
    facts: &Facts,
    row: &OutboxRow,
    locale: Locale,
) -> Result<Composed> {
    let About::Cohort { cohort } = row.request.about else { return Ok(Err("about no cohort")) };
    let Some(cohort) = facts.cohort(cohort) else { return Ok(Err("cohort gone")) };
    let org = row.organisation;
    let register = Register::read(ctx.store(), org, cohort.id, ctx.now).await?;
    let mut missing = Vec::new();
    for gathering in &register.held {
        let without = register.missing_at(gathering.id);
        if without > 0 {
            missing.push(MissingAttendance {
                gathering: gathering_facts(cohort, gathering, 0, locale),
                missing: u32::try_from(without).unwrap_or(u32::MAX),
            });
        }
    }
    if missing.is_empty() {
        return Ok(Err("attendance recorded"));
    }
    Ok(Ok(Letter::CoordinatorAttendanceMissing(CoordinatorAttendanceMissing {
        cohort: facts.cohort_facts(cohort, 0, locale),
        gatherings: missing,
        url: Some(client(ctx)),
    })))
}
