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
}

impl Bar {
    /// Waits for the first news: the file is read.
    pub(super) fn new() -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(0);
            if let Ok(style) =
                ProgressStyle::with_template("{bar:40} {pos} of {len} rows written, {eta} left")
            {
                bar.set_style(style);
            }
            bar
        });
        Self { bar, told: AtomicU64::new(0) }
    }

    /// Shows how many of how many rows are written.
    pub(super) fn show(&self, done: u64, total: u64) {
        if let Some(bar) = &self.bar {
            bar.set_length(total);
            bar.set_position(done);
            return;
        }
        let reached = (done * 100).checked_div(total).unwrap_or(0) / STEP * STEP;
        if reached > self.told.fetch_max(reached, Ordering::Relaxed) {
            output::note(format_args!("{done} of {total} rows written"));
        }
    }

    /// Takes it away.
    pub(super) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
