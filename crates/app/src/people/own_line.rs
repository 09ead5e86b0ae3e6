//! The line of command as one stands in it oneself: the own line manager, and the leaders who report to one. Nobody
//! else's is shown.

use std::collections::HashMap;

use chrono::NaiveDate;
use varde_model::{
    cohort::Cohort,
    enrolment::{Enrolment, EnrolmentState},
    gathering::Gathering,
    ids::PersonId,
    people::{self as rules, Appointment, LineManager, Outsider, Person},
};
use varde_persistence::{cohorts, enrolments, gatherings, people};

use super::{chart, today};
use crate::{Ctx, Result, access::Oneself, line::line_manager_on};

/// One's line manager on a date, with what a colleague may know of her or him: name and address.
///
/// # Errors
/// The database refused.
pub async fn own_line_manager(
    ctx: &Ctx,
    right: &Oneself,
    on: Option<NaiveDate>,
) -> Result<Option<(LineManager, Outsider)>> {
    let (store, org) = (ctx.store(), right.org());
    let on = match on {
        Some(on) => on,
        None => today(ctx, org).await?,
    };
    let Some(manager) = line_manager_on(store, org, right.person(), on).await? else { return Ok(None) };
    let contact = match &manager {
        LineManager::Outside(outsider) => Some(outsider.clone()),
        LineManager::Person(person) => {
            let found = people::find(store, org, *person).await?;
            found.map(|person| Outsider { name: person.name(), email: person.email })
        }
    };
    Ok(contact.map(|contact| (manager, contact)))
}

/// A leader who reports to one.
#[derive(Clone, Debug)]
pub struct OwnLeader {
    /// Who.
    pub person: Person,
    /// The appointment at the highest level.
    pub appointment: Appointment,
    /// The name of the unit that is led.
    pub unit: String,
    /// The places in cohorts, oldest first, except proposals that nobody was told of.
    pub places: Vec<LeaderPlace>,
}

/// A leader's place in a cohort, as the line manager sees it.
#[derive(Clone, Debug)]
pub struct LeaderPlace {
    /// The place. Why somebody said no is between the leader and the coordinator.
    pub enrolment: Enrolment,
    /// The cohort.
    pub cohort: Cohort,
    /// Its gatherings that stand, with what the leader said about coming.
    pub gatherings: Vec<(Gathering, Option<bool>)>,
}

/// The leaders who report to one today, by name, with their places. Empty for whoever has none.
///
/// # Errors
/// The database refused.
pub async fn own_leaders(ctx: &Ctx, right: &Oneself) -> Result<Vec<OwnLeader>> {
    let (store, org) = (ctx.store(), right.org());
    let today = today(ctx, org).await?;
    let chart = chart(ctx, org, &[], today).await?;
    let group: HashMap<PersonId, &Appointment> = rules::leader_group(&chart, right.person(), today)
        .into_iter()
        .map(|appointment| (appointment.person, appointment))
        .collect();
    if group.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<PersonId> = group.keys().copied().collect();
    let mut places = places(ctx, right, &ids).await?;
    let mut persons = people::find_many(store, org, &ids).await?;
    persons.sort_by_key(|person| (rules::sort_key(&person.family_name, &person.given_name), person.id));
    Ok(persons
        .into_iter()
        .filter_map(|person| {
            let appointment = (*group.get(&person.id)?).clone();
            let unit = chart.unit_on(appointment.unit, today).map(|unit| unit.name.clone());
            let places = places.remove(&person.id).unwrap_or_default();
            Some(OwnLeader { person, appointment, unit: unit.unwrap_or_default(), places })
        })
        .collect())
}

async fn places(ctx: &Ctx, right: &Oneself, of: &[PersonId]) -> Result<HashMap<PersonId, Vec<LeaderPlace>>> {
    let (store, org) = (ctx.store(), right.org());
    let mut all = enrolments::of_persons(store, org, of).await?;
    all.retain(|enrolment| enrolment.state != EnrolmentState::Proposed);
    all.sort_by_key(|enrolment| enrolment.id);
    let mut ids: Vec<_> = all.iter().map(|enrolment| enrolment.cohort).collect();
    ids.sort_unstable();
    ids.dedup();
    let cohorts = cohorts::find_many(store, org, &ids).await?;
    let mut days = gatherings::of_cohorts(store, org, &ids).await?;
    days.retain(|gathering| !gathering.cancelled);
    let answers = gatherings::answers(store, org, &days.iter().map(|day| day.id).collect::<Vec<_>>()).await?;
    let mut found: HashMap<PersonId, Vec<LeaderPlace>> = HashMap::new();
    for enrolment in all {
        let Some(cohort) = cohorts.iter().find(|cohort| cohort.id == enrolment.cohort) else { continue };
        let coming = |day: &Gathering| {
            let own = |answer: &&varde_model::gathering::GatheringAnswer| {
                answer.gathering == day.id && answer.enrolment == enrolment.id
            };
            answers.iter().find(own).map(|answer| answer.coming)
        };
        let gatherings = days.iter().filter(|day| day.cohort == cohort.id);
        let gatherings = gatherings.map(|day| (day.clone(), coming(day))).collect();
        let place = LeaderPlace { cohort: cohort.clone(), gatherings, enrolment: enrolment.clone() };
        found.entry(enrolment.person).or_default().push(place);
    }
    Ok(found)
}
