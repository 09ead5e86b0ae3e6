//! What letters about leader groups tell.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::CohortFacts;

/// A leader is asked to take part with the whole leader group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupInvitation {
    /// The cohort, with the gatherings that are for the group.
    pub cohort: CohortFacts,
    /// What the group is called.
    pub group_name: String,
    /// Its members by name, the leader first.
    pub members: Vec<String>,
    /// What changes, where the group comes with a change.
    pub what_changes: Option<String>,
    /// Who is touched by it.
    pub who_is_touched: Option<String>,
    /// Who guides the group, where somebody from outside does.
    pub facilitator: Option<String>,
    /// The page on which the leader answers for all.
    pub answer_url: String,
    /// Until when.
    pub reply_by: DateTime<Utc>,
}

/// How does it stand with what the leader group agreed on?
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FollowUpAsked {
    /// The programme.
    pub programme_title: String,
    /// What the group is called.
    pub group_name: String,
    /// Months after the group's last gathering.
    pub month: u32,
    /// What is asked about.
    pub measures: Vec<MeasureFacts>,
    /// The page on which it is told.
    pub answer_url: String,
}

/// A benefit that is wanted, or a measure that was agreed on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeasureFacts {
    /// What it is.
    pub text: String,
    /// True for a benefit of a change.
    pub is_benefit: bool,
    /// What it is measured by.
    pub indicator: Option<String>,
    /// Where the indicator stood before.
    pub baseline: Option<String>,
    /// Where it is to be.
    pub target: Option<String>,
    /// By when it is to be done.
    pub due: Option<NaiveDate>,
    /// Who answers for it, where that is somebody else than the reader.
    pub owner_name: Option<String>,
}

/// Who has not told how what was agreed on stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoordinatorFollowUpOverdue {
    /// The cohort.
    pub cohort: CohortFacts,
    /// What the group is called.
    pub group_name: String,
    /// Months after the group's last gathering.
    pub month: u32,
    /// What is waited for.
    pub measures: Vec<OverdueMeasure>,
    /// Where coordinators work.
    pub url: Option<String>,
}

/// A measure of which nobody has told how it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OverdueMeasure {
    /// What it is.
    pub text: String,
    /// Who answers for it.
    pub owner_name: String,
    /// Who was asked, where that is somebody else; empty where nobody could be asked.
    pub asked_name: Option<String>,
}
