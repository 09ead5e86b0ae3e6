//! Outcomes: worked out and looked over first, then told to everybody in one transaction. Nobody hears anything before.

use serde_json::json;
use varde_model::{
    cohort::CohortState,
    enrolment::{Enrolment, EnrolmentState},
    ids::{NominationId, NominationRoundId, PersonId},
    letter::LetterKind,
    nominations::{
        Decision, Nomination, NominationEvent, NominationRound, NominationState, Place, Ranked, RoundEvent,
        RoundState, Settled,
    },
    work::{About, Recipient},
};
use varde_persistence::{enrolments, nomination_rounds, nominations};

use super::{
    desk::RoundDesk,
    sheet::{Sheet, quota},
};
use crate::{
    Code, Ctx, Refusal, Result,
    access::Coordinator,
    audit::Deed,
    cohorts::{desk::Desk, settle},
    idempotency::Kept,
    input::{self, Faults},
    post::{self, Planned, Post},
};

/// Which round to work out.
#[derive(Clone, Debug)]
pub struct PrepareOutcomes {
    /// The code of the round.
    pub round: String,
    /// The version of the round that the caller saw.
    pub version: Option<u32>,
    /// Why the panel is not waited for, where members have not ranked.
    pub override_reason: Option<String>,
}

/// A round with its outcomes.
#[derive(Clone, Debug)]
pub struct Outcomes {
    /// The round as it is now, or would be.
    pub round: NominationRound,
    /// Everybody in it, as decided: those who were ranked first, in their order.
    pub nominations: Vec<Nomination>,
    /// Who gets which letter, and when.
    pub mails: Vec<Planned>,
}

impl Outcomes {
    fn kept(&self) -> Kept {
        Kept::of([self.round.id.0]).with_mails(&self.mails)
    }

    /// What a call was answered that was done before: with the round as it stands.
    ///
    /// # Errors
    /// Refused: it is gone.
    pub async fn again(ctx: &Ctx, right: &Coordinator, kept: Kept) -> Result<Self> {
        let gone = || Refusal::new(Code::NotFound).at("roundCode");
        let id = kept.ids.first().copied().map(NominationRoundId).ok_or_else(gone)?;
        let round = nomination_rounds::find(ctx.store(), right.org(), id).await?.ok_or_else(gone)?;
        let everyone = nominations::of_rounds(ctx.store(), right.org(), &[id]).await?;
        Ok(Self { round, nominations: in_order(everyone), mails: kept.mails })
    }
}

/// Those who were ranked first, in their order; the others by id.
fn in_order(mut nominations: Vec<Nomination>) -> Vec<Nomination> {
    let place = |one: &Nomination| one.decision.as_ref().map_or(u32::MAX, |decision| decision.position);
    nominations.sort_by_key(|one| (place(one), one.id));
    nominations
}

