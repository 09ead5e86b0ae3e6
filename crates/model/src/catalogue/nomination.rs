//! Programmes whose places are given by nomination.

use serde::{Deserialize, Serialize};

/// How people are nominated for the places of a programme (nominasjon).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NominationRule {
    /// One may nominate oneself (egen interesse).
    pub oneself: bool,
    /// A line manager may nominate those who report to her or him.
    pub by_line_manager: bool,
    /// What is asked of the line manager.
    pub endorsement: EndorsementRule,
    /// Each nominee brings a development project of her or his own (utviklingsprosjekt).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub development_project: bool,
}

/// What is asked of the nominee's line manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndorsementRule {
    /// Nobody comes before the panel without the line manager's endorsement (tilslutning).
    Obligatory,
    /// The line manager's view of the potential is asked for; the panel hears it and decides.
    View,
    /// Nothing.
    None,
}

impl EndorsementRule {
    /// True where the line manager is asked.
    pub const fn asks(self) -> bool {
        !matches!(self, Self::None)
    }
}
