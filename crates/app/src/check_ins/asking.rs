//! What is wanted of whom, and the mails that say so: one for each person and day, however many check-ins it is about.

use std::collections::BTreeMap;

use varde_model::{
    check_in::{CheckIn, CheckInState, Cycle, Party},
    ids::OrganisationId,
    letter::{CheckInWanted, LetterKind},
    work::{About, Recipient},
};
use varde_persistence::{Tx, check_ins};

use super::desk::recipient;
use crate::{
    Ctx, Result,
    accounts::who_coordinate,
    post::{self, Post},
};

/// What is wanted of one of the two; None where it is the other's turn.
pub(crate) const fn to_do(check_in: &CheckIn, party: Party) -> Option<CheckInWanted> {
    match check_in.state {
        CheckInState::Open | CheckInState::LeaderDone | CheckInState::ManagerDone => {
            if check_in.given.of(party).is_none() { Some(CheckInWanted::View) } else { None }
        }
        CheckInState::BothDone => Some(CheckInWanted::Meeting),
        CheckInState::Met | CheckInState::LeaderSigned | CheckInState::ManagerSigned => {
            if check_in.signed.of(party).is_none() { Some(CheckInWanted::Signature) } else { None }
        }
        CheckInState::Signed | CheckInState::Ended | CheckInState::Unfinished => None,
    }
}

/// Everybody of whom something is wanted in these.
pub(super) fn asked(check_ins: &[CheckIn]) -> Vec<Recipient> {
    let mut found: BTreeMap<String, Recipient> = BTreeMap::new();
    for check_in in check_ins {
        for party in Party::BOTH.into_iter().filter(|party| to_do(check_in, *party).is_some()) {
            if let Some(to) = recipient(check_in, party) {
                found.insert(post::recipient_key(to), to);
            }
        }
    }
    found.into_values().collect()
}

/// Reminds everybody of whom something is wanted. The letter asks again, when it is written, what that is.
pub(super) async fn remind(ctx: &Ctx, tx: &Tx, org: OrganisationId, cycle: &Cycle, day: i16) -> Result<()> {
    let to = asked(&check_ins::of_cycle(tx, org, cycle.id).await?);
    let about = About::CheckInCycle { cycle: cycle.id };
    let occurrence = of_day(cycle, day);
    let post = |to| Post::new(to, LetterKind::CheckInReminder, about, &occurrence);
    post::leave_many(ctx, tx, org, to.into_iter().map(post).collect()).await?;
    Ok(())
}

/// The occurrence of the reminder of a day of the cycle's.
pub(super) fn of_day(cycle: &Cycle, day: i16) -> String {
    format!("day {day} of {}", cycle.due_on)
}

/// Tells line managers whose leaders are late with something.
pub(super) async fn tell_line_managers(ctx: &Ctx, tx: &Tx, org: OrganisationId, cycle: &Cycle) -> Result<()> {
    let mut managers: BTreeMap<String, Recipient> = BTreeMap::new();
    for check_in in check_ins::of_cycle(tx, org, cycle.id).await? {
        if to_do(&check_in, Party::Leader).is_some()
            && let Some(to) = recipient(&check_in, Party::Manager)
        {
            managers.insert(post::recipient_key(to), to);
        }
    }
    let occurrence = format!("late by {}", cycle.due_on);
    for to in managers.into_values() {
        leave(ctx, tx, org, cycle, to, LetterKind::CheckInsLate, &occurrence).await?;
    }
    Ok(())
}

/// Tells the coordinators how many are late, and where.
pub(super) async fn tell_coordinators(ctx: &Ctx, tx: &Tx, org: OrganisationId, cycle: &Cycle) -> Result<()> {
    let occurrence = format!("late by {}", cycle.due_on);
    for account in who_coordinate(ctx, tx, org).await? {
        let to = Recipient::Account { account: account.id };
        leave(ctx, tx, org, cycle, to, LetterKind::CoordinatorCheckInsLate, &occurrence).await?;
    }
    Ok(())
}

async fn leave(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    cycle: &Cycle,
    to: Recipient,
    letter: LetterKind,
    occurrence: &str,
) -> Result<()> {
    let about = About::CheckInCycle { cycle: cycle.id };
    post::leave(ctx, tx, org, Post::new(to, letter, about, occurrence)).await?;
    Ok(())
}
