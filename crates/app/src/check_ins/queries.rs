//! Cycles and check-ins as coordinators see them, and one's own.

use varde_model::{
    check_in::{CheckIn, Cycle},
    ids::{CheckInId, CycleId},
};
use varde_persistence::{check_in_cycles, check_ins};

use crate::{
    Ctx, Result,
    access::{Coordinator, Oneself},
};

/// Every cycle, the latest first.
///
/// # Errors
/// The database refused.
pub async fn cycles(ctx: &Ctx, right: &Coordinator) -> Result<Vec<Cycle>> {
    Ok(check_in_cycles::all(ctx.store(), right.org()).await?)
}

/// The cycle with a code.
///
/// # Errors
/// The database refused.
pub async fn cycle(ctx: &Ctx, right: &Coordinator, code: &str) -> Result<Option<Cycle>> {
    Ok(check_in_cycles::find_by_code(ctx.store(), right.org(), code.trim()).await?)
}

/// The check-ins of a cycle, without a word of what was written.
///
/// # Errors
/// The database refused.
pub async fn of_cycle(ctx: &Ctx, right: &Coordinator, cycle: CycleId) -> Result<Vec<CheckIn>> {
    Ok(check_ins::of_cycle(ctx.store(), right.org(), cycle).await?)
}

/// Several check-ins, without a word of what was written.
///
/// # Errors
/// The database refused.
pub async fn find_many(ctx: &Ctx, right: &Coordinator, ids: &[CheckInId]) -> Result<Vec<CheckIn>> {
    Ok(check_ins::find_many(ctx.store(), right.org(), ids).await?)
}

/// The check-ins that one holds, as the leader or as the line manager, the latest first: at most so many.
///
/// # Errors
/// The database refused.
pub async fn mine(ctx: &Ctx, right: &Oneself, limit: usize) -> Result<Vec<(CheckIn, Cycle)>> {
    let (store, org) = (ctx.store(), right.org());
    let mut own = check_ins::of_person(store, org, right.person()).await?;
    own.truncate(limit);
    let cycles = check_in_cycles::all(store, org).await?;
    let with = |one: CheckIn| {
        let cycle = cycles.iter().find(|cycle| cycle.id == one.cycle).cloned();
        cycle.map(|cycle| (one, cycle))
    };
    Ok(own.into_iter().filter_map(with).collect())
}
