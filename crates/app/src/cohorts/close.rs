//! The two ends of a cohort: closed with a result for everyone, or called off.

use std::collections::HashMap;

use varde_model::{
    catalogue::{Completion, completion},
    cohort::CohortEvent,
    enrolment::{EnrolmentEvent, EnrolmentState},
    gathering::{Attendance, Presence},
    ids::{CohortId, EnrolmentId, GatheringId},
    letter::LetterKind,
    timers::TimersOf,
};
use varde_persistence::{gatherings, timers};

use super::{Changed, desk::Desk, settle};
use crate::{Code, Ctx, Refusal, Result, access::Coordinator, input};

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
/// Refused: a gathering is still to come, or attendance is missing.
pub async fn complete(
    ctx: &Ctx,
    right: &Coordinator,
    cohort: CohortId,
    how: CompleteCohort,
) -> Result<Changed> {
    let tx = ctx.store().write().await?;
    let mut desk = Desk::open(ctx, &tx, right.org(), right.actor(), cohort).await?;
    desk.must_be_at(how.version)?;
    if !desk.upcoming().is_empty() {
        return Err(Refusal::new(Code::GatheringsToCome).with("count", desk.upcoming().len()).into());
    }
    let held: Vec<GatheringId> = desk.standing().map(|gathering| gathering.id).collect();
    let everyone = desk.everyone().await?;
    let records: HashMap<(EnrolmentId, GatheringId), Presence> =
        gatherings::attendance(&tx, desk.org(), &held)
            .await?
            .into_iter()
            .map(|Attendance { gathering, enrolment, presence, .. }| ((enrolment, gathering), presence))
            .collect();
    let seated: Vec<_> = everyone.iter().filter(|e| e.state == EnrolmentState::Enrolled).collect();
    let missing = seated
        .iter()
        .flat_map(|enrolment| held.iter().map(|gathering| (enrolment.id, *gathering)))
        .filter(|key| !records.contains_key(key))
        .count();
    if missing > 0 && !how.missing_as_absent {
        return Err(Refusal::new(Code::AttendanceMissing).with("count", missing).into());
    }
    desk.advance(CohortEvent::Complete).await?;
    for mut enrolment in everyone {
        match enrolment.state {
            EnrolmentState::Enrolled => {
                let attended: Vec<Presence> = held
                    .iter()
                    .map(|gathering| *records.get(&(enrolment.id, *gathering)).unwrap_or(&Presence::Absent))
                    .collect();
                let (event, letter) = match completion(&desk.programme.completion, attended.iter().copied()) {
                    Completion::Completed => (EnrolmentEvent::Complete, LetterKind::CohortCompleted),
                    Completion::NotCompleted { .. } => (EnrolmentEvent::Miss, LetterKind::CohortNotCompleted),
                };
                desk.shift(&mut enrolment, event, None).await?;
                desk.write_to(&enrolment, letter).await?;
            }
            state if state.after(EnrolmentEvent::Lapse).is_some() => {
                desk.shift(&mut enrolment, EnrolmentEvent::Lapse, None).await?;
            }
            _ => {}
        }
    }
    timers::cancel(&tx, desk.org(), TimersOf::Cohort(cohort), "cohort completed", ctx.now).await?;
    let changed = desk.outcome();
    settle(ctx, right.org(), tx, how.dry_run, &changed.kept(None)).await?;
    Ok(changed)
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
    let upcoming = desk.upcoming();
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
            for gathering in &upcoming {
                desk.write_about(&enrolment, *gathering, LetterKind::GatheringCancelled).await?;
            }
        }
    }
    timers::cancel(&tx, desk.org(), TimersOf::Cohort(cohort), "cohort cancelled", ctx.now).await?;
    let changed = desk.outcome();
    settle(ctx, right.org(), tx, how.dry_run, &changed.kept(None)).await?;
    Ok(changed)
}
