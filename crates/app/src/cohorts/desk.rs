//! A cohort on the coordinator's desk: locked, with its gatherings, and with one way to change who is in it. GraphQL,
//! the pages behind mail links, jobs and imports all work through it, so the rules of seats and line have one home.

use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use varde_model::{
    catalogue::Programme,
    cohort::{Cohort, CohortEvent},
    enrolment::{Admission, Enrolment, EnrolmentEvent, EnrolmentState},
    gathering::Gathering,
    ids::{CohortId, GatheringId, OrganisationId},
    letter::LetterKind,
    links::LinkPurpose,
    organisation::Organisation,
    work::{About, Job, Recipient},
};
use varde_persistence::{Tx, cohorts, enrolments, gatherings, organisations, programmes};

use crate::{
    Code, Ctx, Error, Refusal, Result, Warning,
    access::Actor,
    audit::{self, Deed},
    post::{self, Planned, Post},
    reminders,
};

/// A locked cohort in an open transaction.
pub(crate) struct Desk<'a> {
    pub(crate) ctx: &'a Ctx,
    pub(crate) tx: &'a Tx,
    pub(crate) actor: Actor,
    pub(crate) organisation: Organisation,
    /// The version of the programme that the cohort keeps.
    pub(crate) programme: Programme,
    pub(crate) cohort: Cohort,
    pub(crate) gatherings: Vec<Gathering>,
    /// The programme's policies and the trust's calendar.
    pub(crate) planner: reminders::Planner,
    /// What goes out because of the changes, for the answer of a dry run.
    pub(crate) planned: Vec<Planned>,
    /// What the coordinator is told beside the result.
    pub(crate) warnings: Vec<Warning>,
    /// Who was passed over, with the reason.
    pub(crate) left_out: Vec<Enrolment>,
}

impl<'a> Desk<'a> {
    /// Locks the cohort and reads what belongs to it.
    ///
    /// # Errors
    /// The organisation has no such cohort.
    pub(crate) async fn open(
        ctx: &'a Ctx,
        tx: &'a Tx,
        org: OrganisationId,
        actor: Actor,
        cohort: CohortId,
    ) -> Result<Self> {
        let cohort =
            cohorts::lock(tx, org, cohort).await?.ok_or(Refusal::new(Code::NotFound).at("cohortId"))?;
        let organisation = organisations::find(tx, org).await?.ok_or(Refusal::new(Code::NotFound))?;
        let gatherings = gatherings::of_cohorts(tx, org, &[cohort.id]).await?;
        let version = programmes::versions(tx, org, &[cohort.programme_version]).await?.pop();
        let version = version.ok_or_else(|| Error::internal("a cohort without its programme's version"))?;
        let planner = reminders::Planner::load(tx, org, Some(&version.key)).await?;
        let programme = serde_json::from_value(version.definition).map_err(Error::internal)?;
        Ok(Self {
            ctx,
            tx,
            actor,
            organisation,
            programme,
            cohort,
            gatherings,
            planner,
            planned: Vec::new(),
            warnings: Vec::new(),
            left_out: Vec::new(),
        })
    }

    pub(crate) fn org(&self) -> OrganisationId {
        self.organisation.id
    }

    /// After this instant no freed seat is offered: nobody could make use of it.
    pub(crate) fn cutoff(&self) -> Option<DateTime<Utc>> {
        self.begins_at().map(|begins| self.cutoff_of(begins))
    }

    fn cutoff_of(&self, begins: DateTime<Utc>) -> DateTime<Utc> {
        begins - Duration::hours(i64::from(self.cohort.cutoff_hours))
    }

    /// Refuses unless the cohort's invitations are out.
    pub(crate) fn must_be_live(&self) -> Result<()> {
        if self.cohort.state.is_live() { Ok(()) } else { Err(self.wrong_state()) }
    }

    pub(crate) fn wrong_state(&self) -> Error {
        Refusal::wrong_state("CohortState", self.cohort.state.as_str()).into()
    }

