//! Why an answer was not taken: one sentence above the page as it stands now.

use varde_app::{
    Code, Error,
    links::{Asked, Question},
};
use varde_model::{cohort::Cohort, enrolment::EnrolmentState, groups::GroupState};

const ANSWERED: &str = "pages-not-taken-answered";
const LATE: &str = "pages-not-taken-late";
const OVER: &str = "pages-not-taken-over";
const REPLACED: &str = "pages-not-taken-replaced";
const WITHDRAWN: &str = "pages-not-taken-withdrawn";

/// The key of the sentence. What became of the question says more than what became of the link.
pub(crate) fn why(asked: &Asked, refused: &Error) -> &'static str {
    let code = refused.refusals().first().map(|refusal| refusal.code);
    if matches!(code, Some(Code::LinkUsed | Code::SurveyAnswered)) {
        return ANSWERED;
    }
    became(&asked.question).unwrap_or(match code {
        Some(Code::LinkExpired | Code::AnswerTooLate) => LATE,
        Some(Code::LinkRevoked) => taken_back(&asked.question),
        _ => "pages-changed",
    })
}

/// What became of the question meanwhile; None where it is asked still.
fn became(question: &Question) -> Option<&'static str> {
    match question {
        Question::Place(place) | Question::Manage(place) => match place.enrolment.state {
            _ if is_over(&place.cohort) => Some(OVER),
            EnrolmentState::Withdrawn => Some(WITHDRAWN),
            EnrolmentState::Lapsed => Some(LATE),
            _ => None,
        },
        Question::Group(asked) => match asked.group.state {
            _ if is_over(&asked.cohort) => Some(OVER),
            GroupState::Withdrawn => Some(WITHDRAWN),
            GroupState::Lapsed => Some(LATE),
            _ => None,
        },
        Question::Gathering { cohort, .. } if is_over(cohort) => Some(OVER),
        Question::Gathering { stands, .. } => (!stands).then_some(WITHDRAWN),
        Question::Practice(asked) if is_over(&asked.cohort) => Some(OVER),
        Question::Practice(asked) => (!asked.stands).then_some(WITHDRAWN),
        Question::Endorsement(asked) => (!asked.stands).then_some(WITHDRAWN),
        // Asked after the cohort is closed, or about no cohort at all.
        Question::Survey(_) | Question::FollowUp(_) | Question::Unsubscribe { .. } => None,
    }
}

/// A link about a place is taken back when a newer one is sent; any other, when its person is asked no more.
const fn taken_back(question: &Question) -> &'static str {
    match question {
        Question::Place(_) | Question::Manage(_) | Question::Gathering { .. } => REPLACED,
        _ => WITHDRAWN,
    }
}

fn is_over(cohort: &Cohort) -> bool {
    !cohort.state.is_live()
}
