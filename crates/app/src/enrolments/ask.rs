//! A leader asks for a place in a cohort without having been invited: a seat while there is room, else a place in the line.

use varde_model::{
    cohort::CohortState,
    enrolment::{Enrolment, EnrolmentEvent, EnrolmentState},
    work::Recipient,
};
use varde_persistence::{cohorts, people};

use super::{answer::Answered, enrol::propose, queries::my_place};
use crate::{
    Code, Ctx, Refusal, Result,
    access::Oneself,
    cohorts::{desk::Desk, gate::must_pass, settle},
    idempotency::Kept,
};

/// Asks for a place in a published cohort, by its code. Who has been invited says yes by it; asked again, nothing changes.
///
/// # Errors
/// Refused: there is no such cohort, or it is not published, or past its cut-off; its places are given to nominees or to leader groups; the
/// programme is not meant for the caller, or she or he has a place in another of its cohorts.
pub async fn ask(ctx: &Ctx, right: &Oneself, cohort: &str, dry_run: bool) -> Result<Answered> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let missing = || Refusal::new(Code::NotFound).at("cohortCode");
    let cohort = cohorts::find_by_code(&tx, org, cohort.trim()).await?.ok_or_else(missing)?;
    // Nobody is told of what is only planned.
    if cohort.state == CohortState::Draft {
        return Err(missing().into());
    }
    let cohort = cohort.id;
    let mut desk = Desk::open(ctx, &tx, org, right.actor(), cohort).await?;
    desk.must_be_live()?;
    if desk.programme.groups.is_some() {
        return Err(Refusal::new(Code::EnrolsAsGroup).into());
    }
    if desk.programme.nomination.is_some() {
        return Err(Refusal::new(Code::EnrolsByNomination).into());
    }
    let standing = desk.everyone().await?.into_iter().find(|place| place.person == right.person());
    let let_in = |place: &Enrolment| {
        let waits = place.state == EnrolmentState::Waiting;
        waits || place.state.awaits_an_answer() || place.state.takes_part()
    };
    // Whoever has been invited was let in then, with a reason if need be.
    if !standing.as_ref().is_some_and(let_in) {
        let known = people::find_many(&tx, org, &[right.person()]).await?;
        let obstacles = desk.obstacles(&known).await?;
        must_pass(obstacles.get(&right.person()).map(Vec::as_slice).unwrap_or_default(), false)?;
    }
    let mut place = match standing {
        Some(place) => place,
        None => {
            let place = Enrolment {
                id: ctx.new_id(),
                cohort,
                person: right.person(),
                state: EnrolmentState::Proposed,
                queue_number: None,
                answer_by: None,
                since: ctx.now,
                reason: None,
                overridden: false,
                moved_from: None,
                group: None,
                version: 1,
            };
            propose(&desk, &place).await?;
            place
        }
    };
    if !place.state.awaits_an_answer() && place.state.after(EnrolmentEvent::Invite).is_some() {
        // Whoever asks needs no invitation: the mail is the one that says what came of it.
        place.answer_by = Some(desk.answer_by()?);
        desk.shift(&mut place, EnrolmentEvent::Invite, None).await?;
    }
    desk.accept(&mut place).await?;
    let mut mails = desk.outcome().mails;
    mails.retain(|mail| mail.recipient == Recipient::Person { person: right.person() });
    let seen = my_place(&tx, right, place.id).await?;
    settle(ctx, org, tx, dry_run, &Kept::of([place.id.0]).with_mails(&mails)).await?;
    Ok(Answered { place: seen, mails })
}