/// Works the outcomes out, for review: places within the quota, reserves, and the rest. Done once more, they follow from
/// what holds then. Nobody is told.
///
/// # Errors
/// Refused: the window is open or everybody was told, changed since `version`, line managers may still answer, a member of
/// the panel has not ranked and no reason is given, a place hangs on a tie, or the quota is not the number of the cohort's free seats while others stand in reserve.
pub async fn prepare(ctx: &Ctx, right: &Coordinator, input: &PrepareOutcomes) -> Result<Outcomes> {
    let tx = ctx.store().write().await?;
    let mut desk = RoundDesk::open_by_code(ctx, &tx, right.org(), right.actor(), &input.round).await?;
    desk.must_be_at(input.version)?;
    if !matches!(desk.round.state, RoundState::Closed | RoundState::Prepared) {
        return Err(desk.wrong_state());
    }
    let mut everyone = desk.everyone().await?;
    let awaited = everyone.iter().filter(|one| one.awaits_endorsement(ctx.now)).count();
    if awaited > 0 {
        return Err(Refusal::new(Code::EndorsementsOutstanding).with("count", awaited).into());
    }
    let sheet = desk.sheet_of(&everyone).await?;
    let missing = sheet.ballots_missing(&desk.round);
    desk.round.ballots_override = match input.override_reason.as_deref() {
        _ if missing == 0 => None,
        None => {
            return Err(Refusal::new(Code::BallotsMissing)
                .at("overrideReason")
                .with("count", missing)
                .into());
        }
        why => Some(input::reason("overrideReason", why)?),
    };
    let ranked = must_be_decided(&sheet, &desk.round)?;
    let seats = enrolments::seats_taken(&tx, right.org(), desk.cohort.id).await?;
    let free = desk.cohort.capacity.saturating_sub(seats);
    let reserves = ranked.standings.iter().any(|one| matches!(one.place, Place::Reserve { .. }));
    // With more seats than places a reserve would move up at once; with fewer, a place could not be held.
    if desk.round.quota > free || reserves && desk.round.quota < free {
        return Err(Refusal::new(Code::QuotaIsNotTheSeats)
            .with("count", desk.round.quota)
            .with("max", free)
            .into());
    }
    let given = quota(&desk.round);
    let of = u32::try_from(ranked.standings.len()).unwrap_or(u32::MAX);
    for nomination in &mut everyone {
        let standing = ranked.standings.iter().find(|standing| standing.nomination == nomination.id);
        let decision = standing.map(|standing| Decision::of(standing, of, given));
        let before = nomination.clone();
        nomination.decision = decision;
        nomination.rules_out(sheet.endorsers.contains_key(&nomination.id));
        if *nomination != before {
            nominations::update(&tx, right.org(), nomination).await?;
            nomination.version += 1;
        }
    }
    desk.advance(RoundEvent::Prepare).await?;
    let (round, mails) = (desk.round, desk.planned);
    let outcomes = Outcomes { round, nominations: in_order(everyone), mails };
    settle(ctx, right.org(), tx, false, &outcomes.kept()).await?;
    Ok(outcomes)
}

/// The order, with nothing left to decide.
fn must_be_decided(sheet: &Sheet, round: &NominationRound) -> Result<Ranked> {
    let ranked = sheet.rank(round);
    match ranked.undecided.first() {
        None => Ok(ranked),
        Some(tie) => Err(Refusal::new(Code::TieUnsettled).with("count", tie.len()).into()),
    }
}

/// How a tie is settled.
#[derive(Clone, Debug)]
pub struct SettleTie {
    /// The code of the round.
    pub round: String,
    /// Those who stand alike, in the order decided on.
    pub order: Vec<NominationId>,
    /// Why.
    pub reason: String,
}

/// Settles a tie by hand: all who stand alike, in the order that the panel or the coordinator decided on, with the reason.
///
/// # Errors
/// Refused: everybody was told, no reason, these are not all who stand alike, or the caller is one of them.
pub async fn settle_tie(ctx: &Ctx, right: &Coordinator, input: &SettleTie) -> Result<NominationRound> {
    let tx = ctx.store().write().await?;
    let mut desk = RoundDesk::open_by_code(ctx, &tx, right.org(), right.actor(), &input.round).await?;
    let reason = input::reason("reason", Some(&input.reason))?;
    if !matches!(desk.round.state, RoundState::Closed | RoundState::Prepared) {
        return Err(desk.wrong_state());
    }
    let sheet = desk.sheet().await?;
    must_be_alike(&sheet.rank(&desk.round), &input.order)?;
    let alike = desk.everyone().await?.into_iter().filter(|one| input.order.contains(&one.id));
    desk.must_not_decide_for_oneself(&alike.map(|one| one.nominee).collect::<Vec<_>>()).await?;
    desk.reconsider().await?;
    desk.round.settled.push(Settled { order: input.order.clone(), reason });
    desk.save_round().await?;
    let detail = json!({ "alike": input.order.len(), "reason_given": true });
    desk.record(Deed::on("nomination_round.settle_tie", desk.round.id), detail).await?;
    let round = desk.round;
    settle(ctx, right.org(), tx, false, &Kept::of([round.id.0])).await?;
    Ok(round)
}

