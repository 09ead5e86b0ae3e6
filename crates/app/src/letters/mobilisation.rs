//! Letters about practising and being supported.

use varde_model::{
    Locale,
    delivery::OutboxRow,
    ids::PersonId,
    letter::{Contact, Letter, LetterKind, PracticeTaskFacts, PracticeTasks, Supported},
    links::LinkPurpose,
    state_reason::StateReason,
    work::About,
};
use varde_persistence::{people, supporters};

use super::{facts::Facts, leaders::Composed};
use crate::{Ctx, Result, mobilisation, post};

/// What is still to be tried out after a gathering.
pub(super) async fn practice(ctx: &Ctx, facts: &Facts, row: &OutboxRow, locale: Locale) -> Result<Composed> {
    let About::Gathering { gathering, enrolment } = row.request.about else {
        return Ok(Err(StateReason::NoSuchLetter));
    };
    let Some(place) = facts.enrolment(enrolment) else { return Ok(Err(StateReason::SubjectGone)) };
    let Some(cohort) = facts.cohort(place.cohort) else { return Ok(Err(StateReason::SubjectGone)) };
    let undone = mobilisation::undone_after(ctx.store(), row.organisation, gathering, enrolment).await?;
    let Some(undone) = undone else { return Ok(Err(StateReason::SubjectGone)) };
    if undone.tasks.is_empty() {
        return Ok(Err(StateReason::PracticeDone));
    }
    if !place.state.takes_part() || undone.gathering.cancelled {
        return Ok(Err(StateReason::NoSeat));
    }
    let tasks = undone.tasks.iter().map(|own| PracticeTaskFacts {
        title: own.task.title.get(locale).to_owned(),
        text: own.task.text.get(locale).to_owned(),
        due_on: own.due_on,
    });
    let told = PracticeTasks {
        cohort: facts.cohort_facts(cohort, Some(place), locale),
        gathering_title: undone.gathering.title.get(locale).to_owned(),
        tasks: tasks.collect(),
        url: facts.page(ctx, place.person, LinkPurpose::Practice, &row.request.about),
    };
    Ok(Ok(match row.request.letter {
        LetterKind::PracticeTasks => Letter::PracticeTasks(told),
        _ => Letter::PracticeReminder(told),
    }))
}

/// Who supports whom, to both of them.
pub(super) async fn supported(ctx: &Ctx, facts: &Facts, row: &OutboxRow, locale: Locale) -> Result<Composed> {
    let About::Enrolment { enrolment } = row.request.about else {
        return Ok(Err(StateReason::NoSuchLetter));
    };
    let Some(place) = facts.enrolment(enrolment) else { return Ok(Err(StateReason::SubjectGone)) };
    let Some(cohort) = facts.cohort(place.cohort) else { return Ok(Err(StateReason::SubjectGone)) };
    let standing = supporters::of_enrolments(ctx.store(), row.organisation, &[enrolment]).await?.pop();
    let Some(standing) = standing else { return Ok(Err(StateReason::NoSupporter)) };
    // Another supporter was named meanwhile: that one's letters say so.
    let own = post::key(row.request.letter, &row.request.about, &standing.id.to_string(), row.recipient);
    if row.dedupe_key != own || !place.state.takes_part() {
        return Ok(Err(StateReason::NoSupporter));
    }
    let both = people::find_many(ctx.store(), row.organisation, &[place.person, standing.person]).await?;
    let contact = |id: PersonId| {
        let found = both.iter().find(|person| person.id == id)?;
        Some(Contact { name: found.name(), email: found.email.clone() })
    };
    let (Some(participant), Some(supporter)) = (contact(place.person), contact(standing.person)) else {
        return Ok(Err(StateReason::SubjectGone));
    };
    let cohort = facts.cohort_facts(cohort, Some(place), locale);
    let told = Supported { cohort, participant, supporter };
    Ok(Ok(match row.request.letter {
        LetterKind::SupporterNamed => Letter::SupporterNamed(told),
        _ => Letter::SupporterTask(told),
    }))
}
