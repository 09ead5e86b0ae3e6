//! `varde demo`

use std::{
    fs::{File, TryLockError},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, Result, anyhow, bail};
use axum::{Router, response::Redirect, routing::get};
use chrono::{DateTime, Utc};
use varde_app::{App, Clock as _};
use varde_mail::{FileTransport, Transport};
use varde_pages::demo::{Address, Demo, Folder, SignIn};
use varde_persistence::{Store, organisations};
use varde_scheduler::Scheduler;
use varde_settings::Settings;

use crate::{
    clock::{MovableClock, SystemClock},
    demo::{
        beginning,
        clock::Hands,
        credentials::{self, Credential},
        folder, greeting, story,
    },
    house::{House, listen},
    logs, output, routes, wiring,
};

/// What the settings say where nobody has said anything.
const UNSET_DATA_DIR: &str = "varde-data";
/// The demo's own, so that it lies beside a real installation and not in it.
const DATA_DIR: &str = "demo-data";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run on this database, which must be empty: postgres://user:password@host/database. Without it, a SQLite file
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// The folder for the database, the mails and the passwords [default: demo-data]
    #[arg(long, value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// The port to listen on, on this machine alone; 0 takes a free one
    #[arg(long, conflicts_with = "listen")]
    port: Option<u16>,
    /// Go on with the demo that is in the folder, instead of beginning anew
    #[arg(long)]
    keep: bool,
    /// What the clock shows at the beginning, such as 2026-11-23T08:00:00+01:00
    #[arg(long, value_name = "MOMENT", conflicts_with = "keep", value_parser = beginning::moment)]
    now: Option<DateTime<Utc>>,
}

pub(crate) async fn run(args: Args) -> Result<ExitCode> {
    let mut settings = wiring::settings()?;
    logs::start_quietly(&settings.log)?;
    take(&args, &mut settings);
    let listener = listen(settings.http.listen).await?;
    settings.http.public_url = public_url(listener.local_addr()?);
    wiring::data_dir(&settings.data_dir)?;
    let _this_demo_alone = alone_in(&settings.data_dir)?;
    let store = open(&args, &mut settings).await?;
    let (clock, app) = start_clock(&args, &settings, store)?;

    let transport = Transport::File(FileTransport::new(folder::mail(&settings.data_dir)));
    let scheduler = wiring::scheduler(&settings, &app, transport.clone());
    let mut house = House::new(app.clone(), settings.mail.timeout())?;
    let hooks = routes::hooks(&app, routes::measure()?, house.stopping());
    let credentials = past(&app, &settings, args.keep, &scheduler).await?;
    folder::keep_clock(&settings.data_dir, clock.now())?;

    let own = pages(&settings, &clock, scheduler.clone(), &credentials);
    house.answer(listener, routes::all(&settings, &app, &hooks, own), &settings.http.trusted_proxies);
    let next = scheduler.next_event().await?.unwrap_or_else(|| clock.now());
    house.work(scheduler, transport);
    let (url, zone) = (&settings.http.public_url, settings.organisation.time_zone);
    output::line(greeting::text(url, &settings.data_dir, clock.now(), next, zone, &credentials));
    house.run().await?;
    folder::keep_clock(&settings.data_dir, clock.now())?;
    Ok(ExitCode::SUCCESS)
}

/// What the command line says goes before the settings. Where a real installation's mail goes, its database and its
/// address are no business of the demo's, though the shell may name them: nothing of it leaves the machine.
fn take(args: &Args, settings: &mut Settings) {
    settings.mail.url = None;
    settings.database.url = args.database_url.clone().map(Into::into);
    if let Some(folder) = &args.data_dir {
        settings.data_dir.clone_from(folder);
    } else if settings.data_dir.as_os_str() == UNSET_DATA_DIR {
        settings.data_dir = DATA_DIR.into();
    }
    if let Some(address) = args.listen {
        settings.http.listen = address;
    }
    if let Some(port) = args.port {
        settings.http.listen.set_port(port);
    }
}

/// Keeps other demos out of the folder for as long as what it gives is kept.
fn alone_in(data_dir: &Path) -> Result<File> {
    folder::lock(data_dir).map_err(|error| match error {
        TryLockError::WouldBlock => anyhow!(
            "a demo runs in {} already: end it with Ctrl-C first, or choose another folder with --data-dir",
            data_dir.display()
        ),
        TryLockError::Error(error) => anyhow!(error).context("locking the demo's folder"),
    })
}

