//! What a closed survey shows.

use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};

use super::Survey;
use crate::catalogue::{HIGHEST, LOWEST, SurveyQuestion};

/// How many gave a question a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The question's key.
    pub question: String,
    /// The mark.
    pub score: u32,
    /// How many.
    pub count: u32,
}

/// An answer in somebody's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The question's key.
    pub question: String,
    /// What it says.
    pub text: String,
}

/// Why a survey shows no figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// It still takes answers.
    StillOpen,
    /// Too few have answered.
    TooFew,
    /// They are for those alone who were asked, and still take part.
    ForOthers,
}

/// Whether a survey's figures are shown, by how many have answered.
///
/// # Errors
/// Why they are not.
pub fn shown(survey: &Survey, answered: u32, now: DateTime<Utc>) -> Result<(), Hidden> {
    if !survey.is_closed(now) {
        Err(Hidden::StillOpen)
    } else if answered < survey.subject.kind().shown_from() {
        Err(Hidden::TooFew)
    } else {
        Ok(())
    }
}

/// What was answered to one question.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionFigures {
    /// The question.
    pub question: SurveyQuestion,
    /// How many gave each mark, the lowest first; empty for a question without a scale.
    pub distribution: Vec<u32>,
    /// The mean of the marks; None for a question without a scale.
    pub mean: Option<f64>,
    /// What was said, in an order that tells nothing.
    pub comments: Vec<String>,
}

const MARKS: RangeInclusive<u32> = LOWEST..=HIGHEST;

/// The figures of each question, in the order of the form.
pub fn figures(survey: &Survey, tallies: &[Tally], comments: &[Comment]) -> Vec<QuestionFigures> {
    let of = |question: &SurveyQuestion| {
        let count = |mark: u32| -> u32 {
            let own = tallies.iter().filter(|tally| tally.question == question.key && tally.score == mark);
            own.map(|tally| tally.count).sum()
        };
        let distribution: Vec<u32> = question.scale.iter().flat_map(|_| MARKS.map(count)).collect();
        let all: u32 = distribution.iter().sum();
        let sum: u32 = MARKS.zip(&distribution).map(|(mark, count)| mark * count).sum();
        let said = comments.iter().filter(|comment| comment.question == question.key);
        QuestionFigures {
            mean: (all > 0).then(|| f64::from(sum) / f64::from(all)),
            distribution,
            comments: said.map(|comment| comment.text.clone()).collect(),
            question: question.clone(),
        }
    };
    survey.form.questions.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        catalogue::shipped::catalogue,
        ids::{CohortId, SurveyId},
        survey::SurveySubject,
    };

    fn survey() -> Survey {
        let forms = catalogue().surveys;
        let form = forms.into_iter().find(|form| form.key == "cohort_evaluation").unwrap();
        let cohort = CohortId(Uuid::from_u128(1));
        Survey {
            id: SurveyId(Uuid::from_u128(2)),
            subject: SurveySubject::Cohort(cohort),
            cohort,
            form,
            opened_at: "2027-01-18T08:00:00Z".parse().unwrap(),
            closes_at: "2027-02-01T23:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn figures_are_shown_from_five_answers_on_and_never_while_answers_come_in() {
        let survey = survey();
        let before = survey.closes_at - chrono::TimeDelta::seconds(1);
        assert_eq!(shown(&survey, 400, before), Err(Hidden::StillOpen));
        assert_eq!(shown(&survey, 4, survey.closes_at), Err(Hidden::TooFew));
        assert_eq!(shown(&survey, 5, survey.closes_at), Ok(()));
    }

    #[test]
    fn marks_are_counted_and_words_are_listed() {
        let tally = |score, count| Tally { question: "benefit".to_owned(), score, count };
        let said = Comment { question: "missing".to_owned(), text: "Mer øving".to_owned() };
        let told = figures(&survey(), &[tally(5, 3), tally(2, 1)], &[said]);
        assert_eq!((told[0].mean, &told[0].distribution), (Some(4.25), &vec![0, 1, 0, 0, 3]));
        assert_eq!((told[1].mean, &told[1].distribution), (None, &vec![0; 5]));
        assert_eq!(
            (told[5].mean, told[5].distribution.len(), told[5].comments.as_slice()),
            (None, 0, &["Mer øving".to_owned()][..])
        );
    }
}
