//! Check-ins without what was written: who, and where each stands. The texts are in [`written`].

pub mod counted;
pub mod sealed;
pub mod written;

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, SimpleExpr},
};
use varde_model::{
    check_in::{CheckIn, CheckInState, Moments},
    ids::{AppointmentId, CheckInId, ContractId, CycleId, OrganisationId, PersonId, UnitId},
    people::{Level, LineManager, Outsider},
};

use crate::{
    Conn, Fault, Result, Tx,
    convert::{int, uint},
    entity::check_in::{ActiveModel, Column as C, Entity, Model},
    error::one_row,
    store::sealed::Raw,
};

impl TryFrom<Model> for CheckIn {
    type Error = Fault;

    fn try_from(row: Model) -> Result<Self> {
        let outside = row.outside_name.zip(row.outside_email);
        let outside = outside.map(|(name, email)| LineManager::Outside(Outsider { name, email }));
        let level = u8::try_from(row.level).ok().and_then(|number| Level::try_from(number).ok());
        Ok(Self {
            id: CheckInId(row.id),
            cycle: CycleId(row.cycle_id),
            contract: ContractId(row.contract_id),
            appointment: AppointmentId(row.appointment_id),
            leader: PersonId(row.leader_id),
            unit: UnitId(row.unit_id),
            level: level.ok_or_else(|| Fault::stored("check_in.level", row.level))?,
            manager: row.manager_id.map(|id| LineManager::Person(PersonId(id))).or(outside),
            framework: uint(row.framework),
            state: CheckInState::from_name(&row.state)
                .ok_or_else(|| Fault::stored("check_in.state", &row.state))?,
            given: Moments { leader: row.leader_given_at, manager: row.manager_given_at },
            met_on: row.met_on,
            signed: Moments { leader: row.leader_signed_at, manager: row.manager_signed_at },
            ended_at: row.ended_at,
            version: uint(row.version),
        })
    }
}

type Manager<'m> = (Option<PersonId>, Option<&'m Outsider>);

fn manager(of: &CheckIn) -> Manager<'_> {
    match &of.manager {
        Some(LineManager::Person(person)) => (Some(*person), None),
        Some(LineManager::Outside(outsider)) => (None, Some(outsider)),
        None => (None, None),
    }
}

/// Writes new check-ins.
///
/// # Errors
/// A leader has one in the cycle already (a unique violation).
pub async fn insert(tx: &Tx, org: OrganisationId, new: &[CheckIn]) -> Result<()> {
    for chunk in new.chunks(500) {
        let rows = chunk.iter().map(|one| {
            let (person, outsider) = manager(one);
            ActiveModel {
                id: Set(one.id.0),
                organisation_id: Set(org.0),
                cycle_id: Set(one.cycle.0),
                contract_id: Set(one.contract.0),
                appointment_id: Set(one.appointment.0),
                leader_id: Set(one.leader.0),
                unit_id: Set(one.unit.0),
                level: Set(i16::from(one.level.number())),
                manager_id: Set(person.map(|person| person.0)),
                outside_name: Set(outsider.map(|outsider| outsider.name.clone())),
                outside_email: Set(outsider.map(|outsider| outsider.email.clone())),
                framework: Set(int(one.framework)),
                state: Set(one.state.as_str().to_owned()),
                leader_given_at: Set(one.given.leader),
                manager_given_at: Set(one.given.manager),
                met_on: Set(one.met_on),
                leader_signed_at: Set(one.signed.leader),
                manager_signed_at: Set(one.signed.manager),
                ended_at: Set(one.ended_at),
                version: Set(int(one.version)),
            }
        });
        Entity::insert_many(rows).exec_without_returning(tx.raw()).await?;
    }
    Ok(())
}

/// Writes a changed check-in and counts its version up.
pub async fn update(tx: &Tx, org: OrganisationId, changed: &CheckIn) -> Result<()> {
    let (person, outsider) = manager(changed);
    let done = Entity::update_many()
        .col_expr(C::ManagerId, Expr::value(person.map(|person| person.0)))
        .col_expr(C::OutsideName, Expr::value(outsider.map(|outsider| outsider.name.clone())))
        .col_expr(C::OutsideEmail, Expr::value(outsider.map(|outsider| outsider.email.clone())))
        .col_expr(C::State, Expr::value(changed.state.as_str()))
        .col_expr(C::LeaderGivenAt, Expr::value(changed.given.leader))
        .col_expr(C::ManagerGivenAt, Expr::value(changed.given.manager))
        .col_expr(C::MetOn, Expr::value(changed.met_on))
        .col_expr(C::LeaderSignedAt, Expr::value(changed.signed.leader))
        .col_expr(C::ManagerSignedAt, Expr::value(changed.signed.manager))
        .col_expr(C::EndedAt, Expr::value(changed.ended_at))
        .col_expr(C::Version, Expr::value(int(changed.version + 1)))
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::Id.eq(changed.id.0))
        .filter(C::Version.eq(int(changed.version)))
        .exec(tx.raw())
        .await?;
    one_row("check_in.update", done.rows_affected)
}

