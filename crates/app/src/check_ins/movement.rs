//! A programme seen from its end: which requirements it serves, and how those who completed it rated themselves in them at
//! the check-in before and at the one after. It says nothing of causes: much else happens in a year.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use varde_model::{
    catalogue::{Programme, Texts},
    check_in::{
        profile::{Group, beside},
        thread::{Directness, Target},
    },
    enrolment::EnrolmentState,
    framework::Framework,
    ids::{CohortId, OrganisationId, PersonId, ProgrammeId},
};
use varde_persistence::{
    check_in_cycles,
    cohorts::{self, CohortFilter},
    enrolments, gatherings,
};

use super::{
    figures::rounded,
    year::{self, Year},
};
use crate::{Code, Ctx, Refusal, Result, access::Coordinator, catalogue, frameworks};

/// What a programme serves, and how the ratings moved.
#[derive(Clone, Debug)]
pub struct ProgrammeServes {
    /// The programme's key.
    pub key: String,
    /// What it is called.
    pub title: Texts,
    /// Its modules in their order; the whole programme where it has none.
    pub modules: Vec<ModuleServes>,
    /// How the ratings moved, year by year, where that may be shown.
    pub movements: Vec<Movement>,
}

/// The requirements that a module serves.
#[derive(Clone, Debug)]
pub struct ModuleServes {
    /// What the module is called; None for a whole programme.
    pub title: Option<Texts>,
    /// The requirements by number, with how directly each is served.
    pub requirements: Vec<ServedRequirement>,
}

/// A requirement that is served.
#[derive(Clone, Debug)]
pub struct ServedRequirement {
    /// Its key.
    pub key: String,
    /// Its number in the trust's newest framework.
    pub number: usize,
    /// What it is called.
    pub title: Texts,
    /// How directly.
    pub directness: Directness,
}

/// How those who completed a programme between two check-ins rated themselves in both.
#[derive(Clone, Debug, PartialEq)]
pub struct Movement {
    /// The code of the cycle before.
    pub from: String,
    /// The code of the cycle after.
    pub to: String,
    /// How many: the same people before and after, and in every requirement.
    pub people: usize,
    /// The mean before and after by the key of the requirement.
    pub means: BTreeMap<String, (f64, f64)>,
}

/// What a programme serves, and how the ratings moved for those who completed it.
///
/// # Errors
/// Refused: there is no such programme.
pub async fn programme_serves(ctx: &Ctx, right: &Coordinator, key: &str) -> Result<ProgrammeServes> {
    let org = right.org();
    let all = catalogue::latest(ctx.store(), org).await?;
    let own = all.iter().find(|own| own.programme.key == key.trim());
    let own = own.ok_or(Refusal::new(Code::NotFound).at("programme"))?;
    let framework = frameworks::current(ctx.store(), org).await?;
    let modules = modules(&own.programme, &framework);
    let served: BTreeSet<&str> =
        modules.iter().flat_map(|module| &module.requirements).map(|one| one.key.as_str()).collect();
    let mut keys: Vec<(String, ProgrammeId)> =
        all.iter().map(|own| (own.programme.key.clone(), own.version.programme)).collect();
    keys.sort();
    let movements = movements(ctx, org, &keys, own.version.programme, &served).await?;
    let (key, title) = (own.programme.key.clone(), own.programme.title.clone());
    Ok(ProgrammeServes { key, title, modules, movements })
}

fn modules(programme: &Programme, framework: &Framework) -> Vec<ModuleServes> {
    let of = |module: Option<&str>| {
        let blocks = programme.gatherings.iter().filter(|day| day.module.as_deref() == module);
        let blocks: Vec<_> = blocks.flat_map(|day| &day.blocks).collect();
        let numbered = (1..).zip(&framework.requirements);
        let served = numbered.filter_map(|(number, requirement)| {
            let target = Target::requirement(framework, requirement, None);
            let directness = blocks.iter().filter_map(|block| target.by_block(block)).min()?;
            let (key, title) = (requirement.key.clone(), requirement.title.clone());
            directness.is_evidence().then_some(ServedRequirement { key, number, title, directness })
        });
        served.collect::<Vec<_>>()
    };
    let named = programme.modules.iter().map(|module| ModuleServes {
        title: Some(module.title.clone()),
        requirements: of(Some(&module.key)),
    });
    let rest = ModuleServes { title: None, requirements: of(None) };
    named.chain(Some(rest)).filter(|module| !module.requirements.is_empty()).collect()
}

