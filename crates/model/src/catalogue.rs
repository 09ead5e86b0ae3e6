//! The catalogue as data, read from `config/catalogue`: domains, what they ask of each level, the requirements of
//! contracts, the competence plan, conflicts of interest, programmes and reminder policies.
//!
//! Nothing here opens a file: [`Catalogue::parse`] takes paths and texts. Every fault of every file is
//! reported in one go with file, line and key, so that whoever edits the catalogue mends it in one round.

mod checks;
mod completion;
mod content;
mod difference;
mod domain;
mod fault;
mod groups;
mod nomination;
mod parse;
mod plan;
mod practice;
mod programme;
mod reference;
mod requirement;
mod responsibility;
#[cfg(test)]
pub(crate) mod shipped;
mod source;
mod survey;
mod texts;
mod theme;

pub use completion::{Attended, Completion, CompletionRule, Held, PartlyCounts, attended, completion};
pub use content::Content;
pub use difference::{Difference, differences};
pub use domain::{Domain, DomainKind, DomainText};
pub use fault::CatalogueFault;
pub use groups::GroupRule;
pub use nomination::{EndorsementRule, NominationRule};
pub use plan::{PlanItem, Resource, ResourceKind};
pub use practice::PracticeTask;
pub use programme::{
    Audience, AutomaticOffer, BlockTemplate, Family, GatheringTemplate, Module, Programme, Seats,
};
pub use requirement::Requirement;
pub use responsibility::{LevelText, Responsibility, ResponsibilityLevel};
pub use survey::{Evaluation, HIGHEST, LOWEST, Scale, SurveyForm, SurveyQuestion};
pub use texts::Texts;
pub use theme::Theme;

use crate::{conflicts::RuleSet, reminders::ReminderPolicy};

/// What the trust's programmes are, whole and sound.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Catalogue {
    /// What two people may not be to each other.
    pub conflicts: RuleSet,
    /// The six competence domains, in the order in which they are shown.
    pub domains: Vec<DomainText>,
    /// The levels that responsibilities are told for, upwards.
    pub levels: Vec<LevelText>,
    /// What is expected at the levels, by domain and in the order of each file.
    pub responsibilities: Vec<Responsibility>,
    /// The requirements of contracts, in the order of their numbers.
    pub requirements: Vec<Requirement>,
    /// The items of the competence plan, in the order in which they are shown.
    pub plan: Vec<PlanItem>,
    /// The programmes by key.
    pub programmes: Vec<Programme>,
    /// The forms of surveys by key.
    pub surveys: Vec<SurveyForm>,
    /// The reminder policies of all programmes, in the order of their files.
    pub policies: Vec<ReminderPolicy>,
}

impl Catalogue {
    /// The programme with a key.
    pub fn programme(&self, key: &str) -> Option<&Programme> {
        self.programmes.iter().find(|programme| programme.key == key)
    }

    /// The form of a survey with a key.
    pub fn survey(&self, key: &str) -> Option<&SurveyForm> {
        self.surveys.iter().find(|form| form.key == key)
    }

    /// The reminder policies of a programme.
    pub fn policies_of<'a>(&'a self, programme: &'a str) -> impl Iterator<Item = &'a ReminderPolicy> {
        self.policies.iter().filter(move |policy| policy.programme == programme)
    }
}
