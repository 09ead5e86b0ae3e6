//! Endorsements: the line manager's answer, from the mail or signed in; and what a coordinator does where none comes, or
//! comes late.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use varde_model::{
    ids::{NominationId, PersonId},
    links::LinkPurpose,
    nominations::{Endorsement, Nomination, NominationEvent, NominationState, may_not_endorse},
    work::About,
};
use varde_persistence::{Tx, accounts, links, people};

use super::{
    Nominated,
    desk::{RoundDesk, wrong_state},
};
use crate::{
    Code, Ctx, Refusal, Result,
    access::{Actor, Coordinator, Oneself},
    audit::Deed,
    cohorts::settle,
    idempotency::Kept,
    input::{self, Faults},
};

/// Characters of the reason for an endorsement.
const MOST_REASON: usize = 2000;

/// The answer of whoever is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndorsementAnswer {
    /// Endorsed or not.
    pub endorsed: bool,
    /// Why, either way.
    pub reason: String,
}

/// Answers a nomination that one is asked to endorse.
///
/// # Errors
/// Refused: not asked of the caller, answered, too late, no reason, or a conflict of interest.
pub async fn answer_endorsement(
    ctx: &Ctx,
    right: &Oneself,
    id: NominationId,
    answer: &EndorsementAnswer,
) -> Result<Nomination> {
    let tx = ctx.store().write().await?;
    let nomination = answer_in(ctx, &tx, right, id, answer).await?;
    settle(ctx, right.org(), tx, false, &Kept::of([id.0])).await?;
    Ok(nomination)
}

/// The same in a transaction that also uses up a link.
pub(crate) async fn answer_in(
    ctx: &Ctx,
    tx: &Tx,
    right: &Oneself,
    id: NominationId,
    answer: &EndorsementAnswer,
) -> Result<Nomination> {
    let (mut desk, mut nomination) = RoundDesk::open_for(ctx, tx, right.org(), right.actor(), id).await?;
    if nomination.endorser != Some(right.person()) {
        return Err(Refusal::new(Code::NotFound).at("nominationId").into());
    }
    if nomination.state != NominationState::Submitted {
        return Err(wrong_state(&nomination));
    }
    if !nomination.awaits_endorsement(ctx.now) {
        return Err(Refusal::new(Code::AnswerTooLate).into());
    }
    let reason = input::text("reason", &answer.reason, MOST_REASON)?;
    desk.must_be_independent(&nomination).await?;
    let given = Endorsement {
        endorsed: answer.endorsed,
        reason,
        by: nomination.endorser,
        at: ctx.now,
        override_reason: None,
        recorded_by: None,
        set_aside: None,
        in_conflict: false,
    };
    desk.endorse(&mut nomination, given).await?;
    Ok(nomination)
}

/// What a line manager said, as a coordinator writes it down.
#[derive(Clone, Debug)]
pub struct RecordEndorsement {
    /// Which nomination.
    pub nomination: NominationId,
    /// What was said.
    pub answer: EndorsementAnswer,
    /// Why it is taken late, or from the coordinator.
    pub override_reason: String,
    /// The version of the nomination that the caller saw.
    pub version: Option<u32>,
}

/// Takes an endorsement in the line manager's place: late, by telephone, or from somebody outside the trust. The reason
/// stands with it, and the audit trail names the coordinator.
///
/// # Errors
/// Refused: everybody was told, the nomination was not handed in or is taken back, a reason is missing, whoever was asked
/// stands in a conflict of interest by now, or the caller is the nominee or the nominator.
pub async fn record_endorsement(
    ctx: &Ctx,
    right: &Coordinator,
    record: &RecordEndorsement,
) -> Result<Nominated> {
    let tx = ctx.store().write().await?;
    let (mut desk, mut nomination) =
        RoundDesk::open_for(ctx, &tx, right.org(), right.actor(), record.nomination).await?;
    must_be_at(&nomination, record.version)?;
    desk.must_have_been_asked(&nomination)?;
    let mut faults = Faults::default();
    let override_reason = faults.note(input::reason("overrideReason", Some(&record.override_reason)))?;
    let reason = faults.note(input::text("reason", &record.answer.reason, MOST_REASON))?;
    faults.none()?;
    desk.must_be_independent(&nomination).await?;
    desk.must_not_decide_for_oneself(&[nomination.nominee, nomination.nominator]).await?;
    desk.reconsider().await?;
    let given = Endorsement {
        endorsed: record.answer.endorsed,
        reason,
        by: nomination.endorser,
        at: ctx.now,
        override_reason: Some(override_reason),
        recorded_by: match right.actor() {
            Actor::Account(account) => Some(account),
            _ => None,
        },
        set_aside: nomination.endorsement.take().and_then(Endorsement::set_aside),
        in_conflict: false,
    };
    desk.endorse(&mut nomination, given).await?;
    let nominated = Nominated { mails: desk.planned, warnings: desk.warnings, nomination };
    settle(ctx, right.org(), tx, false, &nominated.kept()).await?;
    Ok(nominated)
}

/// Whom to ask once more, and until when.
#[derive(Clone, Debug)]
pub struct ReopenEndorsement {
    /// Which nomination.
    pub nomination: NominationId,
    /// The last day of the new time.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
    /// The employee number of somebody to ask in the line manager's place.
    pub endorser: Option<String>,
    /// The version of the nomination that the caller saw.
    pub version: Option<u32>,
    /// Keep nothing; answer with what would happen.
    pub dry_run: bool,
}

