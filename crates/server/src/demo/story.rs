//! What has happened in the two fictional trusts before the demo's visitor comes: people imported, new leaders found
//! and invited to a cohort, and many have answered.

mod answers;
mod people;
mod trusts;

use std::io::Cursor;

use anyhow::{Context, Result, bail};
use chrono::{Datelike as _, NaiveDate};
use varde_app::{
    App, Ctx,
    access::{Coordinator, Viewer},
    catalogue, closed_days,
    cohorts::{self, CohortDraft, GatheringDraft},
    enrolments::{self, EnrolLeaders},
    hr_import::{self, ImportInput, ImportOutcome, OnFaults},
    input::ErrorPolicy,
    organisations::NewOrganisation,
    people::{by_ids, today},
    proposals,
};
use varde_model::{
    Locale,
    cohort::Cohort,
    ids::{CohortId, PersonId},
    organisation::Organisation,
    roles::Role,
};
use varde_settings::Settings;

use self::answers::Answers;
use super::{credentials::Credential, dates::gathering_days};
use crate::{commands::organisation::with_catalogue, wiring::explain};

pub(crate) use trusts::{TRUSTS, Trust};

const PROGRAMME: &str = "onboarding";
/// The code that the examples of the library of operations ask for.
const COHORT: &str = "INTRO-1";

/// The story up to the invitations.
pub(crate) struct Told {
    /// Who can sign in, the first trust's people first.
    pub(crate) credentials: Vec<Credential>,
    opened: Vec<Opened>,
}

/// A cohort with its invitations.
struct Opened {
    cohort: CohortId,
    answers: Answers,
    /// Its coordinator. What she does, she does under her own name.
    viewer: Viewer,
}

/// Tells the story of every trust, up to the invitations.
///
/// # Errors
/// A step of it was refused or broke.
pub(crate) async fn tell(app: &App, settings: &Settings) -> Result<Told> {
    let mut told = Told { credentials: Vec::new(), opened: Vec::new() };
    for trust in &TRUSTS {
        let one = Box::pin(tell_one(app, settings, trust)).await;
        let (credentials, opened) = one.with_context(|| format!("setting up {}", trust.name))?;
        told.credentials.extend(credentials);
        told.opened.push(opened);
    }
    Ok(told)
}

impl Told {
    /// Goes on with the story once the invitations are in the mailbox: leaders answer.
    ///
    /// # Errors
    /// An answer was refused.
    pub(crate) async fn answers(&self, app: &App) -> Result<()> {
        for opened in &self.opened {
            answers::give(&app.context(Locale::Nb), opened).await?;
        }
        Ok(())
    }
}

async fn tell_one(app: &App, settings: &Settings, trust: &Trust) -> Result<(Vec<Credential>, Opened)> {
    let new = NewOrganisation {
        key: trust.key.to_owned(),
        name: trust.name.to_owned(),
        zone: settings.organisation.time_zone,
        locale: Locale::Nb,
    };
    let organisation = with_catalogue(app, &new).await?;
    let ctx = app.context(Locale::Nb);
    let administrator = people::office(&ctx, trust, &organisation, Role::Administrator).await?;
    let coordinator = people::office(&ctx, trust, &organisation, Role::Coordinator).await?;
    let viewer = Viewer {
        account: coordinator.0,
        organisation: organisation.id,
        person: None,
        roles: vec![Role::Coordinator],
        session: None,
    };
    let right = viewer.coordinator().map_err(explain)?;
    import(&ctx, &right, settings, trust).await?;
    let cohort = open_cohort(&ctx, &right, trust, &organisation).await?;
    let (manager, leader) = people::pair(&ctx, &right, trust, &cohort).await?;
    let opened = Opened { cohort: cohort.id, answers: trust.answers, viewer };
    Ok((vec![administrator.1, coordinator.1, manager, leader], opened))
}

async fn import(ctx: &Ctx, right: &Coordinator, settings: &Settings, trust: &Trust) -> Result<()> {
    let profile = settings.import.profiles.iter().find(|profile| profile.key == "fjordheim");
    let input = ImportInput {
        file_name: trust.file_name.to_owned(),
        source: Box::new(Cursor::new(trust.file)),
        profile: profile.cloned().context("the settings have replaced the import profile `fjordheim`")?,
        max_rows: settings.import.max_rows,
        dry_run: false,
        on_faults: OnFaults::RejectAll,
        operation: None,
    };
    let report = Box::pin(hr_import::import_people(ctx, right, input, &|_, _| {})).await.map_err(explain)?;
    if report.outcome != ImportOutcome::Imported {
        bail!("{} was refused: {} fault(s)", trust.file_name, report.faults.len());
    }
    Ok(())
}

/// A cohort of the onboarding programme, with the new leaders for whom there is room, published.
async fn open_cohort(
    ctx: &Ctx,
    right: &Coordinator,
    trust: &Trust,
    organisation: &Organisation,
) -> Result<Cohort> {
    let programmes = catalogue::programmes(ctx, right).await?;
    let own =
        programmes.iter().find(|own| own.version.key == PROGRAMME).context("no onboarding programme")?;
    let weeks: Vec<u32> = own.programme.gatherings.iter().map(|gathering| gathering.week).collect();
    let calendar = closed_days::calendar(ctx.store(), organisation.id).await?;
    let days = gathering_days(today(ctx, organisation.id).await?, &weeks, &calendar);
    let first = *days.first().context("the onboarding programme has no gatherings")?;
    let draft = CohortDraft {
        programme: PROGRAMME.to_owned(),
        code: COHORT.to_owned(),
        title: Some(season(first)),
        capacity: trust.capacity,
        place: Some(trust.place.to_owned()),
        gatherings: days
            .into_iter()
            .map(|date| GatheringDraft {
                date,
                room: Some(trust.room.to_owned()),
                ..GatheringDraft::default()
            })
            .collect(),
        ..CohortDraft::default()
    };
    let cohort = cohorts::create(ctx, right, &draft).await.map_err(explain)?.cohort;
    proposals::propose_new_leaders(ctx, right, false).await.map_err(explain)?;
    invite_beyond(ctx, right, cohort.id, trust.beyond).await?;
    let published = Box::pin(cohorts::publish(ctx, right, cohort.id, None, false)).await.map_err(explain)?;
    Ok(published.cohort)
}

/// Adds new leaders for whom the cohort has no room: the first to say yes get the seats.
async fn invite_beyond(ctx: &Ctx, right: &Coordinator, cohort: CohortId, leaders: usize) -> Result<()> {
    if leaders == 0 {
        return Ok(());
    }
    let waiting: Vec<PersonId> =
        proposals::new_leaders(ctx, right).await?.iter().map(|leader| leader.person).take(leaders).collect();
    let people = by_ids(ctx, right, &waiting).await?;
    let input = EnrolLeaders {
        cohort,
        employee_numbers: people.into_iter().map(|person| person.employee_number).collect(),
        reason: None,
        error_policy: ErrorPolicy::RejectAll,
        dry_run: false,
    };
    enrolments::enrol(ctx, right, &input).await.map_err(explain)?;
    Ok(())
}

/// What people call a cohort that begins then.
fn season(begins: NaiveDate) -> String {
    let season = if begins.month() < 7 { "våren" } else { "høsten" };
    format!("Kull {season} {}", begins.year())
}
