//! What somebody answers, checked against the form.

use crate::catalogue::{HIGHEST, LOWEST, SurveyForm};

/// The longest text that an answer may hold, in characters.
pub const LONGEST_COMMENT: usize = 1000;

/// What was given for a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The question's key.
    pub question: String,
    /// The mark.
    pub score: Option<u32>,
    /// The text.
    pub comment: Option<String>,
}

/// An answer to one question, ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The question's key.
    pub question: String,
    /// The mark, for a question on a scale.
    pub score: Option<u32>,
    /// The text, for a question without one.
    pub comment: Option<String>,
}

/// What is wrong with what was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerFault {
    /// A question on a scale is left out.
    Missing,
    /// The form has no such question.
    Unknown,
    /// The question is answered twice.
    Twice,
    /// A mark beyond the scale, or for a question that asks for a text.
    NotOnScale,
    /// A text for a question on a scale.
    NotAText,
    /// The text is too long.
    TooLong,
    /// The text holds signs that nobody types.
    Unreadable,
}

/// The answers to keep, in the order of the form, or every fault with the key of its question.
///
/// # Errors
/// Every fault.
pub fn checked(form: &SurveyForm, given: &[Given]) -> Result<Vec<Answer>, Vec<(String, AnswerFault)>> {
    let mut faults = Vec::new();
    for (index, one) in given.iter().enumerate() {
        if form.question(&one.question).is_none() {
            faults.push((one.question.clone(), AnswerFault::Unknown));
        } else if given.iter().take(index).any(|earlier| earlier.question == one.question) {
            faults.push((one.question.clone(), AnswerFault::Twice));
        }
    }
    let mut answers = Vec::new();
    for question in &form.questions {
        let one = given.iter().find(|one| one.question == question.key);
        let comment =
            one.and_then(|one| one.comment.as_deref()).map(str::trim).filter(|text| !text.is_empty());
        let score = one.and_then(|one| one.score);
        let fault = match (&question.scale, score, comment) {
            (Some(_), _, Some(_)) => Some(AnswerFault::NotAText),
            (Some(_), None, None) => Some(AnswerFault::Missing),
            (Some(_), Some(score), None) if !(LOWEST..=HIGHEST).contains(&score) => {
                Some(AnswerFault::NotOnScale)
            }
            (None, Some(_), _) => Some(AnswerFault::NotOnScale),
            (None, None, Some(text)) => unfit(text),
            _ => None,
        };
        match fault {
            Some(fault) => faults.push((question.key.clone(), fault)),
            None if score.is_none() && comment.is_none() => {}
            None => answers.push(Answer {
                question: question.key.clone(),
                score,
                comment: comment.map(str::to_owned),
            }),
        }
    }
    if faults.is_empty() { Ok(answers) } else { Err(faults) }
}

fn unfit(text: &str) -> Option<AnswerFault> {
    if text.chars().count() > LONGEST_COMMENT {
        Some(AnswerFault::TooLong)
    } else if text.chars().any(|sign| sign.is_control() && sign != '\n') {
        Some(AnswerFault::Unreadable)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::shipped::catalogue;

    fn form() -> SurveyForm {
        catalogue().surveys.into_iter().find(|form| form.key == "gathering_evaluation").unwrap()
    }

    fn mark(question: &str, score: u32) -> Given {
        Given { question: question.to_owned(), score: Some(score), comment: None }
    }

    fn words(question: &str, text: &str) -> Given {
        Given { question: question.to_owned(), score: None, comment: Some(text.to_owned()) }
    }

    fn all() -> Vec<Given> {
        ["useful", "content", "exchange", "practical"].map(|key| mark(key, 4)).to_vec()
    }

    #[test]
    fn marks_must_be_given_and_words_may() {
        let kept = checked(&form(), &all()).unwrap();
        assert_eq!(kept.len(), 4, "{kept:?}");
        let mut with = all();
        with.push(words("better", "  Mer tid til øvelser.\n"));
        let kept = checked(&form(), &with).unwrap();
        assert_eq!(kept[4].comment.as_deref(), Some("Mer tid til øvelser."));
        let mut blank = all();
        blank.push(words("better", "   "));
        assert_eq!(checked(&form(), &blank).unwrap().len(), 4);
    }

    #[test]
    fn every_fault_is_told_with_its_question() {
        let given = [
            mark("useful", 6),
            mark("content", 0),
            words("exchange", "fint"),
            mark("better", 3),
            mark("nothing", 3),
            mark("useful", 2),
        ];
        let faults = checked(&form(), &given).unwrap_err();
        let fault = |key: &str, fault| (key.to_owned(), fault);
        assert_eq!(
            faults,
            [
                fault("nothing", AnswerFault::Unknown),
                fault("useful", AnswerFault::Twice),
                fault("useful", AnswerFault::NotOnScale),
                fault("content", AnswerFault::NotOnScale),
                fault("exchange", AnswerFault::NotAText),
                fault("practical", AnswerFault::Missing),
                fault("better", AnswerFault::NotOnScale),
            ]
        );
        let mut long = all();
        long.push(words("better", &"å".repeat(LONGEST_COMMENT + 1)));
        assert_eq!(checked(&form(), &long), Err(vec![fault("better", AnswerFault::TooLong)]));
        let mut odd = all();
        odd.push(words("better", "a\u{7}b"));
        assert_eq!(checked(&form(), &odd), Err(vec![fault("better", AnswerFault::Unreadable)]));
    }
}
