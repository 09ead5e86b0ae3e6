//! Time and randomness in the test's hand.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use rand::{Rng, SeedableRng, rngs::StdRng};
use varde_app::{Clock, Entropy, operations::Imports};
use varde_model::hr::profile::ImportProfile;

/// A clock that stands still until it is set.
#[derive(Debug)]
pub struct TestClock(Mutex<DateTime<Utc>>);

impl TestClock {
    /// Standing at a moment.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(Mutex::new(now))
    }

    /// Sets it.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Random bytes from a seed: the same ids in every run.
#[derive(Debug)]
pub struct Seeded(Mutex<StdRng>);

impl Seeded {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Entropy for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(buffer);
    }
}

/// The durations of requests are real: only logs and metrics show them.
#[expect(clippy::disallowed_methods, reason = "measures durations at the edge")]
pub(super) fn elapsed() -> impl Fn() -> Duration + Send + Sync {
    let begin = Instant::now();
    move || begin.elapsed()
}

/// The import profile of the fictional trust, as the default settings hold it.
pub(super) fn fjordheim_profile() -> Result<ImportProfile> {
    let settings =
        varde_settings::Settings::load(std::iter::empty(), |_| Err(std::io::ErrorKind::NotFound.into()))?;
    settings
        .import
        .profiles
        .into_iter()
        .find(|profile| profile.key == "fjordheim")
        .context("the profile fjordheim")
}

/// The layouts of HR files, as the default settings hold them.
pub(super) fn imports() -> Result<Imports> {
    let settings =
        varde_settings::Settings::load(std::iter::empty(), |_| Err(std::io::ErrorKind::NotFound.into()))?;
    let own = settings.import;
    Ok(Imports::new(own.profiles, own.default_profile, own.max_rows))
}
