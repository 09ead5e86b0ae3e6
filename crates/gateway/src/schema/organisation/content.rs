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

/// A task to try out after a gathering (øvingsoppgave).
#[derive(Debug, Clone, SimpleObject)]
pub struct ProgrammePracticeTask {
    /// Its key within the programme.
    key: String,
    /// Its name.
    title: String,
    /// What to do, and what to think about.
    text: String,
    /// The position of the gathering that it follows, 1 being the first.
    after_gathering: u32,
    /// Calendar days after that gathering by which it is to be done.
    due_days: u32,
}

impl ProgrammePracticeTask {
    pub(super) fn told(task: &model::PracticeTask, locale: Locale) -> Self {
        Self {
            key: task.key.clone(),
            title: task.title.get(locale).to_owned(),
            text: task.text.get(locale).to_owned(),
            after_gathering: task.after_gathering,
            due_days: task.due_days,
        }
    }
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

/// A part of a programme that holds one or more gatherings (modul).
#[derive(Debug, Clone, SimpleObject)]
pub struct ProgrammeModule {
    /// Its key within the programme, such as `conflict`.
    key: String,
    /// Its name.
    title: String,
    /// What it is about.
    summary: String,
    /// The positions of its gatherings, 1 being the first of the programme.
    gatherings: Vec<u32>,
    /// How long it is and what it holds, read off its gatherings.
    content: ProgrammeContent,
}

pub(super) fn module(
    programme: &model::Programme,
    module: &model::Module,
    locale: Locale,
) -> ProgrammeModule {
    let is_of_it = |position: &u32| programme.module_at(*position).is_some_and(|own| own.key == module.key);
    ProgrammeModule {
        key: module.key.clone(),
        title: module.title.get(locale).to_owned(),
        summary: module.summary.get(locale).to_owned(),
        gatherings: (1..).take(programme.gatherings.len()).filter(is_of_it).collect(),
        content: ProgrammeContent::told(programme.content_of(module), locale),
    }
}
