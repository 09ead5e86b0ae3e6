//! The line of command as one stands in it oneself: the own line manager, and the leaders who report to one. Nobody
//! else's is shown.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use varde_model::{
    cohort::Cohort,
    enrolment::Enrolment,
    gathering::Gathering,
    ids::{EnrolmentId, GatheringId, PersonId},
    people::{self as rules, Appointment, LineManager, Outsider, Person},
};
use varde_persistence::{enrolments, gatherings, people};

use super::{chart, today};
use crate::{
    Ctx, Result,
    access::Oneself,
    enrolments::{ToldPlace, told_places},
    line::line_manager_on,
};

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
    let all = told_places(store, org, enrolments::of_persons(store, org, of).await?).await?;
    let days: BTreeSet<GatheringId> =
        all.iter().flat_map(|place| &place.gatherings).map(|day| day.id).collect();
    let answers = gatherings::answers(store, org, &days.into_iter().collect::<Vec<_>>()).await?;
    let said: HashMap<(GatheringId, EnrolmentId), bool> =
        answers.into_iter().map(|said| ((said.gathering, said.enrolment), said.coming)).collect();
    let mut found: HashMap<PersonId, Vec<LeaderPlace>> = HashMap::new();
    for ToldPlace { enrolment, cohort, gatherings } in all {
        let with_answer = |day: Gathering| {
            let coming = said.get(&(day.id, enrolment.id)).copied();
            (day, coming)
        };
        let gatherings = gatherings.into_iter().map(with_answer).collect();
        let place = LeaderPlace { cohort, gatherings, enrolment };
        found.entry(place.enrolment.person).or_default().push(place);
    }
    Ok(found)
}
