//! The programmes that cohorts are runs of.

use async_graphql::{Context, Enum, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::{Error, catalogue};
use varde_model::{Locale, catalogue as model};

use super::content::{ProgrammeContent, ProgrammeModule, ProgrammePracticeTask, module};
use crate::schema::{
    Caller,
    cohorts::{ThemeLabel, theme_title},
    errors::{fault, whole},
    groups::ProgrammeGroups,
    keys,
    nominations::NominationRuleFacts,
    paging::{page, page_of, part},
    scalars::LocalTime,
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
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub struct Programme {
    /// The permanent key, such as `onboarding`.
    key: String,
    /// The version that a new cohort gets.
    version: u32,
    /// Its family.
    family: FamilyLabel,
    #[graphql(skip)]
    definition: model::Programme,
    /// Credits of the European system (studiepoeng) that completing it gives; null for none.
    ects: Option<u32>,
    /// The keys of the programmes that it leads on to, nearest first.
    leads_on_to: Vec<String>,
    /// True when those who take part work in the same teams from first to last (faste team).
    fixed_teams: bool,
    /// True when the trust published this version itself, false when it came with the product.
    own: bool,
    /// When this version was published.
    published_at: DateTime<Utc>,
    /// True for a programme for employees who lead nothing (ledermobilisering).
    without_appointment: bool,
    /// The leader levels it is for, 1 the director to 4 the head of a unit (ledernivå); none where it is for no leaders.
    levels: Vec<u8>,
    /// Only for leaders appointed within so many months; null for all of these levels.
    newly_appointed_within_months: Option<u32>,
    /// Only leaders who have had their role for so many months on the cohort's first day; null where that does not matter.
    in_role_at_least_months: Option<u32>,
    /// Leaders appointed within so many months are proposed for its cohorts without anybody asking; null where coordinators
    /// invite.
    automatic_within_months: Option<u32>,
    /// How people are nominated for its places (nominasjon); null where nobody is.
    nomination: Option<NominationRuleFacts>,
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
    /// Its modules in order (moduler); none in most programmes.
    modules: Vec<ProgrammeModule>,
    /// Its gatherings in order (samlinger).
    gatherings: Vec<ProgrammeGathering>,
    /// How long it is and what it holds, read off its gatherings (innhold).
    content: ProgrammeContent,
    /// What those who take part try out between the gatherings (øvingsoppgaver).
    practice: Vec<ProgrammePracticeTask>,
}

#[async_graphql::ComplexObject]
impl Programme {
    /// Its name.
    async fn title(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The language, `nb`, `nn` or `en`; the caller's if left out.")] locale: Option<
            String,
        >,
    ) -> async_graphql::Result<&str> {
        Ok(self.definition.title.get(language(context, locale.as_deref())?))
    }

    /// What it is.
    async fn summary(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The language, `nb`, `nn` or `en`; the caller's if left out.")] locale: Option<
            String,
        >,
    ) -> async_graphql::Result<&str> {
        Ok(self.definition.summary.get(language(context, locale.as_deref())?))
    }

    /// Who runs it, where that is somebody outside the trust; null for the trust itself.
    async fn provider(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The language, `nb`, `nn` or `en`; the caller's if left out.")] locale: Option<
            String,
        >,
    ) -> async_graphql::Result<Option<&str>> {
        let language = language(context, locale.as_deref())?;
        Ok(self.definition.provider.as_ref().map(|provider| provider.get(language)))
    }

    /// How leader groups take part in it (ledergrupper); null in a programme that leaders take part in one by one.
    async fn groups(&self) -> Option<ProgrammeGroups> {
        self.definition.groups.clone().map(ProgrammeGroups::from)
    }

    /// The whole programme as a file (TOML): what `publishProgramme` takes.
    async fn source(&self, context: &Context<'_>) -> async_graphql::Result<String> {
        self.definition.to_toml().map_err(|error| fault(context, &Error::internal(error)))
    }
}

page!(
    /// Programmes, by key.
    ProgrammeConnection, ProgrammeEdge, Programme
);

/// A version of a programme (versjon). Cohorts keep the one on which they were opened.
#[derive(Debug, Clone, SimpleObject)]
pub struct ProgrammeVersion {
    /// The programme as this version says it.
    programme: Programme,
    /// What differs from the version before; nothing for the first one.
    changes: Vec<ProgrammeChange>,
}

page!(
    /// Versions of a programme, newest first.
    ProgrammeVersionConnection, ProgrammeVersionEdge, ProgrammeVersion
);

fn version(one: catalogue::History, locale: Locale) -> ProgrammeVersion {
    let changes = one.changes.into_iter().map(|change| ProgrammeChange::told(change, locale)).collect();
    ProgrammeVersion { programme: programme(one.own, locale), changes }
}

/// A value that differs between two versions of a programme.
#[derive(Debug, Clone, SimpleObject)]
pub struct ProgrammeChange {
    /// The way to the value in the file, such as `gathering[1].block[0].title.nb`; entries are counted from 0.
    key: String,
    /// The same in words, in the caller's language.
    label: String,
    /// What stood there; null where nothing did.
    before: Option<String>,
    /// What stands there now; null where nothing does.
    after: Option<String>,
}

impl ProgrammeChange {
    pub(crate) fn told(change: model::Difference, locale: Locale) -> Self {
        let label = catalogue::label(locale, &change.key);
        Self { key: change.key, label, before: change.before, after: change.after }
    }
}

/// What completing a programme's cohort asks for (krav til fullføring).
#[derive(Debug, Clone, SimpleObject)]
pub struct ProgrammeCompletion {
    /// So many gatherings, or all of them where the cohort held fewer.
    attend_at_least: u32,
    /// What being there for a part counts.
    partly_counts: PartlyCountsLabel,
    /// So many excused absences count as attended; at least one gathering must have been attended all the same.
    excused_at_most: u32,
    /// Each module must have been attended, wholly or in part.
    every_module: bool,
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
#[derive(Debug, Clone, SimpleObject)]
pub struct ProgrammeGathering {
    /// Its name.
    title: String,
    /// Whole weeks after the first gathering.
    week: u32,
    /// The local hour it begins.
    starts: LocalTime,
    /// The local hour it ends.
    ends: LocalTime,
    /// The day's parts in order of time.
    blocks: Vec<ProgrammeBlock>,
}

/// A themed part of a gathering's template.
#[derive(Debug, Clone, SimpleObject)]
pub struct ProgrammeBlock {
    /// The local hour it begins.
    starts: LocalTime,
    /// The local hour it ends.
    ends: LocalTime,
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

/// A version of a programme, with its day's parts in a language.
pub(super) fn programme(own: catalogue::OwnProgramme, locale: Locale) -> Programme {
    let definition = own.programme.clone();
    let content = ProgrammeContent::told(own.programme.content(), locale);
    let practice =
        own.programme.practice.iter().map(|task| ProgrammePracticeTask::told(task, locale)).collect();
    let modules = own.programme.modules.iter().map(|one| module(&own.programme, one, locale)).collect();
    let model::Programme {
        family,
        ects,
        leads_on_to,
        fixed_teams,
        audience,
        automatic,
        nomination,
        seats,
        completion,
        gatherings,
        ..
    } = own.programme;
    Programme {
        key: own.version.key,
        version: own.version.version,
        family: family.into(),
        definition,
        ects,
        leads_on_to,
        fixed_teams,
        own: own.version.own,
        published_at: own.version.published_at,
        without_appointment: audience.without_appointment,
        levels: audience.levels.iter().map(|level| level.number()).collect(),
        newly_appointed_within_months: audience.newly_appointed_within_months,
        in_role_at_least_months: audience.in_role_at_least_months,
        automatic_within_months: automatic.map(|automatic| automatic.appointed_within_months),
        nomination: nomination.map(NominationRuleFacts::from),
        capacity: seats.capacity,
        answer_days: seats.answer_days,
        hold_hours: seats.hold_hours,
        cutoff_hours: seats.cutoff_hours,
        completion: ProgrammeCompletion {
            attend_at_least: completion.attend_at_least,
            partly_counts: completion.partly_counts.into(),
            excused_at_most: completion.excused_at_most,
            every_module: completion.every_module,
        },
        modules,
        content,
        practice,
        gatherings: gatherings.iter().map(|template| gathering(template, locale)).collect(),
    }
}

fn gathering(template: &model::GatheringTemplate, locale: Locale) -> ProgrammeGathering {
    let block = |block: &model::BlockTemplate| ProgrammeBlock {
        starts: block.starts.time().into(),
        ends: block.ends.time().into(),
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
        starts: template.starts.time().into(),
        ends: template.ends.time().into(),
        blocks: template.blocks.iter().map(block).collect(),
    }
}

/// Queries about programmes.
#[derive(Default)]
pub struct ProgrammeQuery;

#[Object]
impl ProgrammeQuery {
    /// The programme (lederprogram) with a key, in its latest version, or null.
    async fn programme(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Its key, such as `onboarding`.")] key: String,
    ) -> async_graphql::Result<Option<Programme>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let found = whole(context, catalogue::programmes(&caller.ctx, &right).await)?;
        let own = found.into_iter().find(|own| own.version.key == key.trim());
        Ok(own.map(|own| programme(own, caller.locale())))
    }

    /// Every version of a programme that the trust has had, newest first, with what each changed; none where there is no
    /// such programme.
    async fn programme_versions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The programme's key, such as `onboarding`.")] key: String,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<ProgrammeVersionConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = page_of(caller.locale(), first, after)?;
        let found = whole(context, catalogue::history(&caller.ctx, &right, &key).await)?;
        let place = |one: &catalogue::History| {
            (vec![format!("{:010}", u32::MAX - one.own.version.version)], one.own.version.id.0)
        };
        let (rows, more, total) = part(caller.locale(), found, &page, "programmeVersions", place)?;
        let rows = rows.into_iter().map(|(cursor, one)| (cursor, version(one, caller.locale()))).collect();
        Ok(ProgrammeVersionConnection::new(rows, &page, more, total))
    }

    /// The trust's programmes (lederprogrammer) in their latest versions, by key.
    async fn programmes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only of this family.")] family: Option<FamilyLabel>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<ProgrammeConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = page_of(Caller::of(context).locale(), first, after)?;
        let mut found = whole(context, catalogue::programmes(&caller.ctx, &right).await)?;
        found.retain(|own| family.is_none_or(|family| own.programme.family == family.into()));
        let place = |own: &catalogue::OwnProgramme| (vec![own.version.key.clone()], own.version.programme.0);
        let (rows, more, total) = part(Caller::of(context).locale(), found, &page, "programmes", place)?;
        let rows = rows.into_iter().map(|(cursor, own)| (cursor, programme(own, caller.locale()))).collect();
        Ok(ProgrammeConnection::new(rows, &page, more, total))
    }
}

fn language(context: &Context<'_>, tag: Option<&str>) -> async_graphql::Result<Locale> {
    let asked = tag.map(|tag| keys::language("locale", tag)).transpose();
    Ok(whole(context, asked)?.unwrap_or(Caller::of(context).locale()))
}
