//! `varde migrate`

use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::{logs, output, wiring};

pub(crate) async fn run() -> Result<ExitCode> {
    let settings = wiring::settings()?;
    logs::start_quietly(&settings.log)?;
    let store = wiring::store(&settings).await?;
    let pending = store.pending_migrations().await.context("reading the schema's state")?;
    if pending.is_empty() {
        output::line("The database is up to date.");
    } else {
        store.migrate().await.context("bringing the schema up to date; nothing half-done was kept")?;
        for migration in &pending {
            output::line(format_args!("done: {migration}"));
        }
    }
    store.close().await?;
    Ok(ExitCode::SUCCESS)
}
