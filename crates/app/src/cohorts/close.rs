//! The two ends of a cohort: closed with a result for everyone, or called off.

use varde_model::{
    catalogue::{Completion, completion},
    cohort::CohortEvent,
    enrolment::{Enrolment, EnrolmentEvent, EnrolmentState},
    ids::CohortId,
    letter::LetterKind,
    state_reason::StateReason,
    timers::TimersOf,
};
use varde_persistence::timers;

use super::{Changed, desk::Desk, settle};
use crate::{Code, Ctx, Refusal, Result, access::Coordinator, input, register::Register};

/// How to close a cohort.
#[derive(Clone, Copy, Debug, Default)]
pub struct CompleteCohort {
    /// Those without a record count as absent. Else a missing record is refused, with their number.
    pub missing_as_absent: bool,
    /// The version that the caller saw.
    pub version: Option<u32>,
    /// Keep nothing; answer with what would happen.
    pub dry_run: bool,
}

/// Closes a cohort: everyone with a seat has completed the course or not, by the programme's rule, and is told.
///
/// # Errors
/// Refused: a gathering is not over yet, none was held, or attendance is missing.
pub async fn complete(
    ctx: &Ctx,
    right: &Coordinator,
    cohort: CohortId,
    how: CompleteCohort,
) -> Result<Changed> {
    let tx = ctx.store().write().await?;
    let mut desk = Desk::open(ctx, &tx, right.org(), right.actor(), cohort).await?;
    desk.must_be_at(how.version)?;
    let ahead = desk.standing().filter(|gathering| gathering.ends_at > ctx.now).count();
    if ahead > 0 {
        return Err(Refusal::new(Code::GatheringsToCome).with("count", ahead).into());
    }
    let register = Register::read(&tx, desk.org(), cohort, ctx.now).await?;
    if register.held.is_empty() && desk.cohort.state.after(CohortEvent::Complete).is_some() {
        return Err(Refusal::new(Code::NothingHeld).into());
    }
    let missing = register.missing();
    if missing > 0 && !how.missing_as_absent {
        return Err(Refusal::new(Code::AttendanceMissing).with("count", missing).into());
    }
    desk.advance(CohortEvent::Complete).await?;
    for mut enrolment in desk.everyone().await? {
        if enrolment.state == EnrolmentState::Enrolled {
            desk.conclude(&mut enrolment, &register).await?;
        } else if let Some(event) = enrolment.state.at_closing() {
            let was_in_line = enrolment.state == EnrolmentState::Waiting;
            desk.shift(&mut enrolment, event, None).await?;
            if was_in_line {
                desk.write_to(&enrolment, LetterKind::WaitingListClosed).await?;
            }
        }
    }
    desk.close_groups().await?;
    timers::cancel(&tx, desk.org(), TimersOf::Cohort(cohort), StateReason::CohortCompleted, ctx.now).await?;
    let changed = desk.outcome();
    settle(ctx, right.org(), tx, how.dry_run, &changed.kept(None)).await?;
    Ok(changed)
}

impl Desk<'_> {
    /// Gives somebody with a seat the result that the programme's rule gives, and tells it. Where that result stands
    /// already, only what the certificate says may change.
    pub(crate) async fn conclude(&mut self, enrolment: &mut Enrolment, register: &Register) -> Result<()> {
        let (result, event, letter) =
            match completion(&self.programme.completion, register.held_for(&self.programme, enrolment)) {
                Completion::Completed => {
                    (EnrolmentState::Completed, EnrolmentEvent::Complete, LetterKind::CohortCompleted)
                }
                Completion::NotCompleted { .. } => {
                    (EnrolmentState::NotCompleted, EnrolmentEvent::Miss, LetterKind::CohortNotCompleted)
                }
            };
        if enrolment.state == result {
            return self.certify(enrolment, register).await;
        }
        self.shift(enrolment, event, None).await?;
        self.certify(enrolment, register).await?;
        self.write_to(enrolment, letter).await
    }
}

/// How to call a cohort off.
#[derive(Clone, Debug, Default)]
pub struct CancelCohort {
    /// Why; those who were told of the cohort read it.
    pub reason: Option<String>,
    /// The version that the caller saw.
    pub version: Option<u32>,
    /// Keep nothing; answer with what would happen.
    pub dry_run: bool,
}

/// Calls a cohort off. Everyone who was told of it is told of this, and calendars are cleared.
///
/// # Errors
/// Refused: no reason, or it has ended already.
pub async fn cancel(ctx: &Ctx, right: &Coordinator, cohort: CohortId, how: &CancelCohort) -> Result<Changed> {
    let reason = input::reason("reason", how.reason.as_deref())?;
    let tx = ctx.store().write().await?;
    let mut desk = Desk::open(ctx, &tx, right.org(), right.actor(), cohort).await?;
    desk.must_be_at(how.version)?;
    desk.cohort.cancel_reason = Some(reason);
    let was_live = desk.cohort.state.is_live();
    desk.advance(CohortEvent::Cancel).await?;
    for mut enrolment in desk.everyone().await? {
        let from = enrolment.state;
        if from.after(EnrolmentEvent::Cancel).is_none() {
            continue;
        }
        desk.shift(&mut enrolment, EnrolmentEvent::Cancel, None).await?;
        if was_live && from != EnrolmentState::Proposed {
            desk.write_to(&enrolment, LetterKind::CohortCancelled).await?;
        }
        if from == EnrolmentState::Enrolled {
            for gathering in desk.upcoming_for(&enrolment) {
                desk.write_about(&enrolment, gathering, LetterKind::GatheringCancelled).await?;
            }
            desk.tell_line_managers(&[enrolment.id]).await?;
        }
    }
    desk.call_groups_off().await?;
    timers::cancel(&tx, desk.org(), TimersOf::Cohort(cohort), StateReason::CohortCancelled, ctx.now).await?;
    let changed = desk.outcome();
    settle(ctx, right.org(), tx, how.dry_run, &changed.kept(None)).await?;
    Ok(changed)
}
