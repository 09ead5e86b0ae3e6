//! What a leader has done since the last check-in that serves the requirements, and how the actions of that one went: told
//! beside each requirement at the next.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use varde_model::{
    catalogue::Texts,
    check_in::{CheckIn, CheckInState, Cycle, thread::Target},
    enrolment::EnrolmentState,
    gathering::Presence,
    local_time::Zoned,
    people::LineManager,
};
use varde_persistence::{check_in_cycles, check_ins};

use super::conversation::{Agreed, Conversation, agreed};
use crate::{
    Ctx, Result,
    access::{Actor, OneOfTwo},
    course_record,
};

/// Where there was no check-in before, the last year counts.
const MONTHS: Months = Months::new(12);

/// What was done, by requirement.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// What was done after this day counts: that of the last check-in, or a year before this one.
    pub since: NaiveDate,
    /// What serves each requirement, by its key, oldest first.
    pub of: BTreeMap<String, Vec<Proof>>,
    /// The code of the last check-in's cycle; None where there was none.
    pub last: Option<String>,
    /// What was agreed on then. Own words are there for those alone who held that check-in too.
    pub actions: Vec<Agreed>,
}

/// Something that a leader did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// What.
    pub kind: ProofKind,
    /// When.
    pub on: NaiveDate,
    /// What the gathering or the item was called; None where the programme says it.
    pub title: Option<Texts>,
    /// What the programme was called.
    pub programme: Option<Texts>,
}

/// What kind of thing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProofKind {
    /// Was at a gathering, or at a part of it.
    Attended,
    /// Completed a programme.
    Completed,
}

/// What a leader has done since the last check-in. For the two who hold it.
///
/// # Errors
/// The database refused.
pub async fn evidence(ctx: &Ctx, right: &OneOfTwo, held: &Conversation) -> Result<Evidence> {
    let org = right.org();
    let last = last_before(ctx, held).await?;
    let year = held.cycle.opens_on.checked_sub_months(MONTHS).unwrap_or(held.cycle.opens_on);
    let record = course_record::of(ctx, org, held.check_in.leader).await?;
    let zone = record.organisation.zone;
    let day = |at| Zoned::at(at, zone).date;
    let since = last.as_ref().map_or(year, |(last, cycle)| held_on(last, cycle, &day));
    // What is signed stays as it was.
    let signed = held.check_in.signed.leader.max(held.check_in.signed.manager);
    let until = signed.filter(|_| held.check_in.state == CheckInState::Signed).unwrap_or(ctx.now);
    let counts = |on: NaiveDate| since < on && on <= day(until);
    let mut of: BTreeMap<String, Vec<Proof>> = BTreeMap::new();
    for requirement in &held.framework.requirements {
        let target = Target::requirement(&held.framework, requirement, Some(held.level));
        let mut proofs = Vec::new();
        for place in &record.places {
            let Some(programme) = &place.definition else { continue };
            let was_there = place
                .gatherings
                .iter()
                .filter(|(_, presence)| matches!(presence, Some(Presence::Present | Presence::Partly)));
            for (gathering, _) in was_there {
                let serves = target.by_gathering(programme, gathering.position);
                if counts(gathering.date) && serves.is_some_and(|serves| serves.is_evidence()) {
                    proofs.push(Proof {
                        kind: ProofKind::Attended,
                        on: gathering.date,
                        title: Some(gathering.title.clone()),
                        programme: Some(place.title.clone()),
                    });
                }
            }
            let completed = place.enrolment.state == EnrolmentState::Completed;
            let on = day(place.enrolment.since);
            let serves = || target.by_programme(programme).is_some_and(|one| one.directness.is_evidence());
            if completed && counts(on) && serves() {
                let programme = Some(place.title.clone());
                proofs.push(Proof { kind: ProofKind::Completed, on, title: None, programme });
            }
        }
        proofs.sort_by_key(|proof| (proof.on, proof.kind));
        of.insert(requirement.key.clone(), proofs);
    }
    let actions = match &last {
        Some((last, _)) => agreed(ctx, org, last, is_held_by(last, right, held)).await?,
        None => Vec::new(),
    };
    Ok(Evidence { since, of, last: last.map(|(_, cycle)| cycle.code), actions })
}

/// The leader's check-in of the year before.
async fn last_before(ctx: &Ctx, held: &Conversation) -> Result<Option<(CheckIn, Cycle)>> {
    let (store, org) = (ctx.store(), held.org);
    let mut own = check_ins::of_person(store, org, held.check_in.leader).await?;
    own.retain(|one| one.leader == held.check_in.leader && one.given.leader.is_some());
    let cycles = check_in_cycles::all(store, org).await?;
    let with = own.into_iter().filter_map(|one| {
        let cycle = cycles.iter().find(|cycle| cycle.id == one.cycle)?.clone();
        Some((one, cycle))
    });
    let before = with.filter(|(_, cycle)| cycle.opens_on < held.cycle.opens_on);
    Ok(before.max_by_key(|(_, cycle)| cycle.opens_on))
}

/// The day of a check-in: of the meeting, or when the leader's view was given.
fn held_on(
    check_in: &CheckIn,
    cycle: &Cycle,
    day: &impl Fn(chrono::DateTime<chrono::Utc>) -> NaiveDate,
) -> NaiveDate {
    check_in.met_on.or(check_in.given.leader.map(day)).unwrap_or(cycle.opens_on)
}

/// Whether who looks at a check-in is one of the two of an earlier one as well. A line manager who has come since then is
/// told which programmes the actions led to, and reads nothing of what was written for somebody else.
fn is_held_by(earlier: &CheckIn, right: &OneOfTwo, held: &Conversation) -> bool {
    match right.actor() {
        Actor::Person(person) => earlier.party_of(person).is_some(),
        _ => {
            matches!(earlier.manager, Some(LineManager::Outside(_)))
                && earlier.manager == held.check_in.manager
        }
    }
}
