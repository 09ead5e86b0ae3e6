//! The six competence domains (the International Hospital Federation's model of 2023): the axis along which
//! requirements, programmes and profiles are seen.

use serde::{Deserialize, Serialize};

use super::Texts;

/// A competence domain (kompetanseområde).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    /// Rammer og omgivelser: understand the setting and its limits.
    Context,
    /// Gjennomføring: put the common effort in place and follow it up.
    Execution,
    /// Relasjoner: listen to, support and inspire the people one works with.
    Relations,
    /// Utvikling: lead change and improvement.
    Transformation,
    /// Verdier: guiding principles.
    Values,
    /// Egenutvikling: become better at leading oneself and others.
    SelfDevelopment,
}

impl Domain {
    /// Every domain, in the order in which they are shown.
    pub const ALL: [Domain; 6] = [
        Domain::Context,
        Domain::Execution,
        Domain::Relations,
        Domain::Transformation,
        Domain::Values,
        Domain::SelfDevelopment,
    ];

    /// The name in files and rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Domain::Context => "context",
            Domain::Execution => "execution",
            Domain::Relations => "relations",
            Domain::Transformation => "transformation",
            Domain::Values => "values",
            Domain::SelfDevelopment => "self_development",
        }
    }

    /// The domain of that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Domain::ALL.into_iter().find(|domain| domain.as_str() == key)
    }
}

/// Whether a domain is about acting or about what action rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DomainKind {
    /// What a leader does.
    Action,
    /// What it rests on.
    Foundation,
}

/// A domain's texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DomainText {
    /// Which domain.
    pub key: Domain,
    /// Action or foundation.
    pub kind: DomainKind,
    /// Its name.
    pub title: Texts,
    /// One sentence about it.
    pub summary: Texts,
}
