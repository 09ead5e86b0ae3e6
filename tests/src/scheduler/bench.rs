//! An organisation, a clock that stands still, and use cases that say what they are told to.

use std::{
    any::Any,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use varde_app::{App, AppConfig, Clock, Ctx, Entropy, Result};
use varde_auth::Keys;
use varde_mail::{MemoryTransport, Sender, SmtpOptions, Transport};
use varde_model::{
    Locale,
    delivery::{Composition, MailState, NewMail, OutboxRow},
    ids::{CohortId, OperationId, OrganisationId, OutboxId, PersonId, PolicyId},
    letter::{CoordinatorNewLeaders, Head, Letter, LetterKind},
    local_time::Zoned,
    organisation::Organisation,
    state_reason::StateReason,
    timers::{Fired, NewTimer, Timer, TimerState},
    work::{About, Job, LetterRequest, Recipient},
};
use varde_persistence::{Store, StoreOptions, organisations, outbox, timers};
use varde_scheduler::{Options, Scheduler, Work};
use varde_testkit::{postgres::Postgres, smtp::Smtp};

/// Monday, 8 in the morning in Oslo.
pub(crate) const START: &str = "2026-11-23T07:00:00Z";

pub(crate) struct Bench {
    pub(crate) app: App,
    pub(crate) org: OrganisationId,
    pub(crate) clock: Arc<StandingClock>,
    pub(crate) desk: Arc<Desk>,
    url: String,
    /// Deletes the database with the bench.
    _database: Box<dyn Any + Send + Sync>,
}

/// A clock that moves when it is told to.
pub(crate) struct StandingClock(Mutex<DateTime<Utc>>);

impl StandingClock {
    pub(crate) fn set(&self, to: DateTime<Utc>) {
        *self.0.lock().unwrap() = to;
    }
}

impl Clock for StandingClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// A different number every time, the same ones in every run.
struct Counting(AtomicU64);

impl Entropy for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let mut bits = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let bytes = (bits ^ (bits >> 31)).to_be_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }
}

/// Use cases: a timer leaves a mail, a mail is a short letter, unless told otherwise.
#[derive(Default)]
pub(crate) struct Desk {
    /// What is said of these mails instead.
    pub(crate) compositions: Mutex<Vec<(OutboxId, Composition)>>,
    /// Timers of these people break, so many times.
    pub(crate) broken: Mutex<Vec<(PersonId, u32)>>,
}

#[async_trait::async_trait]
impl Work for Desk {
    async fn fire(&self, ctx: &Ctx, timer: &Timer) -> Result<Fired> {
        let person = timer.job.person().unwrap();
        if let Some((_, left)) =
            self.broken.lock().unwrap().iter_mut().find(|(broken, left)| *broken == person && *left > 0)
        {
            *left -= 1;
            return Err(varde_app::Error::internal("broken on purpose"));
        }
        let tx = ctx.store().write().await?;
        if !timers::finish(&tx, timer, TimerState::Fired, None, ctx.now).await? {
            return Ok(Fired::Gone);
        }
        let mail = NewMail {
            dedupe_key: timer.unique_key.clone(),
            not_after: timer.latest_at,
            ..new_mail(ctx.new_id(), person, ctx.now)
        };
        outbox::enqueue(&tx, timer.organisation, &mail, ctx.now).await?;
        tx.commit().await?;
        Ok(Fired::Done)
    }

    async fn compose(&self, ctx: &Ctx, rows: &[OutboxRow]) -> Result<Vec<Composition>> {
        let told = self.compositions.lock().unwrap();
        let compose = |row: &OutboxRow| {
            let said = told.iter().find(|(id, _)| *id == row.id);
            said.map_or_else(|| letter(ctx, row), |(_, composition)| composition.clone())
        };
        Ok(rows.iter().map(compose).collect())
    }
}

