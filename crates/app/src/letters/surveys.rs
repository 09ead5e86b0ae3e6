//! Letters that ask to answer a survey.

use varde_model::{
    Locale,
    delivery::OutboxRow,
    ids::SurveyId,
    letter::{Letter, LetterKind, SurveyRequest, SurveyTopic},
    links::LinkPurpose,
    state_reason::StateReason,
    survey::SurveySubject,
    work::Recipient,
};

use super::{
    facts::{Facts, gathering_facts},
    leaders::Composed,
};
use crate::Ctx;

/// The request and its reminder, to somebody who is asked and has not answered while the survey is open.
pub(super) fn request(ctx: &Ctx, facts: &Facts, row: &OutboxRow, id: SurveyId, locale: Locale) -> Composed {
    let Recipient::Person { person } = row.recipient else { return Err(StateReason::NoSuchLetter) };
    let survey = facts.asked.survey(id).ok_or(StateReason::SubjectGone)?;
    let cohort = facts.cohort(survey.cohort).ok_or(StateReason::SubjectGone)?;
    match facts.asked.answered(id, person) {
        None => return Err(StateReason::NotAsked),
        Some(true) => return Err(StateReason::Answered),
        Some(false) if survey.is_closed(ctx.now) => return Err(StateReason::SurveyClosed),
        Some(false) => {}
    }
    let name = |id| facts.group(id).map(|group| group.name.clone()).ok_or(StateReason::SubjectGone);
    let topic = match survey.subject {
        SurveySubject::Gathering(gathering) => {
            let found = facts.gatherings(cohort.id).iter().find(|own| own.id == gathering);
            let found = found.ok_or(StateReason::SubjectGone)?;
            // No calendar goes with it, so that no sequence matters.
            SurveyTopic::Gathering { gathering: gathering_facts(cohort, found, 0, locale) }
        }
        SurveySubject::Cohort(_) => SurveyTopic::Cohort,
        SurveySubject::GroupBefore(group) => SurveyTopic::GroupBefore { name: name(group)? },
        SurveySubject::GroupAfter(group) => SurveyTopic::GroupAfter { name: name(group)? },
    };
    let page = facts.page(ctx, person, LinkPurpose::Survey, &row.request.about);
    let request = SurveyRequest {
        cohort: facts.cohort_facts(cohort, None, locale),
        topic,
        questions: survey.form.questions.len(),
        answer_url: page.ok_or(StateReason::SurveyClosed)?,
        until: survey.closes_at,
        shown_from: survey.subject.kind().shown_from(),
    };
    match row.request.letter {
        LetterKind::SurveyRequest => Ok(Letter::SurveyRequest(request)),
        LetterKind::SurveyReminder => Ok(Letter::SurveyReminder(request)),
        _ => Err(StateReason::NoSuchLetter),
    }
}
