//! What a timer does when it is due: in one transaction that also marks it, so that it happens once.

use chrono::{DateTime, Duration, Utc};
use varde_model::{
    check_in::CycleStep,
    cohort::{CohortEvent, CohortState},
    enrolment::EnrolmentState,
    ids::{CohortId, OrganisationId},
    links::LinkPurpose,
    local_time::Zoned,
    people::LineManager,
    reminders::{Recipients, ReminderPolicy, goes_out_at, is_late},
    state_reason::StateReason,
    timers::{Timer, TimerState},
    work::{About, Job, Recipient},
};
use varde_persistence::{
    Conn, Tx, check_in_cycles, cohorts, enrolments, gatherings, groups, nomination_rounds, nominations,
    organisations, programmes, timers,
};

use crate::{
    Ctx, Error, Result,
    access::Actor,
    check_ins, closed_days,
    cohorts::desk::Desk,
    conditions,
    post::{self, Post, link_purpose},
    reminders, surveys,
};

pub use varde_model::timers::Fired;

/// Fires a timer that is due.
///
/// # Errors
/// A fault: nothing was changed, and the timer is still due.
pub async fn fire(ctx: &Ctx, timer: &Timer) -> Result<Fired> {
    let tx = ctx.store().write().await?;
    let goes_out_at = sending_moment(ctx, &tx, timer).await?;
    let missed = timer.latest_at.is_some_and(|latest| latest < goes_out_at);
    if !missed && goes_out_at > ctx.now {
        let put_off = timers::put_off(&tx, timer, goes_out_at).await?;
        tx.commit().await?;
        return Ok(if put_off { Fired::PutOff } else { Fired::Gone });
    }
    lock_first(&tx, timer).await?;
    let (state, reason) =
        if missed { (TimerState::Missed, Some(StateReason::TooLate)) } else { (TimerState::Fired, None) };
    if !timers::finish(&tx, timer, state, reason, ctx.now).await? {
        return Ok(Fired::Gone);
    }
    let outcome = if missed { Ok(()) } else { run(ctx, &tx, timer).await? };
    if let Err(reason) = outcome {
        timers::settle(&tx, timer, TimerState::Skipped, reason).await?;
    }
    tx.commit().await?;
    Ok(match (missed, outcome) {
        (true, _) => Fired::Missed,
        (false, Ok(())) => Fired::Done,
        (false, Err(_)) => Fired::Needless,
    })
}

/// Locks what a job works on before the job's own row, as everybody does who cancels timers: else each would wait for the
/// other.
async fn lock_first(tx: &Tx, timer: &Timer) -> Result<()> {
    let org = timer.organisation;
    match &timer.job {
        Job::Leave { .. } | Job::LookAgain => {
            organisations::lock(tx, org).await?;
        }
        Job::LapseInvitation { enrolment } | Job::LapseOffer { enrolment } => {
            if let Some(place) = enrolments::find(tx, org, *enrolment).await? {
                cohorts::lock(tx, org, place.cohort).await?;
            }
        }
        Job::StartCohort { cohort } => {
            cohorts::lock(tx, org, *cohort).await?;
        }
        Job::LapseGroup { group } | Job::FollowUp { group, .. } | Job::SurveyGroup { group } => {
            if let Some(found) = groups::find(tx, org, *group).await? {
                cohorts::lock(tx, org, found.cohort).await?;
            }
        }
        Job::CloseNominations { round } => {
            nomination_rounds::lock(tx, org, *round).await?;
        }
        Job::LapseEndorsement { nomination } => {
            if let Some(found) = nominations::find(tx, org, *nomination).await? {
                nomination_rounds::lock(tx, org, found.round).await?;
            }
        }
        Job::Evaluate { gathering } => {
            if let Some(found) = gatherings::find(tx, org, *gathering).await? {
                cohorts::lock(tx, org, found.cohort).await?;
            }
        }
        Job::CheckInCycle { cycle, .. } => {
            check_in_cycles::lock(tx, org, *cycle).await?;
        }
        Job::RemindOfActions { check_in, .. } => {
            varde_persistence::check_ins::lock(tx, org, *check_in).await?;
        }
        Job::Remind { .. } | Job::RemindOfSurvey { .. } | Job::CloseSurvey { .. } => {}
    }
    Ok(())
}

