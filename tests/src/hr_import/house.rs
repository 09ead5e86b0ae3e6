//! Two trusts on either database, and a machine that imports files into them.

use std::{
    io::Read,
    sync::{Arc, Mutex},
};

use chrono::{DateTime, Utc};
use tempfile::TempDir;
use uuid::Uuid;
use varde_app::{
    App, AppConfig, Clock, Ctx, Entropy, Error,
    access::Coordinator,
    hr_import::{ImportInput, ImportReport, OnFaults, StoredReport, import_people, report_of},
    operations::{self, Operation},
};
use varde_auth::Keys;
use varde_model::{
    Locale,
    hr::profile::ImportProfile,
    ids::{OperationId, OrganisationId},
    organisation::Organisation,
};
use varde_persistence::{Store, StoreOptions, organisations};
use varde_testkit::postgres::{Database, Postgres};

pub(super) const NOVEMBER: &[u8] = include_bytes!("../../../config/demo/hr-export-2026-11.csv");
pub(super) const DECEMBER: &[u8] = include_bytes!("../../../config/demo/hr-export-2026-12.csv");
pub(super) const SORVIK: &[u8] = include_bytes!("../../../config/demo/sorvik.csv");
pub(super) const FAULTY: &[u8] = include_bytes!("../../../config/demo/hr-export-faulty-cp1252.csv");

/// An import by its operation, with its report once it has ended well.
pub(super) async fn find_report(
    ctx: &Ctx,
    right: &Coordinator,
    id: OperationId,
) -> Option<(Operation, Option<StoredReport>)> {
    let operation = operations::find(ctx, right, id).await.unwrap()?;
    let report = report_of(&operation).unwrap();
    Some((operation, report))
}

pub(super) struct House {
    pub(super) app: App,
    pub(super) right: Coordinator,
    pub(super) elsewhere: Coordinator,
    _file: Option<TempDir>,
    _database: Option<Database>,
}

struct Noon;

impl Clock for Noon {
    fn now(&self) -> DateTime<Utc> {
        "2026-11-22T11:00:00Z".parse().unwrap()
    }
}

/// Counts up: never the same bytes twice, and the same in every run.
struct Counting(Mutex<u128>);

impl Entropy for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        let mut count = self.0.lock().unwrap();
        for chunk in buffer.chunks_mut(16) {
            *count += 1;
            chunk.copy_from_slice(&count.to_be_bytes()[16 - chunk.len()..]);
        }
    }
}

impl House {
    pub(super) async fn on_sqlite() -> Self {
        let file = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", file.path().join("varde.db").display());
        Self::furnish(url, Some(file), None).await
    }

    pub(super) async fn on_postgres() -> Self {
        let database = Postgres::shared().await.unwrap().empty().await.unwrap();
        Self::furnish(database.url().to_owned(), None, Some(database)).await
    }

    async fn furnish(url: String, file: Option<TempDir>, database: Option<Database>) -> Self {
        let store = Store::connect(&StoreOptions { url, max_connections: 4 }).await.unwrap();
        store.migrate().await.unwrap();
        let secret: Vec<u8> = (0..64).collect();
        let keys =
            Keys::from_secret(&secret, "https://varde.example", varde_testkit::confidential_keys().unwrap())
                .unwrap();
        let config = AppConfig {
            public_url: "https://varde.example".to_owned(),
            sender_address: "varde@varde.example".to_owned(),
            bundled_client: true,
        };
        let app = App::new(store, Arc::new(Noon), Arc::new(Counting(Mutex::new(0))), keys, config);
        let (org, other) = (OrganisationId(Uuid::from_u128(1)), OrganisationId(Uuid::from_u128(2)));
        for (id, key) in [(org, "fjordheim"), (other, "skogheim")] {
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
            organisations::insert(&tx, &new, app.now()).await.unwrap();
            tx.commit().await.unwrap();
        }
        let (right, elsewhere) = (Coordinator::system(org), Coordinator::system(other));
        Self { app, right, elsewhere, _file: file, _database: database }
    }

    /// Noon of a day in Oslo, or an hour off.
    pub(super) fn on(&self, day: &str) -> Ctx {
        self.app.context_at(Locale::Nb, format!("{day}T11:00:00Z").parse().unwrap())
    }

    pub(super) async fn import(&self, file: &'static [u8], day: &str) -> ImportReport {
        self.try_import(&self.right, input(file), day).await.unwrap()
    }

    pub(super) async fn dry_run(&self, file: &'static [u8], day: &str) -> ImportReport {
        let input = ImportInput { dry_run: true, ..input(file) };
        self.try_import(&self.right, input, day).await.unwrap()
    }

    pub(super) async fn skipping_faulty(&self, file: &'static [u8], day: &str) -> ImportReport {
        let input = ImportInput { on_faults: OnFaults::SkipFaulty, ..input(file) };
        self.try_import(&self.right, input, day).await.unwrap()
    }

    pub(super) async fn try_import(
        &self,
        right: &Coordinator,
        input: ImportInput,
        day: &str,
    ) -> Result<ImportReport, Error> {
        import_people(&self.on(day), right, input, &|_, _| {}).await
    }
}

/// A file that is to be imported, all or nothing.
pub(super) fn input(source: impl Read + Send + 'static) -> ImportInput {
    ImportInput {
        file_name: "hr.csv".to_owned(),
        source: Box::new(source),
        profile: profile(),
        max_rows: 250_000,
        dry_run: false,
        on_faults: OnFaults::RejectAll,
        operation: None,
    }
}

/// The profile that the product comes with.
pub(super) fn profile() -> ImportProfile {
    let defaults: toml::Table = include_str!("../../../config/default.toml").parse().unwrap();
    defaults["import"]["profiles"][0].clone().try_into().unwrap()
}

/// The counts of a report in one line.
pub(super) fn counts(report: &ImportReport) -> String {
    let counts: Vec<String> =
        report.counts.iter().map(|(kind, count)| format!("{} {count}", kind.key())).collect();
    counts.join(", ")
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
