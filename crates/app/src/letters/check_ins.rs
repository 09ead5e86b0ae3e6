//! Letters about check-ins: what is wanted of whom, and nothing of what was written.

use chrono::NaiveDate;
use varde_model::{
    Locale,
    catalogue::Texts,
    check_in::{CheckIn, CheckInState, Cycle, Party},
    delivery::OutboxRow,
    ids::{CheckInId, CycleId},
    letter::{
        ActionDue, CheckInActionsDue, CheckInFacts, CheckInSigned, CheckInToDo, CheckInsLate, CheckInsToDo,
        CoordinatorCheckInsLate, LateUnit, Letter, LetterKind,
    },
    links::LinkPurpose,
    local_time::Zoned,
    people::LineManager,
    state_reason::StateReason,
    work::{About, Recipient},
};

use super::{
    client::{Task, client},
    facts::Facts,
    leaders::Composed,
};
use crate::{Ctx, Result, check_ins, frameworks};

/// Units that a letter to coordinators names: the trust's clinics and staffs.
const DEPTH: usize = 1;

/// A letter to one of the two about their check-in.
pub(super) async fn about_one(
    ctx: &Ctx,
    facts: &Facts,
    row: &OutboxRow,
    id: CheckInId,
    locale: Locale,
) -> Result<Composed> {
    let Some(check_in) = facts.held.check_in(id) else { return Ok(Err(StateReason::SubjectGone)) };
    let Some(cycle) = facts.held.cycle(check_in.cycle) else { return Ok(Err(StateReason::SubjectGone)) };
    // Handed over to somebody else by now.
    let Some(party) = party_of(check_in, row.recipient) else { return Ok(Err(StateReason::NotAsked)) };
    let Some(page_url) = page(ctx, facts, check_in, party) else { return Ok(Err(StateReason::NotAsked)) };
    if row.request.letter == LetterKind::CheckInActionsDue {
        return actions_due(ctx, facts, row, (check_in, cycle, party), page_url, locale).await;
    }
    let framework = frameworks::version(ctx.store(), row.organisation, check_in.framework).await?;
    let Some(leader) = facts.person(check_in.leader) else { return Ok(Err(StateReason::SubjectGone)) };
    let told = CheckInFacts {
        cycle: cycle.code.clone(),
        leader_name: leader.name(),
        manager_name: manager_name(facts, check_in),
        due_on: cycle.due_on,
        closes_on: cycle.closes_on,
        late: is_late(ctx, facts, row, cycle),
        requirements: framework.requirements.len(),
        to_leader: party == Party::Leader,
        page_url,
    };
    Ok(match (row.request.letter, check_in.state) {
        (LetterKind::CheckInOpened, state) if state.is_open() && check_in.given.leader.is_none() => {
            Ok(Letter::CheckInOpened(told))
        }
        (LetterKind::CheckInShared, CheckInState::BothDone) => Ok(Letter::CheckInShared(told)),
        (LetterKind::CheckInSigned, CheckInState::Signed) => {
            let signed_at = check_in.signed.leader.max(check_in.signed.manager).unwrap_or(ctx.now);
            Ok(Letter::CheckInSigned(CheckInSigned { check_in: told, signed_at }))
        }
        (LetterKind::CheckInOpened | LetterKind::CheckInShared | LetterKind::CheckInSigned, _) => {
            Err(StateReason::DoesNotHold)
        }
        _ => Err(StateReason::NoSuchLetter),
    })
}

/// A reminder of actions that one of the two has to do.
async fn actions_due(
    ctx: &Ctx,
    facts: &Facts,
    row: &OutboxRow,
    (check_in, cycle, party): (&CheckIn, &Cycle, Party),
    page_url: String,
    locale: Locale,
) -> Result<Composed> {
    let Some(trust) = facts.organisation(row.organisation) else { return Ok(Err(StateReason::SubjectGone)) };
    let due = check_ins::due(ctx, check_in, party, trust).await?;
    if due.is_empty() {
        return Ok(Err(StateReason::DoesNotHold));
    }
    let today = Zoned::at(ctx.now, trust.zone).date;
    let told = |(due_on, leads_to): (NaiveDate, Option<Texts>)| ActionDue {
        leads_to: leads_to.map(|title| title.get(locale).to_owned()),
        due_on,
        past: due_on < today,
    };
    let actions: Vec<ActionDue> = due.into_iter().map(told).collect();
    let agreed_with = match party {
        Party::Leader => manager_name(facts, check_in),
        Party::Manager => facts.person(check_in.leader).map(|leader| leader.name()),
    };
    Ok(Ok(Letter::CheckInActionsDue(CheckInActionsDue {
        cycle: cycle.code.clone(),
        agreed_with,
        past: actions.iter().any(|one| one.past),
        actions,
        page_url,
    })))
}

