//! What the leaders said of themselves in a cycle that was closed: what every figure about groups is made of.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use varde_model::{
    catalogue::{Domain, DomainText},
    check_in::{
        CheckIn, Cycle,
        profile::{Behind, Profile, Published, profile, publish},
        thread::Ratings,
    },
    framework::Framework,
    ids::{CheckInId, OrganisationId, PersonId},
    people::Chart,
};
use varde_persistence::{check_ins, check_ins::written};

use crate::{Ctx, Result, frameworks, line::tree};

/// A closed cycle.
pub(super) struct Year {
    pub(super) cycle: Cycle,
    /// When each leader's view was given, and what it says.
    pub(super) views: BTreeMap<PersonId, (DateTime<Utc>, Ratings)>,
    /// Those who rated every requirement of their contract with a figure.
    pub(super) whole: BTreeSet<PersonId>,
    /// Who stands behind the figures, and how.
    pub(super) profiles: BTreeMap<PersonId, Profile>,
    /// Which figures may be shown.
    pub(super) published: Published,
    /// The units as they were.
    pub(super) chart: Chart,
    /// What the domains are called.
    pub(super) domains: Vec<DomainText>,
}

/// What was given by the close of a cycle; None until it is closed.
pub(super) async fn closed(ctx: &Ctx, org: OrganisationId, cycle: Cycle) -> Result<Option<Year>> {
    let Some(closed_at) = cycle.closed_at else { return Ok(None) };
    let store = ctx.store();
    let given = check_ins::of_cycle(store, org, cycle.id).await?;
    let by_the_close = |one: CheckIn| Some((one.given.leader.filter(|at| *at <= closed_at)?, one));
    let given: Vec<(DateTime<Utc>, CheckIn)> = given.into_iter().filter_map(by_the_close).collect();
    let mut ratings: BTreeMap<CheckInId, Ratings> = BTreeMap::new();
    for one in written::figures(store, org, cycle.id, closed_at).await? {
        ratings.entry(one.check_in).or_default().insert(one.requirement, one.rating);
    }
    let versions = versions(ctx, org, given.iter().map(|(_, one)| one.framework).collect()).await?;
    let newest = versions.values().next_back().map(|framework| framework.domains.clone());
    let (mut views, mut whole) = (BTreeMap::new(), BTreeSet::new());
    let (mut profiles, mut behind) = (BTreeMap::new(), Vec::new());
    for (at, one) in given {
        let Some(framework) = versions.get(&one.framework) else { continue };
        let own = ratings.remove(&one.id).unwrap_or_default();
        let told = profile(&framework.requirements, |key| own.get(key).copied());
        // Every figure has the same people behind it: who says nothing of a domain is behind none.
        if told.len() == Domain::ALL.len() {
            behind.push(Behind { person: one.leader, unit: one.unit, level: one.level });
            profiles.insert(one.leader, told);
        }
        let rated = |key: &String| own.get(key).is_some_and(|rating| rating.figure().is_some());
        if framework.keys().iter().all(rated) {
            whole.insert(one.leader);
        }
        views.insert(one.leader, (at, own));
    }
    let chart = tree(store, org).await?;
    let published = publish(&behind, |unit| chart.parent_on(unit, cycle.opens_on));
    Ok(Some(Year { cycle, views, whole, profiles, published, chart, domains: newest.unwrap_or_default() }))
}

/// The versions of the framework with these numbers.
pub(super) async fn versions(
    ctx: &Ctx,
    org: OrganisationId,
    wanted: BTreeSet<u32>,
) -> Result<BTreeMap<u32, Framework>> {
    let mut found = BTreeMap::new();
    for version in wanted {
        found.insert(version, frameworks::version(ctx.store(), org, version).await?);
    }
    Ok(found)
}
