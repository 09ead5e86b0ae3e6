//! The blocks of a gathering: the day's programme, as it is read and as coordinators write it.

use async_graphql::{Enum, InputObject, SimpleObject};
use varde_app::{Code, Error, Refusal, texts};
use varde_model::{
    Locale,
    catalogue::{Domain, Texts, Theme},
    gathering::Block,
};

use crate::schema::{
    reminders::{self, TextsInput},
    scalars::LocalTime,
};

/// What a block teaches, after the competence plan for operative leaders (kompetanseplan).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Theme", name = "CompetenceTheme")]
pub enum ThemeLabel {
    /// Goals and operational management (mål- og driftsstyring).
    GoalsAndOperations,
    /// Finance, budget, billing and invoicing (økonomi og budsjett).
    FinanceAndBudget,
    /// Quality and patient safety (kvalitet og pasientsikkerhet).
    QualityAndPatientSafety,
    /// Working environment and follow-up of sick leave (arbeidsmiljø og sykefravær).
    WorkingEnvironment,
    /// Recruitment and staffing plans (rekruttering og bemanningsplaner).
    RecruitmentAndStaffing,
    /// Cooperation with unions, safety representatives and other units (samhandling).
    Cooperation,
    /// Communication as a leader's tool (kommunikasjon).
    Communication,
    /// The trust's values and principles of leadership (verdier og ledelsesprinsipper).
    ValuesAndPrinciples,
    /// The personnel responsibility (personalansvar).
    PersonnelResponsibility,
}

/// A themed block of a gathering. Texts are in the caller's language.
#[derive(Debug, Clone, SimpleObject)]
pub struct GatheringBlock {
    /// Local begin.
    starts: LocalTime,
    /// Local end.
    ends: LocalTime,
    /// What it is called.
    title: String,
    /// What it is called in each language.
    titles: reminders::Texts,
    /// Who speaks.
    speakers: Vec<String>,
    /// Who speaks, in each language.
    speaker_texts: Vec<reminders::Texts>,
    /// The theme of the competence plan that it follows (tema i kompetanseplanen); null where none was named.
    theme: Option<ThemeLabel>,
    /// The theme as people read it.
    theme_title: Option<String>,
    /// The competence domains in which it makes a leader grow, by key (kompetanseområder).
    domains: Vec<&'static str>,
}

impl GatheringBlock {
    pub(super) fn told(block: &Block, locale: Locale) -> Self {
        Self {
            starts: block.starts.into(),
            ends: block.ends.into(),
            title: block.title.get(locale).to_owned(),
            titles: block.title.clone().into(),
            speakers: block.speakers.iter().map(|speaker| speaker.get(locale).to_owned()).collect(),
            speaker_texts: block.speakers.iter().cloned().map(Into::into).collect(),
            theme: block.theme.map(ThemeLabel::from),
            theme_title: block.theme.map(|theme| theme_title(theme, locale)),
            domains: block.domains.iter().map(|domain| domain.as_str()).collect(),
        }
    }
}

/// A theme as people read it.
pub(crate) fn theme_title(theme: Theme, locale: Locale) -> String {
    texts::text(locale, &format!("theme-{}", theme.as_str().replace('_', "-")))
}

/// A text as it was given: in each language, or one that holds for all.
pub(super) fn wording(one: Option<String>, each: Option<TextsInput>) -> Option<Texts> {
    each.map(Texts::from).or_else(|| one.map(Texts::same))
}

/// A themed block of a gathering. Blocks lie within the gathering's hours, and no two at the same time.
#[derive(InputObject, Debug)]
pub struct GatheringBlockInput {
    /// Local begin.
    starts: LocalTime,
    /// Local end.
    ends: LocalTime,
    /// What it is called, in one text for all languages. The title of a block as you read it is known again and keeps
    /// its other languages, and its theme and domains where you give none. Give this or `titles`.
    title: Option<String>,
    /// What it is called in each language; counts before `title`.
    titles: Option<TextsInput>,
    /// Who speaks, each in one text for all languages, such as a name. A role as you read it (HR-rådgiver) is known again
    /// and keeps its other languages. Give this or `speakerTexts`.
    #[graphql(default)]
    speakers: Vec<String>,
    /// Who speaks, in each language; counts before `speakers`.
    speaker_texts: Option<Vec<TextsInput>>,
    /// The theme of the competence plan that it follows (tema i kompetanseplanen).
    theme: Option<ThemeLabel>,
    /// The competence domains in which it makes a leader grow, by key (kompetanseområder).
    #[graphql(default)]
    domains: Vec<String>,
}

impl GatheringBlockInput {
    fn into_block(self) -> Result<Block, Error> {
        let domain = |(index, key): (usize, &String)| {
            let unknown = || Refusal::new(Code::NotFound).at("domains").row(index);
            Domain::from_key(key.trim()).ok_or_else(unknown)
        };
        Ok(Block {
            starts: self.starts.into(),
            ends: self.ends.into(),
            domains: self.domains.iter().enumerate().map(domain).collect::<Result<_, _>>()?,
            title: wording(self.title, self.titles).unwrap_or_default(),
            speakers: match self.speaker_texts {
                Some(each) => each.into_iter().map(Texts::from).collect(),
                None => self.speakers.into_iter().map(Texts::same).collect(),
            },
            theme: self.theme.map(Theme::from),
        })
    }
}

/// The blocks of a day as they were given.
pub(super) fn blocks(given: Option<Vec<GatheringBlockInput>>) -> Result<Option<Vec<Block>>, Error> {
    let block = |(index, block): (usize, GatheringBlockInput)| {
        block.into_block().map_err(|error| error.under(&["blocks".into(), index.into()]))
    };
    given.map(|given| given.into_iter().enumerate().map(block).collect()).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_has_a_name_in_every_language() {
        for theme in Theme::ALL {
            for locale in Locale::ALL {
                assert!(!theme_title(theme, locale).contains("theme-"), "{theme:?} in {locale}");
            }
        }
    }
}