fn letter(ctx: &Ctx, row: &OutboxRow) -> Composition {
    let Recipient::Person { person } = row.recipient else {
        return Composition::Needless(StateReason::RecipientUnreached);
    };
    let head = Head {
        outbox_id: row.id,
        organisation_name: "Fjordheim HF".into(),
        sender_email: None,
        recipient_name: "Kari Nordmann".into(),
        recipient_email: address(person),
        locale: Locale::Nb,
        zone: chrono_tz::Europe::Oslo,
        now: ctx.now,
        reply_to: None,
        unsubscribe_url: None,
    };
    let facts = CoordinatorNewLeaders {
        total: 3,
        leaders: Vec::new(),
        proposed: Vec::new(),
        not_proposed: Vec::new(),
        url: None,
    };
    Composition::Letter(Box::new((head, Letter::CoordinatorNewLeaders(facts))))
}

pub(crate) fn address(person: PersonId) -> String {
    format!("{person}@fjordheim.example")
}

fn new_mail(id: OutboxId, person: PersonId, due_at: DateTime<Utc>) -> NewMail {
    NewMail {
        id,
        recipient: Recipient::Person { person },
        request: LetterRequest {
            letter: LetterKind::CoordinatorNewLeaders,
            about: About::Operation { operation: OperationId(Uuid::from_u128(1)) },
            policy: None,
        },
        can_wait: false,
        dedupe_key: id.to_string(),
        due_at,
        not_after: None,
    }
}

fn lively() -> Options {
    Options { concurrency: 16, tick_seconds: 1, ..Options::default() }
}

/// What a process has: a pool of connections and a source of ids, which the seed makes its own.
async fn process(url: &str, clock: &Arc<StandingClock>, seed: u64) -> App {
    let options = StoreOptions { url: url.to_owned(), max_connections: 8 };
    let store = Store::connect(&options).await.unwrap();
    let keys = Keys::from_secret(
        b"a secret that is used in tests only",
        "http://localhost",
        varde_testkit::confidential_keys().unwrap(),
    )
    .unwrap();
    let config = AppConfig {
        public_url: "http://localhost".into(),
        sender_address: "varde@fjordheim.example".into(),
        bundled_client: true,
    };
    App::new(store, clock.clone(), Arc::new(Counting(AtomicU64::new(seed))), keys, config)
}

