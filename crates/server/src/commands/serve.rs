//! `varde serve`

use std::{net::SocketAddr, process::ExitCode};

use anyhow::{Context as _, Result, bail};
use axum::Router;
use clap::ValueEnum;
use varde_app::{
    App,
    installation::{Woken, wake},
};
use varde_mail::Transport;
use varde_model::Locale;
use varde_persistence::organisations;
use varde_settings::Settings;

use crate::{
    house::{House, listen},
    logs, routes, sender, wiring,
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run one half alone; several processes may share one PostgreSQL database
    #[arg(long, value_name = "PART")]
    only: Option<Part>,
    /// Address and port to listen on; without it, the setting http.listen. A scheduler alone listens only if told to,
    /// and then answers /healthz, /readyz and /metrics
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// Bring a PostgreSQL database up to date first (a SQLite file always is)
    #[arg(long)]
    migrate: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// GraphQL and the pages behind mail links; sends nothing
    Gateway,
    /// Timers and mail
    Scheduler,
}

pub(crate) async fn run(args: Args) -> Result<ExitCode> {
    let settings = wiring::settings()?;
    logs::start(&settings.log)?;
    check_templates()?;
    let store = wiring::ready_store(&settings, args.migrate).await?;
    let app = wiring::app(&settings, store)?;
    wake_up(&app).await?;

    let mut house = House::new(app.clone(), settings.mail.timeout())?;
    let hooks = routes::hooks(&app, routes::measure()?, house.stopping());
    let routes = match args.only {
        None | Some(Part::Gateway) => Some(routes::all(&settings, &app, &hooks, Router::new())),
        Some(Part::Scheduler) => args.listen.is_some().then(|| routes::operations(&settings, &hooks)),
    };
    if let Some(routes) = routes {
        let listener = listen(args.listen.unwrap_or(settings.http.listen)).await?;
        let address = listener.local_addr()?;
        house.answer(listener, routes, &settings.http.trusted_proxies);
        tracing::info!(%address, public_url = settings.http.public_url, "listening");
    }
    if args.only != Some(Part::Gateway) {
        schedule(&mut house, &settings, &app, args.only).await?;
    }
    house.run().await?;
    Ok(ExitCode::SUCCESS)
}

async fn schedule(house: &mut House, settings: &Settings, app: &App, only: Option<Part>) -> Result<()> {
    match wiring::transport(settings)? {
        Some(transport) => {
            warn_of_sender(settings, app, &transport).await?;
            house.work(wiring::scheduler(settings, app, transport.clone()), transport);
            tracing::info!("the scheduler runs");
        }
        None if only == Some(Part::Scheduler) => {
            bail!("no mail server is set: VARDE_MAIL_URL, such as smtp://host:587")
        }
        None => tracing::warn!(
            "no mail server is set: mail waits and no timer fires, until VARDE_MAIL_URL names one and the service is started anew"
        ),
    }
    Ok(())
}

/// A sender that nobody can answer is told of at the start, as the mail goes out nevertheless, or fails one by one.
async fn warn_of_sender(settings: &Settings, app: &App, transport: &Transport) -> Result<()> {
    let organisations = organisations::all(app.store()).await.context("reading the organisations")?;
    if let Some(fault) = sender::fault(transport, &settings.mail.from_address, &organisations) {
        tracing::warn!("mail has no sender that holds: {fault}; {}", sender::MEND);
    }
    Ok(())
}

/// A letter that cannot be written is found now, not at eight in the morning.
fn check_templates() -> Result<()> {
    let Err(faults) = varde_mail::check_templates() else { return Ok(()) };
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    bail!("{}", told.join("\n"))
}

/// Holds mail back in a copy of the database.
async fn wake_up(app: &App) -> Result<()> {
    if let Woken::Elsewhere { before, moved, held_back } = wake(&app.context(Locale::En)).await? {
        let what = if moved {
            "it lies in another file, or on another server, than when it was last used"
        } else {
            "it was last used under another public URL"
        };
        tracing::warn!(
            before,
            now = app.config().public_url,
            organisations = held_back.join(", "),
            "this database may be a copy, as {what}: sending is off; where it is right that this one sends, for each organisation: varde sending on --organisation {}",
            held_back.first().map_or("KEY", String::as_str)
        );
    }
    Ok(())
}
