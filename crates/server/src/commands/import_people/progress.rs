//! How far an import has come: a bar on a terminal, a line now and then elsewhere.

use std::{
    io::IsTerminal as _,
    sync::atomic::{AtomicU64, Ordering},
};

use indicatif::{ProgressBar, ProgressStyle};

use crate::output;

/// A line for each so many parts of a hundred.
const STEP: u64 = 20;

/// The bar.
pub(super) struct Bar {
    /// None where nobody watches.
    bar: Option<ProgressBar>,
    told: AtomicU64,
    /// What has been done with the rows.
    done: &'static str,
}

impl Bar {
    /// Waits for the first news: the file is read.
    pub(super) fn new(dry_run: bool) -> Self {
        let done = if dry_run { "compared" } else { "written" };
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(0);
            let template = format!("{{bar:40}} {{pos}} of {{len}} rows {done}, {{eta}} left");
            if let Ok(style) = ProgressStyle::with_template(&template) {
                bar.set_style(style);
            }
            bar
        });
        Self { bar, told: AtomicU64::new(0), done }
    }

    /// Shows how many of how many rows are done.
    pub(super) fn show(&self, done: u64, total: u64) {
        if let Some(bar) = &self.bar {
            bar.set_length(total);
            bar.set_position(done);
            return;
        }
        let reached = (done * 100).checked_div(total).unwrap_or(0) / STEP * STEP;
        if reached > self.told.fetch_max(reached, Ordering::Relaxed) {
            output::note(format_args!("{done} of {total} rows {}", self.done));
        }
    }

    /// Takes it away.
    pub(super) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
