//! Whether a programme is meant for somebody, rule by rule, for whoever wants to know before anybody is asked.

mod ways;

use chrono::NaiveDate;
use varde_model::{
    Locale,
    catalogue::Programme,
    dates,
    eligibility::{Answer, Fact, Rule, explain, ways_in},
    ids::{CohortId, OrganisationId, PersonId},
    local_time::Zoned,
};
use varde_persistence::{cohorts, gatherings, organisations, people, programmes};

use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Coordinator, Oneself},
    cohorts::gate::Known,
    labels::label,
    proposals,
    texts::{text, text_with},
};

/// The first day that the rules count to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstDay {
    /// Of this cohort.
    Cohort(CohortId),
    /// This day.
    Day(NaiveDate),
    /// Of the programme's next cohort, or today where none is planned.
    Next,
}

/// What a programme's rules say of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eligibility {
    /// The day that they were counted to.
    pub first_day: NaiveDate,
    /// Every rule.
    pub answers: Vec<Answer>,
}

/// What the rules of a programme say of a person.
///
/// # Errors
/// Refused: there is no such programme, or no such cohort of it.
pub async fn of_person(
    ctx: &Ctx,
    right: &Coordinator,
    person: PersonId,
    programme: &str,
    first_day: FirstDay,
) -> Result<Eligibility> {
    of_leader(ctx, right.org(), person, programme, first_day).await
}

/// What the rules of a programme say of oneself, counted to the next cohort.
///
/// # Errors
/// Refused: there is no such programme.
pub async fn of_oneself(ctx: &Ctx, right: &Oneself, programme: &str) -> Result<Eligibility> {
    of_leader(ctx, right.org(), right.person(), programme, FirstDay::Next).await
}

/// The same within a use case that has the right to ask.
pub(crate) async fn of_leader(
    ctx: &Ctx,
    org: OrganisationId,
    person: PersonId,
    programme: &str,
    first_day: FirstDay,
) -> Result<Eligibility> {
    let store = ctx.store();
    let organisation = organisations::find(store, org).await?.ok_or(Refusal::new(Code::NotFound))?;
    let today = Zoned::at(ctx.now, organisation.zone).date;
    let versions = programmes::latest_versions(store, org).await?;
    let version = versions.into_iter().find(|version| version.key == programme.trim());
    let version = version.ok_or(Refusal::new(Code::NotFound).at("programme"))?;
    let person = people::find(store, org, person).await?.ok_or(Refusal::new(Code::NotFound))?;
    let (cohort, first_day) = match first_day {
        FirstDay::Day(day) => (None, day),
        FirstDay::Cohort(id) => {
            let cohort =
                cohorts::find(store, org, id).await?.filter(|cohort| cohort.programme == version.programme);
            let cohort = cohort.ok_or(Refusal::new(Code::NotFound).at("cohortCode"))?;
            let meets = gatherings::of_cohorts(store, org, &[id]).await?;
            let first = meets.iter().filter(|day| !day.cancelled).map(|day| day.date).min();
            (Some(cohort.id), first.unwrap_or(today))
        }
        FirstDay::Next => {
            (None, proposals::next_first_day(ctx, &organisation, version.programme).await?.unwrap_or(today))
        }
    };
    let known = Known::of(store, org, version.programme, cohort, std::slice::from_ref(&person)).await?;
    let programme: Programme = serde_json::from_value(version.definition).map_err(Error::internal)?;
    let mut answers = explain(&programme.audience, &known.candidate(&person), today, first_day);
    let ways = ways::ways(store, org, person.id, (version.programme, &programme), cohort).await?;
    answers.extend(ways_in(&programme, &ways));
    Ok(Eligibility { first_day, answers })
}