/// A letter to one person about every check-in of a cycle in which something is wanted.
pub(super) async fn to_do(ctx: &Ctx, facts: &Facts, row: &OutboxRow, id: CycleId) -> Result<Composed> {
    let Some(cycle) = facts.held.cycle(id) else { return Ok(Err(StateReason::SubjectGone)) };
    let late = is_late(ctx, facts, row, cycle);
    let held = facts.held.of(id, row.recipient);
    let name = |one: &CheckIn| facts.person(one.leader).map(|leader| leader.name()).unwrap_or_default();
    if row.request.letter == LetterKind::CheckInsLate {
        let behind = held.iter().filter(|one| party_of(one, row.recipient) == Some(Party::Manager));
        let behind = behind.filter(|one| check_ins::to_do(one, Party::Leader).is_some());
        let leaders: Vec<String> = behind.map(|one| name(one)).collect();
        if leaders.is_empty() {
            return Ok(Err(StateReason::DoesNotHold));
        }
        let told = CheckInsLate { cycle: cycle.code.clone(), due_on: cycle.due_on, leaders };
        return Ok(Ok(Letter::CheckInsLate(told)));
    }
    let holds_only = row.request.letter == LetterKind::CheckInsToHold;
    let mut to_do: Vec<CheckInToDo> = Vec::new();
    for check_in in held {
        let Some(party) = party_of(check_in, row.recipient) else { continue };
        if holds_only && party == Party::Leader {
            continue;
        }
        let wanted = check_ins::to_do(check_in, party);
        if let Some((wanted, page_url)) = wanted.zip(page(ctx, facts, check_in, party)) {
            let leader_name = (party == Party::Manager).then(|| name(check_in));
            to_do.push(CheckInToDo { leader_name, wanted, page_url });
        }
    }
    if to_do.is_empty() {
        return Ok(Err(StateReason::DoesNotHold));
    }
    to_do.sort_by(|one, other| one.leader_name.cmp(&other.leader_name));
    let told = CheckInsToDo {
        cycle: cycle.code.clone(),
        due_on: cycle.due_on,
        closes_on: cycle.closes_on,
        late,
        to_do,
    };
    Ok(match row.request.letter {
        LetterKind::CheckInsToHold => Ok(Letter::CheckInsToHold(told)),
        LetterKind::CheckInReminder => Ok(Letter::CheckInReminder(told)),
        _ => Err(StateReason::NoSuchLetter),
    })
}

/// What coordinators hear of those who are late.
pub(super) async fn coordinators(ctx: &Ctx, facts: &Facts, row: &OutboxRow) -> Result<Composed> {
    let About::CheckInCycle { cycle } = row.request.about else { return Ok(Err(StateReason::NoSuchLetter)) };
    let Some(cycle) = facts.held.cycle(cycle) else { return Ok(Err(StateReason::SubjectGone)) };
    let check_ins::CycleProgress { all, units } =
        check_ins::progress_in(ctx.store(), row.organisation, cycle, true).await?;
    if all.late == 0 {
        return Ok(Err(StateReason::DoesNotHold));
    }
    let units = units.into_iter().filter(|unit| unit.depth == DEPTH && unit.progress.late > 0);
    let told = |unit: check_ins::UnitProgress| LateUnit {
        name: unit.name,
        late: unit.progress.late,
        of: unit.progress.opened,
    };
    Ok(Ok(Letter::CoordinatorCheckInsLate(CoordinatorCheckInsLate {
        cycle: cycle.code.clone(),
        due_on: cycle.due_on,
        late: all.late,
        of: all.opened,
        units: units.map(told).collect(),
        url: client(ctx, Task::SeeTheCheckIns),
    })))
}

fn is_late(ctx: &Ctx, facts: &Facts, row: &OutboxRow, cycle: &Cycle) -> bool {
    let trust = facts.organisation(row.organisation);
    trust.is_some_and(|trust| cycle.is_late_on(Zoned::at(ctx.now, trust.zone).date))
}

fn party_of(check_in: &CheckIn, recipient: Recipient) -> Option<Party> {
    match recipient {
        Recipient::Person { person } => check_in.party_of(person),
        Recipient::Reviewer { check_in: own } => (own == check_in.id).then_some(Party::Manager),
        Recipient::Account { .. } => None,
    }
}

fn page(ctx: &Ctx, facts: &Facts, check_in: &CheckIn, party: Party) -> Option<String> {
    let about = About::CheckIn { check_in: check_in.id };
    let (person, purpose) = match (party, &check_in.manager) {
        (Party::Leader, _) => (check_in.leader, LinkPurpose::CheckIn),
        (Party::Manager, Some(LineManager::Person(person))) => (*person, LinkPurpose::CheckIn),
        (Party::Manager, Some(LineManager::Outside(_))) => (check_in.leader, LinkPurpose::CheckInReview),
        (Party::Manager, None) => return None,
    };
    facts.page(ctx, person, purpose, &about)
}

fn manager_name(facts: &Facts, check_in: &CheckIn) -> Option<String> {
    match check_in.manager.as_ref()? {
        LineManager::Person(person) => facts.person(*person).map(|person| person.name()),
        LineManager::Outside(outsider) => Some(outsider.name.clone()),
    }
}
