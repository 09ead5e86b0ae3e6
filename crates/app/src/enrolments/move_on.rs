//! Moving a leader from one cohort of a programme to another, in one transaction.

use serde_json::json;
use varde_model::{
    cohort::CohortState,
    eligibility::Obstacle,
    enrolment::{Enrolment, EnrolmentState},
    ids::{CohortId, EnrolmentId, OrganisationId, PersonId},
};
use varde_persistence::{Tx, enrolments, organisations, people};

use super::enrol::propose;
use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::Coordinator,
    audit::{Changes, Deed},
    cohorts::{
        desk::{Desk, wrong_enrolment_state},
        gate::must_pass,
        settle,
    },
    idempotency::Kept,
    input,
    post::Planned,
    texts,
};

/// Whom to move, and where to.
#[derive(Clone, Debug)]
pub struct MoveEnrolment {
    /// The place that is left.
    pub enrolment: EnrolmentId,
    /// The cohort to go on in.
    pub to: CohortId,
    /// Why; lets in whom the programme is not meant for any more at the new cohort's first day.
    pub reason: Option<String>,
    /// The version of the place that the caller saw.
    pub version: Option<u32>,
    /// Keep nothing; answer with what would happen.
    pub dry_run: bool,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The place in the new cohort.
    pub enrolment: Enrolment,
    /// The place that was left.
    pub former: Enrolment,
    /// Who gets which letter, and when.
    pub mails: Vec<Planned>,
}

impl Moved {
    /// What a call was answered that was done before: with the places as they stand.
    ///
    /// # Errors
    /// Refused: one of them is gone.
    pub async fn again(ctx: &Ctx, right: &Coordinator, kept: Kept) -> Result<Self> {
        let gone = || Refusal::new(Code::NotFound).at("enrolmentId");
        let [place, former] = kept.ids[..] else { return Err(gone().into()) };
        let find = async |id| enrolments::find(ctx.store(), right.org(), EnrolmentId(id)).await;
        let enrolment = find(place).await?.ok_or_else(gone)?;
        let former = find(former).await?.ok_or_else(gone)?;
        Ok(Self { enrolment, former, mails: kept.mails })
    }
}

/// Moves a proposal, an invitation, a place in line or a seat to another cohort of the programme. The new cohort's gate
/// and capacity count as for everyone; a freed seat goes on in the old one. One letter tells it, calendars and reminders
/// follow. Moving back is the same act the other way.
///
/// # Errors
/// Refused: the place is over or was changed since `version`, the new cohort is of another programme, has ended or is not
/// published yet (but for a proposal), has the leader already, or its gate is shut.
pub async fn move_to(ctx: &Ctx, right: &Coordinator, input: &MoveEnrolment) -> Result<Moved> {
    let org = right.org();
    let reason = input::optional("reason", input.reason.as_deref(), 500)?;
    let tx = ctx.store().write().await?;
    // Like everything that works on several cohorts in an order of its own, such as proposing.
    organisations::lock(&tx, org).await?;
    let found = enrolments::find(&tx, org, input.enrolment).await?;
    let found = found.ok_or(Refusal::new(Code::NotFound).at("enrolmentId"))?;
    if found.cohort == input.to {
        return Err(Refusal::new(Code::AlreadyInCohort).at("cohortId").into());
    }
    let (mut old, mut new) = desks(ctx, &tx, right, found.cohort, input.to).await?;
    let mut former = old.enrolment(input.enrolment).await?;
    if input.version.is_some_and(|seen| seen != former.version) {
        return Err(Refusal::new(Code::Conflict).into());
    }
    old.must_be_single(&former)?;
    let stood = former.state;
    must_be_movable(&old, &new, &former)?;
    let mut place = place_in(&new, &former).await?;
    let default = [("cohort", new.cohort.code.clone())];
    let default = texts::text_with(old.organisation.locale, "reason-moved", &default);
    old.let_go(&mut former, reason.as_deref().unwrap_or(&default)).await?;
    // Asked after the old place was left: it is not in the way.
    let despite = obstacles(&new, &tx, org, former.person).await?;
    must_pass(&despite, reason.is_some()).map_err(|error| error.under(&["enrolmentId".into()]))?;
    if place.version == 0 {
        place.version = 1;
        propose(&new, &place).await?;
    }
    crate::nominations::carry_project(ctx, &tx, org, (former.id, place.id)).await?;
    new.take_in(&mut place, stood, reason.as_deref()).await.map_err(of_the_cohort)?;
    if stood == EnrolmentState::Enrolled {
        // After the letter that says why: mail goes out in the order in which it was left.
        old.clear_calendar(&former).await?;
    }
    let detail = json!({
        "former": former.id,
        "changed": Changes::default()
            .of("cohort", old.cohort.code.as_str(), new.cohort.code.as_str())
            .of("state", stood.as_str(), place.state.as_str()),
        "despite": despite.iter().map(|obstacle| format!("{obstacle:?}")).collect::<Vec<_>>(),
        "reason_given": reason.is_some(),
    });
    new.record(Deed::on("enrolment.move", place.id), detail).await?;
    let enrolment = new.enrolment(place.id).await?;
    let mut mails = new.outcome().mails;
    mails.extend(old.outcome().mails);
    let kept = Kept::of([enrolment.id.0, former.id.0]).with_mails(&mails);
    settle(ctx, org, tx, input.dry_run, &kept).await?;
    Ok(Moved { enrolment, former, mails })
}

