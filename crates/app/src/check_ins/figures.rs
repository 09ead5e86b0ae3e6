//! How the leaders of a trust stand in each domain, once a cycle is closed: the means that may be shown, and no others.

use std::collections::{BTreeMap, BTreeSet};

use varde_model::{
    catalogue::{Domain, DomainText},
    check_in::profile::{LevelGroup, Profile, Published},
    ids::{PersonId, UnitId},
};

use super::{
    queries::named,
    year::{self, Year},
};
use crate::{Ctx, Result, access::Coordinator};

/// The highest and the lowest mean that is told: beyond them, everybody of a small group would be known to have said the
/// same.
const TOLD: (f64, f64) = (1.2, 3.8);

/// The means of a group of at least five.
#[derive(Clone, Debug, PartialEq)]
pub struct Means {
    /// How many stand behind each of them.
    pub people: usize,
    /// The mean in each domain, rounded to one decimal and never told beyond 1.2 and 3.8.
    pub domains: BTreeMap<Domain, f64>,
}

/// What may be shown of a cycle.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// The whole trust; None below five.
    pub trust: Option<Means>,
    /// Units with all units below, where they may be shown, by name.
    pub units: Vec<(UnitId, String, Means)>,
    /// Levels, some of them as one; empty where they may not be shown apart.
    pub levels: Vec<(LevelGroup, Means)>,
    /// What the domains are called.
    pub domains: Vec<DomainText>,
}

/// The figures of a cycle that was closed; None until then.
///
/// # Errors
/// Refused: no such cycle.
pub async fn figures(ctx: &Ctx, right: &Coordinator, code: &str) -> Result<Option<Figures>> {
    let cycle = named(ctx, right, code).await?;
    let Some(year) = year::closed(ctx, right.org(), cycle).await? else { return Ok(None) };
    let Year { cycle, profiles, published, chart, domains, .. } = year;
    let day = cycle.opens_on;
    let name = |unit| chart.unit_on(unit, day).map(|period| period.name.clone()).unwrap_or_default();
    Ok(Some(Figures { domains, ..told(&published, &profiles, name) }))
}

/// A mean as it is told.
pub(super) fn rounded(mean: f64) -> f64 {
    ((mean * 10.0).round() / 10.0).clamp(TOLD.0, TOLD.1)
}

fn told(
    shown: &Published,
    profiles: &BTreeMap<PersonId, Profile>,
    name: impl Fn(UnitId) -> String,
) -> Figures {
    let means = |people: &BTreeSet<PersonId>| {
        let of = |domain: Domain| people.iter().filter_map(move |one| profiles.get(one)?.get(&domain));
        let count = f64::from(u32::try_from(people.len()).unwrap_or(u32::MAX));
        let mean = |domain: Domain| of(domain).sum::<f64>() / count;
        let domains = Domain::ALL.into_iter().map(|domain| (domain, rounded(mean(domain)))).collect();
        Means { people: people.len(), domains }
    };
    let mut units: Vec<_> =
        shown.units.iter().map(|(unit, people)| (*unit, name(*unit), means(people))).collect();
    units.sort_by(|one, other| one.1.cmp(&other.1));
    Figures {
        trust: shown.trust.as_ref().map(means),
        units,
        levels: shown.levels.iter().map(|(group, people)| (group.clone(), means(people))).collect(),
        domains: Vec::new(),
    }
}
