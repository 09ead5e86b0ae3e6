//! Two trusts with an administrator each, on either database, with a clock that stands until it is moved.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;
use tempfile::TempDir;
use uuid::Uuid;
use varde_app::{
    App, AppConfig, Clock, Code, Ctx, Entropy, Error,
    access::Administrator,
    accounts::{self, NewAccount},
    sessions::{self, AuthenticatedAccount, Tokens},
};
use varde_auth::Keys;
use varde_model::{Locale, account::Account, ids::OrganisationId, organisation::Organisation, roles::Role};
use varde_persistence::{Store, StoreOptions, organisations};
use varde_testkit::postgres::{Database, Postgres};

pub(super) const PASSWORD: &str = "lyng og bjørk om høsten";
const ISSUER: &str = "https://varde.example";

pub(super) struct House {
    pub(super) app: App,
    pub(super) org: OrganisationId,
    pub(super) other_org: OrganisationId,
    clock: Arc<StoppedClock>,
    _file: Option<TempDir>,
    _database: Option<Database>,
}

struct StoppedClock(Mutex<DateTime<Utc>>);

impl Clock for StoppedClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// SplitMix64 from a seed: never the same bytes twice, and the same in every run.
struct Seeded(Mutex<u64>);

impl Entropy for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        let mut state = self.0.lock().unwrap();
        for chunk in buffer.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut word = *state;
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(word ^ (word >> 31)).to_le_bytes()[..chunk.len()]);
        }
    }
}

impl House {
    pub(super) async fn on_sqlite() -> Self {
        let file = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", file.path().join("varde.db").display());
        let store = Store::connect(&StoreOptions { url, max_connections: 8 }).await.unwrap();
        store.migrate().await.unwrap();
        Self::furnish(store, Some(file), None).await
    }

    pub(super) async fn on_postgres() -> Self {
        let server = Postgres::shared().await.unwrap();
        let database = server.empty().await.unwrap();
        let options = StoreOptions { url: database.url().to_owned(), max_connections: 8 };
        let store = Store::connect(&options).await.unwrap();
        store.migrate().await.unwrap();
        Self::furnish(store, None, Some(database)).await
    }

    async fn furnish(store: Store, file: Option<TempDir>, database: Option<Database>) -> Self {
        let clock = Arc::new(StoppedClock(Mutex::new("2026-11-22T10:00:00Z".parse().unwrap())));
        let app = open(store, clock.clone(), 1);
        let (org, other_org) = (OrganisationId(Uuid::from_u128(1)), OrganisationId(Uuid::from_u128(2)));
        for (id, key) in [(org, "fjordheim"), (other_org, "skogheim")] {
            let new = Organisation {
                id,
                key: key.to_owned(),
                name: key.to_owned(),
                zone: chrono_tz::Europe::Oslo,
                locale: Locale::Nb,
                sender_address: None,
                reply_to: None,
                sending: true,
                version: 1,
            };
            let tx = app.store().write().await.unwrap();
            organisations::insert(&tx, &new, clock.now()).await.unwrap();
            tx.commit().await.unwrap();
        }
        let house = Self { app, org, other_org, clock, _file: file, _database: database };
        house.account("admin@fjordheim.example", &[Role::Administrator]).await;
        house.account_of(other_org, "admin@skogheim.example", &[Role::Administrator]).await;
        house
    }

    /// A second process on the same database and with the same clock, with a memory of its own.
    pub(super) fn another_process(&self) -> App {
        open(self.app.store().clone(), self.clock.clone(), 2)
    }

    pub(super) fn ctx(&self) -> Ctx {
        self.app.context(Locale::En)
    }

    pub(super) fn right(&self) -> Administrator {
        Administrator::system(self.org)
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(super) fn wait(&self, delta: TimeDelta) {
        *self.clock.0.lock().unwrap() += delta;
    }

    pub(super) async fn account(&self, email: &str, roles: &[Role]) -> Account {
        self.account_of(self.org, email, roles).await
    }

    pub(super) async fn account_of(&self, org: OrganisationId, email: &str, roles: &[Role]) -> Account {
        let new = NewAccount { password: Some(PASSWORD.into()), ..without_password(email, roles) };
        accounts::create_account(&self.ctx(), &Administrator::system(org), new).await.unwrap().account
    }

    pub(super) async fn sign_in(&self, email: &str) -> Tokens {
        self.try_password(email, PASSWORD).await.unwrap()
    }

    pub(super) async fn try_password(&self, email: &str, password: &str) -> Result<Tokens, Error> {
        sessions::sign_in(&self.ctx(), email, SecretString::from(password), None).await
    }

    pub(super) async fn who(&self, bearer: &str) -> Result<AuthenticatedAccount, Error> {
        sessions::authenticate(&self.ctx(), bearer).await
    }

    pub(super) async fn is_in(&self, tokens: &Tokens) -> bool {
        match self.who(&tokens.access_token).await {
            Ok(_) => true,
            Err(Error::Unauthenticated) => false,
            Err(other) => panic!("{other}"),
        }
    }
}

pub(super) fn without_password(email: &str, roles: &[Role]) -> NewAccount {
    NewAccount {
        email: email.to_owned(),
        display_name: "Kari Nordmann".to_owned(),
        locale: Locale::Nn,
        person: None,
        roles: roles.to_vec(),
        password: None,
    }
}

/// The code of the only refusal.
#[track_caller]
pub(super) fn code<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Code {
    match outcome {
        Err(Error::Refused(refusals)) if refusals.len() == 1 => refusals[0].code,
        other => panic!("one refusal expected, not {other:?}"),
    }
}

fn open(store: Store, clock: Arc<StoppedClock>, seed: u64) -> App {
    let secret: Vec<u8> = (0..64).collect();
    let config = AppConfig {
        public_url: ISSUER.to_owned(),
        sender_address: "varde@varde.example".to_owned(),
        bundled_client: true,
    };
    let keys = Keys::from_secret(&secret, ISSUER, varde_testkit::confidential_keys().unwrap()).unwrap();
    App::new(store, clock, Arc::new(Seeded(Mutex::new(seed))), keys, config)
}

/// Each test on SQLite and on PostgreSQL.
macro_rules! on_both {
    ($($(#[$doc:meta])* async fn $name:ident($house:ident) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn check($house: House) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                check(House::on_sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                check(House::on_postgres().await).await;
            }
        }
    )*};
}
pub(super) use on_both;
