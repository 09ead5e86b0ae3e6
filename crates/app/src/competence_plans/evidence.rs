//! What leaders have attended since they were appointed: gatherings on the theme of an item cover it by themselves.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use varde_model::{
    catalogue::{PlanItem, Texts, Theme},
    gathering::{Gathering, Presence},
    ids::{CohortId, EnrolmentId, GatheringId, OrganisationId, PersonId},
    plan::{Plan, PlanEntry},
};
use varde_persistence::{Conn, enrolments, gatherings};

use crate::Result;

/// A gathering that was attended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The theme of one of its parts.
    pub theme: Theme,
    /// What the gathering was called.
    pub title: Texts,
    /// When it was.
    pub on: NaiveDate,
}

/// What was attended, by leader.
pub(crate) type Attended = BTreeMap<PersonId, Vec<Evidence>>;

/// What the leaders of some plans have attended.
pub(crate) async fn evidence_of(conn: &impl Conn, org: OrganisationId, plans: &[&Plan]) -> Result<Attended> {
    let leaders: Vec<PersonId> = plans.iter().map(|plan| plan.leader).collect();
    let places = enrolments::of_persons(conn, org, &leaders).await?;
    let holders: BTreeMap<EnrolmentId, PersonId> =
        places.iter().map(|place| (place.id, place.person)).collect();
    let mut cohorts: Vec<CohortId> = places.iter().map(|place| place.cohort).collect();
    cohorts.sort_unstable();
    cohorts.dedup();
    if cohorts.is_empty() {
        return Ok(Attended::new());
    }
    let meetings: BTreeMap<GatheringId, Gathering> = gatherings::of_cohorts(conn, org, &cohorts)
        .await?
        .into_iter()
        .filter(|gathering| gathering.blocks.iter().any(|block| block.theme.is_some()))
        .map(|gathering| (gathering.id, gathering))
        .collect();
    let ids: Vec<GatheringId> = meetings.keys().copied().collect();
    let mut attended = Attended::new();
    for record in gatherings::attendance(conn, org, &ids).await? {
        let there = matches!(record.presence, Presence::Present | Presence::Partly);
        let (Some(person), Some(gathering)) =
            (holders.get(&record.enrolment), meetings.get(&record.gathering).filter(|_| there))
        else {
            continue;
        };
        let own = attended.entry(*person).or_default();
        let themes = gathering.blocks.iter().filter_map(|block| block.theme);
        own.extend(themes.map(|theme| Evidence {
            theme,
            title: gathering.title.clone(),
            on: gathering.date,
        }));
    }
    Ok(attended)
}

/// The first gathering since the appointment that covers an item.
pub(super) fn covering<'a>(plan: &Plan, item: &PlanItem, attended: &'a Attended) -> Option<&'a Evidence> {
    let own = attended.get(&plan.leader)?.iter().filter(|_| item.gatherings);
    own.filter(|one| one.theme == item.theme && one.on >= plan.appointed_on).min_by_key(|one| one.on)
}

/// Whether something is still to be done about an item.
pub(crate) fn is_open(plan: &Plan, item: &PlanItem, entry: &PlanEntry, attended: &Attended) -> bool {
    entry.is_needed() && entry.done_on.is_none() && covering(plan, item, attended).is_none()
}
