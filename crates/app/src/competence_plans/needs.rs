//! What an intake needs: item by item how many need training, so that gatherings are planned for it.
//!
//! What a leader says of her- or himself is read by the line manager alone. So leaders are counted by whole quarters of
//! appointment, and in each of them five by five, in the order in which they rated: whatever is asked for, and however often,
//! two answers differ by five or more, never by one.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use varde_model::{
    catalogue::PlanItem,
    check_in::profile::LEAST_BEHIND,
    ids::PlanId,
    plan::{Plan, PlanRating},
};
use varde_persistence::competence_plans as stored;

use crate::{Ctx, Result, access::Coordinator, frameworks};

/// Whose needs: leaders appointed in the quarters of these days and between them; all where nothing is said.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// Appointed in the quarter of this day or later.
    pub appointed_from: Option<NaiveDate>,
    /// Appointed in the quarter of this day or earlier.
    pub appointed_to: Option<NaiveDate>,
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
    /// Plans of the intake.
    pub plans: usize,
    /// Those that are rated whole.
    pub rated: usize,
    /// Item by item; None where fewer than five are counted, as one could tell who said what.
    pub items: Option<Vec<ItemNeed>>,
}

/// What an intake needs, by what the leaders say of themselves.
///
/// # Errors
/// The database refused.
pub async fn needs(ctx: &Ctx, right: &Coordinator, intake: &Intake) -> Result<Needs> {
    let (store, org) = (ctx.store(), right.org());
    let mut plans = stored::all(store, org).await?;
    plans.retain(|plan| intake.appointed_from.is_none_or(|from| quarter(plan) >= of_day(from)));
    plans.retain(|plan| intake.appointed_to.is_none_or(|to| quarter(plan) <= of_day(to)));
    let all = plans.len();
    plans.retain(|plan| plan.assessed_at.is_some());
    plans.sort_by_key(|plan| (quarter(plan), plan.assessed_at, plan.id));
    let ids: Vec<PlanId> = plans.iter().map(|plan| plan.id).collect();
    let mut own: BTreeMap<(PlanId, String), PlanRating> = BTreeMap::new();
    for entry in stored::entries(store, org, &ids).await? {
        own.extend(entry.own.map(|rating| ((entry.plan, entry.item), rating)));
    }
    let told = |item: PlanItem| {
        let mut by_quarter: BTreeMap<Quarter, Vec<PlanRating>> = BTreeMap::new();
        for plan in &plans {
            let rating = own.get(&(plan.id, item.key.clone()));
            by_quarter.entry(quarter(plan)).or_default().extend(rating);
        }
        let whole = |ratings: Vec<PlanRating>| {
            let counted = ratings.len() - ratings.len() % LEAST_BEHIND;
            ratings.into_iter().take(counted)
        };
        let counted: Vec<PlanRating> = by_quarter.into_values().flat_map(whole).collect();
        let count = |of| counted.iter().filter(|rating| **rating == of).count();
        (!counted.is_empty()).then(|| ItemNeed {
            needs_training: count(PlanRating::NeedsTraining),
            some: count(PlanRating::Some),
            confident: count(PlanRating::Confident),
            item,
        })
    };
    let newest = frameworks::current(store, org).await?;
    let items: Vec<ItemNeed> = newest.plan.into_iter().filter_map(told).collect();
    Ok(Needs { plans: all, rated: plans.len(), items: Some(items).filter(|items| !items.is_empty()) })
}

/// A year, and its quarter from 0.
type Quarter = (i32, u32);

fn of_day(day: NaiveDate) -> Quarter {
    (day.year(), day.month0() / 3)
}

fn quarter(of: &Plan) -> Quarter {
    of_day(of.appointed_on)
}
