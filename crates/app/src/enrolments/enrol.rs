//! Putting leaders into a cohort. In a draft they are proposed; in a published cohort they are invited at once.

use serde_json::json;
use varde_model::{
    cohort::CohortState,
    eligibility::Obstacle,
    enrolment::{Enrolment, EnrolmentState},
    ids::{CohortId, EnrolmentId, PersonId},
};
use varde_persistence::{enrolments, people};

use super::named::{NamedPlaces, PlaceRow};
use crate::{
    Code, Ctx, Refusal, Result,
    access::Coordinator,
    audit::Deed,
    cohorts::{desk::Desk, gate::must_pass, settle},
    idempotency::Kept,
    input::{self, ErrorPolicy, RowRefusals},
    post::Planned,
};

/// Whom to put into a cohort.
#[derive(Clone, Debug)]
pub struct EnrolLeaders {
    /// The cohort.
    pub cohort: CohortId,
    /// Employee numbers, at most 500.
    pub employee_numbers: Vec<String>,
    /// Lets in whom the programme is not meant for, or who has a place in another of its cohorts.
    pub reason: Option<String>,
    /// What becomes of the good rows when others are refused.
    pub error_policy: ErrorPolicy,
    /// Keep nothing; answer with what would happen.
    pub dry_run: bool,
}

/// What came of a bulk call.
#[derive(Clone, Debug)]
pub struct Enrolled {
    /// The places as they are now.
    pub enrolments: Vec<Enrolment>,
    /// Who gets which letter, and when.
    pub mails: Vec<Planned>,
    /// Refused rows, under [`ErrorPolicy::RejectFailed`].
    pub refusals: Vec<Refusal>,
}

impl Enrolled {
    fn kept(&self) -> Kept {
        let ids = self.enrolments.iter().map(|enrolment| enrolment.id.0);
        Kept { refusals: self.refusals.clone(), ..Kept::of(ids).with_mails(&self.mails) }
    }

    /// What a call was answered that changed places: with the places as they stand.
    ///
    /// # Errors
    /// The database refused.
    pub async fn again(ctx: &Ctx, right: &Coordinator, kept: Kept) -> Result<Self> {
        let ids: Vec<EnrolmentId> = kept.ids.iter().copied().map(EnrolmentId).collect();
        let standing = enrolments::find_many(ctx.store(), right.org(), &ids).await?;
        let standing = kept.in_order(standing, |enrolment| enrolment.id.0);
        Ok(Self { enrolments: standing, mails: kept.mails, refusals: kept.refusals })
    }
}

/// Puts leaders into a cohort by their employee numbers.
///
/// # Errors
/// Refused: the cohort has ended; under [`ErrorPolicy::RejectAll`] also when a row names nobody, somebody who has
/// left, somebody who has a place already, or, without a reason, somebody for whom the programme is not meant. Without a reason
/// nobody comes past the nominations of a programme.
pub async fn enrol(ctx: &Ctx, right: &Coordinator, input: &EnrolLeaders) -> Result<Enrolled> {
    input::rows("employeeNumbers", input.employee_numbers.len())?;
    let tx = ctx.store().write().await?;
    let mut desk = Desk::open(ctx, &tx, right.org(), right.actor(), input.cohort).await?;
    if !matches!(desk.cohort.state, CohortState::Draft | CohortState::Published | CohortState::Running) {
        return Err(desk.wrong_state());
    }
    if desk.programme.groups.is_some() {
        return Err(Refusal::new(Code::EnrolsAsGroup).into());
    }
    let reason = input::optional("reason", input.reason.as_deref(), 500)?;
    // Else nobody would be asked for the endorsement that the programme demands.
    if desk.programme.nomination.is_some() && reason.is_none() {
        return Err(Refusal::new(Code::ComesByNomination).at("reason").into());
    }
    let known = people::find_by_numbers(&tx, right.org(), &input.employee_numbers).await?;
    let obstacles = desk.obstacles(&known).await?;
    let mut seated: Vec<PersonId> = desk.everyone().await?.iter().map(|enrolment| enrolment.person).collect();
    let mut refusals = RowRefusals::default();
    let mut enrolments = Vec::new();
    for (index, number) in input.employee_numbers.iter().enumerate() {
        let person = known.iter().find(|person| person.employee_number == number.trim());
        let outcome = match person {
            None => Err(Refusal::new(Code::NotFound).into()),
            Some(person) if seated.contains(&person.id) => Err(Refusal::new(Code::AlreadyInCohort).into()),
            Some(person) => {
                let found = obstacles.get(&person.id).map(Vec::as_slice).unwrap_or_default();
                seated.push(person.id);
                add(&mut desk, person.id, found, reason.as_deref()).await
            }
        };
        enrolments.extend(refusals.keep("employeeNumbers", index, outcome)?);
    }
    let refusals = refusals.settle(input.error_policy)?;
    let mails = desk.outcome().mails;
    let enrolled = Enrolled { enrolments, mails, refusals };
    settle(ctx, right.org(), tx, input.dry_run, &enrolled.kept()).await?;
    Ok(enrolled)
}

