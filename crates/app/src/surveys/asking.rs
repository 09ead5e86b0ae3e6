//! Opening a survey and asking those whom it is for, once each.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde_json::json;
use varde_model::{
    catalogue::{Programme, SurveyForm},
    cohort::{Cohort, CohortState},
    gathering::Gathering,
    ids::{CohortId, EnrolmentId, GatheringId, OrganisationId, PersonId, SurveyId},
    letter::LetterKind,
    local_time::Zoned,
    organisation::Organisation,
    state_reason::StateReason,
    survey::{self, Survey, SurveySubject},
    work::{About, Recipient},
    working_days::WorkingCalendar,
};
use varde_persistence::{Tx, cohorts, enrolments, gatherings, organisations, people, programmes, surveys};

use super::times;
use crate::{
    Ctx, Error, Result,
    access::Actor,
    audit::{self, Deed},
    closed_days,
    cohorts::desk::Desk,
    post::{self, Planned, Post},
    register::Register,
};

type Outcome = std::result::Result<(), StateReason>;

/// The letter that asks; there is one for each survey and person.
const ONCE: &str = "once";

/// The job of the working day after a gathering: those who were there are asked.
pub(crate) async fn evaluate(ctx: &Ctx, tx: &Tx, org: OrganisationId, id: GatheringId) -> Result<Outcome> {
    let Some(gathering) = gatherings::find(tx, org, id).await? else {
        return Ok(Err(StateReason::SubjectGone));
    };
    if !gathering.was_held(ctx.now) {
        return Ok(Err(StateReason::GatheringCancelled));
    }
    let Some(cohort) = cohorts::find(tx, org, gathering.cohort).await? else {
        return Ok(Err(StateReason::SubjectGone));
    };
    if !asks(cohort.state) {
        return Ok(Err(StateReason::CohortNotRunning));
    }
    let there = who_were_at(tx, org, &gathering).await?;
    if there.is_empty() {
        return Ok(Err(StateReason::NobodyThere));
    }
    let Some(form) = times::form_after_gatherings(&programme_of(tx, org, &cohort).await?)? else {
        return Ok(Err(StateReason::DoesNotHold));
    };
    let round = Round::load(ctx, tx, org, Actor::System).await?;
    round.open(Opening::now(SurveySubject::Gathering(id), cohort.id, form), &there).await?;
    Ok(Ok(()))
}

/// Cohorts whose gatherings are asked about.
fn asks(state: CohortState) -> bool {
    state.is_live() || state == CohortState::Completed
}

/// The job some days later: those who have not answered are reminded.
pub(crate) async fn remind(ctx: &Ctx, tx: &Tx, org: OrganisationId, id: SurveyId) -> Result<Outcome> {
    let Some(found) = surveys::find(tx, org, id).await? else { return Ok(Err(StateReason::SubjectGone)) };
    if found.is_closed(ctx.now) {
        return Ok(Err(StateReason::SurveyClosed));
    }
    let silent: Vec<PersonId> = surveys::invited(tx, org, &[id])
        .await?
        .into_iter()
        .filter(|invitation| !invitation.answered)
        .map(|invitation| invitation.person)
        .collect();
    if silent.is_empty() {
        return Ok(Err(StateReason::Answered));
    }
    for person in silent {
        post::leave(ctx, tx, org, letter(&found, LetterKind::SurveyReminder, person, None)).await?;
    }
    Ok(Ok(()))
}

/// The job at the end: in which order the answers came is not to be read from the rows any more.
pub(crate) async fn close(ctx: &Ctx, tx: &Tx, org: OrganisationId, id: SurveyId) -> Result<Outcome> {
    let Some(found) = surveys::find(tx, org, id).await? else { return Ok(Err(StateReason::SubjectGone)) };
    if !found.is_closed(ctx.now) {
        return Ok(Err(StateReason::Replanned));
    }
    surveys::shuffle(tx, org, id).await?;
    Ok(Ok(()))
}

/// A cohort is completed: those who took part are asked about the whole of it, on the next working day.
pub(crate) async fn ask_about_cohort(desk: &mut Desk<'_>, register: &Register) -> Result<()> {
    let Some(form) = times::form_at_the_end(&desk.programme)? else { return Ok(()) };
    let everyone = desk.everyone().await?;
    let there = everyone.iter().filter(|place| place.state.takes_part() && register.was_at_any(place.id));
    let there: Vec<PersonId> = there.map(|place| place.person).collect();
    let round = Round::load(desk.ctx, desk.tx, desk.org(), desk.actor).await?;
    let due = survey::asked_at(desk.today(), &round.calendar, round.organisation.zone);
    let opening = Opening::now(SurveySubject::Cohort(desk.cohort.id), desk.cohort.id, form);
    desk.planned.extend(round.open(Opening { due: Some(due), ..opening }, &there).await?);
    Ok(())
}

