//! Leader groups as they are looked up.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use varde_model::{
    catalogue::GroupRule,
    gathering::Gathering,
    groups::{FollowUp, GroupState, LeaderGroup, Measure, Member, measures::follow_up_day},
    ids::{CohortId, LeaderGroupId, MeasureId, OrganisationId, PersonId},
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

/// Several of these, by their ids.
///
/// # Errors
/// The database refused.
pub async fn find_measures(ctx: &Ctx, right: &Coordinator, ids: &[MeasureId]) -> Result<Vec<Measure>> {
    Ok(groups::find_measures(ctx.store(), right.org(), ids).await?)
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

/// A measure whose follow-up the coordinators wait for, with its group.
#[derive(Clone, Debug)]
pub struct MeasureOverdue {
    /// The measure.
    pub measure: Measure,
    /// Its group.
    pub group: LeaderGroup,
    /// Since when, and who was asked.
    pub follow_up: FollowUp,
}

/// Follow-ups of which the coordinators have heard and that have not been answered, oldest first; at most so many.
///
/// # Errors
/// The database refused.
pub async fn overdue(ctx: &Ctx, right: &Coordinator, most: u64) -> Result<Vec<MeasureOverdue>> {
    let (store, org) = (ctx.store(), right.org());
    let waiting = groups::overdue(store, org, None, most).await?;
    let ids: BTreeSet<LeaderGroupId> = waiting.iter().map(|one| one.group).collect();
    let ids: Vec<LeaderGroupId> = ids.into_iter().collect();
    let found = groups::find_many(store, org, &ids).await?;
    let measures = groups::measures(store, org, &ids).await?;
    let with = |follow_up: FollowUp| {
        let measure = measures.iter().find(|measure| measure.id == follow_up.measure)?.clone();
        let group = found.iter().find(|group| group.id == follow_up.group)?.clone();
        Some(MeasureOverdue { measure, group, follow_up })
    };
    Ok(waiting.into_iter().filter_map(with).collect())
}

/// The days on which groups of a cohort are asked how it stands, by the gatherings as they are planned now.
pub fn follow_up_dates(
    rule: &GroupRule,
    gatherings: &[Gathering],
    group: LeaderGroupId,
) -> Vec<(u32, NaiveDate)> {
    let own = gatherings.iter().filter(|one| !one.cancelled && one.is_for_group(Some(group)));
    let Some(last) = own.map(|gathering| gathering.date).max() else { return Vec::new() };
    rule.follow_up_months.iter().map(|month| (*month, follow_up_day(last, *month))).collect()
}
