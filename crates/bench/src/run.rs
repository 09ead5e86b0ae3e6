//! One run: everything, on both databases.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use varde_persistence::Engine;

use crate::{
    check_ins,
    figures::{Figures, Import},
    ground::Ground,
    mail, reads, report, standing, writes,
};

/// What is said on the command line.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Few rows and short rounds: shows that everything works, and nothing about speed
    #[arg(long)]
    quick: bool,
    /// Measure on this database alone
    #[arg(long, value_name = "sqlite|postgres")]
    only: Option<String>,
    /// The file whose section of figures is written anew; without it BENCHMARKS.md and, in short, README.md; none with
    /// --quick
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The day that stands in the file; without it, today
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<chrono::NaiveDate>,
    /// The program `varde`; without it, it is built in the benchmark's own profile
    #[arg(long, value_name = "FILE")]
    server: Option<PathBuf>,
}

/// How long and how much.
pub(crate) struct Pace {
    pub(crate) rounds: usize,
    pub(crate) round: Duration,
    pub(crate) people: usize,
    /// Leaders among those people: one in 25.
    pub(crate) leaders: usize,
    pub(crate) mails: usize,
    pub(crate) bare_mails: usize,
    /// Leaders of the trusts whose check-ins are opened.
    pub(crate) check_ins: [usize; 3],
}

impl Pace {
    fn of(options: &Options) -> Self {
        let people = if options.quick { 1_000 } else { 25_000 };
        let (rounds, round, mails) = if options.quick {
            (1, Duration::from_millis(200), 60)
        } else {
            (5, Duration::from_secs(2), 4_000)
        };
        let check_ins = if options.quick { [30, 60, 120] } else { [1_000, 10_000, 100_000] };
        Self { rounds, round, people, leaders: people / 25, mails, bare_mails: mails * 3, check_ins }
    }
}

/// Measures everything and writes it down.
pub(crate) async fn all(options: &Options) -> Result<()> {
    let pace = Pace::of(options);
    let varde = match &options.server {
        Some(path) => path.clone(),
        None => build()?,
    };
    let mut figures = Vec::new();
    for (name, engine) in [("postgres", Engine::Postgres), ("sqlite", Engine::Sqlite)] {
        if options.only.as_deref().is_none_or(|only| only == name) {
            figures.push(Box::pin(on(engine, &varde, &pace)).await?);
        }
    }
    ensure!(!figures.is_empty(), "there is no database of that name: sqlite or postgres");
    let date = options.date.unwrap_or_else(|| chrono::Utc::now().date_naive());
    let section = report::section(&figures, date, options.quick);
    println!("\n{section}");
    let output = match (&options.output, options.quick || options.only.is_some()) {
        (Some(path), _) => Some(path.clone()),
        (None, true) => None,
        (None, false) => Some(root().join("BENCHMARKS.md")),
    };
    if let Some(path) = output {
        report::write(&path, &section)?;
        println!("written to {}", path.display());
        if options.output.is_none() {
            report::write(&root().join("README.md"), &report::summary(&figures))?;
        }
    }
    Ok(())
}

async fn on(engine: Engine, varde: &Path, pace: &Pace) -> Result<Figures> {
    let begun = Instant::now();
    let ground = Ground::prepare(engine, varde, pace.people).await?;
    let name = ground.name();
    let tell = |what: &str| println!("[{:>5.1} s] {name}: {what}", begun.elapsed().as_secs_f64());
    tell("reads");
    let reads = reads::measure(&ground, pace).await?;
    tell("the mutation");
    let write = writes::measure(&ground, pace).await?;
    tell("start and memory");
    let standing = standing::measure(&ground, pace).await?;
    tell("mail");
    let mails = mail::measure(&ground, pace).await?;
    tell("check-ins");
    let check_ins = check_ins::measure(engine, varde, pace).await?;
    tell("done");
    let import = Import {
        rows: pace.people,
        seconds: ground.import.time.as_secs_f64(),
        peak_mb: ground.import.peak_mb,
    };
    Ok(Figures { database: name, reads, write, mails, standing, import, check_ins })
}

/// Builds the product in the profile that this program was built in.
fn build() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(root()).args(["build", "--package", "varde-server", "--bin", "varde"]);
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    ensure!(command.status().context("running cargo")?.success(), "varde could not be built");
    let own = std::env::current_exe()?;
    Ok(own.parent().context("a program has a folder")?.join("varde"))
}

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