/// Attendance was recorded or taken back: a survey that is open follows it, and one whose hour has come opens. Whoever is
/// recorded in time hears of it from the job of the next working day.
pub(crate) async fn follow_attendance(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    actor: Actor,
    gathering: &Gathering,
) -> Result<Vec<Planned>> {
    if Zoned::at(ctx.now, gathering.zone).date <= gathering.date {
        return Ok(Vec::new());
    }
    let about_it = SurveySubject::Gathering(gathering.id);
    let standing = surveys::about(tx, org, &[about_it, SurveySubject::Cohort(gathering.cohort)]).await?;
    let round = Round::load(ctx, tx, org, actor).await?;
    let mut planned = Vec::new();
    for open in standing.iter().filter(|open| !open.is_closed(ctx.now)) {
        let there = match open.subject {
            SurveySubject::Gathering(_) => who_were_at(tx, org, gathering).await?,
            SurveySubject::Cohort(cohort) => who_took_part(ctx, tx, org, cohort).await?,
            SurveySubject::GroupBefore(_) | SurveySubject::GroupAfter(_) => continue,
        };
        planned.extend(round.follow(open, &there, None).await?);
    }
    if standing.iter().all(|open| open.subject != about_it) {
        planned.extend(round.open_late(gathering).await?);
    }
    Ok(planned)
}

async fn who_were_at(tx: &Tx, org: OrganisationId, gathering: &Gathering) -> Result<Vec<PersonId>> {
    let records = gatherings::attendance(tx, org, &[gathering.id]).await?;
    let there = records.iter().filter(|record| record.presence.was_there());
    let there: Vec<EnrolmentId> = there.map(|record| record.enrolment).collect();
    Ok(enrolments::find_many(tx, org, &there).await?.into_iter().map(|place| place.person).collect())
}

async fn who_took_part(ctx: &Ctx, tx: &Tx, org: OrganisationId, cohort: CohortId) -> Result<Vec<PersonId>> {
    let register = Register::read(tx, org, cohort, ctx.now).await?;
    let everyone = enrolments::of_cohort(tx, org, cohort).await?;
    let there = everyone.iter().filter(|place| place.state.takes_part() && register.was_at_any(place.id));
    Ok(there.map(|place| place.person).collect())
}

async fn programme_of(tx: &Tx, org: OrganisationId, cohort: &Cohort) -> Result<Programme> {
    let kept = programmes::versions(tx, org, &[cohort.programme_version]).await?.pop();
    let kept = kept.ok_or_else(|| Error::internal("a cohort without its programme's version"))?;
    serde_json::from_value(kept.definition).map_err(Error::internal)
}

fn letter(survey: &Survey, kind: LetterKind, person: PersonId, due: Option<DateTime<Utc>>) -> Post {
    let (recipient, about) = (Recipient::Person { person }, About::Survey { survey: survey.id });
    Post {
        can_wait: true,
        due,
        not_after: Some(survey.closes_at),
        link_until: Some(survey.closes_at),
        ..Post::new(recipient, kind, about, ONCE)
    }
}

/// A survey to open.
pub(super) struct Opening<'f> {
    pub(super) subject: SurveySubject,
    pub(super) cohort: CohortId,
    pub(super) form: &'f SurveyForm,
    /// When people are asked; None is at once.
    pub(super) due: Option<DateTime<Utc>>,
    /// It closes then, whatever time the form leaves.
    pub(super) until: Option<DateTime<Utc>>,
}

impl<'f> Opening<'f> {
    pub(super) fn now(subject: SurveySubject, cohort: CohortId, form: &'f SurveyForm) -> Self {
        Self { subject, cohort, form, due: None, until: None }
    }
}

/// What opening and following surveys asks of the trust.
pub(super) struct Round<'a> {
    ctx: &'a Ctx,
    tx: &'a Tx,
    actor: Actor,
    organisation: Organisation,
    calendar: WorkingCalendar,
}