impl Bench {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("varde.db").display());
        Self::on(url, Box::new(folder)).await
    }

    pub(crate) async fn postgres() -> Self {
        let database = Postgres::shared().await.unwrap().empty().await.unwrap();
        Self::on(database.url().to_owned(), Box::new(database)).await
    }

    async fn on(url: String, database: Box<dyn Any + Send + Sync>) -> Self {
        let clock = Arc::new(StandingClock(Mutex::new(START.parse().unwrap())));
        let app = process(&url, &clock, 1).await;
        app.store().migrate().await.unwrap();
        let org = app.context(Locale::Nb).new_id();
        let organisation = Organisation {
            id: org,
            key: "fjordheim".into(),
            name: "Fjordheim HF".into(),
            zone: chrono_tz::Europe::Oslo,
            locale: Locale::Nb,
            sender_address: None,
            reply_to: None,
            sending: true,
            version: 1,
        };
        let tx = app.store().write().await.unwrap();
        organisations::insert(&tx, &organisation, app.now()).await.unwrap();
        tx.commit().await.unwrap();
        Self { app, org, clock, desk: Arc::default(), url, _database: database }
    }

    pub(crate) fn ctx(&self) -> Ctx {
        self.app.context(Locale::Nb)
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.app.now()
    }

    pub(crate) fn pass(&self, time: TimeDelta) {
        self.clock.set(self.now() + time);
    }

    pub(crate) fn person(&self) -> PersonId {
        self.ctx().new_id()
    }

    /// A mail to a new person, due now.
    pub(crate) fn mail(&self) -> NewMail {
        new_mail(self.ctx().new_id(), self.person(), self.now())
    }

    pub(crate) async fn queue(&self, mails: &[NewMail]) -> u64 {
        let tx = self.app.store().write().await.unwrap();
        let queued = outbox::enqueue_many(&tx, self.org, mails, self.now()).await.unwrap();
        tx.commit().await.unwrap();
        queued
    }

    /// Queues `n` mails, each to another person.
    pub(crate) async fn queue_many(&self, n: usize) -> Vec<NewMail> {
        let mails: Vec<_> = (0..n).map(|_| self.mail()).collect();
        assert_eq!(self.queue(&mails).await, n as u64);
        mails
    }

    /// A reminder to a new person, due now.
    pub(crate) fn timer(&self) -> NewTimer {
        let job = Job::Remind {
            policy: PolicyId(Uuid::from_u128(7)),
            about: About::Cohort { cohort: CohortId(Uuid::from_u128(8)) },
            recipient: Recipient::Person { person: self.person() },
        };
        NewTimer {
            id: self.ctx().new_id(),
            unique_key: job.person().unwrap().to_string(),
            job,
            cohort: None,
            person: None,
            local: Zoned::at(self.now(), chrono_tz::Europe::Oslo),
            due_at: self.now(),
            latest_at: None,
        }
    }

    pub(crate) async fn plan(&self, planned: &[NewTimer]) -> u64 {
        let tx = self.app.store().write().await.unwrap();
        let written = timers::insert_many(&tx, self.org, planned, self.now()).await.unwrap();
        tx.commit().await.unwrap();
        written
    }

    pub(crate) fn scheduler(&self, transport: Transport) -> Scheduler {
        self.scheduler_with(transport, lively())
    }

    pub(crate) fn scheduler_with(&self, transport: Transport, options: Options) -> Scheduler {
        self.scheduler_of(&self.app, transport, options)
    }

    /// As many schedulers, each with connections and ids of its own, as processes have them.
    pub(crate) async fn crowd(&self, schedulers: u64, transport: impl Fn() -> Transport) -> Vec<Scheduler> {
        let mut crowd = Vec::new();
        for number in 1..=schedulers {
            let app = process(&self.url, &self.clock, number << 32).await;
            crowd.push(self.scheduler_of(&app, transport(), lively()));
        }
        crowd
    }

    fn scheduler_of(&self, app: &App, transport: Transport, options: Options) -> Scheduler {
        let sender =
            Sender { email: "varde@fjordheim.example".into(), message_id_host: "fjordheim.example".into() };
        Scheduler::with_work(app.clone(), self.desk.clone(), transport, sender, options)
    }

    /// A scheduler that sends into memory.
    pub(crate) fn in_memory(&self) -> (Scheduler, MemoryTransport) {
        let memory = MemoryTransport::default();
        (self.scheduler(Transport::Memory(memory.clone())), memory)
    }

    pub(crate) async fn row(&self, id: OutboxId) -> OutboxRow {
        outbox::find(self.app.store(), self.org, id).await.unwrap().unwrap()
    }

    pub(crate) async fn count(&self, state: MailState) -> u64 {
        let counts = outbox::counts(self.app.store(), self.org).await.unwrap();
        counts.iter().find(|(of, _)| *of == state).map_or(0, |(_, mails)| *mails)
    }

    pub(crate) async fn timer_rows(&self) -> Vec<Timer> {
        use varde_model::timers::TimersOf;
        timers::list(self.app.store(), self.org, TimersOf::Cohort(CohortId(Uuid::from_u128(8))))
            .await
            .unwrap()
    }
}

/// The transport to a server of the test kit.
pub(crate) fn to(smtp: &Smtp) -> Transport {
    to_with(smtp, SmtpOptions { max_connections: 16, ..SmtpOptions::default() })
}

pub(crate) fn to_with(smtp: &Smtp, options: SmtpOptions) -> Transport {
    Transport::from_url(&format!("{}?tls=none", smtp.url()).into(), options).unwrap()
}
