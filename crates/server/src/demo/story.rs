//! What has happened in the two fictional trusts before the demo's visitor comes: people imported, new leaders found
//! and invited to a cohort.

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
    hr_import::{self, ImportInput, ImportOutcome, OnFaults},
    organisations::NewOrganisation,
    people::today,
    proposals,
};
use varde_model::{Locale, cohort::Cohort, ids::AccountId, organisation::Organisation, roles::Role};
use varde_settings::Settings;

use super::{credentials::Credential, dates::gathering_days};
use crate::{commands::organisation::with_catalogue, wiring::explain};

pub(crate) use trusts::{TRUSTS, Trust};

const PROGRAMME: &str = "onboarding";
/// The code that the examples of the library of operations ask for.
const COHORT: &str = "INTRO-1";

/// Tells the story of every trust. Gives who can sign in, the first trust's people first.
///
/// # Errors
/// A step of it was refused or broke.
pub(crate) async fn tell(app: &App, settings: &Settings) -> Result<Vec<Credential>> {
    let mut credentials = Vec::new();
    for trust in &TRUSTS {
        let told = Box::pin(tell_one(app, settings, trust)).await;
        credentials.extend(told.with_context(|| format!("setting up {}", trust.name))?);
    }
    Ok(credentials)
}

async fn tell_one(app: &App, settings: &Settings, trust: &Trust) -> Result<Vec<Credential>> {
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
    let right = coordinator_right(&organisation, coordinator.0)?;
    import(&ctx, &right, settings, trust).await?;
    let cohort = open_cohort(&ctx, &right, trust, &organisation).await?;
    let (manager, leader) = people::pair(&ctx, &right, trust, &cohort).await?;
    Ok(vec![administrator.1, coordinator.1, manager, leader])
}

/// What the coordinator does, she does under her own name.
fn coordinator_right(organisation: &Organisation, account: AccountId) -> Result<Coordinator> {
    let viewer = Viewer {
        account,
        organisation: organisation.id,
        person: None,
        roles: vec![Role::Coordinator],
        session: None,
    };
    viewer.coordinator().map_err(explain)
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
            .map(|date| GatheringDraft { date, ..GatheringDraft::default() })
            .collect(),
        ..CohortDraft::default()
    };
    let cohort = cohorts::create(ctx, right, &draft).await.map_err(explain)?.cohort;
    proposals::propose_new_leaders(ctx, right, false).await.map_err(explain)?;
    let published = Box::pin(cohorts::publish(ctx, right, cohort.id, None, false)).await.map_err(explain)?;
    Ok(published.cohort)
}

/// What people call a cohort that begins then.
fn season(begins: NaiveDate) -> String {
    let season = if begins.month() < 7 { "våren" } else { "høsten" };
    format!("Kull {season} {}", begins.year())
}
