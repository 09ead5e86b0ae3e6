//! Development projects: brought along from the nomination, and the leader's own to change until the cohort has ended.

use serde_json::json;
use varde_model::{
    cohort::CohortState,
    enrolment::DevelopmentProject,
    ids::{EnrolmentId, OrganisationId},
};
use varde_persistence::{Tx, cohorts, development_projects, enrolments};

use crate::{
    Code, Ctx, Refusal, Result,
    access::{Coordinator, Oneself},
    audit::{self, Deed},
    cohorts::settle,
    idempotency::Kept,
    input,
};

/// Characters of a project.
const MOST_TEXT: usize = 4000;

/// Writes one's own project for a place.
///
/// # Errors
/// Refused: not the caller's place, the place is given up or the cohort has ended, changed since `version`, or no text.
pub async fn edit_project(
    ctx: &Ctx,
    right: &Oneself,
    enrolment: EnrolmentId,
    text: &str,
    version: Option<u32>,
) -> Result<DevelopmentProject> {
    let missing = || Refusal::new(Code::NotFound).at("enrolmentId");
    let org = right.org();
    let tx = ctx.store().write().await?;
    let place = enrolments::find(&tx, org, enrolment).await?;
    let place = place.filter(|place| place.person == right.person()).ok_or_else(missing)?;
    let state = cohorts::hold(&tx, org, place.cohort).await?.ok_or_else(missing)?;
    if matches!(state, CohortState::Completed | CohortState::Cancelled) {
        return Err(Refusal::wrong_state("CohortState", state.as_str()).at("enrolmentId").into());
    }
    let open = place.state.takes_a_seat() || place.state == varde_model::enrolment::EnrolmentState::Waiting;
    if !open {
        return Err(crate::cohorts::desk::wrong_enrolment_state(&place));
    }
    let standing = project_in(&tx, org, enrolment).await?;
    if version.is_some_and(|seen| standing.as_ref().is_none_or(|project| project.version != seen)) {
        return Err(Refusal::new(Code::Conflict).into());
    }
    let text = input::text("text", text, MOST_TEXT)?;
    put(ctx, &tx, org, enrolment, &text).await?;
    let deed = Deed::on("enrolment.edit_project", enrolment);
    audit::record(ctx, &tx, org, right.actor(), deed, json!({ "text": true })).await?;
    let written = project_in(&tx, org, enrolment).await?.ok_or_else(missing)?;
    settle(ctx, org, tx, false, &Kept::of([enrolment.0])).await?;
    Ok(written)
}

/// One's own project for a place.
///
/// # Errors
/// The database refused.
pub async fn project_of(ctx: &Ctx, right: &Oneself, own: &[EnrolmentId]) -> Result<Vec<DevelopmentProject>> {
    Ok(development_projects::of_enrolments(ctx.store(), right.org(), own).await?)
}

/// The projects of some places.
///
/// # Errors
/// The database refused.
pub async fn projects_of(
    ctx: &Ctx,
    right: &Coordinator,
    enrolments: &[EnrolmentId],
) -> Result<Vec<DevelopmentProject>> {
    Ok(development_projects::of_enrolments(ctx.store(), right.org(), enrolments).await?)
}

/// Writes the project of a place.
pub(crate) async fn put(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    enrolment: EnrolmentId,
    text: &str,
) -> Result<()> {
    Ok(development_projects::put(tx, org, ctx.new_id(), enrolment, text, ctx.now).await?)
}

/// Takes a project along to the place in which one goes on.
pub(crate) async fn carry_project(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    (from, to): (EnrolmentId, EnrolmentId),
) -> Result<()> {
    match project_in(tx, org, from).await? {
        Some(project) => put(ctx, tx, org, to, &project.text).await,
        None => Ok(()),
    }
}

async fn project_in(
    tx: &Tx,
    org: OrganisationId,
    enrolment: EnrolmentId,
) -> Result<Option<DevelopmentProject>> {
    Ok(development_projects::of_enrolments(tx, org, &[enrolment]).await?.pop())
}
