//! What is expected within a domain at each level (oppgave- og ansvarsbeskrivelse).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Texts;
use crate::{
    ids::PersonId,
    people::{Chart, Level, leader_group},
};

/// The steps from no leading role to the director. They are not the leader levels as they stand: who leads employees
/// answers for the same at level 3 as at level 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponsibilityLevel {
    /// An employee without a formal leading role.
    NoLeadingRole,
    /// Level 4, and those at level 3 who lead employees.
    LeadsEmployees,
    /// Level 3: leads leaders.
    LeadsLeaders,
    /// Level 2: head of a clinic or of a central staff.
    LevelTwo,
    /// Level 1: the director.
    LevelOne,
}

impl ResponsibilityLevel {
    /// Every step, upwards.
    pub const ALL: [ResponsibilityLevel; 5] = [
        ResponsibilityLevel::NoLeadingRole,
        ResponsibilityLevel::LeadsEmployees,
        ResponsibilityLevel::LeadsLeaders,
        ResponsibilityLevel::LevelTwo,
        ResponsibilityLevel::LevelOne,
    ];

    /// The name in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            ResponsibilityLevel::NoLeadingRole => "no_leading_role",
            ResponsibilityLevel::LeadsEmployees => "leads_employees",
            ResponsibilityLevel::LeadsLeaders => "leads_leaders",
            ResponsibilityLevel::LevelTwo => "level_two",
            ResponsibilityLevel::LevelOne => "level_one",
        }
    }

    /// The step of a leader level, or of none. Only at level 3 does it matter whom one leads.
    pub const fn of(level: Option<Level>, leads_leaders: bool) -> Self {
        match (level, leads_leaders) {
            (None, _) => ResponsibilityLevel::NoLeadingRole,
            (Some(Level::Three), false) | (Some(Level::Four), _) => ResponsibilityLevel::LeadsEmployees,
            (Some(Level::Three), true) => ResponsibilityLevel::LeadsLeaders,
            (Some(Level::Two), _) => ResponsibilityLevel::LevelTwo,
            (Some(Level::One), _) => ResponsibilityLevel::LevelOne,
        }
    }

    /// The step on which a person stands on a date, by the highest appointment; somebody leads leaders when a leader
    /// reports to her or him.
    pub fn on(chart: &Chart, person: PersonId, date: NaiveDate) -> Self {
        let level = chart.led_by_on(person, date).first().map(|highest| highest.level);
        let leads_leaders = level == Some(Level::Three) && !leader_group(chart, person, date).is_empty();
        Self::of(level, leads_leaders)
    }

    /// The next step up; None for the director.
    pub const fn next(self) -> Option<Self> {
        match self {
            ResponsibilityLevel::NoLeadingRole => Some(ResponsibilityLevel::LeadsEmployees),
            ResponsibilityLevel::LeadsEmployees => Some(ResponsibilityLevel::LeadsLeaders),
            ResponsibilityLevel::LeadsLeaders => Some(ResponsibilityLevel::LevelTwo),
            ResponsibilityLevel::LevelTwo => Some(ResponsibilityLevel::LevelOne),
            ResponsibilityLevel::LevelOne => None,
        }
    }
}

/// What a step is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelText {
    /// Which step.
    pub key: ResponsibilityLevel,
    /// Its name.
    pub title: Texts,
}

/// One thing that is expected. Where several levels share it, it stands once and names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Responsibility {
    /// The permanent key: the domain's, a dot, and its own, such as `execution.quality`.
    pub key: String,
    /// The levels it holds for.
    pub levels: Vec<ResponsibilityLevel>,
    /// What is expected, in a sentence.
    pub text: Texts,
}

impl Responsibility {
    /// The domain's part of the key.
    pub fn domain_key(&self) -> &str {
        domain_key(&self.key)
    }
}

/// The domain's part of a responsibility's key.
pub(super) fn domain_key(key: &str) -> &str {
    key.split('.').next().unwrap_or_default()
}

#[cfg(test)]
mod tests;
