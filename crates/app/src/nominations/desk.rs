//! A round on the desk: locked, with its cohort and programme, and with one way to change a nomination in it.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::json;
use varde_model::{
    catalogue::{EndorsementRule, NominationRule, Programme},
    cohort::Cohort,
    conflicts::ConflictRules,
    gathering::concerns::Concern,
    ids::{NominationId, NominationRoundId, OrganisationId, PersonId},
    letter::LetterKind,
    local_time::{Zoned, instant},
    nominations::{
        Nomination, NominationEvent, NominationRound, NominationState, RoundEvent, RoundState, voice_of,
    },
    organisation::Organisation,
    people::Chart,
    reminders::{Anchor, AnchorFact, Recipients},
    timers::{NewTimer, TimersOf},
    work::{About, Job, Recipient},
};
use varde_persistence::{
    Tx, cohorts, gatherings, links, nomination_rounds, nominations, organisations, programmes, timers,
};

use crate::{
    Code, Ctx, Error, Refusal, Result, Warning,
    access::Actor,
    audit::{self, Deed},
    conflicts,
    line::chart_on,
    post::{self, Planned, Post},
    reminders,
};

/// A locked round in an open transaction.
pub(super) struct RoundDesk<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) tx: &'a Tx,
    pub(super) actor: Actor,
    pub(super) organisation: Organisation,
    pub(super) round: NominationRound,
    /// The cohort whose places are given; not locked.
    pub(super) cohort: Cohort,
    pub(super) programme: Programme,
    pub(super) rule: NominationRule,
    pub(super) planned: Vec<Planned>,
    /// What the coordinator is to look at once more.
    pub(super) warnings: Vec<Warning>,
}

impl<'a> RoundDesk<'a> {
    /// Locks the round and reads what belongs to it.
    pub(super) async fn open(
        ctx: &'a Ctx,
        tx: &'a Tx,
        org: OrganisationId,
        actor: Actor,
        round: NominationRoundId,
    ) -> Result<Self> {
        let missing = || Refusal::new(Code::NotFound).at("roundCode");
        let round = nomination_rounds::lock(tx, org, round).await?.ok_or_else(missing)?;
        let organisation = organisations::find(tx, org).await?.ok_or_else(missing)?;
        let cohort = cohorts::find(tx, org, round.cohort).await?.ok_or_else(missing)?;
        let (programme, rule) = programme(tx, org, &cohort).await?;
        let rule = rule.ok_or_else(|| Error::internal("a round of a programme without nominations"))?;
        let (planned, warnings) = (Vec::new(), Vec::new());
        Ok(Self { ctx, tx, actor, organisation, round, cohort, programme, rule, planned, warnings })
    }

    /// The same for the round that a code names.
    pub(super) async fn open_by_code(
        ctx: &'a Ctx,
        tx: &'a Tx,
        org: OrganisationId,
        actor: Actor,
        code: &str,
    ) -> Result<Self> {
        let found = nomination_rounds::find_by_code(tx, org, code.trim()).await?;
        let found = found.ok_or(Refusal::new(Code::NotFound).at("roundCode"))?;
        Self::open(ctx, tx, org, actor, found.id).await
    }

    /// The same for the round that a nomination is in; gives the nomination as it is under the lock.
    pub(super) async fn open_for(
        ctx: &'a Ctx,
        tx: &'a Tx,
        org: OrganisationId,
        actor: Actor,
        id: NominationId,
    ) -> Result<(Self, Nomination)> {
        let missing = || Refusal::new(Code::NotFound).at("nominationId");
        let found = nominations::find(tx, org, id).await?.ok_or_else(missing)?;
        let desk = Self::open(ctx, tx, org, actor, found.round).await?;
        let found = nominations::find(tx, org, id).await?.ok_or_else(missing)?;
        Ok((desk, found))
    }

    pub(super) fn org(&self) -> OrganisationId {
        self.organisation.id
    }

    /// The day where the trust is.
    pub(super) fn today(&self) -> NaiveDate {
        Zoned::at(self.ctx.now, self.organisation.zone).date
    }

    /// The local day on which the cohort begins; today for one without gatherings.
    pub(super) async fn first_day(&self) -> Result<NaiveDate> {
        let gatherings = gatherings::of_cohorts(self.tx, self.org(), &[self.cohort.id]).await?;
        let begins = gatherings.iter().filter(|it| !it.cancelled).map(|it| it.starts_at).min();
        Ok(begins.map_or(self.today(), |begin| Zoned::at(begin, self.organisation.zone).date))
    }

