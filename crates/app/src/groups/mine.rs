//! Leader groups as their members see them: what was agreed on, and how it stands. Of other groups nothing is shown.

use std::collections::{BTreeSet, HashMap};

use varde_model::{
    cohort::Cohort,
    groups::{FollowUp, LeaderGroup, Measure},
    ids::{CohortId, LeaderGroupId, OrganisationId, PersonId},
};
use varde_persistence::{Conn, cohorts, groups, people};

use super::told_of;
use crate::{Code, Ctx, Refusal, Result, access::Oneself};

/// A group that one belongs to.
#[derive(Clone, Debug)]
pub struct OwnGroup {
    /// The group.
    pub group: LeaderGroup,
    /// Its cohort.
    pub cohort: Cohort,
    /// Who belongs to it, the leader first.
    pub members: Vec<PersonId>,
    /// What was agreed on, with how it stood when it was followed up.
    pub measures: Vec<(Measure, Vec<FollowUp>)>,
    /// The names of everybody who is named in it.
    pub names: HashMap<PersonId, String>,
}

/// The groups that one belongs to, oldest first.
///
/// # Errors
/// The database refused.
pub async fn mine(ctx: &Ctx, right: &Oneself) -> Result<Vec<OwnGroup>> {
    let own = told_of(ctx.store(), right.org(), right.person()).await?;
    whole(ctx.store(), right.org(), own).await
}

/// One of them.
///
/// # Errors
/// Refused: one does not belong to it.
pub async fn my_group(ctx: &Ctx, right: &Oneself, id: LeaderGroupId) -> Result<OwnGroup> {
    my_group_in(ctx.store(), right, id).await
}

/// The same inside a transaction too.
pub(super) async fn my_group_in(conn: &impl Conn, right: &Oneself, id: LeaderGroupId) -> Result<OwnGroup> {
    let mut own = told_of(conn, right.org(), right.person()).await?;
    own.retain(|group| group.id == id);
    let found = whole(conn, right.org(), own).await?.pop();
    Ok(found.ok_or(Refusal::new(Code::NotFound).at("leaderGroupId"))?)
}

async fn whole(conn: &impl Conn, org: OrganisationId, own: Vec<LeaderGroup>) -> Result<Vec<OwnGroup>> {
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<LeaderGroupId> = own.iter().map(|group| group.id).collect();
    let cohort_ids: BTreeSet<CohortId> = own.iter().map(|group| group.cohort).collect();
    let cohort_ids: Vec<CohortId> = cohort_ids.into_iter().collect();
    let cohorts = cohorts::find_many(conn, org, &cohort_ids).await?;
    let mut members = groups::members(conn, org, &ids).await?;
    members.retain(|member| member.included);
    let measures = groups::measures(conn, org, &ids).await?;
    let follow_ups = groups::follow_ups(conn, org, &ids).await?;
    let named: BTreeSet<PersonId> = members
        .iter()
        .map(|member| member.person)
        .chain(measures.iter().map(|measure| measure.owner))
        .chain(own.iter().map(|group| group.leader))
        .collect();
    let named: Vec<PersonId> = named.into_iter().collect();
    let names: HashMap<PersonId, String> =
        people::find_many(conn, org, &named).await?.into_iter().map(|one| (one.id, one.name())).collect();
    let assemble = |group: LeaderGroup| {
        let cohort = cohorts.iter().find(|cohort| cohort.id == group.cohort)?.clone();
        let people: Vec<PersonId> =
            members.iter().filter(|member| member.group == group.id).map(|member| member.person).collect();
        let of = |measure: &Measure| {
            follow_ups.iter().filter(|one| one.measure == measure.id).cloned().collect::<Vec<_>>()
        };
        let agreed = measures.iter().filter(|measure| measure.group == group.id);
        let measures: Vec<_> = agreed.map(|measure| (measure.clone(), of(measure))).collect();
        let concerned: BTreeSet<PersonId> = people
            .iter()
            .copied()
            .chain(measures.iter().map(|(measure, _)| measure.owner))
            .chain([group.leader])
            .collect();
        let names =
            concerned.into_iter().filter_map(|person| Some((person, names.get(&person)?.clone()))).collect();
        Some(OwnGroup { group, cohort, members: people, measures, names })
    };
    Ok(own.into_iter().filter_map(assemble).collect())
}
