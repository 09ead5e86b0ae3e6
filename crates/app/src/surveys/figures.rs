//! What is shown of surveys: to coordinators, and to those who were asked.

use std::collections::HashMap;

use chrono_tz::Tz;
use varde_model::{
    cohort::Cohort,
    gathering::Gathering,
    groups::LeaderGroup,
    ids::{CohortId, GatheringId, LeaderGroupId, OrganisationId, SurveyId},
    local_time::Zoned,
    survey::{self, Hidden, QuestionFigures, Survey, SurveySubject},
};
use varde_persistence::{Conn, cohorts, enrolments, gatherings, groups, organisations, people, surveys};

use crate::{
    Ctx, Error, Result,
    access::{Coordinator, Oneself},
};

/// A survey with as much of its figures as may be shown.
#[derive(Clone, Debug)]
pub struct SurveyFigures {
    /// The survey.
    pub survey: Survey,
    /// How many were asked.
    pub asked: u32,
    /// How many have answered.
    pub answered: u32,
    /// Whether it takes no answer any more.
    pub closed: bool,
    /// Where the trust's clocks stand.
    pub zone: Tz,
    /// The figures of each question, or why they are not shown.
    pub questions: std::result::Result<Vec<QuestionFigures>, Hidden>,
}

/// A survey that one was asked.
#[derive(Clone, Debug)]
pub struct MySurvey {
    /// The survey, with its figures once they are shown.
    pub figures: SurveyFigures,
    /// Whether one has answered.
    pub answered: bool,
    /// The cohort that it belongs to.
    pub cohort: Cohort,
    /// The gathering that it is about.
    pub gathering: Option<Gathering>,
    /// The leader group that it is about.
    pub group: Option<LeaderGroup>,
    /// Where that group stood before, for the survey after its last gathering.
    pub before: Option<SurveyFigures>,
}

/// The surveys about some things.
///
/// # Errors
/// The database refused.
pub async fn about(ctx: &Ctx, right: &Coordinator, subjects: &[SurveySubject]) -> Result<Vec<SurveyFigures>> {
    let found = surveys::about(ctx.store(), right.org(), subjects).await?;
    figures_of(ctx, ctx.store(), right.org(), for_coordinators, found).await
}

/// Several surveys by id.
///
/// # Errors
/// The database refused.
pub async fn find_many(ctx: &Ctx, right: &Coordinator, ids: &[SurveyId]) -> Result<Vec<SurveyFigures>> {
    let found = surveys::find_many(ctx.store(), right.org(), ids).await?;
    figures_of(ctx, ctx.store(), right.org(), for_coordinators, found).await
}

fn for_coordinators(survey: &Survey) -> bool {
    !survey.subject.kind().is_for_the_asked_alone()
}

/// Surveys with what may be shown of them, in four statements for all.
async fn figures_of(
    ctx: &Ctx,
    conn: &impl Conn,
    org: OrganisationId,
    is_for_reader: impl Fn(&Survey) -> bool,
    found: Vec<Survey>,
) -> Result<Vec<SurveyFigures>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let organisation = organisations::find(conn, org).await?;
    let zone = organisation.ok_or_else(|| Error::internal("the organisation of a right is gone"))?.zone;
    let ids: Vec<SurveyId> = found.iter().map(|survey| survey.id).collect();
    let mut counts: HashMap<SurveyId, (u32, u32)> = HashMap::new();
    for invitation in surveys::invited(conn, org, &ids).await? {
        let (asked, answered) = counts.entry(invitation.survey).or_default();
        *asked += 1;
        *answered += u32::from(invitation.answered);
    }
    let count = |survey: &Survey| counts.get(&survey.id).copied().unwrap_or_default();
    let may_see = |survey: &Survey| match survey::shown(survey, count(survey).1, ctx.now) {
        Ok(()) if !is_for_reader(survey) => Err(Hidden::ForOthers),
        shown => shown,
    };
    let shown = found.iter().filter(|survey| may_see(survey).is_ok()).map(|survey| survey.id);
    let shown: Vec<SurveyId> = shown.collect();
    // What is not shown is not even fetched.
    let (mut tallies, mut comments) = (HashMap::new(), HashMap::new());
    if !shown.is_empty() {
        for (id, tally) in surveys::tallies(conn, org, &shown).await? {
            tallies.entry(id).or_insert_with(Vec::new).push(tally);
        }
        for (id, comment) in surveys::comments(conn, org, &shown).await? {
            comments.entry(id).or_insert_with(Vec::new).push(comment);
        }
    }
    let told = |survey: Survey| {
        let (asked, answered) = count(&survey);
        let tallies = tallies.get(&survey.id).map(Vec::as_slice).unwrap_or_default();
        let comments = comments.get(&survey.id).map(Vec::as_slice).unwrap_or_default();
        let questions = may_see(&survey).map(|()| survey::figures(&survey, tallies, comments));
        SurveyFigures { closed: survey.is_closed(ctx.now), zone, asked, answered, questions, survey }
    };
    Ok(found.into_iter().map(told).collect())
}