/// All of those with one mean and nobody else, each once.
fn must_be_alike(ranked: &Ranked, order: &[NominationId]) -> Result<()> {
    let mean = |id: &NominationId| {
        ranked.standings.iter().find(|standing| standing.nomination == *id).map(|standing| standing.mean)
    };
    let first = order.first().and_then(mean);
    let mut faults = Faults::default();
    for (index, id) in order.iter().enumerate() {
        let refused = |code| Refusal::new(code).at("nominationIds").row(index);
        if order.iter().take(index).any(|before| before == id) {
            faults.add(refused(Code::NamedTwice));
        } else if first.is_none() || mean(id) != first {
            faults.add(refused(Code::NotFound));
        }
    }
    let alike = ranked.standings.iter().filter(|standing| Some(standing.mean) == first).count();
    let missing = alike.saturating_sub(order.len());
    if missing > 0 || order.len() < 2 {
        faults.add(Refusal::new(Code::RankingIncomplete).at("nominationIds").with("count", missing.max(1)));
    }
    faults.none()
}

/// Which round's outcomes to send.
#[derive(Clone, Debug)]
pub struct SendOutcomes {
    /// The code of the round.
    pub round: String,
    /// The version of the round that the caller saw.
    pub version: Option<u32>,
    /// Tell everybody that no places are given.
    pub without_places: bool,
    /// Keep nothing; answer with what would happen.
    pub dry_run: bool,
}

/// Tells everybody at once: places are offered, reserves stand in line in their order, the others hear why not. All of it
/// or nothing. Where it is too late to offer places, everybody can still be told so.
///
/// # Errors
/// Refused: the outcomes are not prepared or do not follow any more, changed since `version`, the cohort is not published,
/// or it is too late to offer places; without places, there is still time to offer them.
pub async fn send(ctx: &Ctx, right: &Coordinator, input: &SendOutcomes) -> Result<Outcomes> {
    let tx = ctx.store().write().await?;
    let mut desk = RoundDesk::open_by_code(ctx, &tx, right.org(), right.actor(), &input.round).await?;
    desk.must_be_at(input.version)?;
    let event = if input.without_places { RoundEvent::End } else { RoundEvent::Send };
    if desk.round.state.after(event).is_none() {
        return Err(desk.wrong_state());
    }
    let mut told = in_order(desk.everyone().await?);
    let mut cohort = Desk::open(ctx, &tx, right.org(), right.actor(), desk.cohort.id).await?;
    match (cohort.is_past_offering(), input.without_places) {
        (true, false) => return Err(Refusal::new(Code::TooLateForPlaces).into()),
        (false, true) => return Err(Refusal::new(Code::PlacesCanBeOffered).at("withoutPlaces").into()),
        (true, true) => {}
        (false, false) => {
            desk.must_follow(&told).await?;
            cohort.must_be_live()?;
        }
    }
    for nomination in &mut told {
        if input.without_places {
            desk.tell_without_place(&cohort, nomination).await?;
        } else {
            desk.tell(&mut cohort, nomination).await?;
        }
    }
    desk.advance(event).await?;
    let mut mails = cohort.outcome().mails;
    let round = desk.round;
    mails.extend(desk.planned);
    let outcomes = Outcomes { round, nominations: told, mails };
    settle(ctx, right.org(), tx, input.dry_run, &outcomes.kept()).await?;
    Ok(outcomes)
}

