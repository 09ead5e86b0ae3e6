//! What letters about practising and being supported tell.

use chrono::NaiveDate;
use serde::Serialize;

use super::{CohortFacts, Contact};

/// Facts of [`super::Letter::PracticeTasks`] and its reminder.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PracticeTasks {
    /// The cohort.
    pub cohort: CohortFacts,
    /// The gathering that they follow.
    pub gathering_title: String,
    /// What is still to be tried out.
    pub tasks: Vec<PracticeTaskFacts>,
    /// The page on which one tells that it was done; None where its link does not work any more.
    pub url: Option<String>,
}

/// A task to try out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PracticeTaskFacts {
    /// What it is called.
    pub title: String,
    /// What to do.
    pub text: String,
    /// The day by which it is to be done.
    pub due_on: NaiveDate,
}

/// Facts of [`super::Letter::SupporterNamed`] and [`super::Letter::SupporterTask`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Supported {
    /// The cohort.
    pub cohort: CohortFacts,
    /// Who takes part.
    pub participant: Contact,
    /// The experienced leader who supports her or him.
    pub supporter: Contact,
}