/// What a rule says, in words: the rule, the fact, and whether it holds.
pub fn told(answer: &Answer, locale: Locale) -> String {
    let rule = match answer.rule {
        Rule::Employed => "employed",
        Rule::Leads => "leads",
        Rule::LeadsNothing => "leads-nothing",
        Rule::Level => "level",
        Rule::NewlyAppointed => "newly-appointed",
        Rule::LongInRole => "long-in-role",
        Rule::NoOtherPlace => "no-other-place",
        Rule::ByNomination => "by-nomination",
        Rule::OwnInterest => "own-interest",
        Rule::LeadersView => "leaders-view",
        Rule::WithGroup => "with-group",
    };
    let said = match (&answer.fact, answer.holds) {
        (_, true) => "yes",
        // Not now: she or he leads later, or nobody has answered.
        (Fact::Appointment(Some(_)), false) if answer.rule == Rule::Leads => "later",
        (Fact::View(None), false) => "open",
        (_, false) => "no",
    };
    let key = format!("eligibility-{rule}-{said}");
    let day = |day: NaiveDate| dates::day(locale, day);
    match &answer.fact {
        Fact::EmployedUntil(Some(until)) => text_with(locale, &key, &[("day", day(*until))]),
        Fact::Appointment(Some((since, _))) => text_with(locale, &key, &[("day", day(*since))]),
        Fact::Since(since, months) => {
            let turns = answer.turns.map(day).unwrap_or_default();
            text_with(locale, &key, &[("day", day(*since)), ("months", months.to_string()), ("turns", turns)])
        }
        Fact::Level(level) => text_with(locale, &key, &[("level", level.number().to_string())]),
        Fact::Place(Some(state)) => {
            let state = label(locale, "EnrolmentState", state.as_str()).unwrap_or_default();
            text_with(locale, &key, &[("state", state)])
        }
        Fact::Nomination(Some((round, state))) => {
            let state = label(locale, "NominationState", state.as_str()).unwrap_or_default();
            text_with(locale, &key, &[("round", round.clone()), ("state", state)])
        }
        Fact::Group(Some(group)) => text_with(locale, &key, &[("group", group.clone())]),
        Fact::EmployedUntil(None)
        | Fact::Appointment(None)
        | Fact::Place(None)
        | Fact::Nomination(None)
        | Fact::View(_)
        | Fact::Group(None) => text(locale, &key),
    }
}

#[cfg(test)]
mod tests {
    use varde_model::{enrolment::EnrolmentState, nominations::NominationState, people::Level};

    use super::*;

    #[test]
    fn every_answer_is_told_in_every_language() {
        let day: NaiveDate = "2026-09-15".parse().unwrap();
        let nominated = Fact::Nomination(Some(("NTP-2027".to_owned(), NominationState::Submitted)));
        let facts = [
            (Rule::Employed, Fact::EmployedUntil(Some(day))),
            (Rule::Leads, Fact::Appointment(Some((day, None)))),
            (Rule::LeadsNothing, Fact::Appointment(Some((day, None)))),
            (Rule::Level, Fact::Level(Level::Four)),
            (Rule::NewlyAppointed, Fact::Since(day, 12)),
            (Rule::LongInRole, Fact::Since(day, 6)),
            (Rule::NoOtherPlace, Fact::Place(Some(EnrolmentState::Completed))),
            (Rule::ByNomination, nominated.clone()),
            (Rule::OwnInterest, nominated),
            (Rule::LeadersView, Fact::View(None)),
            (Rule::LeadersView, Fact::View(Some(false))),
            (Rule::WithGroup, Fact::Group(Some("Kirurgisk avdeling".to_owned()))),
        ];
        for (rule, fact) in facts {
            for (holds, locale) in
                [true, false].into_iter().flat_map(|h| Locale::ALL.map(|locale| (h, locale)))
            {
                let answer = Answer { rule, holds, fact: fact.clone(), turns: Some(day) };
                let told = told(&answer, locale);
                assert!(!told.contains("eligibility-") && !told.contains('{'), "{rule:?} {locale}: {told}");
            }
        }
    }
}
