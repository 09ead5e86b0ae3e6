//! Leader groups as they are looked up.

use varde_model::{
    groups::{FollowUp, GroupState, LeaderGroup, Measure, Member},
    ids::{CohortId, LeaderGroupId, OrganisationId, PersonId},
};
use varde_persistence::{Conn, groups};

use crate::{Ctx, Result, access::Coordinator};

/// One group.
///
/// # Errors
/// The database refused.
pub async fn find(ctx: &Ctx, right: &Coordinator, id: LeaderGroupId) -> Result<Option<LeaderGroup>> {
    Ok(groups::find(ctx.store(), right.org(), id).await?)
}

/// Several groups.
///
/// # Errors
/// The database refused.
pub async fn find_many(ctx: &Ctx, right: &Coordinator, ids: &[LeaderGroupId]) -> Result<Vec<LeaderGroup>> {
    Ok(groups::find_many(ctx.store(), right.org(), ids).await?)
}

/// The groups of several cohorts, in whatever state.
///
/// # Errors
/// The database refused.
pub async fn of_cohorts(ctx: &Ctx, right: &Coordinator, cohorts: &[CohortId]) -> Result<Vec<LeaderGroup>> {
    Ok(groups::of_cohorts(ctx.store(), right.org(), cohorts).await?)
}

/// Who belongs to groups, and who was left out.
///
/// # Errors
/// The database refused.
pub async fn members_of(ctx: &Ctx, right: &Coordinator, ids: &[LeaderGroupId]) -> Result<Vec<Member>> {
    Ok(groups::members(ctx.store(), right.org(), ids).await?)
}

/// What groups have agreed on.
///
/// # Errors
/// The database refused.
pub async fn measures_of(ctx: &Ctx, right: &Coordinator, ids: &[LeaderGroupId]) -> Result<Vec<Measure>> {
    Ok(groups::measures(ctx.store(), right.org(), ids).await?)
}

/// How that stood when it was followed up.
///
/// # Errors
/// The database refused.
pub async fn follow_ups_of(ctx: &Ctx, right: &Coordinator, ids: &[LeaderGroupId]) -> Result<Vec<FollowUp>> {
    Ok(groups::follow_ups(ctx.store(), right.org(), ids).await?)
}

/// Who belongs to a group, in the order in which they came.
pub(crate) async fn included(
    conn: &impl Conn,
    org: OrganisationId,
    group: LeaderGroupId,
) -> Result<Vec<PersonId>> {
    let members = groups::members(conn, org, &[group]).await?;
    Ok(members.into_iter().filter(|member| member.included).map(|member| member.person).collect())
}

/// Whether somebody belongs to a group: what it agrees on, and how it stands, is for its members.
pub(crate) async fn belongs_to(
    conn: &impl Conn,
    org: OrganisationId,
    group: LeaderGroupId,
    person: PersonId,
) -> Result<bool> {
    Ok(included(conn, org, group).await?.contains(&person))
}

/// The groups that somebody belongs to and was told of.
pub(crate) async fn told_of(
    conn: &impl Conn,
    org: OrganisationId,
    person: PersonId,
) -> Result<Vec<LeaderGroup>> {
    let ids = groups::groups_of_person(conn, org, person).await?;
    let mut found = groups::find_many(conn, org, &ids).await?;
    let told = |group: &LeaderGroup| match group.state {
        GroupState::Proposed => false,
        // So far its leader alone is asked.
        GroupState::Invited | GroupState::Declined | GroupState::Lapsed => group.leader == person,
        GroupState::Enrolled | GroupState::Withdrawn | GroupState::Completed => true,
    };
    found.retain(told);
    Ok(found)
}
