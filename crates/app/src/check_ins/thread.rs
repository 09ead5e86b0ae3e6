//! The thread from what is low at a check-in to what serves it: programmes with the reason, whether the leader may take part,
//! and the next dates.

mod dates;

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use varde_model::{
    catalogue::{PlanItem, Programme, Texts},
    check_in::{
        Rated,
        thread::{Directness, Need, Ratings, Target, low},
    },
    eligibility::{Answer, Fact, Rule, turns_yes},
    enrolment::EnrolmentState,
    ids::{OrganisationId, PersonId},
    local_time::Zoned,
    people::Level,
};
use varde_persistence::organisations;

pub use dates::NextCohort;

use super::conversation::Conversation;
use crate::{
    Ctx, Error, Result,
    access::OneOfTwo,
    catalogue,
    eligibility::{self, FirstDay},
};

/// Months that are proposed for an action without dates of its own.
const MONTHS: Months = Months::new(6);

/// A low requirement or domain, with what serves it.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Which.
    pub need: Need,
    /// What it is called.
    pub title: Texts,
    /// The requirement's number in the contract.
    pub number: Option<usize>,
    /// Programmes that serve it, the most directly first.
    pub programmes: Vec<Suggestion>,
    /// Items of the competence plan in its domains; for operative leaders, whom the plan is for.
    pub items: Vec<ItemSuggestion>,
}

/// An item of the competence plan that serves a need.
#[derive(Clone, Debug)]
pub struct ItemSuggestion {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub title: Texts,
    /// Courses and tools that cover it.
    pub covered_by: Vec<Texts>,
    /// The day proposed for an action that leads to it.
    pub due_on: NaiveDate,
    /// An action of this check-in leads to it already.
    pub agreed: bool,
}

/// A programme that serves a need.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// How directly.
    pub directness: Directness,
    /// The parts that do: the module, in a programme of modules, and the block.
    pub parts: Vec<(Option<Texts>, Texts)>,
    /// The programme, for this leader.
    pub offer: Offer,
    /// An action of this check-in leads to it already.
    pub agreed: bool,
}

/// How people come into a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayIn {
    /// A leader asks for a place.
    Asking,
    /// By nomination.
    Nomination,
    /// With the whole leader group.
    Group,
}

impl WayIn {
    fn of(programme: &Programme) -> Self {
        match (&programme.groups, &programme.nomination) {
            (Some(_), _) => Self::Group,
            (None, Some(_)) => Self::Nomination,
            (None, None) => Self::Asking,
        }
    }
}

/// A programme as it stands to one leader.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub title: Texts,
    /// How people come into it.
    pub way: WayIn,
    /// Whether the leader may take part: nothing stands in the way.
    pub eligible: bool,
    /// What stands in the way, rule by rule.
    pub obstacles: Vec<Answer>,
    /// The day from which nothing does; None where it is so already, or no such day is known.
    pub eligible_from: Option<NaiveDate>,
    /// The place that the leader has, or completed it with.
    pub place: Option<EnrolmentState>,
    /// Cohorts that are open for enrolment, the next one first.
    pub dates: Vec<NextCohort>,
    /// The day proposed for an action that leads to it: after the next dates, or in half a year.
    pub due_on: NaiveDate,
}

