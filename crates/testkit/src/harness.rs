//! A whole Varde in the test's process: a real database, the real HTTP routes on a port, the scheduler with mail kept
//! in memory, and a clock and randomness that the test holds.

mod mailbox;
mod means;

use std::sync::Arc;

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::Value;
use tempfile::TempDir;
use uuid::Uuid;
use varde_app::{
    App, AppConfig, Ctx,
    access::{Administrator, Coordinator},
    accounts::{NewAccount, create_account},
    catalogue,
    hr_import::{ImportInput, ImportReport, OnFaults, import_people},
    sessions,
};
use varde_auth::{ConfidentialKeys, Keys};
use varde_gateway::{
    http::{self, Config, Hooks},
    schema,
};
use varde_mail::{MemoryTransport, Sender, Transport};
use varde_model::{
    Locale,
    ids::{OrganisationId, PersonId},
    organisation::Organisation,
    roles::Role,
};
use varde_persistence::{Engine, Store, StoreOptions, accounts, organisations, people};
use varde_scheduler::{Options, Scheduler, TickReport};

pub use mailbox::Mail;
pub use means::{Seeded, TestClock};

use crate::{
    http::Http,
    postgres::{Database, Postgres},
};

/// The HR exports of the fictional trust, as the repository's demo holds them.
pub const NOVEMBER: &[u8] = include_bytes!("../../../config/demo/hr-export-2026-11.csv");
/// The same a month later.
pub const DECEMBER: &[u8] = include_bytes!("../../../config/demo/hr-export-2026-12.csv");

/// The password of every account of the harness.
pub const PASSWORD: &str = "et langt og rolig passord";

/// Monday 23 November 2026, 9 in the morning in Oslo: when every harness begins.
pub const BEGIN: &str = "2026-11-23T08:00:00Z";

/// A running Varde.
pub struct Harness {
    /// The application.
    pub app: App,
    /// The clock that everything reads.
    pub clock: Arc<TestClock>,
    /// Sends into [`Harness::mails`].
    pub scheduler: Scheduler,
    /// The fictional trust.
    pub org: OrganisationId,
    /// Another trust on the same installation.
    pub other: OrganisationId,
    /// A client without a sign-in, at the service's address.
    pub http: Http,
    /// Where its data lies, for another process to work on.
    pub database_url: String,
    mailbox: MemoryTransport,
    _file: Option<TempDir>,
    _database: Option<Database>,
}

impl Harness {
    /// On a database of its own, with two empty organisations and an administrator and a coordinator in each:
    /// `administrator@fjordheim.example`, `coordinator@fjordheim.example`, and the same at `sorvik.example`.
    ///
    /// # Errors
    /// The database or the port cannot be had.
    pub async fn start(engine: Engine) -> Result<Self> {
        let (file, database, url) = match engine {
            Engine::Sqlite => {
                let file = tempfile::tempdir()?;
                let url = format!("sqlite://{}", file.path().join("varde.db").display());
                (Some(file), None, url)
            }
            Engine::Postgres => {
                let database = Postgres::shared().await?.empty().await?;
                let url = database.url().to_owned();
                (None, Some(database), url)
            }
        };
        let store = Store::connect(&StoreOptions { url: url.clone(), max_connections: 8 }).await?;
        store.migrate().await?;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let base = format!("http://{}", listener.local_addr()?);
        let clock = Arc::new(TestClock::at(BEGIN.parse()?));
        let secret: Vec<u8> = (0..64).collect();
        let keys = Keys::from_secret(&secret, &base, crate::confidential_keys()?)?;
        let config = AppConfig {
            public_url: base.clone(),
            sender_address: "varde@fjordheim.example".to_owned(),
            bundled_client: true,
        };
        let app = App::new(store, clock.clone(), Arc::new(Seeded::new(7)), keys, config)
            .with_imports(means::imports()?);
        let (org, other) = (OrganisationId(Uuid::from_u128(1)), OrganisationId(Uuid::from_u128(2)));
        organisation(&app, org, "fjordheim", "Fjordheim sykehus HF").await?;
        organisation(&app, other, "sorvik", "Sørvik sykehus HF").await?;
        let mailbox = MemoryTransport::default();
        let sender = Sender {
            email: "varde@fjordheim.example".to_owned(),
            message_id_host: "varde.example".to_owned(),
        };
        let transport = Transport::Memory(mailbox.clone());
        let scheduler = Scheduler::new(app.clone(), transport, sender, Options::default());
        serve(&app, listener);
        let http = Http::new(&base)?;
        let database_url = url;
        Ok(Self {
            app,
            clock,
            scheduler,
            org,
            other,
            http,
            database_url,
            mailbox,
            _file: file,
            _database: database,
        })
    }