/// Now, or for what writes to people and is late, the next moment at which they are at work.
async fn sending_moment(ctx: &Ctx, tx: &Tx, timer: &Timer) -> Result<DateTime<Utc>> {
    let writes = matches!(
        timer.job,
        Job::Remind { .. }
            | Job::Evaluate { .. }
            | Job::SurveyGroup { .. }
            | Job::RemindOfSurvey { .. }
            | Job::RemindOfActions { .. }
            | Job::CheckInCycle { step: CycleStep::Open | CycleStep::Remind(_), .. }
            | Job::CheckInCycle { step: CycleStep::TellLineManagers | CycleStep::TellCoordinators, .. }
    );
    if !writes || !is_late(timer.local, ctx.now) {
        return Ok(ctx.now);
    }
    let calendar = closed_days::calendar(tx, timer.organisation).await?;
    Ok(goes_out_at(timer.local, ctx.now, &calendar))
}

type Outcome = std::result::Result<(), StateReason>;

async fn run(ctx: &Ctx, tx: &Tx, timer: &Timer) -> Result<Outcome> {
    let org = timer.organisation;
    match &timer.job {
        Job::Remind { policy, about, recipient } => {
            let policies = programmes::policies(tx, org).await?;
            let Some(stored) = policies.into_iter().find(|stored| stored.id == *policy && stored.active)
            else {
                return Ok(Err(StateReason::PolicyInactive));
            };
            let policy = serde_json::from_value(stored.definition).map_err(Error::internal)?;
            remind(ctx, tx, timer, stored.id, &policy, about, *recipient).await
        }
        Job::LapseInvitation { enrolment } => lapse(ctx, tx, org, *enrolment, EnrolmentState::Invited).await,
        Job::LapseOffer { enrolment } => lapse(ctx, tx, org, *enrolment, EnrolmentState::Offered).await,
        Job::Leave { person } => crate::leaving::leave(ctx, tx, org, *person).await,
        Job::StartCohort { cohort } => start(ctx, tx, org, *cohort).await,
        Job::Evaluate { gathering } => surveys::evaluate(ctx, tx, org, *gathering).await,
        Job::SurveyGroup { group } => surveys::survey_group(ctx, tx, org, *group).await,
        Job::RemindOfSurvey { survey } => surveys::remind(ctx, tx, org, *survey).await,
        Job::CloseSurvey { survey } => surveys::close(ctx, tx, org, *survey).await,
        Job::LapseGroup { group } => crate::groups::lapse(ctx, tx, org, *group).await,
        Job::FollowUp { group, month, step } => {
            crate::groups::follow_up(ctx, tx, org, (*group, *month), *step).await
        }
        Job::CloseNominations { round } => crate::nominations::close(ctx, tx, org, *round).await,
        Job::LapseEndorsement { nomination } => {
            crate::nominations::lapse_endorsement(ctx, tx, org, *nomination).await
        }
        Job::CheckInCycle { cycle, step } => {
            check_ins::step(ctx, tx, org, (*cycle, *step), timer.local.date).await
        }
        Job::RemindOfActions { check_in, due_on, past } => {
            check_ins::remind(ctx, tx, org, (*check_in, *due_on, *past)).await
        }
        Job::LookAgain => crate::daily::look_again(ctx, tx, org).await,
    }
}

async fn remind(
    ctx: &Ctx,
    tx: &Tx,
    timer: &Timer,
    id: varde_model::ids::PolicyId,
    policy: &ReminderPolicy,
    about: &About,
    recipient: Recipient,
) -> Result<Outcome> {
    let org = timer.organisation;
    if let Err(needless) = conditions::ask(ctx, tx, org, policy, about).await? {
        return Ok(Err(needless));
    }
    let recipient = match policy.recipients {
        Recipients::Leader | Recipients::Coordinators | Recipients::Nominator | Recipients::Endorser => {
            recipient
        }
        // Looked up now, not when it was planned: a reorganisation may have come between.
        Recipients::LineManager => match line_manager(ctx, tx, org, recipient).await? {
            Some(manager) => manager,
            None => return Ok(Err(StateReason::NoLineManager)),
        },
    };
    // The policy stands in the key: two policies may send the same letter about the same thing.
    let occurrence = format!("{}|{}", policy.key, timer.due_at.to_rfc3339());
    let post = Post {
        policy: Some(id),
        can_wait: policy.can_wait,
        not_after: timer.latest_at,
        link_until: link_until(tx, org, policy, about).await?,
        ..Post::new(recipient, policy.letter, *about, &occurrence)
    };
    post::leave(ctx, tx, org, post).await?;
    Ok(Ok(()))
}

