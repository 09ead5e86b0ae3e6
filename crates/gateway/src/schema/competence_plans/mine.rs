//! A plan as one of the two sees it.

use async_graphql::{ID, SimpleObject};
use varde_app::competence_plans::{PlanView, SeenItem};
use varde_model::{Locale, check_in::Party, ids::PersonId, plan::Plan};

use super::labels::{PlanRatingLabel, PlanStateLabel, ResourceKindLabel};
use crate::{
    relay,
    schema::{check_ins::PartyLabel, cohorts::ThemeLabel, scalars::LocalDate},
};

/// A competence plan of one's own (min kompetanseplan), as the leader or as the line manager.
#[derive(Clone, Debug, SimpleObject)]
pub struct MyCompetencePlanEntry {
    /// The id that `myCompetencePlan` takes.
    plan_id: ID,
    /// Where it stands.
    state: PlanStateLabel,
    /// Whether one is the leader or the line manager in it.
    party: PartyLabel,
    /// Since when the leader has led the unit.
    appointed_on: LocalDate,
}

impl MyCompetencePlanEntry {
    pub(super) fn told(plan: &Plan, person: PersonId) -> Self {
        Self {
            plan_id: relay::encode("CompetencePlan", plan.id.0),
            state: plan.state.into(),
            party: plan.party_of(person).unwrap_or(Party::Manager).into(),
            appointed_on: LocalDate(plan.appointed_on),
        }
    }
}

/// A competence plan with its items. Only the leader and the line manager see it.
#[derive(Clone, Debug, SimpleObject)]
pub struct MyCompetencePlan {
    /// The id that the mutations take.
    plan_id: ID,
    /// Where it stands.
    state: PlanStateLabel,
    /// Whether one is the leader or the line manager in it.
    party: PartyLabel,
    /// The leader.
    leader_name: String,
    /// The line manager; null where nobody within the trust is.
    manager_name: Option<String>,
    /// Since when the leader has led the unit; deadlines count from it.
    appointed_on: LocalDate,
    /// The items, theme by theme.
    items: Vec<MyCompetencePlanItem>,
    /// Counts the changes; `agreeOnCompetencePlan` states the one that was read.
    version: u32,
}

/// An item of a competence plan (punkt i kompetanseplanen).
#[derive(Clone, Debug, SimpleObject)]
pub struct MyCompetencePlanItem {
    /// Its key.
    key: String,
    /// Its theme.
    theme: ThemeLabel,
    /// Its name.
    title: String,
    /// What is to be known or mastered.
    text: String,
    /// What the leader says; null where it is not rated.
    own: Option<PlanRatingLabel>,
    /// What both agreed on; null before.
    agreed: Option<PlanRatingLabel>,
    /// By when what is missing should be done; null where it can wait.
    due_on: Option<LocalDate>,
    /// True while something is to be done about it.
    open: bool,
    /// When the leader did it.
    done_on: Option<LocalDate>,
    /// The gathering that covered it.
    attended: Option<MyCoveringGathering>,
    /// The next gatherings that cover it, of cohorts open for enrolment and meant for the leader.
    next: Vec<MyCoveringGathering>,
    /// Courses and tools that cover it.
    covered_by: Vec<MyCompetenceResource>,
}

/// A gathering that covers an item.
#[derive(Clone, Debug, SimpleObject)]
pub struct MyCoveringGathering {
    /// What the gathering is called.
    title: String,
    /// When it is.
    on: LocalDate,
    /// What the cohort is called; null for one that was attended.
    cohort_title: Option<String>,
    /// The cohort's code; null for one that was attended.
    cohort_code: Option<String>,
}

/// A course or a tool.
#[derive(Clone, Debug, SimpleObject)]
pub struct MyCompetenceResource {
    /// What it is.
    kind: ResourceKindLabel,
    /// What it is called.
    title: String,
}

fn item(seen: SeenItem, locale: Locale) -> MyCompetencePlanItem {
    let SeenItem { item, entry, due_on, evidence, open, next } = seen;
    let next = next.into_iter().map(|next| MyCoveringGathering {
        title: next.title.into_text(locale),
        on: LocalDate(next.on),
        cohort_title: Some(next.cohort_title),
        cohort_code: Some(next.cohort_code),
    });
    let covered_by = item.covered_by.into_iter().map(|resource| MyCompetenceResource {
        kind: resource.kind.into(),
        title: resource.title.into_text(locale),
    });
    MyCompetencePlanItem {
        theme: item.theme.into(),
        title: item.title.into_text(locale),
        text: item.text.into_text(locale),
        own: entry.own.map(Into::into),
        agreed: entry.agreed.map(Into::into),
        due_on: due_on.map(LocalDate),
        open,
        done_on: entry.done_on.map(LocalDate),
        attended: evidence.map(|one| MyCoveringGathering {
            title: one.title.into_text(locale),
            on: LocalDate(one.on),
            cohort_title: None,
            cohort_code: None,
        }),
        next: next.collect(),
        covered_by: covered_by.collect(),
        key: item.key,
    }
}

impl MyCompetencePlan {
    pub(super) fn told(seen: PlanView, locale: Locale) -> Self {
        Self {
            plan_id: relay::encode("CompetencePlan", seen.plan.id.0),
            state: seen.plan.state.into(),
            party: seen.party.into(),
            leader_name: seen.leader.name(),
            manager_name: seen.manager_name,
            appointed_on: LocalDate(seen.plan.appointed_on),
            items: seen.items.into_iter().map(|one| item(one, locale)).collect(),
            version: seen.plan.version,
        }
    }
}