    /// The same with the fictional trust's people of November in it.
    ///
    /// # Errors
    /// As [`Harness::start`].
    pub async fn fjordheim(engine: Engine) -> Result<Self> {
        let harness = Self::start(engine).await?;
        harness.import("hr-export-2026-11.csv", NOVEMBER).await?;
        Ok(harness)
    }

    /// The application of another process on the same database and clock. Its randomness comes from the seed.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn another_process(&self, seed: u64) -> Result<App> {
        let options = StoreOptions { url: self.database_url.clone(), max_connections: 4 };
        let store = Store::connect(&options).await?;
        let (keys, config) = (self.app.keys().clone(), self.app.config().clone());
        let app = App::new(store, self.clock.clone(), Arc::new(Seeded::new(seed)), keys, config);
        Ok(app.with_imports(means::imports()?))
    }

    /// The application of another process that has other keys for confidential text. Its randomness comes from the seed.
    ///
    /// # Errors
    /// The keys are none, or the database cannot be reached.
    pub async fn with_confidential_keys(&self, seed: u64, keys: &str) -> Result<App> {
        let options = StoreOptions { url: self.database_url.clone(), max_connections: 4 };
        let store = Store::connect(&options).await?;
        let secret: Vec<u8> = (0..64).collect();
        let keys = Keys::from_secret(&secret, &self.app.config().public_url, ConfidentialKeys::parse(keys)?)?;
        Ok(App::new(store, self.clock.clone(), Arc::new(Seeded::new(seed)), keys, self.app.config().clone()))
    }

    /// A file for [`import_people`], all or nothing.
    ///
    /// # Errors
    /// The default settings lack the fictional trust's profile.
    pub fn import_input(&self, name: &str, bytes: &'static [u8]) -> Result<ImportInput> {
        Ok(ImportInput {
            file_name: name.to_owned(),
            source: Box::new(bytes),
            profile: means::fjordheim_profile()?,
            max_rows: 100_000,
            dry_run: false,
            on_faults: OnFaults::RejectAll,
            operation: None,
        })
    }

    /// A context at the clock's present moment.
    pub fn ctx(&self) -> Ctx {
        self.app.context(Locale::Nb)
    }

    /// Imports a file into the fictional trust.
    ///
    /// # Errors
    /// A fault.
    pub async fn import(&self, name: &str, bytes: &'static [u8]) -> Result<ImportReport> {
        let input = self.import_input(name, bytes)?;
        Ok(import_people(&self.ctx(), &Coordinator::system(self.org), input, &|_, _| {}).await?)
    }

    /// A client of somebody with an account of the harness, such as `coordinator@fjordheim.example`. Its token runs
    /// out after 15 minutes of the test's clock: sign in anew after moving it.
    ///
    /// # Errors
    /// Signing in was refused.
    pub async fn sign_in(&self, email: &str) -> Result<Http> {
        let tokens =
            sessions::sign_in(&self.ctx(), email, SecretString::from(PASSWORD.to_owned()), None).await?;
        Ok(self.http.with_token(&tokens.access_token))
    }

    /// The client of the fictional trust's coordinator.
    ///
    /// # Errors
    /// Signing in was refused.
    pub async fn coordinator(&self) -> Result<Http> {
        self.sign_in("coordinator@fjordheim.example").await
    }

    /// Signs in as an employed person, who is given an account where there is none yet: the roles follow from the data.
    ///
    /// # Errors
    /// Nobody has that number.
    pub async fn sign_in_person(&self, employee_number: &str) -> Result<Http> {
        let person = self.person(employee_number).await?;
        let found = people::find(self.app.store(), self.org, person).await?.context("person")?;
        if accounts::person_is_free(self.app.store(), self.org, person).await? {
            account(&self.app, self.org, &found.email, &found.name(), Some(person), Vec::new()).await?;
        }
        self.sign_in(&found.email).await
    }

    /// The person with an employee number of the fictional trust.
    ///
    /// # Errors
    /// Nobody has it.
    pub async fn person(&self, employee_number: &str) -> Result<PersonId> {
        let found = people::find_by_number(self.app.store(), self.org, employee_number).await?;
        Ok(found.with_context(|| format!("nobody has the number {employee_number}"))?.id)
    }

    /// Moves the clock forward; everything that falls due on the way happens at its own moment.
    ///
    /// # Errors
    /// A fault.
    pub async fn move_to(&self, to: DateTime<Utc>) -> Result<TickReport> {
        let clock = self.clock.clone();
        Ok(self.scheduler.run_through(to, move |now| clock.set(now)).await?)
    }

    /// Does what is due now.
    ///
    /// # Errors
    /// A fault.
    pub async fn run_due(&self) -> Result<TickReport> {
        Ok(self.scheduler.run_due().await?)
    }

    /// Every mail that was sent, in order.
    pub fn mails(&self) -> Vec<Mail> {
        self.mailbox.posted().iter().map(|posted| Mail::read(&posted.message)).collect()
    }

    /// Every mail that was sent since it was asked last.
    pub fn new_mails(&self) -> Vec<Mail> {
        self.mailbox.drain().iter().map(|posted| Mail::read(&posted.message)).collect()
    }

    /// The data of a GraphQL answer that must hold no error.
    ///
    /// # Errors
    /// The answer holds errors, or a payload has some.
    pub async fn ask(&self, client: &Http, document: &str, variables: Value) -> Result<Value> {
        let data = client.graphql(document, variables).await?.data()?;
        if let Some(fields) = data.as_object() {
            for (name, payload) in fields {
                let errors = payload.get("errors").and_then(Value::as_array);
                anyhow::ensure!(errors.is_none_or(Vec::is_empty), "{name}: {payload}");
            }
        }
        Ok(data)
    }
}

