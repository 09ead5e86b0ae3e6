//! A survey's form (spørreskjema): a handful of questions that are answered without a name.

use serde::{Deserialize, Serialize};

use super::Texts;

/// The lowest mark on every scale.
pub const LOWEST: u32 = 1;
/// The highest mark on every scale.
pub const HIGHEST: u32 = 5;

/// A form as the catalogue describes it. A survey keeps the form with which it was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyForm {
    /// The permanent key, such as `gathering_evaluation`.
    pub key: String,
    /// Grows by one with each change.
    pub version: u32,
    /// What it is called.
    pub title: Texts,
    /// What it is for and who sees it, in two or three sentences above the questions.
    pub lead: Texts,
    /// Days that it can be answered, the one on which it is sent not counted.
    pub open_days: u32,
    /// Working days after which those who have not answered are reminded, once.
    pub remind_after_days: u32,
    /// Its questions in order.
    #[serde(rename = "question")]
    pub questions: Vec<SurveyQuestion>,
}

impl SurveyForm {
    /// The question with a key.
    pub fn question(&self, key: &str) -> Option<&SurveyQuestion> {
        self.questions.iter().find(|question| question.key == key)
    }
}

/// A question: on a scale from one to five, which must be answered, or for a text of one's own, which may be left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyQuestion {
    /// Its key within the form, such as `useful`.
    pub key: String,
    /// What is asked.
    pub text: Texts,
    /// The ends of the scale; without it, an answer in one's own words is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
}

/// What the two ends of a scale mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// What [`LOWEST`] means.
    pub low: Texts,
    /// What [`HIGHEST`] means.
    pub high: Texts,
}

/// Which forms the surveys of a programme's cohorts use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    /// The key of the form after each gathering.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gathering: Option<String>,
    /// The key of the form when the cohort is completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohort: Option<String>,
}
