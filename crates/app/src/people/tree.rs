//! The organisation's tree on a date.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use varde_model::{
    ids::UnitId,
    people::{Chart, Unit, UnitPeriod},
};
use varde_persistence::units as stored;

use crate::{Ctx, Result, access::Coordinator};

/// A unit as it was on a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitOn {
    /// Its id and code.
    pub unit: Unit,
    /// Its name, kind and place in the tree.
    pub described: UnitPeriod,
}

/// Every unit as it was on a date, by code. The tree follows from each one's unit above.
///
/// # Errors
/// The database refused.
pub async fn units(ctx: &Ctx, right: &Coordinator, date: NaiveDate) -> Result<Vec<UnitOn>> {
    let mut found = units_on_each(ctx, right, &BTreeSet::from([date])).await?;
    Ok(found.remove(&date).unwrap_or_default())
}

/// The same on several dates. The history is read once, however many dates there are: each employment and appointment
/// that is over has a date of its own.
///
/// # Errors
/// The database refused.
pub async fn units_on_each(
    ctx: &Ctx,
    right: &Coordinator,
    dates: &BTreeSet<NaiveDate>,
) -> Result<HashMap<NaiveDate, Vec<UnitOn>>> {
    let all = stored::all(ctx.store(), right.org()).await?;
    let chart = tree(ctx, right).await?;
    let on = |date| {
        let units = all.iter().filter_map(|unit| {
            let described = chart.unit_on(unit.id, date)?.clone();
            Some(UnitOn { unit: unit.clone(), described })
        });
        (date, units.collect())
    };
    Ok(dates.iter().copied().map(on).collect())
}

/// The unit with that code.
///
/// # Errors
/// The database refused.
pub async fn unit_by_code(ctx: &Ctx, right: &Coordinator, code: &str) -> Result<Option<Unit>> {
    Ok(stored::find_by_code(ctx.store(), right.org(), code.trim()).await?)
}

/// A unit and every unit below it on a date.
///
/// # Errors
/// The database refused.
pub async fn units_below(
    ctx: &Ctx,
    right: &Coordinator,
    unit: UnitId,
    date: NaiveDate,
) -> Result<Vec<UnitId>> {
    Ok(tree(ctx, right).await?.downwards(unit, date).into_iter().collect())
}

async fn tree(ctx: &Ctx, right: &Coordinator) -> Result<Chart> {
    let periods = stored::periods(ctx.store(), right.org()).await?;
    Ok(Chart::new(periods, Vec::new(), Vec::new(), Vec::new()))
}
