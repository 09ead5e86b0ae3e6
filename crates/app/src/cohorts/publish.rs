//! Publishing: the moment before which nothing is sent. Everyone proposed is invited.

use varde_model::{cohort::CohortEvent, eligibility::Gone, enrolment::EnrolmentState, ids::CohortId};

use super::{Changed, desk::Desk, line};
use crate::{Code, Ctx, Refusal, Result, access::Coordinator, reminders, texts};

/// Publishes a draft and invites everyone proposed in it; whoever has left meanwhile is taken out instead. A dry run takes the same path and keeps nothing; it
/// answers with the mail that would go out.
///
/// # Errors
/// Refused: not a draft, changed since `version`, no gathering, or one that has begun.
pub async fn publish(
    ctx: &Ctx,
    right: &Coordinator,
    cohort: CohortId,
    version: Option<u32>,
    dry_run: bool,
) -> Result<Changed> {
    let tx = ctx.store().write().await?;
    let mut desk = Desk::open(ctx, &tx, right.org(), right.actor(), cohort).await?;
    desk.must_be_at(version)?;
    let begins = desk.begins_at().ok_or(Refusal::new(Code::NoGatherings))?;
    if begins <= ctx.now {
        return Err(Refusal::new(Code::GatheringInThePast).into());
    }
    desk.look_over();
    desk.advance(CohortEvent::Publish).await?;
    for mut enrolment in desk.everyone().await? {
        if enrolment.state != EnrolmentState::Proposed {
            continue;
        }
        if desk.employs(enrolment.person).await? {
            let reason = enrolment.reason.clone();
            desk.invite(&mut enrolment, reason.as_deref()).await?;
        } else {
            let reason = texts::text(desk.organisation.locale, line::reason_key(Gone::Employment));
            desk.withdraw(&mut enrolment, Some(&reason)).await?;
        }
    }
    reminders::replan_cohort(&mut desk).await?;
    let changed = desk.outcome();
    super::settle(ctx, right.org(), tx, dry_run, &changed.kept(None)).await?;
    Ok(changed)
}
