//! Hashing off the asynchronous threads, one password a core at a time: each takes 19 MiB and some 50 ms.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;
use varde_auth::{Passwords, SALT_BYTES};

use crate::{Error, Result};

/// The random bytes of a new hash.
type Salt = [u8; SALT_BYTES];

/// Checks and makes hashes. Those who wait stand in line in the order in which they came.
#[derive(Clone)]
pub(crate) struct PasswordWorker {
    permits: Arc<Semaphore>,
    passwords: Passwords,
}

/// What came of checking a password.
pub(crate) struct Checked {
    /// It is the right one.
    pub(crate) fits: bool,
    /// Its hash made anew, when it fits and the stored one was made with other parameters than today's.
    pub(crate) renewed: Option<String>,
}

impl Default for PasswordWorker {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { permits: Arc::new(Semaphore::new(cores)), passwords: Passwords::default() }
    }
}

impl PasswordWorker {
    /// Checks a password against a stored hash; without one the same work is done in vain.
    pub(crate) async fn check(
        &self,
        password: SecretString,
        stored: Option<String>,
        salt: Salt,
    ) -> Result<Checked> {
        self.run(move |passwords| {
            let fits = passwords.verify(password.expose_secret(), stored.as_deref());
            let outdated = fits && stored.is_some_and(|stored| passwords.needs_rehash(&stored));
            let renewed = outdated.then(|| passwords.hash(password.expose_secret(), &salt)).transpose();
            renewed.map(|renewed| Checked { fits, renewed }).map_err(Error::internal)
        })
        .await?
    }

    /// Makes a hash.
    pub(crate) async fn hash(&self, password: SecretString, salt: Salt) -> Result<String> {
        self.run(move |passwords| passwords.hash(password.expose_secret(), &salt))
            .await?
            .map_err(Error::internal)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce(&Passwords) -> T + Send + 'static) -> Result<T> {
        let permit = self.permits.clone().acquire_owned().await.map_err(Error::internal)?;
        let passwords = self.passwords.clone();
        // The permit goes along: a caller who gives up does not free a core that is still at work.
        let running = tokio::task::spawn_blocking(move || {
            let done = work(&passwords);
            drop(permit);
            done
        });
        running.await.map_err(Error::internal)
    }
}