    /// The chart of today with these people in it, and the rules of conflicts of interest.
    pub(super) async fn line(&self, people: &[PersonId]) -> Result<(Chart, ConflictRules)> {
        let chart = chart_on(self.tx, self.org(), people, self.today()).await?;
        Ok((chart, conflicts::rules(self.tx, self.org()).await?))
    }

    pub(super) async fn everyone(&self) -> Result<Vec<Nomination>> {
        Ok(nominations::of_rounds(self.tx, self.org(), &[self.round.id]).await?)
    }

    /// Refuses a caller who saw an earlier version of the round.
    pub(super) fn must_be_at(&self, version: Option<u32>) -> Result<()> {
        match version {
            Some(seen) if seen != self.round.version => Err(Refusal::new(Code::Conflict).into()),
            _ => Ok(()),
        }
    }

    pub(super) fn wrong_state(&self) -> Error {
        Refusal::wrong_state("NominationRoundState", self.round.state.as_str()).into()
    }

    /// Moves the round along its life.
    pub(super) async fn advance(&mut self, event: RoundEvent) -> Result<()> {
        let from = self.round.state;
        self.round.state = from.after(event).ok_or_else(|| self.wrong_state())?;
        self.save_round().await?;
        let action = match event {
            RoundEvent::Open => "nomination_round.open",
            RoundEvent::Close => "nomination_round.close",
            RoundEvent::Prepare => "nomination_round.prepare",
            RoundEvent::Reconsider => "nomination_round.reconsider",
            RoundEvent::Send => "nomination_round.send",
            RoundEvent::End => "nomination_round.end",
        };
        let detail = json!({ "from": from.as_str(), "to": self.round.state.as_str() });
        self.record(Deed::on(action, self.round.id), detail).await
    }

    /// Writes the round's changed fields.
    pub(super) async fn save_round(&mut self) -> Result<()> {
        nomination_rounds::update(self.tx, self.org(), &self.round, self.ctx.now).await?;
        self.round.version += 1;
        Ok(())
    }

    /// What was worked out rests on something that changes now: it is thrown away, and has to be prepared anew.
    pub(super) async fn reconsider(&mut self) -> Result<()> {
        match self.round.state {
            RoundState::Prepared => {
                self.round.ballots_override = None;
                self.warnings.extend(Warning::all(vec![Concern::OutcomesThrownAway], &[]));
                self.advance(RoundEvent::Reconsider).await
            }
            RoundState::Sent => Err(self.wrong_state()),
            _ => Ok(()),
        }
    }

    /// The one way in which a nomination changes state: by the table, audited, with its reminders planned anew.
    pub(super) async fn shift(&mut self, nomination: &mut Nomination, event: NominationEvent) -> Result<()> {
        let from = nomination.state;
        let to = from.after(event).ok_or_else(|| wrong_state(nomination))?;
        nomination.state = to;
        if from != to {
            nomination.since = self.ctx.now;
        }
        nominations::update(self.tx, self.org(), nomination).await?;
        nomination.version += 1;
        let detail = json!({ "event": event.as_str(), "from": from.as_str(), "to": to.as_str() });
        self.record(Deed::on("nomination.change", nomination.id), detail).await?;
        self.replan(nomination).await
    }

    /// Asks who may endorse, by mail, until a moment: written with `event`. Where nobody independent is to be found, a
    /// coordinator has to see to it.
    pub(super) async fn ask_endorser(
        &mut self,
        nomination: &mut Nomination,
        event: NominationEvent,
        until: DateTime<Utc>,
    ) -> Result<()> {
        let before = nomination.endorser;
        let people = [Some(nomination.nominee), Some(nomination.nominator), before];
        let (chart, rules) = self.line(&people.into_iter().flatten().collect::<Vec<_>>()).await?;
        nomination.hand_to(voice_of(&rules, &chart, nomination, self.today()));
        nomination.endorse_by = Some(until);
        nomination.endorsement = None;
        // Whoever is asked again goes on with the link that she or he has.
        if before != nomination.endorser {
            self.take_links_back(nomination).await?;
        }
        self.shift(nomination, event).await?;
        self.write_to_endorser(nomination).await
    }

    /// Leaves the request to the endorser, with the link that answers it.
    pub(super) async fn write_to_endorser(&mut self, nomination: &Nomination) -> Result<()> {
        let Some(person) = nomination.endorser else { return Ok(()) };
        let recipient = Recipient::Person { person };
        let about = About::Nomination { nomination: nomination.id };
        let occurrence = post::of_place(nomination.version);
        let post = Post {
            link_until: nomination.endorse_by,
            ..Post::new(recipient, LetterKind::EndorsementRequest, about, &occurrence)
        };
        self.planned.extend(post::leave(self.ctx, self.tx, self.org(), post).await?);
        Ok(())
    }

