//! Whoever has a contract and has no check-in in an open cycle yet is given one: some at a time, so that a trust with thousands
//! of leaders is never locked for long.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use varde_model::{
    check_in::{CheckIn, CheckInState, Cycle, LeftOut, Moments, Party},
    contract::Contract,
    ids::{AppointmentId, OrganisationId, PersonId},
    letter::LetterKind,
    organisation::Organisation,
    people::{Appointment, Chart, LineManager, Person, line_manager},
    work::{About, Recipient},
};
use varde_persistence::{Tx, appointments, check_ins, contracts as stored, people};

use super::{
    cycles::today,
    desk::{ensure_links, recipient},
};
use crate::{
    Ctx, Result,
    line::chart_on,
    post::{self, Planned, Post},
};

/// Check-ins that are opened in one go.
pub(super) const IN_ONE_GO: usize = 500;

/// What letting leaders join comes to.
pub(super) struct Joined {
    /// The new check-ins.
    pub(super) opened: Vec<CheckIn>,
    /// Leaders with a contract who take no part, and why.
    pub(super) left_out: Vec<(PersonId, LeftOut)>,
    /// How many more there are to open.
    pub(super) waiting: usize,
}

/// Writes a check-in for leaders with a contract whom the cycle is for and who have none in it, at most so many. Those of one
/// line manager follow one another, so that the mail to her or him names them all.
pub(super) async fn join(
    ctx: &Ctx,
    tx: &Tx,
    organisation: &Organisation,
    cycle: &Cycle,
    at_most: usize,
) -> Result<Joined> {
    let org = organisation.id;
    let day = today(ctx, organisation).max(cycle.opens_on);
    let there: BTreeSet<PersonId> = check_ins::leaders_of(tx, org, cycle.id).await?.into_iter().collect();
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
    opened.sort_by_cached_key(|one| recipient(one, Party::Manager).map(post::recipient_key));
    // No line manager is asked in two parts.
    let key = |at: usize| opened.get(at).and_then(|one: &CheckIn| recipient(one, Party::Manager));
    let mut until = at_most.min(opened.len());
    while until > 0 && until < opened.len() && key(until).is_some() && key(until) == key(until - 1) {
        until += 1;
    }
    let waiting = opened.split_off(until).len();
    check_ins::insert(tx, org, &opened).await?;
    ensure_links(ctx, tx, organisation, cycle, &opened).await?;
    Ok(Joined { opened, left_out, waiting })
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
    let mut posts = Vec::new();
    let mut managers: BTreeMap<String, Recipient> = BTreeMap::new();
    for check_in in opened {
        let about = About::CheckIn { check_in: check_in.id };
        if let Some(leader) = recipient(check_in, Party::Leader) {
            posts.push(Post::new(leader, LetterKind::CheckInOpened, about, "opened"));
        }
        if let Some(manager) = recipient(check_in, Party::Manager) {
            managers.insert(post::recipient_key(manager), manager);
        }
    }
    let about = About::CheckInCycle { cycle: cycle.id };
    // Those who join later the same day are told of as well.
    let occurrence = format!("joined {}", ctx.now.to_rfc3339());
    let to_hold = |manager| Post::new(manager, LetterKind::CheckInsToHold, about, &occurrence);
    posts.extend(managers.into_values().map(to_hold));
    post::leave_many(ctx, tx, org, posts).await
}
