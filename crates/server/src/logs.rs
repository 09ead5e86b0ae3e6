//! Logs on standard error, as text for people or JSON for a log server.

use std::io::IsTerminal as _;

use anyhow::{Context, Result};
use tracing_subscriber::{EnvFilter, fmt};
use varde_settings::{Log, LogFormat};

/// Writes logs as the settings say.
///
/// # Errors
/// The level is not understood.
pub(crate) fn start(log: &Log) -> Result<()> {
    let wrong = || format!("log.level `{}`: error, warn, info, debug, trace, or a filter of them", log.level);
    let filter = EnvFilter::try_new(&log.level).with_context(wrong)?;
    let lines = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match log.format {
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Json => lines.json().flatten_event(true).init(),
    }
    log_panics();
    Ok(())
}

/// Logs for a command that is waited for: only what went wrong.
///
/// # Errors
/// Never in practice: the level is ours.
pub(crate) fn start_quietly(log: &Log) -> Result<()> {
    start(&Log { level: "warn".to_owned(), ..log.clone() })
}

/// A panic is a line like every other, so that a log server sees it.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let message = panic.payload_as_str().unwrap_or("a value that is no text");
        tracing::error!(%place, message, "panic");
    }));
}
