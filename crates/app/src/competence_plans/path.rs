//! A plan as one of the two sees it: the items with what was rated and done, and the path to what is missing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use varde_model::{
    catalogue::{PlanItem, Texts, Theme},
    check_in::Party,
    cohort::{Cohort, CohortState},
    ids::{CohortId, OrganisationId, PlanId},
    people::{Appointment, Person},
    plan::{Plan, PlanEntry},
};
use varde_persistence::{
    Conn, appointments,
    cohorts::{self, CohortFilter},
    competence_plans as stored, gatherings, people,
};

use super::{
    desk::{entries_of, missing},
    evidence::{Evidence, covering},
    evidence_of, is_open,
};
use crate::{
    Ctx, Error, Result,
    access::{Oneself, PlanHolder},
    catalogue, frameworks,
};

/// Gatherings named for one item at the most.
const NAMED: usize = 3;

/// A gathering to come that covers an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// The cohort's code.
    pub cohort_code: String,
    /// What the cohort is called.
    pub cohort_title: String,
    /// What the gathering is called.
    pub title: Texts,
    /// When it is.
    pub on: NaiveDate,
}

/// An item with what is known of it.
#[derive(Clone, Debug)]
pub struct SeenItem {
    /// What is to be known or mastered.
    pub item: PlanItem,
    /// What was rated and done.
    pub entry: PlanEntry,
    /// By when; None where it can wait.
    pub due_on: Option<NaiveDate>,
    /// The gathering that covered it.
    pub evidence: Option<Evidence>,
    /// True while something is to be done about it.
    pub open: bool,
    /// The next gatherings that cover it, for what is open.
    pub next: Vec<Next>,
}

/// What one of the two sees.
#[derive(Clone, Debug)]
pub struct PlanView {
    /// Where it stands.
    pub plan: Plan,
    /// The leader.
    pub leader: Person,
    /// What the line manager is called; None where nobody within the trust is.
    pub manager_name: Option<String>,
    /// Which of the two looks at it.
    pub party: Party,
    /// The items, theme by theme.
    pub items: Vec<SeenItem>,
}

/// The right at a plan, as the leader or as the line manager.
///
/// # Errors
/// Not found: there is none of that id that is one's own.
pub async fn hold(ctx: &Ctx, right: &Oneself, id: PlanId) -> Result<PlanHolder> {
    let found = stored::find(ctx.store(), right.org(), id).await?;
    found.and_then(|plan| right.at_plan(&plan)).ok_or_else(|| missing().into())
}

/// A plan as one of the two sees it.
///
/// # Errors
/// Not found: it is somebody else's by now.
pub async fn view(ctx: &Ctx, right: &PlanHolder) -> Result<PlanView> {
    let (store, org) = (ctx.store(), right.org());
    let plan = stored::find(store, org, right.plan()).await?.ok_or_else(missing)?;
    let known = people::find_many(store, org, &[&[plan.leader], plan.manager.as_slice()].concat()).await?;
    let person = |id| known.iter().find(|person| person.id == id);
    let leader = person(plan.leader).cloned().ok_or_else(|| Error::internal("a plan without a leader"))?;
    let manager_name = plan.manager.and_then(person).map(Person::name);
    let framework = frameworks::version(store, org, plan.framework).await?;
    let mut entries = entries_of(&plan, &framework, &stored::entries(store, org, &[plan.id]).await?);
    let attended = evidence_of(store, org, &[&plan]).await?;
    let coming = if entries.values().any(PlanEntry::is_needed) {
        coming(ctx, store, org, &plan).await?
    } else {
        BTreeMap::new()
    };
    let mut items = Vec::with_capacity(framework.plan.len());
    for item in framework.plan {
        let Some(entry) = entries.remove(&item.key) else { continue };
        let open = is_open(&plan, &item, &entry, &attended);
        let covers = open && item.gatherings;
        let next = coming.get(&item.theme).filter(|_| covers).cloned().unwrap_or_default();
        items.push(SeenItem {
            due_on: entry.due_on(&item, &plan),
            evidence: covering(&plan, &item, &attended).cloned(),
            open,
            next,
            entry,
            item,
        });
    }
    Ok(PlanView { plan, leader, manager_name, party: right.party(), items })
}

/// The next gatherings by theme, of cohorts that are open for enrolment and meant for this leader.
async fn coming(
    ctx: &Ctx,
    conn: &impl Conn,
    org: OrganisationId,
    plan: &Plan,
) -> Result<BTreeMap<Theme, Vec<Next>>> {
    let Some(appointment) = appointments::find(conn, org, plan.appointment).await? else {
        return Ok(BTreeMap::new());
    };
    let filter = CohortFilter { states: vec![CohortState::Published], ..CohortFilter::default() };
    let open = cohorts::list(conn, org, &filter, None, u64::from(u32::MAX)).await?;
    let ids: Vec<CohortId> = open.iter().map(|cohort| cohort.id).collect();
    let mut meetings = gatherings::of_cohorts(conn, org, &ids).await?;
    meetings.retain(|gathering| !gathering.cancelled);
    meetings.sort_by_key(|gathering| (gathering.starts_at, gathering.id));
    let programmes = catalogue::latest(conn, org).await?;
    let mut found: BTreeMap<Theme, Vec<Next>> = BTreeMap::new();
    for gathering in meetings.iter().filter(|gathering| gathering.starts_at > ctx.now) {
        let Some(cohort) = open.iter().find(|cohort| cohort.id == gathering.cohort) else { continue };
        let first = meetings.iter().find(|other| other.cohort == cohort.id).map(|first| first.date);
        let own = programmes.iter().find(|own| own.version.programme == cohort.programme);
        if !own.is_some_and(|own| is_for(&own.programme, &appointment, first)) {
            continue;
        }
        for theme in gathering.blocks.iter().filter_map(|block| block.theme) {
            let next = next(cohort, gathering);
            let known = found.entry(theme).or_default();
            if known.len() < NAMED && !known.contains(&next) {
                known.push(next);
            }
        }
    }
    Ok(found)
}

/// Whether a leader can come into a programme alone, on the first day of a cohort.
fn is_for(
    programme: &varde_model::catalogue::Programme,
    appointment: &Appointment,
    first: Option<NaiveDate>,
) -> bool {
    let alone = programme.groups.is_none() && programme.nomination.is_none();
    let meant = |day| programme.audience.includes(appointment.level, appointment.since, day);
    alone && first.is_some_and(meant)
}

fn next(cohort: &Cohort, gathering: &varde_model::gathering::Gathering) -> Next {
    Next {
        cohort_code: cohort.code.clone(),
        cohort_title: cohort.title.clone(),
        title: gathering.title.clone(),
        on: gathering.date,
    }
}
