//! Letters composed from the facts as they are at the moment of sending. What does not hold any more is not sent.

mod check_ins;
mod client;
mod competence_plans;
mod coordinators;
mod facts;
mod groups;
mod leaders;
mod line_managers;
mod mobilisation;
mod nominations;
mod surveys;

use varde_model::{delivery::OutboxRow, letter::LetterKind, state_reason::StateReason, work::About};

use crate::{Ctx, Error, Result, conditions};
use facts::Facts;

pub use varde_model::delivery::Composition;

/// Composes the letters of a batch. The facts of all are fetched together.
///
/// # Errors
/// A fault: none of them was composed.
pub async fn compose_many(ctx: &Ctx, rows: &[OutboxRow]) -> Result<Vec<Composition>> {
    let facts = Facts::fetch(ctx, rows).await?;
    let mut letters = Vec::with_capacity(rows.len());
    for row in rows {
        letters.push(compose_one(ctx, &facts, row).await?);
    }
    Ok(letters)
}

/// Composes one letter.
///
/// # Errors
/// A fault.
pub async fn compose(ctx: &Ctx, row: &OutboxRow) -> Result<Composition> {
    let composed = compose_many(ctx, std::slice::from_ref(row)).await?.pop();
    composed.ok_or_else(|| Error::internal("a batch of one gave nothing"))
}

async fn compose_one(ctx: &Ctx, facts: &Facts, row: &OutboxRow) -> Result<Composition> {
    let Some(head) = facts.head(ctx, row) else {
        return Ok(Composition::Needless(StateReason::RecipientUnreached));
    };
    if head.is_none() {
        return Ok(Composition::Needless(StateReason::Unsubscribed));
    }
    if row.request.policy.is_some() && facts.policy(row).is_none() {
        return Ok(Composition::Needless(StateReason::PolicyInactive));
    }
    if let Some(policy) = facts.policy(row)
        && let Err(reason) =
            conditions::ask(ctx, ctx.store(), row.organisation, policy, &row.request.about).await?
    {
        return Ok(Composition::Needless(reason));
    }
    let Some(head) = head else { return Ok(Composition::Needless(StateReason::Unsubscribed)) };
    let letter = match row.request.letter {
        LetterKind::WelcomeNewLeader => leaders::welcome(ctx, facts, row, head.locale).await?,
        LetterKind::CoordinatorNewLeaders => coordinators::new_leaders(ctx, row).await?,
        LetterKind::CoordinatorAttendanceMissing => {
            coordinators::attendance_missing(ctx, facts, row, head.locale).await?
        }
        LetterKind::CoordinatorNews => coordinators::news(ctx, facts, row, head.locale).await?,
        // A digest is put together from letters that wait; nobody leaves one.
        LetterKind::DailyDigest => Err(StateReason::NoSuchLetter),
        LetterKind::PracticeTasks | LetterKind::PracticeReminder => {
            mobilisation::practice(ctx, facts, row, head.locale).await?
        }
        LetterKind::SupporterNamed | LetterKind::SupporterTask => {
            mobilisation::supported(ctx, facts, row, head.locale).await?
        }
        LetterKind::CoordinatorCheckInsLate => check_ins::coordinators(ctx, facts, row).await?,
        _ => match row.request.about {
            About::CheckIn { check_in } if row.request.letter == LetterKind::CheckInMeetingOff => {
                check_ins::meeting_off(facts, row, check_in, head.locale)
            }
            About::CheckIn { check_in } => {
                check_ins::about_one(ctx, facts, row, check_in, head.locale).await?
            }
            About::CompetencePlan { plan } => {
                competence_plans::about_plan(ctx, facts, row, plan, head.locale).await?
            }
            About::CheckInCycle { cycle } => check_ins::to_do(ctx, facts, row, cycle).await?,
            About::Enrolment { enrolment } => {
                leaders::about_enrolment(ctx, facts, row, enrolment, head.locale).await?
            }
            About::Gathering { gathering, enrolment } => {
                leaders::about_gathering(ctx, facts, row, gathering, enrolment, head.locale)
            }
            About::Survey { survey } => surveys::request(ctx, facts, row, survey, head.locale),
            About::LeaderGroup { group } => groups::invitation(ctx, facts, row, group, head.locale).await?,
            About::FollowUp { group, month } => {
                groups::follow_up(ctx, facts, row, (group, month), head.locale).await?
            }
            About::Nomination { nomination } => {
                nominations::about_nomination(ctx, facts, row, nomination, head.locale)
            }
            _ => Err(StateReason::NoSuchLetter),
        },
    };
    Ok(match letter {
        Ok(letter) => Composition::Letter(Box::new((head, letter))),
        Err(reason) => Composition::Needless(reason),
    })
}