/// Proposes somebody; in a published cohort the invitation goes out at once. Everything that may be refused is asked
/// before anything is written, as a refused row of many must leave nothing behind.
async fn add(
    desk: &mut Desk<'_>,
    person: PersonId,
    obstacles: &[Obstacle],
    reason: Option<&str>,
) -> Result<Enrolment> {
    must_pass(obstacles, reason.is_some())?;
    let asks = desk.cohort.state.is_live();
    if asks {
        desk.answer_by()?;
    }
    let mut enrolment = Enrolment {
        id: desk.ctx.new_id(),
        cohort: desk.cohort.id,
        person,
        state: EnrolmentState::Proposed,
        queue_number: None,
        answer_by: None,
        since: desk.ctx.now,
        reason: reason.map(str::to_owned),
        overridden: false,
        moved_from: None,
        group: None,
        version: 1,
    };
    propose(desk, &enrolment).await?;
    if !obstacles.is_empty() {
        let despite: Vec<String> = obstacles.iter().map(|obstacle| format!("{obstacle:?}")).collect();
        let detail = json!({ "despite": despite, "reason_given": true });
        desk.record(Deed::on("enrolment.let_in", enrolment.id), detail).await?;
    }
    if asks {
        desk.invite(&mut enrolment, reason).await?;
    }
    Ok(enrolment)
}

/// Writes a proposal: nothing is sent.
pub(crate) async fn propose(desk: &Desk<'_>, enrolment: &Enrolment) -> Result<()> {
    enrolments::insert_many(desk.tx, desk.org(), std::slice::from_ref(enrolment), desk.ctx.now).await?;
    desk.record(Deed::on("enrolment.propose", enrolment.id), json!({})).await
}

/// Sends the invitation to those proposed (by an import, say) or once more to those who declined, lapsed or left.
///
/// # Errors
/// Refused: the cohort is not published, or under [`ErrorPolicy::RejectAll`] one of them is not in such a state.
pub async fn invite(
    ctx: &Ctx,
    right: &Coordinator,
    cohort: CohortId,
    who: &[PlaceRow],
    error_policy: ErrorPolicy,
    dry_run: bool,
) -> Result<Enrolled> {
    input::rows(who.first().map_or("enrolmentIds", |row| row.field), who.len())?;
    let tx = ctx.store().write().await?;
    let mut desk = Desk::open(ctx, &tx, right.org(), right.actor(), cohort).await?;
    desk.must_be_live()?;
    let mut refusals = RowRefusals::default();
    let mut enrolments = Vec::new();
    let places = NamedPlaces::look_up(&tx, right.org(), cohort, who.iter()).await?;
    for row in who {
        let outcome = invite_one(&mut desk, places.of(row)).await;
        enrolments.extend(refusals.keep(row.field, row.index, row.told(outcome))?);
    }
    let refusals = refusals.settle(error_policy)?;
    let mails = desk.outcome().mails;
    let enrolled = Enrolled { enrolments, mails, refusals };
    settle(ctx, right.org(), tx, dry_run, &enrolled.kept()).await?;
    Ok(enrolled)
}

async fn invite_one(desk: &mut Desk<'_>, place: Result<EnrolmentId>) -> Result<Enrolment> {
    let mut enrolment = desk.enrolment(place?).await?;
    desk.invite(&mut enrolment, None).await?;
    Ok(enrolment)
}