async fn organisation(app: &App, id: OrganisationId, key: &str, name: &str) -> Result<()> {
    let ctx = app.context(Locale::Nb);
    let new = Organisation {
        id,
        key: key.to_owned(),
        name: name.to_owned(),
        zone: chrono_tz::Europe::Oslo,
        locale: Locale::Nb,
        sender_address: None,
        reply_to: None,
        sending: true,
        version: 1,
    };
    let tx = app.store().write().await?;
    organisations::insert(&tx, &new, ctx.now).await?;
    tx.commit().await?;
    let catalogue = catalogue::embedded().map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    catalogue::load(&ctx, &Administrator::system(id), &catalogue, false).await?;
    for (role, name) in [(Role::Administrator, "administrator"), (Role::Coordinator, "coordinator")] {
        account(app, id, &format!("{name}@{key}.example"), &format!("{name} {key}"), None, vec![role])
            .await?;
    }
    Ok(())
}

async fn account(
    app: &App,
    org: OrganisationId,
    email: &str,
    name: &str,
    person: Option<PersonId>,
    roles: Vec<Role>,
) -> Result<()> {
    let new = NewAccount {
        email: email.to_owned(),
        display_name: name.to_owned(),
        locale: Locale::Nb,
        person,
        roles,
        password: Some(SecretString::from(PASSWORD.to_owned())),
    };
    create_account(&app.context(Locale::Nb), &Administrator::system(org), new).await?;
    Ok(())
}

fn serve(app: &App, listener: tokio::net::TcpListener) {
    let config = Config::default();
    let hooks = Hooks {
        authenticate: Arc::new(schema::AppAuthenticate::new(app.clone())),
        ready: Arc::new(|| Box::pin(async { Ok(()) })),
        elapsed: Arc::new(means::elapsed()),
        new_request_id: {
            let app = app.clone();
            Arc::new(move || app.context(Locale::Nb).new_id())
        },
        metrics: None,
        shutdown: None,
    };
    let routes = http::routes(schema::build(app, &config.limits), &config, &hooks);
    let pages = varde_pages::router(app.clone(), varde_pages::Options::default());
    let router = http::finish(routes.merge(pages), &config, &hooks);
    let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
}
