//! The program itself, killed while it sends: nothing is lost, and the only second copies are those of mail in flight.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Stdio,
    time::Duration,
};

use tokio::process::{Child, Command};
use varde_model::{
    delivery::{MailState, NewMail, OutboxRow},
    ids::OutboxId,
    letter::LetterKind,
};
use varde_persistence::{Engine, outbox};
use varde_testkit::{
    binary,
    harness::{DECEMBER, Harness},
    smtp::Smtp,
};

const MAILS: usize = 2000;
const KILLS: usize = 3;
/// Mails that the program has on their way at once: its setting, as this test makes it.
const AT_ONCE: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_three_times_on_sqlite_it_loses_nothing() {
    killed_three_times_it_loses_nothing(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_three_times_on_postgres_it_loses_nothing() {
    killed_three_times_it_loses_nothing(Engine::Postgres).await;
}

async fn killed_three_times_it_loses_nothing(engine: Engine) {
    let harness = Harness::fjordheim(engine).await.unwrap();
    let mails = queue(&harness).await;
    let all = outbox::page(harness.app.store(), harness.org, &[], None, 10_000).await.unwrap();
    let others: BTreeSet<OutboxId> = all.iter().map(|row| row.id).filter(|id| !mails.contains(id)).collect();
    let smtp = Smtp::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    for kill in 1..=KILLS {
        let mut program = start(&harness, &smtp, &folder);
        smtp.wait_for(kill * MAILS / (KILLS + 2)).await.unwrap();
        program.kill().await.unwrap();
    }
    let mut program = start(&harness, &smtp, &folder);
    let all_sent = async {
        #[expect(clippy::disallowed_methods, reason = "another process gives no other sign")]
        let mut look = tokio::time::interval(Duration::from_millis(250));
        loop {
            look.tick().await;
            if rows(&harness, &mails).await.values().all(|row| row.state == MailState::Sent) {
                return;
            }
        }
    };
    // What the killed ones held is free after their lease, so a minute is enough for all of it.
    tokio::time::timeout(Duration::from_secs(60), all_sent).await.expect("the rest within a minute");
    program.kill().await.unwrap();

    let mut copies: BTreeMap<OutboxId, usize> = BTreeMap::new();
    for mail in smtp.received() {
        let id = mail.message_id();
        let id = OutboxId(id.split('@').next().unwrap().parse().unwrap());
        *copies.entry(id).or_default() += 1;
    }
    // What the import itself left to be told goes out beside them.
    copies.retain(|id, _| !others.contains(id));
    assert_eq!(
        copies.keys().copied().collect::<BTreeSet<_>>(),
        mails,
        "nothing is lost, and no copy goes out under another id"
    );
    let second: usize = copies.values().map(|copies| copies - 1).sum();
    assert!(second <= KILLS * AT_ONCE, "{second} second copies");
    for (id, row) in rows(&harness, &mails).await {
        // Only a mail that was on its way at a kill was handed over more than once.
        assert!(
            copies[&id] <= row.attempts as usize,
            "{id}: {} copies, {} attempts",
            copies[&id],
            row.attempts
        );
        assert!(row.attempts as usize <= 1 + KILLS);
    }
    let again = rows(&harness, &mails).await.values().filter(|row| row.attempts > 1).count();
    assert!(again <= KILLS * AT_ONCE, "{again} mails were on their way at a kill");
}

/// The mails that an import leaves to a coordinator, two thousand times and long due.
async fn queue(harness: &Harness) -> BTreeSet<OutboxId> {
    harness.import("hr-export-2026-12.csv", DECEMBER).await.unwrap();
    let store = harness.app.store();
    let left = outbox::page(store, harness.org, &[], None, 100).await.unwrap();
    let news = left.iter().find(|row| row.request.letter == LetterKind::CoordinatorNewLeaders).unwrap();
    let ctx = harness.ctx();
    let mails: Vec<NewMail> = (0..MAILS)
        .map(|number| NewMail {
            id: ctx.new_id(),
            recipient: news.recipient,
            request: news.request,
            can_wait: false,
            dedupe_key: format!("copy {number}"),
            due_at: "2026-01-01T08:00:00Z".parse().unwrap(),
            not_after: None,
        })
        .collect();
    let tx = store.write().await.unwrap();
    outbox::enqueue_many(&tx, harness.org, &mails, ctx.now).await.unwrap();
    tx.commit().await.unwrap();
    mails.iter().map(|mail| mail.id).collect()
}

async fn rows(harness: &Harness, mails: &BTreeSet<OutboxId>) -> BTreeMap<OutboxId, OutboxRow> {
    let all = outbox::page(harness.app.store(), harness.org, &[], None, 10_000).await.unwrap();
    all.into_iter().filter(|row| mails.contains(&row.id)).map(|row| (row.id, row)).collect()
}

fn start(harness: &Harness, smtp: &Smtp, folder: &tempfile::TempDir) -> Child {
    Command::new(binary::varde().unwrap())
        .args(["serve", "--only", "scheduler"])
        .env("VARDE_DATABASE_URL", &harness.database_url)
        .env("VARDE_DATA_DIR", folder.path())
        .env("VARDE_MAIL_URL", format!("{}?tls=none", smtp.url()))
        .env("VARDE_MAIL_MAX_CONNECTIONS", AT_ONCE.to_string())
        .env("VARDE_SCHEDULER_CONCURRENCY", AT_ONCE.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}
