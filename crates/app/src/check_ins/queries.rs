//! Cycles and check-ins as coordinators see them, and one's own.

use varde_model::{
    check_in::{CheckIn, CheckInState, Cycle},
    ids::{CheckInId, OrganisationId},
};
use varde_persistence::{
    Conn, check_in_cycles, check_ins,
    check_ins::counted::{self, CheckInFilter},
    units,
};

use crate::{
    Code, Ctx, Refusal, Result,
    access::{Coordinator, Oneself},
    line::tree,
    people,
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

/// The cycle with a code, which has to be there.
pub(super) async fn named(ctx: &Ctx, right: &Coordinator, code: &str) -> Result<Cycle> {
    Ok(cycle(ctx, right, code).await?.ok_or(Refusal::new(Code::NotFound).at("cycleCode"))?)
}

/// Which check-ins of a cycle somebody wants to see.
#[derive(Clone, Debug, Default)]
pub struct CheckInWish {
    /// Only those that stand there; None for all.
    pub states: Option<Vec<CheckInState>>,
    /// Only those of the unit with this code and of all units below it, as the tree was on the opening day.
    pub unit_code: Option<String>,
    /// Only those that are late: not signed, and the due date is past.
    pub late: bool,
}

/// Part of the check-ins of a cycle.
#[derive(Clone, Debug, Default)]
pub struct CheckInPage {
    /// By id.
    pub check_ins: Vec<CheckIn>,
    /// True when others follow.
    pub more: bool,
    /// How many there are.
    pub total: u64,
}

/// The check-ins of a cycle, without a word of what was written: by id, behind the one named, at most so many.
///
/// # Errors
/// Refused: no unit of that code.
pub async fn list(
    ctx: &Ctx,
    right: &Coordinator,
    cycle: &Cycle,
    wish: &CheckInWish,
    (after, limit): (Option<CheckInId>, usize),
) -> Result<CheckInPage> {
    let (store, org) = (ctx.store(), right.org());
    let filter = filter(ctx, store, org, cycle, wish).await?;
    let mut check_ins = counted::page(store, org, &filter, after, limit as u64 + 1).await?;
    let more = check_ins.len() > limit;
    check_ins.truncate(limit);
    Ok(CheckInPage { check_ins, more, total: counted::count(store, org, &filter).await? })
}

/// The same as the database is asked for it.
pub(super) async fn filter(
    ctx: &Ctx,
    conn: &impl Conn,
    org: OrganisationId,
    cycle: &Cycle,
    wish: &CheckInWish,
) -> Result<CheckInFilter> {
    let mut states = wish.states.clone();
    if wish.late {
        let late = cycle.is_late_on(people::today(ctx, org).await?);
        let open =
            |state: &CheckInState| late && !matches!(state, CheckInState::Signed | CheckInState::Ended);
        let wanted = states.unwrap_or_else(|| CheckInState::ALL.to_vec());
        states = Some(wanted.into_iter().filter(open).collect());
    }
    let units = match &wish.unit_code {
        None => None,
        Some(code) => {
            let unit = units::find_by_code(conn, org, code.trim()).await?;
            let unit = unit.ok_or(Refusal::new(Code::NotFound).at("unitCode"))?;
            let chart = tree(conn, org).await?;
            Some(chart.downwards(unit.id, cycle.opens_on).into_iter().collect())
        }
    };
    Ok(CheckInFilter { cycle: cycle.id, states, units })
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
