//! The competence plan for operative leaders (kompetanseplan): what a new leader should know and master.

use serde::{Deserialize, Serialize};

use super::{Domain, Texts, Theme};
use crate::delivery::names;

/// One thing to know or master.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanItem {
    /// The permanent key, such as `sick_leave`.
    pub key: String,
    /// Its theme.
    pub theme: Theme,
    /// The domains that it belongs to.
    pub domains: Vec<Domain>,
    /// Its deadline in months from the appointment; None where it can wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_months: Option<u32>,
    /// Whether gatherings on its theme cover it.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub gatherings: bool,
    /// Its name.
    pub title: Texts,
    /// Courses and tools that cover it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covered_by: Vec<Resource>,
    /// What is to be known or mastered.
    pub text: Texts,
}

/// A course or a tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// What it is.
    pub kind: ResourceKind,
    /// What it is called.
    pub title: Texts,
}

names! {
    /// What covers an item besides gatherings.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    ResourceKind {
        /// A course with a teacher.
        Course = "course",
        /// A course on the net.
        ELearning = "e_learning",
        /// A system or a form.
        Tool = "tool",
        /// Something to read.
        Guide = "guide",
    }
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_yes(value: &bool) -> bool {
    *value
}
