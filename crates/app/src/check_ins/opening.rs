//! Opening a cycle: a check-in for everybody with a contract whom it is for.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use varde_model::{
    check_in::{CheckIn, CheckInState, Cycle, CycleEvent, LeftOut, Moments},
    contract::Contract,
    ids::{AppointmentId, CheckInId, CycleId, OrganisationId, PersonId},
    letter::LetterKind,
    organisation::Organisation,
    people::{Appointment, Chart, LineManager, Person, line_manager},
    work::{About, Recipient},
};
use varde_persistence::{Tx, appointments, check_in_cycles, check_ins, contracts as stored, people};

use super::{
    cycles::{advance, locked, must_be_at, organisation, today},
    desk::{ensure_links, recipient},
    stepping::plan,
};
use crate::{
    Code, Ctx, Refusal, Result,
    access::{Actor, Coordinator},
    cohorts::settle,
    contracts,
    idempotency::Kept,
    line::chart_on,
    post::{self, Planned, Post},
};
use varde_model::check_in::Party;

/// What opening a cycle comes to.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The cycle.
    pub cycle: Cycle,
    /// The check-ins that were opened.
    pub opened: Vec<CheckIn>,
    /// Leaders with a contract who take no part, and why.
    pub left_out: Vec<(PersonId, LeftOut)>,
    /// Contracts that were made for leaders who had none.
    pub contracts_made: usize,
    /// Mail that goes out.
    pub mails: Vec<Planned>,
}

impl Opened {
    /// What a call was answered that was done before: with the cycle as it stands.
    ///
    /// # Errors
    /// Refused: it is gone.
    pub async fn again(ctx: &Ctx, right: &Coordinator, kept: Kept) -> Result<Self> {
        let gone = || Refusal::new(Code::NotFound).at("cycleCode");
        let (id, opened) = kept.ids.split_first().ok_or_else(gone)?;
        let cycle = check_in_cycles::find(ctx.store(), right.org(), CycleId(*id)).await?.ok_or_else(gone)?;
        let opened: Vec<CheckInId> = opened.iter().copied().map(CheckInId).collect();
        let opened = check_ins::find_many(ctx.store(), right.org(), &opened).await?;
        Ok(Self { cycle, opened, left_out: Vec::new(), contracts_made: 0, mails: kept.mails })
    }

    fn kept(&self) -> Kept {
        let opened = self.opened.iter().map(|one| one.id.0);
        Kept::of(std::iter::once(self.cycle.id.0).chain(opened)).with_mails(&self.mails)
    }

    /// Those who have nobody to hold the check-in with: somebody has to be named.
    pub fn without_manager(&self) -> impl Iterator<Item = &CheckIn> {
        self.opened.iter().filter(|one| one.manager.is_none())
    }
}

/// Opens a cycle now, or once more for those who came after. A dry run says who would take part and who would get mail.
///
/// # Errors
/// Refused: no such cycle, closed, or changed since `version`.
pub async fn open(
    ctx: &Ctx,
    right: &Coordinator,
    code: &str,
    version: Option<u32>,
    dry_run: bool,
) -> Result<Opened> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let mut cycle = locked(&tx, org, code).await?;
    must_be_at(&cycle, version)?;
    let organisation = organisation(&tx, org).await?;
    let opened = open_in(ctx, &tx, &organisation, right.actor(), &mut cycle).await?;
    settle(ctx, org, tx, dry_run, &opened.kept()).await?;
    Ok(opened)
}

/// The same within a transaction.
pub(super) async fn open_in(
    ctx: &Ctx,
    tx: &Tx,
    organisation: &Organisation,
    actor: Actor,
    cycle: &mut Cycle,
) -> Result<Opened> {
    let made = contracts::make_missing_in(ctx, tx, organisation.id, actor).await?;
    advance(ctx, tx, organisation.id, actor, cycle, CycleEvent::Open).await?;
    let (opened, left_out) = join(ctx, tx, organisation, cycle).await?;
    let mails = announce(ctx, tx, organisation, cycle, &opened).await?;
    plan(ctx, tx, organisation.id, cycle).await?;
    Ok(Opened { cycle: cycle.clone(), opened, left_out, contracts_made: made.len(), mails })
}

