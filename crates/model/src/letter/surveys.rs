//! What the letters about surveys tell.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{CohortFacts, GatheringFacts};

/// Facts of [`super::Letter::SurveyRequest`] and its reminder.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SurveyRequest {
    /// The cohort that it belongs to.
    pub cohort: CohortFacts,
    /// What is asked about.
    pub topic: SurveyTopic,
    /// How many questions there are.
    pub questions: usize,
    /// The page with the questions.
    pub answer_url: String,
    /// An answer is taken before this moment.
    pub until: DateTime<Utc>,
    /// How many answers must stand behind a figure.
    pub shown_from: u32,
}

/// What a survey asks about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum SurveyTopic {
    /// A gathering at which the reader was.
    Gathering {
        /// The gathering.
        gathering: GatheringFacts,
    },
    /// The cohort as a whole.
    Cohort,
    /// Where the reader's leader group stands, before its first gathering.
    GroupBefore {
        /// What the group is called.
        name: String,
    },
    /// Where it stands after its last gathering.
    GroupAfter {
        /// What the group is called.
        name: String,
    },
}