    /// Moves the cohort along its life.
    pub(crate) async fn advance(&mut self, event: CohortEvent) -> Result<()> {
        let from = self.cohort.state;
        self.cohort.state = from.after(event).ok_or_else(|| self.wrong_state())?;
        self.save_cohort().await?;
        let action = match event {
            CohortEvent::Publish => "cohort.publish",
            CohortEvent::Start => "cohort.start",
            CohortEvent::Complete => "cohort.complete",
            CohortEvent::Cancel => "cohort.cancel",
        };
        let detail = json!({ "from": from.as_str(), "to": self.cohort.state.as_str() });
        self.record(Deed::on(action, self.cohort.id), detail).await
    }

    /// Writes the cohort's changed fields.
    pub(crate) async fn save_cohort(&mut self) -> Result<()> {
        cohorts::update(self.tx, self.org(), &self.cohort, self.ctx.now).await?;
        self.cohort.version += 1;
        Ok(())
    }

    /// Until when somebody asked now may answer.
    ///
    /// # Errors
    /// Refused: the cohort is not live, or past its cut-off.
    pub(crate) fn answer_by(&self) -> Result<DateTime<Utc>> {
        self.answer_before(self.begins_at())
    }

    /// The same for those for whom it begins at a moment of their own.
    pub(crate) fn answer_before(&self, begins: Option<DateTime<Utc>>) -> Result<DateTime<Utc>> {
        self.must_be_live()?;
        let wanted = self.ctx.now + Duration::days(i64::from(self.cohort.answer_days));
        let end_of_day = varde_model::local_time::Zoned::at(wanted, self.organisation.zone);
        let end_of_day = varde_model::local_time::instant(
            end_of_day.date,
            chrono::NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default(),
            self.organisation.zone,
        );
        let cutoff = begins.map(|begins| self.cutoff_of(begins));
        let answer_by = cutoff.map_or(end_of_day, |cutoff| end_of_day.min(cutoff));
        if answer_by <= self.ctx.now {
            return Err(Refusal::new(Code::TooLateToInvite).into());
        }
        Ok(answer_by)
    }

    /// Asks a leader by mail; the answer is wanted by a stated moment. The reason for which somebody was let in
    /// stays with the invitation.
    pub(crate) async fn invite(&mut self, enrolment: &mut Enrolment, reason: Option<&str>) -> Result<()> {
        self.must_be_single(enrolment)?;
        let answer_by = self.answer_by()?;
        self.must_be_employed(enrolment.person).await?;
        enrolment.answer_by = Some(answer_by);
        self.shift(enrolment, EnrolmentEvent::Invite, reason).await?;
        self.lapse_at(enrolment, Job::LapseInvitation { enrolment: enrolment.id }).await?;
        self.write_to(enrolment, LetterKind::Invitation).await
    }

    /// The leader says yes: a seat if there is room and nobody waits for it, else a place in the line. Saying yes
    /// once more changes nothing.
    pub(crate) async fn accept(&mut self, enrolment: &mut Enrolment) -> Result<()> {
        if enrolment.state.takes_part() || enrolment.state == EnrolmentState::Waiting {
            return Ok(());
        }
        self.must_be_live()?;
        self.must_be_employed(enrolment.person).await?;
        self.must_await_an_answer(enrolment)?;
        let admission = match enrolment.state {
            // The seat is held already.
            EnrolmentState::Offered => Admission::Seat,
            _ => self.admission().await?,
        };
        match admission {
            Admission::Seat => self.seat(enrolment, EnrolmentEvent::Seat, None).await,
            Admission::Line => {
                enrolment.queue_number =
                    Some(enrolments::next_queue_number(self.tx, self.org(), self.cohort.id).await?);
                enrolment.answer_by = None;
                self.shift(enrolment, EnrolmentEvent::Queue, None).await?;
                self.write_to(enrolment, LetterKind::WaitingListConfirmed).await?;
                self.offer_freed_seats().await
            }
        }
    }

    /// Gives a seat past the line. The reason stands in the audit trail.
    pub(crate) async fn place(&mut self, enrolment: &mut Enrolment, reason: &str) -> Result<()> {
        self.must_be_single(enrolment)?;
        self.must_be_live()?;
        self.must_be_employed(enrolment.person).await?;
        enrolment.overridden = true;
        self.seat(enrolment, EnrolmentEvent::Override, Some(reason)).await
    }

