//! How far a cycle has come, by unit: counted from the states, without a word of what was written.

use std::collections::BTreeMap;

use varde_model::{
    check_in::{CheckIn, CheckInState, Cycle},
    ids::{OrganisationId, UnitId},
    people::Chart,
};
use varde_persistence::{Conn, check_in_cycles, check_ins, units};

use crate::{Code, Ctx, Error, Refusal, Result, access::Coordinator, people::today};

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
    fn count(&mut self, check_in: &CheckIn, late: bool) {
        if check_in.state == CheckInState::Ended {
            return;
        }
        let signed = check_in.state == CheckInState::Signed;
        self.opened += 1;
        self.leader_done += usize::from(check_in.given.leader.is_some());
        self.manager_done += usize::from(check_in.given.manager.is_some());
        self.met += usize::from(check_in.met_on.is_some());
        self.signed += usize::from(signed);
        self.late += usize::from(late && !signed);
    }
}

/// A unit with all units below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitProgress {
    /// The unit.
    pub unit: UnitId,
    /// Its name on the day that is asked about.
    pub name: String,
    /// How far from the top it lies, 0 for the trust.
    pub depth: usize,
    /// How many stand where.
    pub progress: Progress,
}

/// How far a cycle has come: the whole trust first, then unit by unit downwards, to a depth.
///
/// # Errors
/// Refused: no such cycle.
pub async fn progress(
    ctx: &Ctx,
    right: &Coordinator,
    code: &str,
    depth: usize,
) -> Result<(Cycle, Progress, Vec<UnitProgress>)> {
    let (store, org) = (ctx.store(), right.org());
    let cycle = check_in_cycles::find_by_code(store, org, code.trim()).await?;
    let cycle = cycle.ok_or(Refusal::new(Code::NotFound).at("cycleCode"))?;
    let today = today(ctx, org).await?;
    let (all, units) = by_unit(store, org, &cycle, cycle.is_late_on(today)).await?;
    Ok((cycle, all, units.into_iter().filter(|unit| unit.depth <= depth).collect()))
}

/// The same for every unit, downwards.
pub(crate) async fn by_unit(
    conn: &impl Conn,
    org: OrganisationId,
    cycle: &Cycle,
    late: bool,
) -> Result<(Progress, Vec<UnitProgress>)> {
    let day = cycle.opens_on;
    let chart = Chart::new(units::periods(conn, org).await?, Vec::new(), Vec::new(), Vec::new());
    let mut all = Progress::default();
    let mut counted: BTreeMap<UnitId, Progress> = BTreeMap::new();
    let mut paths: BTreeMap<UnitId, Vec<UnitId>> = BTreeMap::new();
    for check_in in check_ins::of_cycle(conn, org, cycle.id).await? {
        all.count(&check_in, late);
        let path = paths.entry(check_in.unit).or_insert_with(|| chart.upwards(check_in.unit, day));
        for unit in path.iter() {
            counted.entry(*unit).or_default().count(&check_in, late);
        }
    }
    let mut told = Vec::with_capacity(counted.len());
    for (unit, progress) in counted {
        let period = chart.unit_on(unit, day);
        let name = period.map(|period| period.name.clone());
        let name = name.ok_or_else(|| Error::internal("a check-in of a unit that was not there"))?;
        let path = chart.upwards(unit, day);
        let names: Vec<String> = path
            .iter()
            .rev()
            .filter_map(|above| chart.unit_on(*above, day).map(|period| period.name.clone()))
            .collect();
        told.push((names, UnitProgress { unit, name, depth: path.len() - 1, progress }));
    }
    told.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok((all, told.into_iter().map(|(_, unit)| unit).collect()))
}