fn own(org: OrganisationId) -> Select<Entity> {
    Entity::find().filter(C::OrganisationId.eq(org.0)).order_by_asc(C::Id)
}

async fn read(conn: &impl Conn, these: Select<Entity>) -> Result<Vec<CheckIn>> {
    these.all(conn.raw()).await?.into_iter().map(CheckIn::try_from).collect()
}

/// One check-in.
pub async fn find(conn: &impl Conn, org: OrganisationId, id: CheckInId) -> Result<Option<CheckIn>> {
    Ok(read(conn, own(org).filter(C::Id.eq(id.0))).await?.pop())
}

/// One check-in, kept from changing until the transaction ends.
pub async fn lock(tx: &Tx, org: OrganisationId, id: CheckInId) -> Result<Option<CheckIn>> {
    Ok(read(tx, own(org).filter(C::Id.eq(id.0)).lock_exclusive()).await?.pop())
}

/// The check-ins of those ids that exist.
pub async fn find_many(conn: &impl Conn, org: OrganisationId, ids: &[CheckInId]) -> Result<Vec<CheckIn>> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        found.append(&mut read(conn, own(org).filter(C::Id.is_in(chunk.iter().map(|id| id.0)))).await?);
    }
    Ok(found)
}

/// The check-ins of a cycle.
pub async fn of_cycle(conn: &impl Conn, org: OrganisationId, cycle: CycleId) -> Result<Vec<CheckIn>> {
    read(conn, own(org).filter(C::CycleId.eq(cycle.0))).await
}

/// The leaders who have one in a cycle.
pub async fn leaders_of(conn: &impl Conn, org: OrganisationId, cycle: CycleId) -> Result<Vec<PersonId>> {
    let leaders: Vec<uuid::Uuid> = Entity::find()
        .filter(C::OrganisationId.eq(org.0))
        .filter(C::CycleId.eq(cycle.0))
        .select_only()
        .column(C::LeaderId)
        .into_tuple()
        .all(conn.raw())
        .await?;
    Ok(leaders.into_iter().map(PersonId).collect())
}

/// The check-ins that some people still work on, as leaders or as line managers.
pub async fn open_of(conn: &impl Conn, org: OrganisationId, people: &[PersonId]) -> Result<Vec<CheckIn>> {
    let mut found = Vec::new();
    for chunk in people.chunks(500) {
        let ids = || chunk.iter().map(|person| person.0);
        let theirs = Condition::any().add(C::LeaderId.is_in(ids())).add(C::ManagerId.is_in(ids()));
        found.append(&mut read(conn, own(org).filter(theirs).filter(is_open())).await?);
    }
    Ok(found)
}

fn is_open() -> SimpleExpr {
    let open = CheckInState::ALL.iter().filter(|state| state.is_open()).map(|state| state.as_str());
    C::State.is_in(open)
}

/// The check-ins of a leader, and those that a line manager holds, latest first.
pub async fn of_person(conn: &impl Conn, org: OrganisationId, person: PersonId) -> Result<Vec<CheckIn>> {
    let mine = Condition::any().add(C::LeaderId.eq(person.0)).add(C::ManagerId.eq(person.0));
    let mut found = read(conn, own(org).filter(mine)).await?;
    found.reverse();
    Ok(found)
}

/// The check-ins of some cycles that are worked on and that nobody holds with the leader.
pub async fn unheld(conn: &impl Conn, org: OrganisationId, cycles: &[CycleId]) -> Result<Vec<CheckIn>> {
    let these = own(org).filter(C::CycleId.is_in(cycles.iter().map(|cycle| cycle.0))).filter(is_open());
    read(conn, these.filter(C::ManagerId.is_null()).filter(C::OutsideEmail.is_null())).await
}
