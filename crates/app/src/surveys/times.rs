//! When gatherings are asked about: a job for each, planned beside what else hangs on the cohort's days.

use chrono::{DateTime, Utc};
use varde_model::{
    catalogue::{Programme, SurveyForm},
    cohort::CohortState,
    gathering::Gathering,
    groups::LeaderGroup,
    ids::{LeaderGroupId, OrganisationId, SurveyId},
    local_time::Zoned,
    state_reason::StateReason,
    survey::{self, Survey},
    timers::{NewTimer, Timer, TimerState},
    work::Job,
    working_days::WorkingCalendar,
};
use varde_persistence::{Tx, timers};

use crate::{Ctx, Result, catalogue, cohorts::desk::Desk};

/// The form after each gathering of a programme; None where it asks nobody, or names a form that this version of the
/// product does not have any more.
pub(super) fn form_after_gatherings(programme: &Programme) -> Result<Option<&'static SurveyForm>> {
    let key = programme.evaluation.as_ref().and_then(|evaluation| evaluation.gathering.as_deref());
    let Some(key) = key else { return Ok(None) };
    Ok(catalogue::reference()?.survey(key))
}

/// The form at the end of a programme, in the same way.
pub(super) fn form_at_the_end(programme: &Programme) -> Result<Option<&'static SurveyForm>> {
    let key = programme.evaluation.as_ref().and_then(|evaluation| evaluation.cohort.as_deref());
    let Some(key) = key else { return Ok(None) };
    Ok(catalogue::reference()?.survey(key))
}

/// The form by which the leader groups of a programme say where they stand, in the same way.
pub(super) fn form_of_groups(programme: &Programme) -> Result<Option<&'static SurveyForm>> {
    let Some(key) = programme.groups.as_ref().and_then(|rule| rule.standing.as_deref()) else {
        return Ok(None);
    };
    Ok(catalogue::reference()?.survey(key))
}

/// Plans the question after a leader group's last gathering, which may lie elsewhere by the time it comes: the job looks.
pub(crate) async fn plan_group(desk: &Desk<'_>, group: &LeaderGroup) -> Result<()> {
    let Some(form) = form_of_groups(&desk.programme)? else { return Ok(()) };
    let Some(due_at) = after_the_last(desk, group.id).filter(|_| group.state.takes_part()) else {
        return Ok(());
    };
    if due_at <= desk.ctx.now {
        return Ok(());
    }
    let local = Zoned::at(due_at, desk.organisation.zone);
    let timer = NewTimer {
        id: desk.ctx.new_id(),
        unique_key: format!("survey_group|leader_group {}|{}", group.id, due_at.to_rfc3339()),
        job: Job::SurveyGroup { group: group.id },
        // Not the cohort's: it may be completed on the last day.
        cohort: None,
        person: None,
        local,
        due_at,
        latest_at: Some(survey::closes_at(form, local.date, local.zone)),
    };
    timers::insert_many(desk.tx, desk.org(), &[timer], desk.ctx.now).await?;
    Ok(())
}

/// When a group is asked after its last gathering; None without one.
pub(super) fn after_the_last(desk: &Desk<'_>, group: LeaderGroupId) -> Option<DateTime<Utc>> {
    let own = desk.standing().filter(|gathering| gathering.is_for_group(Some(group)));
    let last = own.max_by_key(|gathering| gathering.ends_at)?;
    Some(survey::asked_at(last.date, &desk.planner.calendar, last.zone))
}

/// When a group meets for the first time.
pub(super) fn before_the_first(desk: &Desk<'_>, group: LeaderGroupId) -> Option<DateTime<Utc>> {
    let own = desk.standing().filter(|gathering| gathering.is_for_group(Some(group)));
    own.map(|gathering| gathering.starts_at).min()
}

/// Plans the question after each gathering that stands and has not been asked about. Of the timers of the cohort that are
/// given, those go that are for another moment.
pub(crate) async fn plan_evaluations(desk: &Desk<'_>, standing: &[Timer]) -> Result<()> {
    let lives = desk.cohort.state.is_live() || desk.cohort.state == CohortState::Completed;
    let form = if lives { form_after_gatherings(&desk.programme)? } else { None };
    let wanted: Vec<NewTimer> = match form {
        Some(form) => {
            let timer = |gathering: &Gathering| evaluation(desk, form, gathering);
            desk.standing().map(timer).filter(|timer| timer.due_at > desk.ctx.now).collect()
        }
        None => Vec::new(),
    };
    let stale = |timer: &&Timer| {
        matches!(timer.job, Job::Evaluate { .. })
            && timer.state == TimerState::Pending
            && wanted.iter().all(|wanted| wanted.unique_key != timer.unique_key)
    };
    let stale: Vec<_> = standing.iter().filter(stale).map(|timer| timer.id).collect();
    timers::cancel_many(desk.tx, desk.org(), &stale, StateReason::Replanned, desk.ctx.now).await?;
    timers::insert_many(desk.tx, desk.org(), &wanted, desk.ctx.now).await?;
    Ok(())
}

/// The moment is part of the key: a question that was skipped because nobody was there does not keep one from being asked
/// about the day to which the gathering is put off.
fn evaluation(desk: &Desk<'_>, form: &SurveyForm, gathering: &Gathering) -> NewTimer {
    let due_at = survey::asked_at(gathering.date, &desk.planner.calendar, gathering.zone);
    let local = Zoned::at(due_at, gathering.zone);
    NewTimer {
        id: desk.ctx.new_id(),
        unique_key: format!("evaluate|gathering {}|{}", gathering.id, due_at.to_rfc3339()),
        job: Job::Evaluate { gathering: gathering.id },
        cohort: Some(desk.cohort.id),
        person: None,
        local,
        due_at,
        latest_at: Some(survey::closes_at(form, local.date, gathering.zone)),
    }
}

/// Plans the reminder of a survey that has opened, and its closing.
pub(super) async fn plan_the_rest(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    opened: &Survey,
    from: Zoned,
    calendar: &WorkingCalendar,
) -> Result<()> {
    let id: SurveyId = opened.id;
    let timer = |job: Job, due_at, latest_at| NewTimer {
        id: ctx.new_id(),
        unique_key: format!("{}|survey {id}", job.name()),
        job,
        // Not the cohort's: it may be completed while its last survey is open.
        cohort: None,
        person: None,
        local: Zoned::at(due_at, from.zone),
        due_at,
        latest_at,
    };
    let reminded_at = survey::reminded_at(&opened.form, from.date, calendar, from.zone);
    let mut rest = vec![timer(Job::CloseSurvey { survey: id }, opened.closes_at, None)];
    if reminded_at < opened.closes_at {
        rest.push(timer(Job::RemindOfSurvey { survey: id }, reminded_at, Some(opened.closes_at)));
    }
    timers::insert_many(tx, org, &rest, ctx.now).await?;
    Ok(())
}