/// So many of one's own surveys are listed: a leader is asked a handful of times a year.
const MOST: u64 = 50;

/// The surveys that one was asked, the latest first.
///
/// # Errors
/// The database refused.
pub async fn mine(ctx: &Ctx, right: &Oneself) -> Result<Vec<MySurvey>> {
    let invitations = surveys::of_person(ctx.store(), right.org(), right.person(), MOST).await?;
    let ids: Vec<SurveyId> = invitations.iter().map(|invitation| invitation.survey).collect();
    let found = surveys::find_many(ctx.store(), right.org(), &ids).await?;
    let answered = |id| invitations.iter().any(|own| own.survey == id && own.answered);
    own(ctx, right, found, answered).await
}

/// One of them; None for one that one was not asked.
pub(crate) async fn my_survey(ctx: &Ctx, right: &Oneself, id: SurveyId) -> Result<Option<MySurvey>> {
    let (store, org) = (ctx.store(), right.org());
    let Some(invitation) = surveys::of_person_in(store, org, id, right.person()).await? else {
        return Ok(None);
    };
    let found = surveys::find_many(store, org, &[id]).await?;
    Ok(own(ctx, right, found, |_| invitation.answered).await?.pop())
}

async fn own(
    ctx: &Ctx,
    right: &Oneself,
    found: Vec<Survey>,
    answered: impl Fn(SurveyId) -> bool,
) -> Result<Vec<MySurvey>> {
    let (store, org) = (ctx.store(), right.org());
    let ids: Vec<CohortId> = found.iter().map(|survey| survey.cohort).collect();
    let cohorts = cohorts::find_many(store, org, &ids).await?;
    let ids: Vec<GatheringId> = found.iter().filter_map(|survey| survey.subject.gathering()).collect();
    let gatherings = gatherings::find_many(store, org, &ids).await?;
    let ids: Vec<LeaderGroupId> = found.iter().filter_map(|survey| survey.subject.group()).collect();
    let groups = groups::find_many(store, org, &ids).await?;
    let before = |survey: &Survey| match survey.subject {
        SurveySubject::GroupAfter(id) => Some(SurveySubject::GroupBefore(id)),
        _ => None,
    };
    let earlier: Vec<SurveySubject> = found.iter().filter_map(before).collect();
    let earlier = match earlier.is_empty() {
        true => Vec::new(),
        false => surveys::about(store, org, &earlier).await?,
    };
    let belongs = belongs(ctx, right).await?;
    let earlier = figures_of(ctx, store, org, &belongs, earlier).await?;
    let told = |figures: SurveyFigures| {
        let survey = &figures.survey;
        let before = before(survey);
        let before = earlier.iter().find(|own| Some(own.survey.subject) == before).cloned();
        let cohort = cohorts.iter().find(|cohort| cohort.id == survey.cohort)?.clone();
        let (gathering, group) = (survey.subject.gathering(), survey.subject.group());
        let gathering = gatherings.iter().find(|own| Some(own.id) == gathering).cloned();
        let group = groups.iter().find(|own| Some(own.id) == group).cloned();
        Some(MySurvey { answered: answered(survey.id), cohort, gathering, group, before, figures })
    };
    Ok(figures_of(ctx, store, org, &belongs, found).await?.into_iter().filter_map(told).collect())
}

/// Of which surveys somebody still is one of those who were asked: whoever has left the trust, the cohort or the group has
/// answered for them, and is told nothing more of them.
async fn belongs(ctx: &Ctx, right: &Oneself) -> Result<impl Fn(&Survey) -> bool> {
    let (store, org) = (ctx.store(), right.org());
    let organisation = organisations::find(store, org).await?;
    let zone = organisation.ok_or_else(|| Error::internal("the organisation of a right is gone"))?.zone;
    let today = Zoned::at(ctx.now, zone).date;
    let person = people::find(store, org, right.person()).await?;
    let employed = person.is_some_and(|person| !person.employed.is_over(today));
    let mut places = enrolments::of_person(store, org, right.person()).await?;
    places.retain(|place| employed && place.state.takes_part());
    Ok(move |survey: &Survey| {
        let group = survey.subject.group();
        let mut own = places.iter().filter(|place| place.cohort == survey.cohort);
        own.any(|place| group.is_none() || place.group == group)
    })
}
