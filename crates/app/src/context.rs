//! The means of a use case: the store, the moment, and the sources of ids and randomness, all given from outside.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};
use uuid::Uuid;
use varde_auth::Keys;
use varde_model::Locale;
use varde_persistence::Store;

use crate::{id_order::IdOrder, idempotency::Key, operations::Imports, sessions};

/// Where the time comes from. The server's is the system's clock, the demo's can be moved, a test's stands still.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;
}

/// Where random bytes come from. The server's is the operating system; a test's is seeded.
pub trait Entropy: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// What the use cases need to know of the installation.
#[derive(Clone, Debug)]
pub struct AppConfig {
    /// The address that people reach the service at, without a slash at the end; links in mails begin with it.
    pub public_url: String,
    /// The sender of mail where the organisation has none of its own.
    pub sender_address: String,
    /// Whether the bundled client is served at `/graphiql`: mail to coordinators leads there.
    pub bundled_client: bool,
}

/// The application: cheap to clone, one for each process.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
    imports: Arc<Imports>,
}

struct Inner {
    store: Store,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    keys: Keys,
    config: AppConfig,
    sessions: sessions::State,
    ids: IdOrder,
}

impl App {
    /// Puts the means together.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        keys: Keys,
        config: AppConfig,
    ) -> Self {
        let inner = Inner {
            store,
            clock,
            entropy,
            keys,
            config,
            sessions: sessions::State::default(),
            ids: IdOrder::default(),
        };
        Self { inner: Arc::new(inner), imports: Arc::default() }
    }

    /// The same, knowing the layouts of HR systems' files.
    #[must_use]
    pub fn with_imports(mut self, imports: Imports) -> Self {
        self.imports = Arc::new(imports);
        self
    }

    /// A context for one piece of work: its moment is the present, and stays so.
    pub fn context(&self, locale: Locale) -> Ctx {
        self.context_at(locale, self.now())
    }

    /// A context for work at a stated moment.
    pub fn context_at(&self, locale: Locale, now: DateTime<Utc>) -> Ctx {
        Ctx { app: self.clone(), now: now.trunc_subsecs(6), locale, idempotency: None }
    }

    /// The present, in whole microseconds: what both databases keep.
    pub fn now(&self) -> DateTime<Utc> {
        self.inner.clock.now().trunc_subsecs(6)
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The keys that sign tokens and links.
    pub fn keys(&self) -> &Keys {
        &self.inner.keys
    }

    /// What is known of the installation.
    pub fn config(&self) -> &AppConfig {
        &self.inner.config
    }

    /// What is known of HR systems' files.
    pub fn imports(&self) -> &Imports {
        &self.imports
    }

    /// What this process remembers of who signed in.
    pub(crate) fn sessions(&self) -> &sessions::State {
        &self.inner.sessions
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("config", &self.inner.config).finish_non_exhaustive()
    }
}

/// One piece of work: a request, a job, a command.
#[derive(Clone, Debug)]
pub struct Ctx {
    app: App,
    /// The moment at which the work happens.
    pub now: DateTime<Utc>,
    /// The language that messages are written in.
    pub locale: Locale,
    /// The caller's key against doing the same twice.
    pub(crate) idempotency: Option<Key>,
}

impl Ctx {
    /// The same work, written in another language.
    #[must_use]
    pub fn in_language(&self, locale: Locale) -> Self {
        Self { locale, ..self.clone() }
    }

    /// The application.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The database.
    pub fn store(&self) -> &Store {
        self.app.store()
    }

    /// The keys that sign tokens and links.
    pub fn keys(&self) -> &Keys {
        self.app.keys()
    }

    /// What is known of the installation.
    pub fn config(&self) -> &AppConfig {
        self.app.config()
    }

    /// A new permanent id (UUID version 7): sorted by the moment of this work and, within a process, by the order in
    /// which ids were drawn.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        let millis = u64::try_from(self.now.timestamp_millis()).unwrap_or(0);
        let mut bytes = self.random_bytes::<10>();
        let (millis, count) = self.app.inner.ids.next(millis);
        let [high, low] = count.to_be_bytes();
        bytes[0] = high;
        bytes[1] = low;
        T::from(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
    }

    /// A new id that tells nothing of the moment at which it was drawn (UUID version 4).
    pub fn timeless_id(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.random_bytes()).into_uuid()
    }

    /// Random bytes for a token, a salt or a jitter.
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.app.inner.entropy.fill(&mut bytes);
        bytes
    }
}