impl<'a> Round<'a> {
    pub(super) async fn load(ctx: &'a Ctx, tx: &'a Tx, org: OrganisationId, actor: Actor) -> Result<Self> {
        let organisation = organisations::find(tx, org).await?;
        let organisation =
            organisation.ok_or_else(|| Error::internal("the organisation of a right is gone"))?;
        let calendar = closed_days::calendar(tx, org).await?;
        Ok(Self { ctx, tx, actor, organisation, calendar })
    }

    /// Opens a survey and asks these people. Nobody to ask is no survey.
    pub(super) async fn open(&self, opening: Opening<'_>, people: &[PersonId]) -> Result<Vec<Planned>> {
        if people.is_empty() {
            return Ok(Vec::new());
        }
        let Opening { subject, cohort, form, due, until } = opening;
        let (tx, org, zone) = (self.tx, self.organisation.id, self.organisation.zone);
        let from = Zoned::at(due.unwrap_or(self.ctx.now), zone);
        let closes_at = until.unwrap_or_else(|| survey::closes_at(form, from.date, zone));
        let opened = Survey {
            id: self.ctx.new_id(),
            subject,
            cohort,
            form: form.clone(),
            opened_at: self.ctx.now,
            closes_at,
        };
        if !surveys::insert(tx, org, &opened).await? {
            // Somebody else was recorded in the same moment.
            return match surveys::about(tx, org, &[subject]).await?.pop() {
                Some(standing) => self.follow(&standing, people, due).await,
                None => Err(Error::internal("a survey that stands is not found")),
            };
        }
        times::plan_the_rest(self.ctx, tx, org, &opened, from, &self.calendar).await?;
        let detail = json!({ "kind": subject.kind().as_str(), "asked": people.len() });
        audit::record(self.ctx, tx, org, self.actor, Deed::on("survey.open", opened.id), detail).await?;
        self.follow(&opened, people, due).await
    }

    /// The survey about a gathering whose hour has come: attendance was not recorded in time.
    async fn open_late(&self, gathering: &Gathering) -> Result<Vec<Planned>> {
        let (tx, org) = (self.tx, self.organisation.id);
        let Some(cohort) = cohorts::find(tx, org, gathering.cohort).await? else { return Ok(Vec::new()) };
        let form = match asks(cohort.state) {
            true => times::form_after_gatherings(&programme_of(tx, org, &cohort).await?)?,
            false => None,
        };
        let Some(form) = form else { return Ok(Vec::new()) };
        let due = survey::asked_at(gathering.date, &self.calendar, gathering.zone);
        let last = survey::closes_at(form, Zoned::at(due, gathering.zone).date, gathering.zone);
        if self.ctx.now < due || last <= self.ctx.now {
            return Ok(Vec::new());
        }
        let there = who_were_at(tx, org, gathering).await?;
        self.open(Opening::now(SurveySubject::Gathering(gathering.id), cohort.id, form), &there).await
    }

    /// Asks those of these people who were not asked before, and takes the question back from whoever it is not for any
    /// more and has not answered.
    pub(super) async fn follow(
        &self,
        survey: &Survey,
        people: &[PersonId],
        due: Option<DateTime<Utc>>,
    ) -> Result<Vec<Planned>> {
        let (tx, org) = (self.tx, self.organisation.id);
        let wanted: BTreeSet<PersonId> = people.iter().copied().collect();
        let known = surveys::invited(tx, org, &[survey.id]).await?;
        let asked: BTreeSet<PersonId> = known.iter().map(|invitation| invitation.person).collect();
        let new: Vec<PersonId> = wanted.difference(&asked).copied().collect();
        let gone: Vec<PersonId> = asked.difference(&wanted).copied().collect();
        let rows: Vec<_> = new.iter().map(|person| (self.ctx.new_id(), *person)).collect();
        surveys::invite(tx, org, survey.id, &rows).await?;
        surveys::take_back(tx, org, survey.id, &gone).await?;
        let mut planned = Vec::new();
        for person in people::find_many(tx, org, &new).await? {
            let post = letter(survey, LetterKind::SurveyRequest, person.id, due);
            let left = post::leave(self.ctx, tx, org, post).await?;
            let today = Zoned::at(self.ctx.now, self.organisation.zone).date;
            // The sender drops what nobody would get, by the same rule.
            planned.extend(left.filter(|_| LetterKind::SurveyRequest.unreached(&person, today).is_none()));
        }
        Ok(planned)
    }
}