/// When somebody went through a programme: from the first gathering to the last.
type Taken = (PersonId, DateTime<Utc>, DateTime<Utc>);

async fn taken(ctx: &Ctx, org: OrganisationId) -> Result<BTreeMap<ProgrammeId, Vec<Taken>>> {
    let store = ctx.store();
    let filter = CohortFilter { states: Vec::new(), programme: None };
    let all = cohorts::list(store, org, &filter, None, u64::from(u32::MAX)).await?;
    let ids: Vec<CohortId> = all.iter().map(|cohort| cohort.id).collect();
    let mut spans: BTreeMap<CohortId, (DateTime<Utc>, DateTime<Utc>)> = BTreeMap::new();
    for day in gatherings::of_cohorts(store, org, &ids).await? {
        if !day.cancelled {
            let (from, to) = spans.entry(day.cohort).or_insert((day.starts_at, day.ends_at));
            (*from, *to) = ((*from).min(day.starts_at), (*to).max(day.ends_at));
        }
    }
    let programmes: BTreeMap<CohortId, ProgrammeId> =
        all.iter().map(|cohort| (cohort.id, cohort.programme)).collect();
    let mut found: BTreeMap<ProgrammeId, Vec<Taken>> = BTreeMap::new();
    for place in enrolments::of_cohorts(store, org, &ids).await? {
        if place.state == EnrolmentState::Completed
            && let (Some(programme), Some((from, to))) =
                (programmes.get(&place.cohort), spans.get(&place.cohort))
        {
            found.entry(*programme).or_default().push((place.person, *from, *to));
        }
    }
    Ok(found)
}

/// Of every programme in turn, year by year, so that what is shown of one never depends on which is asked for.
async fn movements(
    ctx: &Ctx,
    org: OrganisationId,
    programmes: &[(String, ProgrammeId)],
    wanted: ProgrammeId,
    served: &BTreeSet<&str>,
) -> Result<Vec<Movement>> {
    let mut years = Vec::new();
    for cycle in check_in_cycles::all(ctx.store(), org).await? {
        years.extend(year::closed(ctx, org, cycle).await?);
    }
    years.sort_by_key(|year| year.cycle.opens_on);
    let taken = taken(ctx, org).await?;
    let mut groups = Vec::new();
    for (at, pair) in years.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        for (_, programme) in programmes {
            let through = taken.get(programme).into_iter().flatten();
            let people: BTreeSet<PersonId> =
                through.filter(|one| lies_between(one, before, after)).map(|(person, ..)| *person).collect();
            groups.push(Group { key: (*programme, before, after), years: vec![at, at + 1], people });
        }
    }
    let published: Vec<_> = years.iter().map(|year| &year.published).collect();
    let shown = beside(&published, groups).into_iter();
    let own = shown.filter(|group| group.key.0 == wanted);
    Ok(own
        .map(|Group { key: (_, before, after), people, .. }| movement(before, after, &people, served))
        .collect())
}

fn lies_between((person, from, to): &Taken, before: &Year, after: &Year) -> bool {
    let given =
        |year: &Year| year.views.get(person).map(|(at, _)| *at).filter(|_| year.whole.contains(person));
    given(before).is_some_and(|at| at < *from) && given(after).is_some_and(|at| *to < at)
}

fn movement(before: &Year, after: &Year, people: &BTreeSet<PersonId>, served: &BTreeSet<&str>) -> Movement {
    let mean = |year: &Year, key: &str| {
        let figure = |person| year.views.get(person)?.1.get(key)?.figure();
        let figures: Option<Vec<u8>> = people.iter().map(figure).collect();
        // A requirement that some of them did not have then is told of nobody.
        let figures = figures?;
        let count = f64::from(u32::try_from(figures.len()).unwrap_or(u32::MAX));
        Some(rounded(figures.into_iter().map(f64::from).sum::<f64>() / count))
    };
    let moved = |key: &&str| Some(((*key).to_owned(), (mean(before, key)?, mean(after, key)?)));
    Movement {
        from: before.cycle.code.clone(),
        to: after.cycle.code.clone(),
        people: people.len(),
        means: served.iter().filter_map(moved).collect(),
    }
}
