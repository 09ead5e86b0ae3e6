//! `varde organisation`

use std::process::ExitCode;

use anyhow::{Result, anyhow};
use chrono_tz::Tz;
use clap::{Args, Subcommand};
use varde_app::{
    App,
    access::Administrator,
    catalogue,
    organisations::{self, NewOrganisation},
};
use varde_model::{Locale, organisation::Organisation};
use varde_persistence::organisations::all;

use super::opened;
use crate::{output, wiring::explain};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Add an organisation (a hospital trust) with the programmes and reminders of the catalogue
    Add(Add),
    /// List the organisations
    List,
}

#[derive(Args)]
pub(crate) struct Add {
    /// The short name that commands and files use: a-z, 0-9 and hyphens, such as `fjordheim`
    key: String,
    /// The full name as mails show it, such as "Fjordheim sykehus HF"
    name: String,
    /// Where its clocks stand; without it, the setting organisation.time_zone
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<Tz>,
    /// The language of people who chose none; without it, the setting organisation.locale
    #[arg(long, value_name = "nb|nn|en", value_parser = locale)]
    language: Option<Locale>,
}

pub(crate) async fn run(command: Command) -> Result<ExitCode> {
    let (settings, app) = opened().await?;
    match command {
        Command::Add(add) => {
            let new = NewOrganisation {
                key: add.key,
                name: add.name,
                zone: add.time_zone.unwrap_or(settings.organisation.time_zone),
                locale: add.language.unwrap_or(settings.organisation.locale),
            };
            let organisation = with_catalogue(&app, &new).await?;
            let key = &organisation.key;
            output::line(format_args!(
                "Added {} as `{key}`, with the programmes of the catalogue.",
                organisation.name
            ));
            output::line(format_args!(
                "Next: varde user add --organisation {key} --role administrator --email <address> --name <name>"
            ));
        }
        Command::List => {
            for organisation in all(app.store()).await? {
                let sending = if organisation.sending { "" } else { "  (sending is off)" };
                output::line(format_args!("{:<20} {}{sending}", organisation.key, organisation.name));
            }
        }
    }
    app.store().clone().close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Makes an organisation and takes the catalogue into it.
pub(crate) async fn with_catalogue(app: &App, new: &NewOrganisation) -> Result<Organisation> {
    let faults = |faults: Vec<_>| anyhow!("the catalogue does not hold: {faults:?}");
    let catalogue = catalogue::embedded().map_err(faults)?;
    let ctx = app.context(new.locale);
    let organisation = organisations::create(&ctx, new).await.map_err(explain)?;
    catalogue::load(&ctx, &Administrator::system(organisation.id), &catalogue, false)
        .await
        .map_err(explain)?;
    Ok(organisation)
}

/// A language as it is written on the command line.
pub(crate) fn locale(tag: &str) -> Result<Locale, String> {
    Locale::from_tag(tag).ok_or_else(|| "nb, nn or en".to_owned())
}