    pub(crate) async fn seat(
        &mut self,
        enrolment: &mut Enrolment,
        event: EnrolmentEvent,
        reason: Option<&str>,
    ) -> Result<()> {
        enrolment.answer_by = None;
        self.shift(enrolment, event, reason).await?;
        self.write_to(enrolment, LetterKind::EnrolmentConfirmed).await?;
        self.fill_calendar(enrolment).await
    }

    /// The leader says no. A seat that was held goes to the next in line.
    pub(crate) async fn decline(&mut self, enrolment: &mut Enrolment, reason: Option<&str>) -> Result<()> {
        if enrolment.state == EnrolmentState::Declined {
            return self.say_why(enrolment, reason).await;
        }
        self.must_be_live()?;
        enrolment.answer_by = None;
        self.shift(enrolment, EnrolmentEvent::Decline, reason).await?;
        self.offer_freed_seats().await
    }

    /// The time to answer has run out. A seat that was held goes to the next in line.
    pub(crate) async fn lapse(&mut self, enrolment: &mut Enrolment) -> Result<()> {
        let held = enrolment.state == EnrolmentState::Offered;
        self.shift(enrolment, EnrolmentEvent::Lapse, None).await?;
        let letter = if held { LetterKind::OfferLapsed } else { LetterKind::InvitationLapsed };
        self.write_to(enrolment, letter).await?;
        self.offer_freed_seats().await
    }

    /// Takes a leader out. Calendars are cleared and the seat goes to the next in line, in the same transaction.
    pub(crate) async fn withdraw(&mut self, enrolment: &mut Enrolment, reason: Option<&str>) -> Result<()> {
        if enrolment.state == EnrolmentState::Withdrawn {
            return Ok(());
        }
        self.take_out(enrolment, reason).await?;
        self.left_group(enrolment, reason).await
    }

    /// The same for somebody who goes along with a whole leader group.
    pub(crate) async fn take_out(&mut self, enrolment: &mut Enrolment, reason: Option<&str>) -> Result<()> {
        let from = enrolment.state;
        enrolment.answer_by = None;
        self.shift(enrolment, EnrolmentEvent::Withdraw, reason).await?;
        if self.cohort.state.is_live() && from != EnrolmentState::Proposed {
            self.write_to(enrolment, LetterKind::EnrolmentWithdrawn).await?;
            if from == EnrolmentState::Enrolled {
                self.clear_calendar(enrolment).await?;
                self.tell_line_managers(&[enrolment.id]).await?;
            }
        }
        self.offer_freed_seats().await
    }

    /// The one way in which an enrolment changes state: by the table, with its version, audited, and with its
    /// reminders planned anew.
    pub(crate) async fn shift(
        &mut self,
        enrolment: &mut Enrolment,
        event: EnrolmentEvent,
        reason: Option<&str>,
    ) -> Result<()> {
        let from = enrolment.state;
        let to = from.after(event).ok_or_else(|| wrong_enrolment_state(enrolment))?;
        enrolment.state = to;
        enrolment.since = self.ctx.now;
        enrolment.reason = reason.map(str::to_owned);
        enrolments::update(self.tx, self.org(), enrolment).await?;
        enrolment.version += 1;
        let detail = json!({
            "event": format!("{event:?}"),
            "from": from.as_str(),
            "to": to.as_str(),
            "queue": enrolment.queue_number,
            "reason_given": reason.is_some(),
        });
        self.record(Deed::on("enrolment.change", enrolment.id), detail).await?;
        if event.is_news() && !matches!(self.actor, Actor::Account(_)) {
            reminders::plan_news(self).await?;
        }
        reminders::replan_enrolment(self, enrolment).await
    }

    /// An enrolment of this cohort.
    pub(crate) async fn enrolment(&self, id: varde_model::ids::EnrolmentId) -> Result<Enrolment> {
        let found = enrolments::find(self.tx, self.org(), id).await?;
        Ok(found.filter(|e| e.cohort == self.cohort.id).ok_or(Refusal::new(Code::NotFound))?)
    }

    /// Everyone in the cohort.
    pub(crate) async fn everyone(&self) -> Result<Vec<Enrolment>> {
        Ok(enrolments::of_cohort(self.tx, self.org(), self.cohort.id).await?)
    }

