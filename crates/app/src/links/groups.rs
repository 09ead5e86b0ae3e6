//! What a leader group is asked by links: whether it takes part, and how it stands with what it agreed on.

use std::collections::BTreeMap;

use serde_json::json;
use varde_model::{
    cohort::Cohort,
    gathering::Gathering,
    groups::{FollowUp, LeaderGroup, Measure, Standing},
    ids::{LeaderGroupId, OrganisationId, PersonId},
    links::Link,
};
use varde_persistence::{cohorts, gatherings, groups, people};

use super::{
    Act, must_be_open,
    places::{Course, course},
    use_up,
};
use crate::{
    Code, Ctx, Error, PathPart, Refusal, Result,
    access::Oneself,
    groups::{FollowUpReply, GroupAnswer, answer_in, asked_of, included, reply_in},
};

/// A leader group that is asked to take part, as a page shows it.
#[derive(Clone, Debug)]
pub struct GroupQuestion {
    /// The group.
    pub group: LeaderGroup,
    /// The cohort.
    pub cohort: Cohort,
    /// What it is a run of, and whom to ask.
    pub course: Course,
    /// The names of its members, the leader first.
    pub members: Vec<String>,
    /// The gatherings that stand and are for the group.
    pub gatherings: Vec<Gathering>,
}

/// What somebody answers for at a follow-up, as a page shows it.
#[derive(Clone, Debug)]
pub struct FollowUpQuestion {
    /// The group.
    pub group: LeaderGroup,
    /// The cohort.
    pub cohort: Cohort,
    /// What it is a run of, and whom to ask.
    pub course: Course,
    /// Months after the group's last gathering.
    pub month: u32,
    /// What is asked about, with what was said already.
    pub measures: Vec<AskedMeasure>,
}

/// One of the things that are asked about.
#[derive(Clone, Debug)]
pub struct AskedMeasure {
    /// What was agreed on.
    pub measure: Measure,
    /// How it stands, as far as it was told.
    pub follow_up: FollowUp,
    /// Who answers for it, where that is somebody else than the reader.
    pub owner: Option<String>,
}

impl AskedMeasure {
    /// The name of a field about the one at a place of the list.
    pub fn field(name: &str, place: usize) -> String {
        format!("{name}-{}", place + 1)
    }
}

pub(super) async fn group(
    ctx: &Ctx,
    org: OrganisationId,
    id: LeaderGroupId,
) -> Result<Option<GroupQuestion>> {
    let store = ctx.store();
    let Some(group) = groups::find(store, org, id).await? else { return Ok(None) };
    let Some(cohort) = cohorts::find(store, org, group.cohort).await? else { return Ok(None) };
    let mut gatherings = gatherings::of_cohorts(store, org, &[cohort.id]).await?;
    gatherings.retain(|gathering| !gathering.cancelled && gathering.is_for_group(Some(id)));
    let ids = included(store, org, id).await?;
    let found = people::find_many(store, org, &ids).await?;
    let name = |id: &PersonId| found.iter().find(|person| person.id == *id).map(|person| person.name());
    let members = ids.iter().filter_map(name).collect();
    let course = course(ctx, org, &cohort).await?;
    Ok(Some(GroupQuestion { group, cohort, course, members, gatherings }))
}

pub(super) async fn follow_up(
    ctx: &Ctx,
    org: OrganisationId,
    (id, month): (LeaderGroupId, u32),
    person: PersonId,
) -> Result<Option<FollowUpQuestion>> {
    let store = ctx.store();
    let Some(group) = groups::find(store, org, id).await? else { return Ok(None) };
    let Some(cohort) = cohorts::find(store, org, group.cohort).await? else { return Ok(None) };
    let asked = asked_of(store, org, (id, month), person).await?;
    let owners: Vec<PersonId> = asked.iter().map(|(measure, _)| measure.owner).collect();
    let owners = people::find_many(store, org, &owners).await?;
    let measures = asked.into_iter().map(|(measure, follow_up)| {
        let owner = owners.iter().find(|one| one.id == measure.owner && one.id != person);
        AskedMeasure { owner: owner.map(|one| one.name()), measure, follow_up }
    });
    let measures = measures.collect();
    let course = course(ctx, org, &cohort).await?;
    Ok(Some(FollowUpQuestion { group, cohort, course, month, measures }))
}

/// Takes the leader's answer on behalf of all, once.
pub(super) async fn answer_once(
    ctx: &Ctx,
    link: &Link,
    right: &Oneself,
    group: LeaderGroupId,
    act: &Act,
) -> Result<()> {
    let (answer, outcome) = match act {
        Act::Accept => (GroupAnswer::Accept, "accept"),
        Act::Decline(reason) => (GroupAnswer::Decline(reason.clone()), "decline"),
        _ => return Err(Refusal::new(Code::NotFound).into()),
    };
    let tx = ctx.store().write().await?;
    if use_up(ctx, &tx, link, json!({ "act": outcome })).await? {
        answer_in(ctx, &tx, right, group, &answer).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Takes what was typed about everything that was asked; all of it, or nothing.
pub(super) async fn fill(
    ctx: &Ctx,
    link: &Link,
    right: &Oneself,
    (group, month): (LeaderGroupId, u32),
    typed: &BTreeMap<String, String>,
) -> Result<()> {
    must_be_open(link, ctx)?;
    let tx = ctx.store().write().await?;
    let asked = asked_of(&tx, right.org(), (group, month), right.person()).await?;
    let mut refusals = Vec::new();
    for (place, (measure, _)) in asked.iter().enumerate() {
        let at = |name| AskedMeasure::field(name, place);
        let standing = typed.get(&at("standing")).map(|value| Standing::from_name(value));
        let Some(Some(standing)) = standing else {
            refusals.push(missing(at("standing")));
            continue;
        };
        let reply = FollowUpReply {
            measure: measure.id,
            month,
            standing,
            figure: typed.get(&at("figure")).cloned(),
            comment: typed.get(&at("comment")).cloned(),
        };
        match reply_in(ctx, &tx, (right.org(), right.actor()), Some(right.person()), &reply).await {
            Ok(_) => {}
            Err(Error::Refused(refused)) => {
                refusals.extend(refused.into_iter().map(|refusal| of_the_field(refusal, place)));
            }
            Err(other) => return Err(other),
        }
    }
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    tx.commit().await?;
    Ok(())
}

fn missing(field: String) -> Refusal {
    Refusal::new(Code::Required).under(&[PathPart::Field(field.into())])
}

/// What is refused of one measure, at the field of the page that holds it.
fn of_the_field(mut refusal: Refusal, place: usize) -> Refusal {
    if let [PathPart::Field(name)] = refusal.path.as_mut_slice() {
        *name = AskedMeasure::field(name, place).into();
    }
    refusal
}