    /// What was asked about a nomination is not asked any more.
    pub(super) async fn take_links_back(&self, nomination: &Nomination) -> Result<()> {
        let about = About::Nomination { nomination: nomination.id };
        links::revoke(self.tx, self.org(), Some(&about), None, self.ctx.now).await?;
        Ok(())
    }

    /// Plans the reminders about a nomination, and the end of its time, by where it stands now.
    pub(super) async fn replan(&self, nomination: &Nomination) -> Result<()> {
        let (org, about) = (self.org(), About::Nomination { nomination: nomination.id });
        let planner = reminders::Planner::load(self.tx, org, Some(&self.programme.key)).await?;
        let wanted = match (nomination.state, nomination.endorser, nomination.endorse_by) {
            (NominationState::Draft, ..) => {
                let to = (Recipients::Nominator, nomination.nominator);
                self.wanted(&planner, Anchor::NominationClose, about, self.round.closes_at, to)
            }
            (NominationState::Submitted, Some(endorser), Some(until)) => {
                let to = (Recipients::Endorser, endorser);
                self.wanted(&planner, Anchor::EndorsementDeadline, about, until, to)
            }
            _ => Vec::new(),
        };
        let existing = timers::list(self.tx, org, TimersOf::Nomination(nomination.id)).await?;
        reminders::settle(self.ctx, self.tx, org, Some(self.cohort.id), existing, wanted).await?;
        match (nomination.state, nomination.endorse_by) {
            (NominationState::Submitted, Some(until)) => {
                let job = Job::LapseEndorsement { nomination: nomination.id };
                let key = format!("nomination {}|v{}", nomination.id, nomination.version);
                self.plan_job(job, until, &key).await
            }
            _ => Ok(()),
        }
    }

    fn wanted(
        &self,
        planner: &reminders::Planner,
        anchor: Anchor,
        subject: About,
        at: DateTime<Utc>,
        (to, person): (Recipients, PersonId),
    ) -> Vec<reminders::Wanted> {
        let fact = AnchorFact { subject, at, zone: self.organisation.zone };
        planner.wanted(anchor, &[to], &fact, Recipient::Person { person }, self.ctx.now)
    }

    /// Writes the timer of a job.
    pub(super) async fn plan_job(&self, job: Job, due: DateTime<Utc>, key: &str) -> Result<()> {
        let timer = NewTimer {
            id: self.ctx.new_id(),
            unique_key: format!("{}|{key}", job.name()),
            job,
            cohort: Some(self.cohort.id),
            person: None,
            local: Zoned::at(due, self.organisation.zone),
            due_at: due,
            latest_at: None,
        };
        timers::insert_many(self.tx, self.org(), &[timer], self.ctx.now).await?;
        Ok(())
    }

    /// The last minute of a day where the trust is.
    pub(super) fn end_of(&self, day: NaiveDate) -> DateTime<Utc> {
        end_of(day, &self.organisation)
    }

    /// Leaves an entry in the audit trail, with the round's code.
    pub(super) async fn record(&self, deed: Deed, mut detail: serde_json::Value) -> Result<()> {
        detail["round"] = self.round.code.as_str().into();
        audit::record(self.ctx, self.tx, self.org(), self.actor, deed, detail).await
    }
}

/// The last minute of a day where a trust is: deadlines are told as days.
pub(super) fn end_of(day: NaiveDate, organisation: &Organisation) -> DateTime<Utc> {
    instant(day, NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default(), organisation.zone)
}

/// Whether a nomination comes before the panel, by what the programme asks of the line manager.
pub(super) fn is_eligible(rule: EndorsementRule, nomination: &Nomination) -> bool {
    let endorsed = nomination.endorsement.as_ref().is_some_and(|given| given.endorsed);
    (nomination.state.stands() || nomination.state.is_outcome())
        && (endorsed || rule != EndorsementRule::Obligatory)
}

/// The programme that a cohort keeps, and how people are nominated for it.
pub(super) async fn programme(
    conn: &impl varde_persistence::Conn,
    org: OrganisationId,
    cohort: &Cohort,
) -> Result<(Programme, Option<NominationRule>)> {
    let version = programmes::versions(conn, org, &[cohort.programme_version]).await?.pop();
    let version = version.ok_or_else(|| Error::internal("a cohort without its programme's version"))?;
    let programme: Programme = serde_json::from_value(version.definition).map_err(Error::internal)?;
    let rule = programme.nomination;
    Ok((programme, rule))
}

pub(super) fn wrong_state(nomination: &Nomination) -> Error {
    Refusal::wrong_state("NominationState", nomination.state.as_str()).into()
}
