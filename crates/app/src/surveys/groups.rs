//! Where a leader group stands: asked of its members when the group has said yes, and again after its last gathering.

use varde_model::{
    cohort::CohortState,
    groups::LeaderGroup,
    ids::{LeaderGroupId, OrganisationId, PersonId},
    state_reason::StateReason,
    survey::{self, SurveySubject},
};
use varde_persistence::{Tx, groups, surveys};

use super::{
    asking::{Opening, Round},
    times,
};
use crate::{Ctx, Result, access::Actor, cohorts::desk::Desk, groups::included};

/// The group has said yes: its members are asked on the next working day, until its first gathering begins, however far
/// ahead: it tells where it stands then. A group that meets before that is not asked: it would say where it stands on the way.
pub(crate) async fn ask_group(desk: &mut Desk<'_>, group: &LeaderGroup) -> Result<()> {
    let Some(form) = times::form_of_groups(&desk.programme)? else { return Ok(()) };
    let due = survey::asked_at(desk.today(), &desk.planner.calendar, desk.organisation.zone);
    let until = times::before_the_first(desk, group.id);
    if until.is_none_or(|until| due < until) {
        let members = included(desk.tx, desk.org(), group.id).await?;
        let opening = Opening::now(SurveySubject::GroupBefore(group.id), desk.cohort.id, form);
        let round = Round::load(desk.ctx, desk.tx, desk.org(), desk.actor).await?;
        let opening = Opening { due: Some(due), until, ..opening };
        desk.planned.extend(round.open(opening, &members).await?);
    }
    times::plan_group(desk, group).await
}

/// The job of the working day after a group's last gathering.
pub(crate) async fn survey_group(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    id: LeaderGroupId,
) -> Result<std::result::Result<(), StateReason>> {
    let Some(group) = groups::find(tx, org, id).await? else { return Ok(Err(StateReason::SubjectGone)) };
    let desk = Desk::open(ctx, tx, org, Actor::System, group.cohort).await?;
    let asks = desk.cohort.state.is_live() || desk.cohort.state == CohortState::Completed;
    if !asks || !group.state.takes_part() {
        return Ok(Err(StateReason::CohortNotRunning));
    }
    // It may meet once more by now.
    if times::after_the_last(&desk, id).is_none_or(|due| due > ctx.now) {
        return Ok(Err(StateReason::Replanned));
    }
    let Some(form) = times::form_of_groups(&desk.programme)? else {
        return Ok(Err(StateReason::DoesNotHold));
    };
    let members = included(tx, org, id).await?;
    let round = Round::load(ctx, tx, org, Actor::System).await?;
    round.open(Opening::now(SurveySubject::GroupAfter(id), desk.cohort.id, form), &members).await?;
    Ok(Ok(()))
}

/// Somebody has joined a group or left it, or the group takes part no more: its open survey follows.
pub(crate) async fn follow_group(desk: &mut Desk<'_>, id: LeaderGroupId) -> Result<()> {
    if times::form_of_groups(&desk.programme)?.is_none() {
        return Ok(());
    }
    let subjects = [SurveySubject::GroupBefore(id), SurveySubject::GroupAfter(id)];
    let mut open = surveys::about(desk.tx, desk.org(), &subjects).await?;
    open.retain(|survey| !survey.is_closed(desk.ctx.now));
    if open.is_empty() {
        return Ok(());
    }
    let takes_part = groups::find(desk.tx, desk.org(), id).await?.is_some_and(|it| it.state.takes_part());
    let members: Vec<PersonId> = match takes_part {
        true => included(desk.tx, desk.org(), id).await?,
        false => Vec::new(),
    };
    let round = Round::load(desk.ctx, desk.tx, desk.org(), desk.actor).await?;
    for survey in &open {
        let planned = round.follow(survey, &members, None).await?;
        desk.planned.extend(planned);
    }
    Ok(())
}
