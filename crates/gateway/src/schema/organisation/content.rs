//! What programmes and modules hold.

use async_graphql::SimpleObject;
use varde_model::{Locale, catalogue as model};

use crate::schema::cohorts::{ThemeLabel, theme_title};

/// How long a programme or a module is and what it holds, read off its gatherings (innhold).
#[derive(Debug, Clone, SimpleObject)]
pub struct ProgrammeContent {
    /// How many days.
    days: u32,
    /// Minutes from beginning to end of each day, breaks included.
    minutes: u32,
    /// The themes of the competence plan, in the order in which they come (temaer).
    themes: Vec<ThemeLabel>,
    /// The same themes by their names, in the caller's language.
    theme_titles: Vec<String>,
    /// The domains in which it makes a leader grow, by key (kompetanseområder).
    domains: Vec<&'static str>,
    /// The responsibilities that it prepares for, by key (oppgave- og ansvarsbeskrivelser).
    responsibilities: Vec<String>,
    /// The requirements that it prepares for, by key (lederkrav).
    requirements: Vec<String>,
}

impl ProgrammeContent {
    pub(super) fn told(content: model::Content, locale: Locale) -> Self {
        Self {
            days: content.days,
            minutes: content.minutes,
            theme_titles: content.themes.iter().map(|theme| theme_title(*theme, locale)).collect(),
            themes: content.themes.into_iter().map(Into::into).collect(),
            domains: content.domains.iter().map(|domain| domain.as_str()).collect(),
            responsibilities: content.responsibilities.into_iter().collect(),
            requirements: content.requirements.into_iter().collect(),
        }
    }
}