/// What serves the low requirements and domains of a check-in; nothing until both have given their views.
///
/// # Errors
/// The database refused.
pub async fn thread(ctx: &Ctx, right: &OneOfTwo, held: &Conversation) -> Result<Vec<Wanted>> {
    let Some(other) = &held.other else { return Ok(Vec::new()) };
    let own = held.own.iter().map(|(key, (rated, _))| (key, rated));
    let needs = low(&held.framework, &[ratings(own), ratings(other.iter())]);
    if needs.is_empty() {
        return Ok(Vec::new());
    }
    let org = right.org();
    let own = catalogue::latest(ctx.store(), org).await?;
    let programmes: Vec<&Programme> =
        own.iter().map(|own| &own.programme).filter(|one| !one.audience.without_appointment).collect();
    let mut offers = Offers::of(ctx, org, held.check_in.leader).await?;
    let due_on = half_a_year_on(offers.today);
    let operative = matches!(held.check_in.level, Level::Three | Level::Four);
    let item = |item: &PlanItem| ItemSuggestion {
        key: item.key.clone(),
        title: item.title.clone(),
        covered_by: item.covered_by.iter().map(|one| one.title.clone()).collect(),
        due_on,
        agreed: held.actions.iter().any(|one| one.action.plan_item.as_ref() == Some(&item.key)),
    };
    let items = |target: &Target<'_>| -> Vec<ItemSuggestion> {
        if operative { target.items(&held.framework).map(item).collect() } else { Vec::new() }
    };
    let agreed = |key: &str| held.actions.iter().any(|one| one.action.programme.as_deref() == Some(key));
    let mut told = Vec::new();
    for need in needs {
        let Some(target) = Target::of(&held.framework, &need, held.level) else { continue };
        let items = items(&target);
        let mut suggestions = Vec::new();
        for served in target.by_programmes(programmes.iter().copied()) {
            let parts = served.parts.iter().map(|part| (part.module.cloned(), part.block.title.clone()));
            suggestions.push(Suggestion {
                directness: served.directness,
                parts: parts.collect(),
                agreed: agreed(&served.programme.key),
                offer: offers.offer(served.programme).await?,
            });
        }
        let (number, title) = match &need {
            Need::Requirement(key) => {
                held.framework.requirement(key).map(|(number, one)| (Some(number), one.title.clone()))
            }
            Need::Domain(domain) => held.framework.domain(*domain).map(|text| (None, text.title.clone())),
        }
        .unwrap_or_default();
        told.push(Wanted { need, title, number, programmes: suggestions, items });
    }
    Ok(told)
}

fn half_a_year_on(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(MONTHS).unwrap_or(today)
}

fn ratings<'a>(view: impl Iterator<Item = (&'a String, &'a Rated)>) -> Ratings {
    view.filter_map(|(key, rated)| Some((key.clone(), rated.rating?))).collect()
}

/// What programmes are to one leader, each asked once.
struct Offers<'a> {
    ctx: &'a Ctx,
    org: OrganisationId,
    leader: PersonId,
    today: NaiveDate,
    dates: BTreeMap<String, Vec<NextCohort>>,
    known: BTreeMap<String, Offer>,
}

impl<'a> Offers<'a> {
    async fn of(ctx: &'a Ctx, org: OrganisationId, leader: PersonId) -> Result<Self> {
        let organisation = organisations::find(ctx.store(), org).await?;
        let zone = organisation.ok_or_else(|| Error::internal("the organisation of a right is gone"))?.zone;
        let today = Zoned::at(ctx.now, zone).date;
        let dates = dates::open_for_enrolment(ctx, org).await?;
        Ok(Self { ctx, org, leader, today, dates, known: BTreeMap::new() })
    }

    async fn offer(&mut self, programme: &Programme) -> Result<Offer> {
        if let Some(known) = self.known.get(&programme.key) {
            return Ok(known.clone());
        }
        let asked =
            eligibility::of_leader(self.ctx, self.org, self.leader, &programme.key, FirstDay::Next).await?;
        let place = asked.answers.iter().find_map(|answer| match answer.fact {
            Fact::Place(Some(state)) if !answer.holds => Some(state),
            _ => None,
        });
        let eligible_from = turns_yes(&asked.answers);
        let mut obstacles = asked.answers;
        // The place is told by itself.
        obstacles.retain(|answer| answer.forbids() && answer.rule != Rule::NoOtherPlace);
        let dates = self.dates.get(&programme.key).cloned().unwrap_or_default();
        let last = dates.first().and_then(|next| next.days.last()).copied();
        let offer = Offer {
            key: programme.key.clone(),
            title: programme.title.clone(),
            way: WayIn::of(programme),
            eligible: obstacles.is_empty() && place.is_none(),
            eligible_from: eligible_from.filter(|_| place.is_none()),
            obstacles,
            place,
            due_on: last.unwrap_or_else(|| half_a_year_on(self.today)),
            dates,
        };
        self.known.insert(programme.key.clone(), offer.clone());
        Ok(offer)
    }
}
