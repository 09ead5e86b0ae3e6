//! The programmes that cohorts are runs of.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use chrono::NaiveTime;
use varde_app::{Error, catalogue};
use varde_model::{Locale, catalogue as model};

use crate::schema::{
    Caller, UserError,
    cohorts::{ThemeLabel, theme_title},
    errors::{split, whole},
};

/// The families of programmes.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::Family", name = "ProgrammeFamily")]
pub enum FamilyLabel {
    /// What a leader must know (lederopplæring).
    Training,
    /// Growing in the role (lederutvikling).
    Development,
    /// Trying the role out (ledermobilisering).
    Mobilisation,
}

/// A programme (lederprogram): the versioned template of cohorts. Texts are in the caller's language.
#[derive(Debug, SimpleObject)]
pub struct Programme {
    /// The permanent key, such as `onboarding`.
    key: String,
    /// The version that a new cohort gets.
    version: u32,
    /// Its family.
    family: FamilyLabel,
    /// Its name.
    title: String,
    /// What it is.
    summary: String,
    /// The leader levels it is for, 1 the director to 4 the head of a unit (ledernivå).
    levels: Vec<u8>,
    /// Only for leaders appointed within so many months; null for all of these levels.
    newly_appointed_within_months: Option<u32>,
    /// Seats of a new cohort.
    capacity: u32,
    /// Calendar days that an invited leader has to answer.
    answer_days: u32,
    /// Hours that a freed seat is held.
    hold_hours: u32,
    /// Hours before the first gathering after which no seat is offered.
    cutoff_hours: u32,
    /// When a leader has completed a cohort of it (fullføring).
    completion: ProgrammeCompletion,
    /// Its gatherings in order (samlinger).
    gatherings: Vec<ProgrammeGathering>,
}

/// What completing a programme's cohort asks for (krav til fullføring).
#[derive(Debug, SimpleObject)]
pub struct ProgrammeCompletion {
    /// So many gatherings, or all of them where the cohort held fewer.
    attend_at_least: u32,
    /// What being there for a part counts.
    partly_counts: PartlyCountsLabel,
    /// So many excused absences count as attended; at least one gathering must have been attended all the same.
    excused_at_most: u32,
}

/// What being at a part of a gathering counts.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "model::PartlyCounts", name = "PartlyCounts")]
pub enum PartlyCountsLabel {
    /// As a whole gathering.
    Whole,
    /// As half a gathering.
    Half,
    /// Not at all.
    Nothing,
}

/// A gathering of a programme's template (samling).
#[derive(Debug, SimpleObject)]
pub struct ProgrammeGathering {
    /// Its name.
    title: String,
    /// Whole weeks after the first gathering.
    week: u32,
    /// The local hour it begins.
    starts: NaiveTime,
    /// The local hour it ends.
    ends: NaiveTime,
    /// The day's parts in order of time.
    blocks: Vec<ProgrammeBlock>,
}

/// A themed part of a gathering's template.
#[derive(Debug, SimpleObject)]
pub struct ProgrammeBlock {
    /// The local hour it begins.
    starts: NaiveTime,
    /// The local hour it ends.
    ends: NaiveTime,
    /// What it is called.
    title: String,
    /// The theme of the competence plan that it follows (tema i kompetanseplanen).
    theme: ThemeLabel,
    /// The theme as people read it.
    theme_title: String,
    /// The competence domains in which it makes a leader grow, by key (kompetanseområder).
    domains: Vec<&'static str>,
    /// What it prepares for, by the keys of responsibilities (oppgave- og ansvarsbeskrivelse).
    responsibilities: Vec<String>,
    /// The keys of the requirements that it prepares for (lederkrav).
    requirements: Vec<String>,
    /// The roles of those who speak.
    speakers: Vec<String>,
}

fn programme(own: catalogue::OwnProgramme, locale: Locale) -> Programme {
    let model::Programme { family, title, summary, audience, seats, completion, gatherings, .. } =
        own.programme;
    Programme {
        key: own.version.key,
        version: own.version.version,
        family: family.into(),
        title: title.get(locale).to_owned(),
        summary: summary.get(locale).to_owned(),
        levels: audience.levels.iter().map(|level| level.number()).collect(),
        newly_appointed_within_months: audience.newly_appointed_within_months,
        capacity: seats.capacity,
        answer_days: seats.answer_days,
        hold_hours: seats.hold_hours,
        cutoff_hours: seats.cutoff_hours,
        completion: ProgrammeCompletion {
            attend_at_least: completion.attend_at_least,
            partly_counts: completion.partly_counts.into(),
            excused_at_most: completion.excused_at_most,
        },
        gatherings: gatherings.iter().map(|template| gathering(template, locale)).collect(),
    }
}

fn gathering(template: &model::GatheringTemplate, locale: Locale) -> ProgrammeGathering {
    let block = |block: &model::BlockTemplate| ProgrammeBlock {
        starts: block.starts.time(),
        ends: block.ends.time(),
        title: block.title.get(locale).to_owned(),
        theme: block.theme.into(),
        theme_title: theme_title(block.theme, locale),
        domains: block.domains.iter().map(|domain| domain.as_str()).collect(),
        responsibilities: block.responsibilities.clone(),
        requirements: block.requirements.clone(),
        speakers: block.speakers.iter().map(|speaker| speaker.get(locale).to_owned()).collect(),
    };
    ProgrammeGathering {
        title: template.title.get(locale).to_owned(),
        week: template.week,
        starts: template.starts.time(),
        ends: template.ends.time(),
        blocks: template.blocks.iter().map(block).collect(),
    }
}

/// Queries about programmes.
#[derive(Default)]
pub struct ProgrammeQuery;

#[Object]
impl ProgrammeQuery {
    /// The trust's programmes (lederprogrammer) in their latest versions.
    async fn programmes(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Programme>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let found = whole(context, catalogue::programmes(&caller.ctx, &right).await)?;
        Ok(found.into_iter().map(|own| programme(own, caller.locale())).collect())
    }
}

/// How to load the catalogue.
#[derive(InputObject, Debug, Default)]
pub struct LoadCatalogueInput {
    /// Keep nothing; answer with what would change.
    #[graphql(default)]
    dry_run: bool,
}

/// What loading the catalogue changed.
#[derive(Debug, SimpleObject)]
pub struct LoadCataloguePayload {
    /// Programme versions that were published; cohorts that stand keep theirs.
    versions: u32,
    /// Rules of reminding that were added; those that stood are left as the trust made them.
    policies: u32,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of the catalogue.
#[derive(Default)]
pub struct CatalogueMutation;

#[Object]
impl CatalogueMutation {
    /// Takes the programmes and rules of reminding of this version of the product into the trust. For administrators.
    async fn load_catalogue(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How.", default)] input: LoadCatalogueInput,
    ) -> async_graphql::Result<LoadCataloguePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            let embedded = catalogue::embedded().map_err(|faults| Error::internal(format!("{faults:?}")))?;
            catalogue::load(&caller.ctx, &right, &embedded, input.dry_run).await
        };
        let (loaded, errors) = split(context, outcome.await)?;
        let loaded = loaded.unwrap_or_default();
        Ok(LoadCataloguePayload { versions: loaded.versions, policies: loaded.policies, errors })
    }
}
