//! Whether a reminder is still needed: asked when its timer fires, and again when its mail is about to go.

use varde_model::{
    cohort::CohortState,
    enrolment::{Enrolment, EnrolmentState},
    groups::GroupState,
    ids::{CohortId, GatheringId, OrganisationId},
    local_time::Zoned,
    nominations::NominationState,
    reminders::{Condition, ReminderPolicy},
    state_reason::StateReason,
    work::About,
};
use varde_persistence::{
    Conn, appointments, cohorts, enrolments, gatherings, groups, nominations, organisations, programmes,
};

use crate::{Ctx, Result, mobilisation, register::Register};

/// Asks a policy's condition of what the reminder is about.
pub(crate) async fn ask(
    ctx: &Ctx,
    conn: &impl Conn,
    org: OrganisationId,
    policy: &ReminderPolicy,
    about: &About,
) -> Result<std::result::Result<(), StateReason>> {
    match about {
        About::Appointment { appointment } => {
            let Some(found) = appointments::find(conn, org, *appointment).await? else {
                return Ok(Err(StateReason::SubjectGone));
            };
            let Some(organisation) = organisations::find(conn, org).await? else {
                return Ok(Err(StateReason::SubjectGone));
            };
            if found.period.is_over(Zoned::at(ctx.now, organisation.zone).date) {
                return Ok(Err(StateReason::AppointmentEnded));
            }
            if policy.condition == Condition::NotEnrolledYet
                && has_a_place(conn, org, policy, found.person).await?
            {
                return Ok(Err(StateReason::HasPlace));
            }
            Ok(Ok(()))
        }
        About::Enrolment { enrolment } => {
            let Some(found) = enrolments::find(conn, org, *enrolment).await? else {
                return Ok(Err(StateReason::SubjectGone));
            };
            if !is_live(conn, org, found.cohort).await? {
                return Ok(Err(StateReason::CohortNotRunning));
            }
            Ok(ask_of_enrolment(policy.condition, &found))
        }
        About::Gathering { gathering, enrolment } => {
            let Some(found) = enrolments::find(conn, org, *enrolment).await? else {
                return Ok(Err(StateReason::SubjectGone));
            };
            let Some(meeting) = gatherings::find(conn, org, *gathering).await? else {
                return Ok(Err(StateReason::SubjectGone));
            };
            if meeting.cancelled || !is_live(conn, org, found.cohort).await? {
                return Ok(Err(StateReason::GatheringCancelled));
            }
            if !found.state.takes_part() {
                return Ok(Err(StateReason::NoSeat));
            }
            let answer = match policy.condition {
                Condition::NoRsvp | Condition::NotDeclined => answer(conn, org, *gathering, &found).await?,
                _ => None,
            };
            if policy.condition == Condition::PracticeUndone {
                let undone = mobilisation::undone_after(conn, org, *gathering, *enrolment).await?;
                let nothing = undone.is_none_or(|undone| undone.tasks.is_empty());
                return Ok(if nothing { Err(StateReason::PracticeDone) } else { Ok(()) });
            }
            Ok(match (policy.condition, answer) {
                (Condition::NoRsvp, Some(_)) => Err(StateReason::Answered),
                (Condition::NotDeclined, Some(false)) => Err(StateReason::NotComing),
                _ => Ok(()),
            })
        }
        About::Cohort { cohort } => {
            if !is_live(conn, org, *cohort).await? {
                return Ok(Err(StateReason::CohortNotRunning));
            }
            if policy.condition == Condition::AttendanceMissing
                && Register::read(conn, org, *cohort, ctx.now).await?.missing() == 0
            {
                return Ok(Err(StateReason::AttendanceRecorded));
            }
            Ok(Ok(()))
        }
        About::LeaderGroup { group } => {
            let Some(found) = groups::find(conn, org, *group).await? else {
                return Ok(Err(StateReason::SubjectGone));
            };
            if !is_live(conn, org, found.cohort).await? {
                return Ok(Err(StateReason::CohortNotRunning));
            }
            let answered = policy.condition == Condition::Unanswered && found.state != GroupState::Invited;
            Ok(if answered { Err(StateReason::Answered) } else { Ok(()) })
        }
        // No rule of reminding is about these.
        About::Operation { .. }
        | About::FollowUp { .. }
        | About::Survey { .. }
        | About::CheckIn { .. }
        | About::CheckInCycle { .. }
        | About::CompetencePlan { .. } => Ok(Ok(())),
        About::Nomination { nomination } => {
            let found = nominations::find(conn, org, *nomination).await?;
            Ok(found.map_or(Err(StateReason::SubjectGone), |found| match (policy.condition, found.state) {
                (Condition::StillDraft, NominationState::Draft)
                | (Condition::AwaitsEndorsement, NominationState::Submitted)
                | (Condition::Always, _) => Ok(()),
                (Condition::StillDraft, _) => Err(StateReason::DoesNotHold),
                _ => Err(StateReason::Answered),
            }))
        }
    }
}

fn ask_of_enrolment(condition: Condition, enrolment: &Enrolment) -> std::result::Result<(), StateReason> {
    match condition {
        Condition::Unanswered if enrolment.state != EnrolmentState::Invited => Err(StateReason::Answered),
        Condition::HoldsOffer if enrolment.state != EnrolmentState::Offered => Err(StateReason::Answered),
        Condition::HoldsSeat if !enrolment.state.takes_part() => Err(StateReason::NoSeat),
        _ => Ok(()),
    }
}

async fn is_live(conn: &impl Conn, org: OrganisationId, cohort: CohortId) -> Result<bool> {
    Ok(cohorts::state(conn, org, cohort).await?.is_some_and(CohortState::is_live))
}

/// Whether the leader said yes or no; None for no answer.
async fn answer(
    conn: &impl Conn,
    org: OrganisationId,
    gathering: GatheringId,
    enrolment: &Enrolment,
) -> Result<Option<bool>> {
    let answers = gatherings::answers(conn, org, &[gathering]).await?;
    Ok(answers.iter().find(|answer| answer.enrolment == enrolment.id).map(|answer| answer.coming))
}

/// True for somebody whom the programme has reached: a place in one of its cohorts that was not turned down.
async fn has_a_place(
    conn: &impl Conn,
    org: OrganisationId,
    policy: &ReminderPolicy,
    person: varde_model::ids::PersonId,
) -> Result<bool> {
    let own = enrolments::of_person(conn, org, person).await?;
    let reached: Vec<CohortId> = own.iter().filter(|e| reaches(e.state)).map(|e| e.cohort).collect();
    if reached.is_empty() {
        return Ok(false);
    }
    let versions = programmes::latest_versions(conn, org).await?;
    let programme =
        versions.iter().find(|version| version.key == policy.programme).map(|version| version.programme);
    let cohorts = cohorts::find_many(conn, org, &reached).await?;
    Ok(cohorts.iter().any(|cohort| Some(cohort.programme) == programme))
}

/// States in which a leader has been reached by a programme.
const fn reaches(state: EnrolmentState) -> bool {
    matches!(
        state,
        EnrolmentState::Invited
            | EnrolmentState::Waiting
            | EnrolmentState::Offered
            | EnrolmentState::Enrolled
            | EnrolmentState::Completed
    )
}