/// Both cohorts, the old one first. They are locked in the order of their ids, as by replanning: whoever works on both at
/// once waits, and neither locks the other out.
async fn desks<'a>(
    ctx: &'a Ctx,
    tx: &'a Tx,
    right: &Coordinator,
    old: CohortId,
    new: CohortId,
) -> Result<(Desk<'a>, Desk<'a>)> {
    let open = async |id| Desk::open(ctx, tx, right.org(), right.actor(), id).await;
    if old < new {
        let old = open(old).await?;
        return Ok((old, open(new).await?));
    }
    let new = open(new).await?;
    Ok((open(old).await?, new))
}

fn of_the_cohort(error: Error) -> Error {
    error.under(&["cohortId".into()])
}

fn must_be_movable(old: &Desk<'_>, new: &Desk<'_>, place: &Enrolment) -> Result<()> {
    use EnrolmentState as S;
    if !matches!(place.state, S::Proposed | S::Invited | S::Waiting | S::Offered | S::Enrolled) {
        return Err(wrong_enrolment_state(place));
    }
    if matches!(old.cohort.state, CohortState::Completed | CohortState::Cancelled) {
        return Err(old.wrong_state());
    }
    if old.cohort.programme != new.cohort.programme {
        return Err(Refusal::new(Code::OtherProgramme).at("cohortId").into());
    }
    let open = match place.state {
        // Nobody was told of a proposal, so it can lie in a draft.
        S::Proposed => !matches!(new.cohort.state, CohortState::Completed | CohortState::Cancelled),
        _ => new.cohort.state.is_live(),
    };
    if open { Ok(()) } else { Err(of_the_cohort(new.wrong_state())) }
}

/// The place in the new cohort: one that was left before is taken up again, else one to be written, of version 0.
async fn place_in(new: &Desk<'_>, former: &Enrolment) -> Result<Enrolment> {
    use EnrolmentState as S;
    let known = new.everyone().await?.into_iter().find(|place| place.person == former.person);
    let usable = |state| match former.state {
        S::Proposed => matches!(state, S::Proposed | S::Withdrawn),
        _ => matches!(state, S::Proposed | S::Declined | S::Lapsed | S::Withdrawn),
    };
    match known {
        Some(known) if usable(known.state) => Ok(Enrolment { moved_from: Some(former.cohort), ..known }),
        Some(_) => Err(Refusal::new(Code::AlreadyInCohort).at("enrolmentId").into()),
        None => Ok(Enrolment {
            id: new.ctx.new_id(),
            cohort: new.cohort.id,
            person: former.person,
            state: S::Proposed,
            queue_number: None,
            answer_by: None,
            since: new.ctx.now,
            reason: former.reason.clone(),
            overridden: false,
            moved_from: Some(former.cohort),
            group: None,
            version: 0,
        }),
    }
}

async fn obstacles(new: &Desk<'_>, tx: &Tx, org: OrganisationId, person: PersonId) -> Result<Vec<Obstacle>> {
    let person = people::find(tx, org, person).await?.ok_or(Refusal::new(Code::NotFound))?;
    let mut found = new.obstacles(std::slice::from_ref(&person)).await?;
    Ok(found.remove(&person.id).unwrap_or_default())
}