impl RoundDesk<'_> {
    /// Refuses outcomes that rest on what does not hold any more: somebody moved, and a member of the panel stands in a
    /// conflict of interest since.
    async fn must_follow(&self, everyone: &[Nomination]) -> Result<()> {
        if self.follows(everyone).await? { Ok(()) } else { Err(Refusal::new(Code::OutcomesStale).into()) }
    }

    /// Whether what was prepared is what would be prepared now.
    pub(super) async fn follows(&self, everyone: &[Nomination]) -> Result<bool> {
        let sheet = self.sheet_of(everyone).await?;
        let ranked = sheet.rank(&self.round);
        let of = u32::try_from(ranked.standings.len()).unwrap_or(u32::MAX);
        let now = |id: NominationId| {
            let standing = ranked.standings.iter().find(|standing| standing.nomination == id);
            standing.map(|standing| Decision::of(standing, of, quota(&self.round)))
        };
        let counts = |one: &Nomination| {
            let given = one.endorsement.as_ref();
            given.is_none_or(|given| given.in_conflict == sheet.endorsers.contains_key(&one.id))
        };
        let same = |one: &Nomination| one.decision == now(one.id) && counts(one);
        Ok(ranked.undecided.is_empty() && everyone.iter().all(same))
    }

    /// Tells one nominee, and gives what was decided.
    async fn tell(&mut self, cohort: &mut Desk<'_>, nomination: &mut Nomination) -> Result<()> {
        let place = nomination.decision.as_ref().map(|decision| decision.place);
        match (nomination.state, place) {
            // Never handed in, or taken back: nobody waits for an answer.
            (NominationState::Draft | NominationState::Withdrawn, _) => Ok(()),
            (NominationState::Lapsed, _) if nomination.endorse_by.is_none() => Ok(()),
            (NominationState::Lapsed, _) => self.write_to_nominee(nomination).await,
            (_, Some(Place::Seat)) => {
                let mut enrolment = cohort.place_of_nominee(nomination.nominee).await?;
                // A coordinator may have let her or him in meanwhile.
                if !enrolment.state.takes_a_seat() {
                    cohort.offer_place(&mut enrolment).await?;
                }
                self.carry_project(nomination, &enrolment).await?;
                self.shift(nomination, NominationEvent::Place).await
            }
            (_, Some(Place::Reserve { .. })) => {
                let mut enrolment = cohort.place_of_nominee(nomination.nominee).await?;
                if !enrolment.state.takes_a_seat() {
                    cohort.put_in_reserve(&mut enrolment).await?;
                }
                self.carry_project(nomination, &enrolment).await?;
                self.shift(nomination, NominationEvent::PutInReserve).await
            }
            (_, Some(Place::Nothing) | None) => {
                self.shift(nomination, NominationEvent::TurnDown).await?;
                self.write_to_nominee(nomination).await
            }
        }
    }

    /// Tells one nominee that no places are given, unless a coordinator gave her or him one meanwhile.
    async fn tell_without_place(&mut self, cohort: &Desk<'_>, nomination: &mut Nomination) -> Result<()> {
        if nomination.state.stands() {
            nomination.decision = None;
            let own = enrolments::of_person(self.tx, self.org(), nomination.nominee).await?;
            if own.iter().any(|place| place.cohort == cohort.cohort.id && place.state.takes_a_seat()) {
                return self.shift(nomination, NominationEvent::Place).await;
            }
            self.shift(nomination, NominationEvent::TurnDown).await?;
        } else if nomination.state != NominationState::Lapsed || nomination.endorse_by.is_none() {
            return Ok(());
        }
        self.write_to_nominee(nomination).await
    }

    async fn write_to_nominee(&mut self, nomination: &Nomination) -> Result<()> {
        let recipient = Recipient::Person { person: nomination.nominee };
        let about = About::Nomination { nomination: nomination.id };
        let post = Post::new(recipient, LetterKind::NominationNotPlaced, about, "once");
        self.planned.extend(post::leave(self.ctx, self.tx, self.org(), post).await?);
        Ok(())
    }

    /// The development project goes along with the place.
    async fn carry_project(&self, nomination: &Nomination, enrolment: &Enrolment) -> Result<()> {
        let Some(project) = &nomination.project else { return Ok(()) };
        super::projects::put(self.ctx, self.tx, self.org(), enrolment.id, project).await
    }
}

impl Desk<'_> {
    /// True where nobody can be offered a place any more.
    fn is_past_offering(&self) -> bool {
        let over = matches!(self.cohort.state, CohortState::Completed | CohortState::Cancelled);
        over || self.cutoff().is_some_and(|cutoff| cutoff <= self.ctx.now)
    }

    /// The place of a nominee: a new one, or one that was left before.
    async fn place_of_nominee(&mut self, person: PersonId) -> Result<Enrolment> {
        self.must_be_employed(person).await?;
        let own = enrolments::of_person(self.tx, self.org(), person).await?;
        let known = own.into_iter().find(|place| place.cohort == self.cohort.id);
        if let Some(mut known) = known {
            if known.state == EnrolmentState::Withdrawn {
                self.shift(&mut known, varde_model::enrolment::EnrolmentEvent::Propose, None).await?;
            }
            return Ok(known);
        }
        let enrolment = Enrolment {
            id: self.ctx.new_id(),
            cohort: self.cohort.id,
            person,
            state: EnrolmentState::Proposed,
            queue_number: None,
            answer_by: None,
            since: self.ctx.now,
            reason: None,
            overridden: false,
            moved_from: None,
            group: None,
            version: 1,
        };
        crate::enrolments::propose(self, &enrolment).await?;
        Ok(enrolment)
    }
}