    /// Leaves a letter about an enrolment to its leader.
    pub(crate) async fn write_to(&mut self, enrolment: &Enrolment, letter: LetterKind) -> Result<()> {
        let about = About::Enrolment { enrolment: enrolment.id };
        let occurrence = post::of_place(enrolment.version);
        // An open question until its deadline; a place held until the first gathering.
        let begins = || self.standing_for(enrolment).map(|gathering| gathering.starts_at).min();
        let link_until = match letter {
            LetterKind::CohortCompleted => Some(self.ctx.now + Duration::days(post::CERTIFICATE_DAYS)),
            _ => enrolment.answer_by.or_else(begins),
        };
        self.leave(enrolment, letter, about, &occurrence, link_until).await
    }

    /// Leaves a letter about one gathering to one leader.
    pub(crate) async fn write_about(
        &mut self,
        enrolment: &Enrolment,
        gathering: GatheringId,
        letter: LetterKind,
    ) -> Result<()> {
        let found = self.gatherings.iter().find(|g| g.id == gathering);
        let (sequence, begins) = found.map_or((0, None), |g| (g.sequence, Some(g.starts_at)));
        let about = About::Gathering { gathering, enrolment: enrolment.id };
        self.leave(enrolment, letter, about, &post::of_gathering(enrolment.version, sequence), begins).await
    }

    async fn leave(
        &mut self,
        enrolment: &Enrolment,
        letter: LetterKind,
        about: About,
        occurrence: &str,
        link_until: Option<DateTime<Utc>>,
    ) -> Result<()> {
        let recipient = Recipient::Person { person: enrolment.person };
        let mut post = Post { link_until, ..Post::new(recipient, letter, about, occurrence) };
        if letter == LetterKind::InvitationLapsed {
            // Deadlines end at midnight, and nothing hangs on the hour.
            post.due = Some(self.next_morning());
        }
        if letter == LetterKind::EnrolmentMoved && enrolment.state.awaits_an_answer() {
            post.link = Some(LinkPurpose::Invitation);
        }
        let planned = post::leave(self.ctx, self.tx, self.org(), post).await?;
        // The sender drops what nobody would get, by the same rule: so nobody is told of it either.
        if planned.is_some() && self.reaches(enrolment.person, letter).await? {
            self.planned.extend(planned);
        }
        Ok(())
    }

    pub(super) async fn lapse_at(&self, enrolment: &Enrolment, job: Job) -> Result<()> {
        let Some(due) = enrolment.answer_by else { return Ok(()) };
        let about = About::Enrolment { enrolment: enrolment.id };
        reminders::plan_job(self, job, about, due, &format!("v{}", enrolment.version)).await
    }

    fn must_await_an_answer(&self, enrolment: &Enrolment) -> Result<()> {
        let in_time = enrolment.answer_by.is_none_or(|until| self.ctx.now < until);
        if enrolment.state.awaits_an_answer() && in_time {
            Ok(())
        } else if enrolment.state.awaits_an_answer() {
            Err(Refusal::new(Code::AnswerTooLate).into())
        } else {
            Err(wrong_enrolment_state(enrolment))
        }
    }

    /// Leaves an entry in the audit trail, with the cohort's code: everything here is about it.
    pub(crate) async fn record(&self, deed: Deed, mut detail: serde_json::Value) -> Result<()> {
        detail["cohort"] = self.cohort.code.as_str().into();
        audit::record(self.ctx, self.tx, self.org(), self.actor, deed, detail).await
    }
}

pub(crate) fn wrong_enrolment_state(enrolment: &Enrolment) -> Error {
    Refusal::wrong_state("EnrolmentState", enrolment.state.as_str()).into()
}

impl Desk<'_> {
    /// Refuses an edit of something that was changed since the caller saw it.
    pub(crate) fn must_be_at(&self, version: Option<u32>) -> Result<()> {
        match version {
            Some(seen) if seen != self.cohort.version => Err(Refusal::new(Code::Conflict).into()),
            _ => Ok(()),
        }
    }

    /// The cohort as it is now, with the mail that goes out.
    pub(crate) fn outcome(self) -> super::Changed {
        let Self { cohort, planned: mails, warnings, left_out, .. } = self;
        super::Changed { cohort, mails, warnings, left_out }
    }
}
