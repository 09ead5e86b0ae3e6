//! `varde programme`

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use varde_app::{
    access::{Administrator, Coordinator},
    catalogue::{self, PublishProgramme},
};

use super::{opened, organisation_of};
use crate::{output, wiring::explain};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// List an organisation's programmes
    List(Of),
    /// Print a programme as a file that `publish` takes
    Export(Export),
    /// Publish a programme from a file as a new version, or add one; cohorts that stand keep their version
    Publish(Publish),
}

#[derive(Args)]
pub(crate) struct Of {
    /// The organisation's short name
    #[arg(long, value_name = "KEY")]
    organisation: String,
}

#[derive(Args)]
pub(crate) struct Export {
    /// The programme's key, such as `onboarding`
    key: String,
    #[command(flatten)]
    of: Of,
}

#[derive(Args)]
pub(crate) struct Publish {
    /// The programme (TOML)
    file: PathBuf,
    /// For a programme that is new: its rules of reminding (TOML)
    #[arg(long, value_name = "FILE")]
    reminders: Option<PathBuf>,
    /// Only tell what would change
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    of: Of,
}

pub(crate) async fn run(command: Command) -> Result<ExitCode> {
    let (Command::List(of) | Command::Export(Export { of, .. }) | Command::Publish(Publish { of, .. })) =
        &command;
    let (_, app) = opened().await?;
    let organisation = organisation_of(&app, &of.organisation).await?;
    let ctx = app.context(organisation.locale);
    let right = Coordinator::system(organisation.id);
    match command {
        Command::List(_) => {
            for own in catalogue::programmes(&ctx, &right).await.map_err(explain)? {
                let title = own.programme.title.get(organisation.locale);
                output::line(format_args!(
                    "{:<28} version {:<3} {title}",
                    own.version.key, own.version.version
                ));
            }
        }
        Command::Export(Export { key, .. }) => {
            let all = catalogue::programmes(&ctx, &right).await.map_err(explain)?;
            let Some(own) = all.iter().find(|own| own.version.key == key) else {
                let known: Vec<&str> = all.iter().map(|own| own.version.key.as_str()).collect();
                bail!("there is no programme `{key}`; there are: {}", known.join(", "));
            };
            output::line(own.programme.to_toml()?.trim_end());
        }
        Command::Publish(args) => {
            let read = |path: &PathBuf| {
                fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
            };
            let input = PublishProgramme {
                source: read(&args.file)?,
                reminders: args.reminders.as_ref().map(read).transpose()?,
                version: None,
                dry_run: args.dry_run,
            };
            let administrator = Administrator::system(organisation.id);
            let published = catalogue::publish(&ctx, &administrator, &input).await.map_err(explain)?;
            for change in &published.changes {
                let label = catalogue::label(organisation.locale, &change.key);
                let [before, after] =
                    [&change.before, &change.after].map(|said| said.as_deref().unwrap_or("-"));
                output::line(format_args!("{label}: {before} -> {after}"));
            }
            let (key, version) = (&published.own.version.key, published.own.version.version);
            output::line(match (published.changes.len(), args.dry_run) {
                (0, _) => format!("Nothing differs from version {version} of `{key}`."),
                (_, true) => format!("This would be version {version} of `{key}`. Nothing was kept."),
                (_, false) => format!("Version {version} of `{key}` is published; new cohorts follow it."),
            });
        }
    }
    app.store().clone().close().await?;
    Ok(ExitCode::SUCCESS)
}
