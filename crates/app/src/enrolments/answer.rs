//! A leader's answers: to an invitation or an offered seat, and whether she or he comes to a gathering, also by telephone.

use serde_json::json;
use varde_model::{
    enrolment::Enrolment,
    gathering::GatheringAnswer,
    ids::{EnrolmentId, GatheringId, OrganisationId},
    work::Recipient,
};
use varde_persistence::{Tx, enrolments, gatherings};

use super::queries::{MyPlace, my_place};
use crate::{
    Code, Ctx, Refusal, Result,
    access::{Actor, Coordinator, Oneself},
    audit::{self, Deed},
    cohorts::{desk::Desk, settle},
    idempotency::Kept,
    input::optional,
    post::Planned,
};

/// What a leader says to an invitation, an offered seat or a place held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes: a seat, or a place in the line when the cohort is full.
    Accept,
    /// No, with a reason if the leader gives one.
    Decline(Option<String>),
    /// Leaves the line, or gives the seat back.
    Withdraw(Option<String>),
}

/// What an answer came to.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The place as it is now, or would be.
    pub place: MyPlace,
    /// The mail that the leader gets because of it.
    pub mails: Vec<Planned>,
}

impl Answered {
    /// What a call was answered that was done before: with the place as it stands.
    ///
    /// # Errors
    /// Refused: the place is gone.
    pub async fn again(ctx: &Ctx, right: &Oneself, kept: Kept) -> Result<Self> {
        let id = kept.ids.first().copied().map(EnrolmentId);
        let place = my_place(ctx.store(), right, id.ok_or(Refusal::new(Code::NotFound))?).await?;
        Ok(Self { place, mails: kept.mails })
    }
}

/// Takes a leader's answer. The same answer twice is taken once.
///
/// # Errors
/// Refused: the enrolment is not the caller's, was answered otherwise, or the time to answer is over.
pub async fn answer(
    ctx: &Ctx,
    right: &Oneself,
    enrolment: EnrolmentId,
    answer: &Answer,
    dry_run: bool,
) -> Result<Answered> {
    let tx = ctx.store().write().await?;
    let mut mails = answer_in(ctx, &tx, right, enrolment, answer).await?;
    // Who is offered the seat that becomes free is not for this one to know.
    mails.retain(|mail| mail.recipient == Recipient::Person { person: right.person() });
    let place = my_place(&tx, right, enrolment).await?;
    settle(ctx, right.org(), tx, dry_run, &Kept::of([enrolment.0]).with_mails(&mails)).await?;
    Ok(Answered { place, mails })
}

/// The same in a transaction that also uses up a link; gives the mail that goes out, whoever gets it.
pub(crate) async fn answer_in(
    ctx: &Ctx,
    tx: &Tx,
    right: &Oneself,
    enrolment: EnrolmentId,
    answer: &Answer,
) -> Result<Vec<Planned>> {
    let found = own(tx, right, enrolment).await?;
    let mut desk = Desk::open(ctx, tx, right.org(), right.actor(), found.cohort).await?;
    // Read again under the cohort's lock: another device may have answered meanwhile.
    let mut found = desk.enrolment(enrolment).await?;
    match answer {
        Answer::Accept => desk.accept(&mut found).await?,
        Answer::Decline(reason) => {
            let reason = optional("reason", reason.as_deref(), 500)?;
            desk.decline(&mut found, reason.as_deref()).await?;
        }
        Answer::Withdraw(reason) => {
            let reason = optional("reason", reason.as_deref(), 500)?;
            desk.withdraw(&mut found, reason.as_deref()).await?;
        }
    }
    Ok(desk.outcome().mails)
}

/// Whether a leader comes to a gathering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GatheringReply {
    /// The leader's place.
    pub enrolment: EnrolmentId,
    /// The gathering.
    pub gathering: GatheringId,
    /// Yes or no.
    pub coming: bool,
}

