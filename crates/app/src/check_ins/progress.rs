//! How far cycles have come, by unit: counted from the states, without a word of what was written.

use std::collections::BTreeMap;

use varde_model::{
    check_in::{CheckInState, Cycle},
    ids::{CycleId, OrganisationId, UnitId},
    people::Chart,
};
use varde_persistence::{
    Conn, check_in_cycles,
    check_ins::counted::{Counted, counted},
};

use crate::{Ctx, Error, Result, access::Coordinator, line::tree, people::today};

/// How many check-ins stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// All that were opened and have not ended by somebody leaving.
    pub opened: usize,
    /// The leader has given a view.
    pub leader_done: usize,
    /// The line manager has.
    pub manager_done: usize,
    /// They have met.
    pub met: usize,
    /// Both have signed.
    pub signed: usize,
    /// Not signed, and the due date is past.
    pub late: usize,
}

impl Progress {
    fn count(&mut self, some: &Counted, late: bool) {
        let signed = some.state == CheckInState::Signed;
        self.opened += some.all;
        self.leader_done += some.leader;
        self.manager_done += some.manager;
        self.met += some.met;
        self.signed += if signed { some.all } else { 0 };
        self.late += if late && !signed { some.all } else { 0 };
    }
}

/// A unit with all units below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitProgress {
    /// The unit.
    pub unit: UnitId,
    /// Its name on the day on which the cycle opens.
    pub name: String,
    /// How far from the top it lies, 0 for the trust.
    pub depth: usize,
    /// How many stand where.
    pub progress: Progress,
}

/// How far a cycle has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CycleProgress {
    /// The whole trust.
    pub all: Progress,
    /// Every unit with check-ins in it or below it, downwards.
    pub units: Vec<UnitProgress>,
}

/// How far some cycles have come: as many statements for several as for one.
///
/// # Errors
/// The database refused.
pub async fn progress(
    ctx: &Ctx,
    right: &Coordinator,
    cycles: &[CycleId],
) -> Result<Vec<(CycleId, CycleProgress)>> {
    let (store, org) = (ctx.store(), right.org());
    let mut known = check_in_cycles::all(store, org).await?;
    known.retain(|cycle| cycles.contains(&cycle.id));
    let today = today(ctx, org).await?;
    of(store, org, &known, |cycle| cycle.is_late_on(today)).await
}

/// The same for one cycle, within what goes on already.
pub(crate) async fn progress_in(
    conn: &impl Conn,
    org: OrganisationId,
    cycle: &Cycle,
    late: bool,
) -> Result<CycleProgress> {
    let told = of(conn, org, std::slice::from_ref(cycle), |_| late).await?;
    Ok(told.into_iter().next().map(|(_, progress)| progress).unwrap_or_default())
}

async fn of(
    conn: &impl Conn,
    org: OrganisationId,
    cycles: &[Cycle],
    late: impl Fn(&Cycle) -> bool,
) -> Result<Vec<(CycleId, CycleProgress)>> {
    let ids: Vec<CycleId> = cycles.iter().map(|cycle| cycle.id).collect();
    let mut counted = counted(conn, org, &ids).await?;
    counted.retain(|some| some.state != CheckInState::Ended);
    let chart = tree(conn, org).await?;
    cycles
        .iter()
        .map(|cycle| {
            let own = counted.iter().filter(|some| some.cycle == cycle.id);
            Ok((cycle.id, rolled_up(own, &chart, cycle, late(cycle))?))
        })
        .collect()
}

/// Each unit with all that is below it.
fn rolled_up<'c>(
    counted: impl Iterator<Item = &'c Counted>,
    chart: &Chart,
    cycle: &Cycle,
    late: bool,
) -> Result<CycleProgress> {
    let day = cycle.opens_on;
    let mut all = Progress::default();
    let mut units: BTreeMap<UnitId, Progress> = BTreeMap::new();
    let mut paths: BTreeMap<UnitId, Vec<UnitId>> = BTreeMap::new();
    for some in counted {
        all.count(some, late);
        let path = paths.entry(some.unit).or_insert_with(|| chart.upwards(some.unit, day));
        for unit in path.iter() {
            units.entry(*unit).or_default().count(some, late);
        }
    }
    let name = |unit| chart.unit_on(unit, day).map(|period| period.name.clone());
    let mut told = Vec::with_capacity(units.len());
    for (unit, progress) in units {
        let path = chart.upwards(unit, day);
        let place: Vec<String> = path.iter().rev().filter_map(|above| name(*above)).collect();
        let own = name(unit).ok_or_else(|| Error::internal("a check-in of a unit that was not there"))?;
        told.push((place, UnitProgress { unit, name: own, depth: path.len() - 1, progress }));
    }
    told.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(CycleProgress { all, units: told.into_iter().map(|(_, unit)| unit).collect() })
}