/// Asks for an endorsement once more, with a link that works until the new day: after the time was over, or because
/// whoever answered stands in a conflict of interest by now. A coordinator may name whom to ask.
///
/// # Errors
/// Refused: everybody was told, the nomination was not handed in or is taken back, no reason, the day is over, or whoever is
/// named is not employed or stands in a conflict of interest.
pub async fn reopen_endorsement(
    ctx: &Ctx,
    right: &Coordinator,
    input: &ReopenEndorsement,
) -> Result<Nominated> {
    let tx = ctx.store().write().await?;
    let (mut desk, mut nomination) =
        RoundDesk::open_for(ctx, &tx, right.org(), right.actor(), input.nomination).await?;
    must_be_at(&nomination, input.version)?;
    desk.must_have_been_asked(&nomination)?;
    input::reason("reason", Some(&input.reason))?;
    let until = desk.end_of(input::date("until", input.until)?);
    if until <= ctx.now {
        return Err(Refusal::new(Code::GatheringInThePast).at("until").into());
    }
    desk.reconsider().await?;
    nomination.decision = None;
    if let Some(number) = &input.endorser {
        desk.name_endorser(&mut nomination, number).await?;
    }
    desk.ask_endorser(&mut nomination, NominationEvent::AskAnew, until).await?;
    let detail = json!({ "until": input.until, "reason_given": true });
    desk.record(Deed::on("nomination.reopen", nomination.id), detail).await?;
    let nominated = Nominated { mails: desk.planned, warnings: desk.warnings, nomination };
    settle(ctx, right.org(), tx, input.dry_run, &nominated.kept()).await?;
    Ok(nominated)
}

fn must_be_at(nomination: &Nomination, version: Option<u32>) -> Result<()> {
    match version {
        Some(seen) if seen != nomination.version => Err(Refusal::new(Code::Conflict).into()),
        _ => Ok(()),
    }
}

impl RoundDesk<'_> {
    /// Refuses a nomination about which nobody was ever asked.
    fn must_have_been_asked(&self, nomination: &Nomination) -> Result<()> {
        if nomination.endorse_by.is_none() || nomination.state == NominationState::Withdrawn {
            return Err(wrong_state(nomination));
        }
        Ok(())
    }

    /// Whoever speaks for it may not stand in a conflict of interest today.
    async fn must_be_independent(&self, nomination: &Nomination) -> Result<()> {
        let Some(endorser) = nomination.endorser else { return Ok(()) };
        let (nominee, nominator) = (nomination.nominee, nomination.nominator);
        let (chart, rules) = self.line(&[nominee, nominator, endorser]).await?;
        if may_not_endorse(&rules, &chart, endorser, nominee, nominator, self.today()).is_empty() {
            Ok(())
        } else {
            Err(Refusal::new(Code::ConflictOfInterest).into())
        }
    }

    /// Asks somebody whom the coordinator names.
    async fn name_endorser(&self, nomination: &mut Nomination, number: &str) -> Result<()> {
        let field = "endorserEmployeeNumber";
        let found = people::find_by_number(self.tx, self.org(), number.trim()).await?;
        let found = found.filter(|person| person.employed.holds_on(self.today()));
        let named = found.ok_or(Refusal::new(Code::NotFound).at(field))?.id;
        if nomination.endorser != Some(named) {
            self.take_links_back(nomination).await?;
        }
        (nomination.endorser, nomination.endorser_named) = (Some(named), true);
        self.must_be_independent(nomination).await.map_err(|error| error.under(&[field.into()]))
    }

    /// A coordinator may be employed, and so be nominated: what is about her- or himself is for another one.
    pub(super) async fn must_not_decide_for_oneself(&self, about: &[PersonId]) -> Result<()> {
        let Actor::Account(account) = self.actor else { return Ok(()) };
        let own = accounts::find_many(self.tx, self.org(), &[account]).await?;
        let own = own.into_iter().find_map(|account| account.person);
        if own.is_some_and(|person| about.contains(&person)) {
            return Err(Refusal::new(Code::ConflictOfInterest).into());
        }
        Ok(())
    }

    async fn endorse(&mut self, nomination: &mut Nomination, given: Endorsement) -> Result<()> {
        let event = if given.endorsed { NominationEvent::Endorse } else { NominationEvent::Oppose };
        let (endorsed, overridden) = (given.endorsed, given.override_reason.is_some());
        nomination.endorsement = Some(given);
        nomination.decision = None;
        self.shift(nomination, event).await?;
        self.take_links_back(nomination).await?;
        let detail = json!({ "endorsed": endorsed, "overridden": overridden });
        self.record(Deed::on("nomination.endorse", nomination.id), detail).await
    }

    /// Gives whoever has not answered until another moment.
    pub(super) async fn endorse_until(
        &mut self,
        nomination: &mut Nomination,
        until: DateTime<Utc>,
    ) -> Result<()> {
        nomination.endorse_by = Some(until);
        let about = About::Nomination { nomination: nomination.id };
        links::prolong(self.tx, self.org(), LinkPurpose::Endorsement, &[about], until).await?;
        self.shift(nomination, NominationEvent::AskAnew).await
    }
}