/// The address that a browser on this machine uses.
fn public_url(mut bound: SocketAddr) -> String {
    if bound.ip().is_unspecified() {
        bound.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    format!("http://{bound}")
}

/// Opens the demo's database: its own SQLite file anew, another one only if it is empty or of an earlier demo.
async fn open(args: &Args, settings: &mut Settings) -> Result<Store> {
    let clear = |settings: &Settings| {
        folder::clear(&settings.data_dir).context("clearing away the demo before this one")
    };
    let own_file = settings.database.url.is_none();
    if own_file {
        if !args.keep {
            clear(settings)?;
        }
        let file = folder::database(&settings.data_dir);
        settings.database.url = Some(format!("sqlite://{}", file.display()).into());
    }
    let store = wiring::ready_store(settings, true).await?;
    let there: Vec<String> = organisations::all(&store).await?.into_iter().map(|found| found.key).collect();
    if there.iter().any(|key| story::TRUSTS.iter().all(|trust| trust.key != key)) {
        bail!(
            "the database holds another organisation than the demo's, and the demo would write mails to its people"
        );
    }
    if !there.is_empty() && !folder::holds_a_demo(&settings.data_dir) {
        bail!(
            "the database is in use, and {} holds no demo that began in it: use an empty database",
            settings.data_dir.display()
        );
    }
    if !there.is_empty() && !args.keep {
        bail!("the database holds an earlier demo: use an empty one, or go on with it by --keep");
    }
    if !args.keep && !own_file {
        clear(settings)?;
    }
    Ok(store)
}

fn start_clock(args: &Args, settings: &Settings, store: Store) -> Result<(Arc<MovableClock>, App)> {
    let kept = if args.keep { folder::kept_clock(&settings.data_dir) } else { None };
    let beginning = kept.or(args.now).unwrap_or_else(|| beginning::of_the_story(SystemClock.now()));
    let clock = Arc::new(MovableClock::showing(beginning));
    let app = wiring::app_with_clock(settings, store, clock.clone())?;
    Ok((clock, app))
}

/// What happened before: told now, or in an earlier run. Its mails lie in the mailbox before anybody looks.
async fn past(app: &App, settings: &Settings, keep: bool, scheduler: &Scheduler) -> Result<Vec<Credential>> {
    if keep && !organisations::all(app.store()).await?.is_empty() {
        return credentials::read(&settings.data_dir)
            .context("the passwords of the demo before this one are gone: begin anew, without --keep");
    }
    let told = Box::pin(story::tell(app, settings)).await?;
    credentials::write(&settings.data_dir, &told.credentials).context("writing down the passwords")?;
    Box::pin(scheduler.run_due()).await.context("sending the invitations")?;
    Box::pin(told.answers(app)).await.context("answering the invitations")?;
    Box::pin(scheduler.run_due()).await.context("sending what the answers lead to")?;
    Ok(told.credentials)
}

fn pages(
    settings: &Settings,
    clock: &Arc<MovableClock>,
    scheduler: Scheduler,
    credentials: &[Credential],
) -> Router {
    let (url, data_dir) = (&settings.http.public_url, &settings.data_dir);
    let sign_ins: Vec<SignIn> = credentials.iter().map(sign_in).collect();
    let graphiql = Address { name: "GraphiQL".to_owned(), url: format!("{url}/graphiql") };
    let demo = Demo {
        mailbox: Arc::new(Folder::new(folder::mail(data_dir))),
        clock: Arc::new(Hands { clock: clock.clone(), scheduler, data_dir: data_dir.clone() }),
        sign_ins: sign_ins.into(),
        addresses: Arc::new([graphiql]),
        zone: settings.organisation.time_zone,
        public_url: url.as_str().into(),
    };
    varde_pages::demo::router(demo).route("/", get(async || Redirect::to("/demo")))
}

fn sign_in(credential: &Credential) -> SignIn {
    let trust = story::TRUSTS.iter().find(|trust| trust.key == credential.organisation);
    SignIn {
        role: credential.role.clone(),
        organisation: trust.map_or_else(|| credential.organisation.clone(), |trust| trust.name.to_owned()),
        email: credential.email.clone(),
        password: credential.password.clone(),
    }
}
