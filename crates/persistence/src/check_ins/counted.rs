//! Check-ins counted and listed by the database: what reports and pages ask for, without reading every row.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Select};
use varde_model::{
    check_in::{CheckIn, CheckInState},
    ids::{CheckInId, CycleId, OrganisationId, UnitId},
};

use super::{own, read};
use crate::{
    Conn, Fault, Result,
    entity::check_in::{Column as C, Entity},
};

/// How many check-ins of a unit stand in a state, and how many of them have come how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The cycle.
    pub cycle: CycleId,
    /// The unit led, without those below.
    pub unit: UnitId,
    /// The state.
    pub state: CheckInState,
    /// All of them.
    pub all: usize,
    /// The leader has given a view.
    pub leader: usize,
    /// The line manager has.
    pub manager: usize,
    /// They have met.
    pub met: usize,
}

type Row = (uuid::Uuid, uuid::Uuid, String, i64, i64, i64, i64);

/// The check-ins of some cycles, counted by unit and state: one statement.
pub async fn counted(conn: &impl Conn, org: OrganisationId, cycles: &[CycleId]) -> Result<Vec<Counted>> {
    let rows: Vec<Row> = Entity::find()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::CycleId.is_in(cycles.iter().map(|cycle| cycle.0)))
        .select_only()
        .columns([C::CycleId, C::UnitId, C::State])
        .column_as(C::Id.count(), "all")
        .column_as(C::LeaderGivenAt.count(), "leader")
        .column_as(C::ManagerGivenAt.count(), "manager")
        .column_as(C::MetOn.count(), "met")
        .group_by(C::CycleId)
        .group_by(C::UnitId)
        .group_by(C::State)
        .into_tuple()
        .all(conn.raw())
        .await?;
    let counted = |(cycle, unit, state, all, leader, manager, met): Row| {
        let count = |number: i64| usize::try_from(number).unwrap_or_default();
        Ok(Counted {
            cycle: CycleId(cycle),
            unit: UnitId(unit),
            state: CheckInState::from_name(&state).ok_or_else(|| Fault::stored("check_in.state", &state))?,
            all: count(all),
            leader: count(leader),
            manager: count(manager),
            met: count(met),
        })
    };
    rows.into_iter().map(counted).collect()
}

/// Which check-ins of a cycle to list.
#[derive(Clone, Debug)]
pub struct CheckInFilter {
    /// The cycle.
    pub cycle: CycleId,
    /// Only those that stand there; None for all.
    pub states: Option<Vec<CheckInState>>,
    /// Only those of these units; None for all.
    pub units: Option<Vec<UnitId>>,
}

impl CheckInFilter {
    fn select(&self, org: OrganisationId) -> Select<Entity> {
        let mut find = own(org).filter(C::CycleId.eq(self.cycle.0));
        if let Some(states) = &self.states {
            find = find.filter(C::State.is_in(states.iter().map(|state| state.as_str())));
        }
        if let Some(units) = &self.units {
            find = find.filter(C::UnitId.is_in(units.iter().map(|unit| unit.0)));
        }
        find
    }
}

/// A part of the list, by id, behind one of them.
pub async fn page(
    conn: &impl Conn,
    org: OrganisationId,
    filter: &CheckInFilter,
    after: Option<CheckInId>,
    limit: u64,
) -> Result<Vec<CheckIn>> {
    let mut find = filter.select(org);
    if let Some(after) = after {
        find = find.filter(C::Id.gt(after.0));
    }
    read(conn, find.limit(limit)).await
}

/// How many the list has.
pub async fn count(conn: &impl Conn, org: OrganisationId, filter: &CheckInFilter) -> Result<u64> {
    Ok(filter.select(org).count(conn.raw()).await?)
}