async fn line_manager(ctx: &Ctx, tx: &Tx, org: OrganisationId, of: Recipient) -> Result<Option<Recipient>> {
    let Recipient::Person { person } = of else { return Ok(None) };
    let Some(organisation) = organisations::find(tx, org).await? else { return Ok(None) };
    let today = Zoned::at(ctx.now, organisation.zone).date;
    match crate::line::line_manager_on(tx, org, person, today).await? {
        Some(LineManager::Person(person)) => Ok(Some(Recipient::Person { person })),
        // Somebody outside the tree has no notices about the trust's leaders sent to a private address.
        Some(LineManager::Outside(_)) | None => Ok(None),
    }
}

async fn link_until(
    conn: &impl Conn,
    org: OrganisationId,
    policy: &ReminderPolicy,
    about: &About,
) -> Result<Option<DateTime<Utc>>> {
    match (link_purpose(policy.letter), about) {
        (Some(LinkPurpose::Invitation), About::Enrolment { enrolment }) => {
            Ok(enrolments::find(conn, org, *enrolment).await?.and_then(|found| found.answer_by))
        }
        (Some(LinkPurpose::GroupInvitation), About::LeaderGroup { group }) => {
            Ok(groups::find(conn, org, *group).await?.and_then(|found| found.answer_by))
        }
        (Some(LinkPurpose::Endorsement), About::Nomination { nomination }) => {
            Ok(nominations::find(conn, org, *nomination).await?.and_then(|found| found.endorse_by))
        }
        (Some(LinkPurpose::GatheringAnswer), About::Gathering { gathering, .. }) => {
            Ok(gatherings::find(conn, org, *gathering).await?.map(|found| found.starts_at))
        }
        (Some(LinkPurpose::Practice), About::Gathering { gathering, .. }) => {
            let found = gatherings::find(conn, org, *gathering).await?;
            Ok(found.map(|found| found.ends_at + Duration::days(PRACTICE_DAYS)))
        }
        _ => Ok(None),
    }
}

/// What follows a gathering can be told of for so long.
const PRACTICE_DAYS: i64 = 120;

async fn lapse(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    id: varde_model::ids::EnrolmentId,
    expected: EnrolmentState,
) -> Result<Outcome> {
    let Some(found) = enrolments::find(tx, org, id).await? else { return Ok(Err(StateReason::SubjectGone)) };
    let mut desk = Desk::open(ctx, tx, org, Actor::System, found.cohort).await?;
    let mut enrolment = desk.enrolment(id).await?;
    let over = enrolment.answer_by.is_some_and(|until| until <= ctx.now);
    if enrolment.state != expected || !over {
        return Ok(Err(StateReason::Answered));
    }
    desk.lapse(&mut enrolment).await?;
    Ok(Ok(()))
}

async fn start(ctx: &Ctx, tx: &Tx, org: OrganisationId, cohort: CohortId) -> Result<Outcome> {
    let mut desk = Desk::open(ctx, tx, org, Actor::System, cohort).await?;
    let begun = desk.begins_at().is_some_and(|begin| begin <= ctx.now);
    if desk.cohort.state != CohortState::Published || !begun {
        return Ok(Err(StateReason::CohortNotToStart));
    }
    desk.advance(CohortEvent::Start).await?;
    // Whoever was never asked is not asked any more unless somebody sees to it.
    if desk.everyone().await?.iter().any(|place| place.state == EnrolmentState::Proposed) {
        reminders::plan_news(&desk).await?;
    }
    Ok(Ok(()))
}
