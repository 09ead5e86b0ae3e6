//! Letters to line managers about their leaders.

use varde_model::{
    Locale,
    cohort::{Cohort, CohortState},
    enrolment::{Enrolment, EnrolmentState},
    letter::{LeaderNews, Letter, LetterKind, LineManagerNotice, LineManagerUpdate},
    state_reason::StateReason,
};

use super::{facts::Facts, leaders::Composed};

/// That a leader starts, or what became of it since that was told.
pub(super) fn about(
    facts: &Facts,
    letter: LetterKind,
    place: &Enrolment,
    cohort: &Cohort,
    locale: Locale,
) -> Composed {
    let leader_name = facts.person(place.person).ok_or(StateReason::SubjectGone)?.name();
    let told = |cohort: &Cohort| facts.cohort_facts(cohort, Some(place), locale);
    if letter == LetterKind::LineManagerNotice {
        let notice = || Letter::LineManagerNotice(LineManagerNotice { leader_name, cohort: told(cohort) });
        return if place.state.takes_part() { Ok(notice()) } else { Err(StateReason::NoSeat) };
    }
    let (cohort, news) = match (place.state, facts.moved_to(place.id)) {
        (EnrolmentState::Enrolled, _) => (cohort, LeaderNews::Changed),
        (EnrolmentState::Withdrawn, Some((to, there))) => {
            let (former_title, seat) = (cohort.title.clone(), to.state.takes_part());
            (there, LeaderNews::Moved { former_title, seat })
        }
        (EnrolmentState::Withdrawn, None) => (cohort, LeaderNews::Left),
        (EnrolmentState::Cancelled, _) if cohort.state == CohortState::Cancelled => {
            (cohort, LeaderNews::CalledOff)
        }
        _ => return Err(StateReason::DoesNotHold),
    };
    Ok(Letter::LineManagerUpdate(LineManagerUpdate { leader_name, cohort: told(cohort), news }))
}
