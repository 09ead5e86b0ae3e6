//! What an intake needs: item by item how many need training, so that gatherings are planned for it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use varde_model::{
    catalogue::PlanItem,
    check_in::profile::LEAST_BEHIND,
    ids::PersonId,
    plan::{Plan, PlanRating, PlanState},
};
use varde_persistence::{cohorts, competence_plans as stored, enrolments};

use crate::{Code, Ctx, Refusal, Result, access::Coordinator, frameworks};

/// Whose needs: leaders appointed within these days, in a cohort, or both; all where nothing is said.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// Appointed on this day or later.
    pub appointed_from: Option<NaiveDate>,
    /// Appointed on this day or earlier.
    pub appointed_to: Option<NaiveDate>,
    /// With a place in the cohort of this code.
    pub cohort: Option<String>,
}

/// How many stand how to an item.
#[derive(Clone, Debug)]
pub struct ItemNeed {
    /// The item, of the newest version.
    pub item: PlanItem,
    /// Those who need training.
    pub needs_training: usize,
    /// Those who know some of it.
    pub some: usize,
    /// Those who master it.
    pub confident: usize,
}

/// What an intake needs.
#[derive(Clone, Debug)]
pub struct Needs {
    /// Plans of the intake that have not ended.
    pub plans: usize,
    /// Those that are rated whole, and so are counted.
    pub rated: usize,
    /// Item by item; None where fewer than five are counted, as one could tell who said what.
    pub items: Option<Vec<ItemNeed>>,
}

/// What an intake needs, by what was agreed on, or else by what the leader says.
///
/// # Errors
/// Refused: no such cohort.
pub async fn needs(ctx: &Ctx, right: &Coordinator, intake: &Intake) -> Result<Needs> {
    let (store, org) = (ctx.store(), right.org());
    let mut plans = stored::live(store, org).await?;
    plans.retain(|plan| intake.appointed_from.is_none_or(|from| plan.appointed_on >= from));
    plans.retain(|plan| intake.appointed_to.is_none_or(|to| plan.appointed_on <= to));
    if let Some(code) = &intake.cohort {
        let cohort = cohorts::find_by_code(store, org, code.trim()).await?;
        let cohort = cohort.ok_or(Refusal::new(Code::NotFound).at("cohortCode"))?;
        let places = enrolments::of_cohort(store, org, cohort.id).await?;
        let there: Vec<PersonId> =
            places.iter().filter(|place| place.state.takes_part()).map(|place| place.person).collect();
        plans.retain(|plan| there.contains(&plan.leader));
    }
    let rated: Vec<&Plan> = plans.iter().filter(|plan| plan.state != PlanState::Draft).collect();
    let counts = Needs { plans: plans.len(), rated: rated.len(), items: None };
    if rated.len() < LEAST_BEHIND {
        return Ok(counts);
    }
    let ids: Vec<_> = rated.iter().map(|plan| plan.id).collect();
    let mut by_item: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for entry in stored::entries(store, org, &ids).await? {
        let Some(rating) = entry.agreed.or(entry.own) else { continue };
        let place = match rating {
            PlanRating::NeedsTraining => 0,
            PlanRating::Some => 1,
            PlanRating::Confident => 2,
        };
        by_item.entry(entry.item).or_default()[place] += 1;
    }
    let told = |item: PlanItem| {
        let [needs_training, some, confident] = by_item.get(&item.key).copied().unwrap_or_default();
        // A new item that few have rated yet tells of each of them.
        let enough = needs_training + some + confident >= LEAST_BEHIND;
        enough.then_some(ItemNeed { item, needs_training, some, confident })
    };
    let newest = frameworks::current(store, org).await?;
    Ok(Needs { items: Some(newest.plan.into_iter().filter_map(told).collect()), ..counts })
}