/// Takes a leader's word on a gathering; the last one counts, until it begins.
///
/// # Errors
/// Refused: not the caller's place, no seat, or the gathering has begun or was called off.
pub async fn answer_gathering(ctx: &Ctx, right: &Oneself, reply: GatheringReply) -> Result<GatheringAnswer> {
    let tx = ctx.store().write().await?;
    let answer = answer_gathering_in(ctx, &tx, right, reply).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Writes down what a leader said by telephone about a gathering. The audit trail names the coordinator.
///
/// # Errors
/// As [`answer_gathering`].
pub async fn record_gathering_answer(
    ctx: &Ctx,
    right: &Coordinator,
    reply: GatheringReply,
) -> Result<GatheringAnswer> {
    let tx = ctx.store().write().await?;
    let enrolment = enrolments::find(&tx, right.org(), reply.enrolment).await?;
    let enrolment = enrolment.ok_or(Refusal::new(Code::NotFound).at("enrolmentId"))?;
    let answer = take_reply(ctx, &tx, right.org(), right.actor(), &enrolment, reply).await?;
    let kept = Kept::of([answer.gathering.0, answer.enrolment.0]);
    settle(ctx, right.org(), tx, false, &kept).await?;
    Ok(answer)
}

/// What a call was answered that wrote down a reply: with the reply as it stands.
///
/// # Errors
/// Refused: there is none.
pub async fn gathering_answer_again(ctx: &Ctx, right: &Coordinator, kept: Kept) -> Result<GatheringAnswer> {
    let gone = || Refusal::new(Code::NotFound).at("enrolmentId");
    let [gathering, enrolment] = kept.ids[..] else { return Err(gone().into()) };
    let answers = gatherings::answers(ctx.store(), right.org(), &[GatheringId(gathering)]).await?;
    let answer = answers.into_iter().find(|answer| answer.enrolment.0 == enrolment);
    Ok(answer.ok_or_else(gone)?)
}

/// The same as [`answer_gathering`], in a transaction that a page's POST opened.
pub(crate) async fn answer_gathering_in(
    ctx: &Ctx,
    tx: &Tx,
    right: &Oneself,
    reply: GatheringReply,
) -> Result<GatheringAnswer> {
    let enrolment = own(tx, right, reply.enrolment).await?;
    take_reply(ctx, tx, right.org(), right.actor(), &enrolment, reply).await
}

async fn take_reply(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    actor: Actor,
    enrolment: &Enrolment,
    reply: GatheringReply,
) -> Result<GatheringAnswer> {
    let gathering = gatherings::find(tx, org, reply.gathering).await?;
    let gathering = gathering
        .filter(|g| g.cohort == enrolment.cohort && g.is_for(enrolment))
        .ok_or(Refusal::new(Code::NotFound).at("gatheringId"))?;
    if !enrolment.state.takes_part() {
        return Err(crate::cohorts::desk::wrong_enrolment_state(enrolment));
    }
    if gathering.cancelled {
        return Err(Refusal::called_off().into());
    }
    if gathering.starts_at <= ctx.now {
        return Err(Refusal::new(Code::GatheringInThePast).into());
    }
    let answer = GatheringAnswer {
        gathering: gathering.id,
        enrolment: enrolment.id,
        coming: reply.coming,
        answered_at: ctx.now,
    };
    gatherings::put_answer(tx, org, ctx.new_id(), &answer).await?;
    let detail = json!({ "gathering": gathering.id, "coming": reply.coming });
    audit::record(ctx, tx, org, actor, Deed::on("enrolment.rsvp", enrolment.id), detail).await?;
    Ok(answer)
}

async fn own(tx: &Tx, right: &Oneself, id: EnrolmentId) -> Result<Enrolment> {
    let found = enrolments::find(tx, right.org(), id).await?;
    Ok(found.filter(|found| found.person == right.person()).ok_or(Refusal::new(Code::NotFound))?)
}