/// Writes a check-in for each leader with a contract whom the cycle is for and who has none in it.
pub(super) async fn join(
    ctx: &Ctx,
    tx: &Tx,
    organisation: &Organisation,
    cycle: &Cycle,
) -> Result<(Vec<CheckIn>, Vec<(PersonId, LeftOut)>)> {
    let org = organisation.id;
    let day = today(ctx, organisation).max(cycle.opens_on);
    let there: BTreeSet<PersonId> =
        check_ins::of_cycle(tx, org, cycle.id).await?.into_iter().map(|one| one.leader).collect();
    let contracts = by_leader(tx, org, &there).await?;
    let ids: Vec<PersonId> = contracts.keys().copied().collect();
    let known: BTreeMap<PersonId, Person> =
        people::find_many(tx, org, &ids).await?.into_iter().map(|person| (person.id, person)).collect();
    let chart = chart_on(tx, org, &ids, day).await?;
    let (mut opened, mut left_out) = (Vec::new(), Vec::new());
    for (leader, contracts) in contracts {
        let Some(person) = known.get(&leader) else { continue };
        match bound(&contracts, &chart, person, cycle, day) {
            Ok((contract, appointment)) => {
                opened.push(new(ctx, cycle, contract, appointment, line_manager(&chart, leader, day)));
            }
            Err(why) => left_out.push((leader, why)),
        }
    }
    check_ins::insert(tx, org, &opened).await?;
    for check_in in &opened {
        ensure_links(ctx, tx, organisation, cycle, check_in).await?;
    }
    Ok((opened, left_out))
}

type Bound = (Contract, Appointment);

/// The contracts that hold with their appointments, by leader; without those who take part already.
async fn by_leader(
    tx: &Tx,
    org: OrganisationId,
    without: &BTreeSet<PersonId>,
) -> Result<BTreeMap<PersonId, Vec<Bound>>> {
    let mut contracts = stored::holding(tx, org).await?;
    contracts.retain(|one| !without.contains(&one.person));
    let ids: Vec<AppointmentId> = contracts.iter().map(|one| one.appointment).collect();
    let known: BTreeMap<AppointmentId, Appointment> =
        appointments::find_many(tx, org, &ids).await?.into_iter().map(|one| (one.id, one)).collect();
    let mut found: BTreeMap<PersonId, Vec<Bound>> = BTreeMap::new();
    for contract in contracts {
        if let Some(appointment) = known.get(&contract.appointment) {
            found.entry(contract.person).or_default().push((contract, appointment.clone()));
        }
    }
    Ok(found)
}

/// The contract of the appointment that counts on the day: of several the highest. Else why none does.
fn bound<'b>(
    contracts: &'b [Bound],
    chart: &Chart,
    person: &Person,
    cycle: &Cycle,
    day: NaiveDate,
) -> std::result::Result<(&'b Contract, &'b Appointment), LeftOut> {
    let led = chart.led_by_on(person.id, day);
    let highest = led.iter().find_map(|led| contracts.iter().find(|(_, own)| own.id == led.id));
    let (contract, appointment) = highest.ok_or(LeftOut::LeadsNoMore)?;
    match cycle.left_out(appointment, person.employed, day) {
        None => Ok((contract, appointment)),
        Some(why) => Err(why),
    }
}

fn new(
    ctx: &Ctx,
    cycle: &Cycle,
    contract: &Contract,
    appointment: &Appointment,
    manager: Option<LineManager>,
) -> CheckIn {
    CheckIn {
        id: ctx.new_id(),
        cycle: cycle.id,
        contract: contract.id,
        appointment: appointment.id,
        leader: contract.person,
        unit: appointment.unit,
        level: appointment.level,
        manager,
        framework: contract.framework,
        state: CheckInState::Open,
        given: Moments::default(),
        met_on: None,
        signed: Moments::default(),
        ended_at: None,
        version: 1,
    }
}

/// Writes to the leaders of new check-ins, and to each line manager once for all of them.
pub(super) async fn announce(
    ctx: &Ctx,
    tx: &Tx,
    organisation: &Organisation,
    cycle: &Cycle,
    opened: &[CheckIn],
) -> Result<Vec<Planned>> {
    let org = organisation.id;
    let mut mails = Vec::new();
    let mut managers: BTreeMap<String, (Recipient, About)> = BTreeMap::new();
    for check_in in opened {
        let about = About::CheckIn { check_in: check_in.id };
        let recipient_of = |party| recipient(check_in, party);
        if let Some(leader) = recipient_of(Party::Leader) {
            let post = Post::new(leader, LetterKind::CheckInOpened, about, "opened");
            mails.extend(post::leave(ctx, tx, org, post).await?);
        }
        if let Some(manager) = recipient_of(Party::Manager) {
            let about = About::CheckInCycle { cycle: cycle.id };
            managers.insert(post::recipient_key(manager), (manager, about));
        }
    }
    for (manager, about) in managers.into_values() {
        let occurrence = format!("joined {}", today(ctx, organisation));
        let post = Post::new(manager, LetterKind::CheckInsToHold, about, &occurrence);
        mails.extend(post::leave(ctx, tx, org, post).await?);
    }
    Ok(mails)
}
