//! What has happened in the two fictional trusts before the demo's visitor comes: people imported, new leaders found
//! and invited to a cohort, and many have answered.

mod answers;
mod check_ins;
mod courses;
mod fjordheim;
mod groups;
mod people;
mod rounds;
mod trusts;

use std::io::Cursor;

use anyhow::{Context, Result, bail};
use varde_app::{
    App, Ctx,
    access::{Coordinator, Viewer},
    hr_import::{self, ImportInput, ImportOutcome, OnFaults},
    organisations::NewOrganisation,
};
use varde_model::{
    Locale,
    ids::{CohortId, LeaderGroupId},
    roles::Role,
};
use varde_settings::Settings;

use self::answers::Answers;
use super::credentials::Credential;
use crate::{commands::organisation::with_catalogue, wiring::explain};

pub(crate) use trusts::{TRUSTS, Trust};

/// The story up to the invitations.
pub(crate) struct Told {
    /// Who can sign in, the first trust's people first.
    pub(crate) credentials: Vec<Credential>,
    opened: Vec<Opened>,
}

/// A trust's cohorts with their invitations.
struct Opened {
    cohorts: Vec<(CohortId, Answers)>,
    /// Leader groups whose leaders say yes.
    groups: Vec<LeaderGroupId>,
    /// Their coordinator. What she does, she does under her own name.
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
            let ctx = app.context(Locale::Nb);
            answers::give(&ctx, opened).await?;
            for group in &opened.groups {
                groups::accept(&ctx, &opened.viewer, *group).await?;
            }
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
    let cohorts = courses::open(&ctx, &right, trust).await?;
    let (onboarding, _) = cohorts.first().context("a trust without a cohort")?;
    let (manager, leader) = people::pair(&ctx, &right, trust, *onboarding).await?;
    let mut accepting = Vec::new();
    for group in trust.groups {
        let id = Box::pin(groups::open(&ctx, &right, trust, group)).await?;
        accepting.extend(group.takes_part.then_some(id));
    }
    for round in trust.rounds {
        Box::pin(rounds::open(&ctx, &right, trust, &viewer, round)).await?;
    }
    check_ins::plan(&ctx, &right).await?;
    let opened = Opened { cohorts, groups: accepting, viewer };
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
