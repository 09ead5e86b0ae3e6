//! `varde import-people`

mod progress;
mod report;

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use varde_app::{
    access::Coordinator,
    hr_import::{self, ImportInput, ImportOutcome, OnFaults},
};
use varde_model::{Locale, hr::profile::ImportProfile};
use varde_settings::{Import, Settings};

use super::{opened, organisation::locale, organisation_of};
use crate::{output, wiring::explain};

/// The exit code of a file that was refused.
const REFUSED: u8 = 2;

#[derive(clap::Args)]
#[command(after_help = "\
Exit code: 0 when the file was imported (or, with --dry-run, would be), 2 when it was refused for its
faults, 1 when something else went wrong. Importing a file twice changes nothing; who is missing from
it is flagged, never deleted.")]
pub(crate) struct Args {
    /// The file: CSV with semicolons or commas, in UTF-8 or Windows-1252
    file: PathBuf,
    /// The organisation's short name
    #[arg(long, value_name = "KEY")]
    organisation: String,
    /// How the HR system writes its file: a key of import.profiles in the settings
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Import the rows that are right, instead of nothing, when others are at fault
    #[arg(long)]
    skip_faulty: bool,
    /// Write the report as JSON
    #[arg(long)]
    json: bool,
    /// The language of the report
    #[arg(long, value_name = "nb|nn|en", value_parser = locale, default_value = "en")]
    language: Locale,
}

pub(crate) async fn run(args: Args) -> Result<ExitCode> {
    let (settings, app) = opened().await?;
    let organisation = organisation_of(&app, &args.organisation).await?;
    let input = input(&args, &settings)?;
    let right = Coordinator::system(organisation.id);
    let bar = progress::Bar::new(args.dry_run);
    let ctx = app.context(args.language);
    let tell = |done, total| bar.show(done, total);
    let outcome = hr_import::import_people(&ctx, &right, input, &tell).await;
    bar.end();
    let report = outcome.map_err(explain)?;
    if args.json {
        output::line(serde_json::to_string_pretty(&report::json(&report, args.language))?);
    } else {
        output::line(report::text(&report, args.language).trim_end());
    }
    app.store().clone().close().await?;
    Ok(if report.outcome == ImportOutcome::Rejected { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS })
}

fn input(args: &Args, settings: &Settings) -> Result<ImportInput> {
    if args.file.is_dir() {
        bail!("{} is a folder: name the HR system's file in it", args.file.display());
    }
    let source = File::open(&args.file).with_context(|| format!("reading {}", args.file.display()))?;
    Ok(ImportInput {
        file_name: name(&args.file),
        source: Box::new(source),
        profile: profile(&settings.import, args.profile.as_deref())?,
        max_rows: settings.import.max_rows,
        dry_run: args.dry_run,
        on_faults: if args.skip_faulty { OnFaults::SkipFaulty } else { OnFaults::RejectAll },
        operation: None,
    })
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn profile(import: &Import, key: Option<&str>) -> Result<ImportProfile> {
    let known = || import.profiles.iter().map(|profile| profile.key.as_str()).collect::<Vec<_>>().join(", ");
    let wrong = || format!("there is no import profile `{}`; there is: {}", key.unwrap_or_default(), known());
    import.profile(key).cloned().with_context(wrong)
}
