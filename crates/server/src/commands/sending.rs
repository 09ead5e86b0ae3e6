//! `varde sending`

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};
use varde_app::{access::Administrator, organisations::set_sending};

use super::{opened, organisation_of};
use crate::{output, wiring::explain};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Let the mail out: also what has waited, as far as it has not become too late meanwhile
    On(Of),
    /// Hold all mail back until it is switched on again
    Off(Of),
}

#[derive(Args)]
pub(crate) struct Of {
    /// The organisation's short name
    #[arg(long, value_name = "KEY")]
    organisation: String,
}

pub(crate) async fn run(command: Command) -> Result<ExitCode> {
    let (of, sending) = match command {
        Command::On(of) => (of, true),
        Command::Off(of) => (of, false),
    };
    let (_, app) = opened().await?;
    let organisation = organisation_of(&app, &of.organisation).await?;
    let ctx = app.context(organisation.locale);
    set_sending(&ctx, &Administrator::system(organisation.id), sending, false).await.map_err(explain)?;
    let state = if sending { "goes out" } else { "is held back" };
    output::line(format_args!("Mail of {} {state}.", organisation.name));
    app.store().clone().close().await?;
    Ok(ExitCode::SUCCESS)
}
