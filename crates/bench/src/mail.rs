//! Mail: from the outbox to a local server, each marked as sent by itself, against what that server takes bare.

use anyhow::{Result, ensure};
use chrono::{SubsecRound, Utc};
use varde_model::{
    delivery::{MailState, NewMail},
    letter::LetterKind,
    work::{About, LetterRequest, Recipient},
};
use varde_persistence::outbox;

use crate::{
    child,
    figures::{Mails, median},
    ground::{Ground, Ids},
    proc,
    run::Pace,
    sink::Sink,
};

/// Connections at once.
const CONNECTIONS: usize = 64;

/// Measures the sending of mail on a ground.
pub(crate) async fn measure(ground: &Ground, pace: &Pace) -> Result<Mails> {
    let sink = Sink::start().await?;
    let mut ids = Ids { now: Utc::now().trunc_subsecs(6), last: 1 << 48 };
    let message = ground.folder().join("message.txt");
    let (mut product, mut bare, mut marked, mut cpu) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..pace.rounds.div_ceil(2) {
        let sent = scheduler(ground, &sink, &mut ids, pace.mails).await?;
        product.push(sent.rate);
        cpu.push(sent);
        std::fs::write(&message, sink.last_text())?;
        let message = message.display().to_string();
        bare.push(bare_rate(&sink, &message, pace.bare_mails, None).await?);
        marked.push(bare_rate(&sink, &message, pace.mails, Some(&ground.url)).await?);
    }
    Ok(Mails {
        mails: pace.mails,
        bytes: sink.last_text().len(),
        ratio: median(product.iter().zip(&bare).map(|(product, bare)| product / bare)),
        bare: median(bare.iter().copied()),
        marked: median(marked.iter().copied()),
        product: median(product.iter().copied()),
        cpu: (median(cpu.iter().map(|sent| sent.app)), median(cpu.iter().map(|sent| sent.database))),
    })
}

/// Mails a second, and milliseconds of CPU time for each.
struct Sent {
    rate: f64,
    app: f64,
    database: f64,
}

/// Queues the mails, starts the product's scheduler, and waits until all are there and marked as sent.
async fn scheduler(ground: &Ground, sink: &Sink, ids: &mut Ids, mails: usize) -> Result<Sent> {
    let new: Vec<NewMail> = (0..mails)
        .map(|index| {
            let member = ground.members[index % ground.members.len()];
            let id: varde_model::ids::OutboxId = ids.next();
            NewMail {
                id,
                recipient: Recipient::Person { person: member.person },
                request: LetterRequest {
                    // Of the letters of a place one that may go out any number of times: it tells of no change.
                    letter: LetterKind::LineManagerNotice,
                    about: About::Enrolment { enrolment: member.enrolment },
                    policy: None,
                },
                can_wait: false,
                dedupe_key: id.to_string(),
                due_at: ids.now,
                not_after: None,
            }
        })
        .collect();
    let sent_before = sent(ground).await?;
    let tx = ground.store.write().await?;
    outbox::enqueue_many(&tx, ground.org, &new, ids.now).await?;
    tx.commit().await?;
    sink.reset();
    let address = child::free_address()?;
    let environment = ground.environment(&[
        ("VARDE_MAIL_URL", format!("smtp://{}?tls=none", sink.address)),
        ("VARDE_MAIL_MAX_CONNECTIONS", CONNECTIONS.to_string()),
        ("VARDE_SCHEDULER_CONCURRENCY", CONNECTIONS.to_string()),
        ("VARDE_SCHEDULER_TICK_SECONDS", "1".to_owned()),
    ]);
    let listen = address.to_string();
    let arguments = ["serve", "--only", "scheduler", "--listen", &listen];
    let (service, _) =
        child::start(&ground.varde, &arguments, &environment, (address, "/readyz", &ground.log())).await?;
    let database = ground.database_cpu()?;
    let rate = tokio::time::timeout(pace_limit(mails), sink.rate_of(mails)).await;
    ensure!(rate.is_ok(), "only {} of {mails} mails arrived", sink.count());
    let mut pace = tokio::time::interval(std::time::Duration::from_millis(20));
    for _ in 0..500 {
        pace.tick().await;
        if sent(ground).await? >= sent_before + mails as u64 {
            // Its start is in it: some tens of milliseconds for thousands of mails.
            let (app, database) = (proc::cpu(service.pid)?, ground.database_cpu()? - database);
            service.stop().await?;
            ensure!(sink.count() == mails, "{} mails for {mails} rows", sink.count());
            #[expect(clippy::cast_precision_loss, reason = "thousands of mails")]
            let each = |time: std::time::Duration| time.as_secs_f64() * 1000.0 / mails as f64;
            return Ok(Sent { rate: rate?, app: each(app), database: each(database) });
        }
    }
    anyhow::bail!("not every mail was marked as sent")
}

/// Slower than ten a second, something is wrong.
fn pace_limit(mails: usize) -> std::time::Duration {
    std::time::Duration::from_millis(20_000 + 100 * mails as u64)
}

async fn sent(ground: &Ground) -> Result<u64> {
    let counts = outbox::counts(&ground.store, ground.org).await?;
    Ok(counts.iter().find(|(state, _)| *state == MailState::Sent).map_or(0, |(_, mails)| *mails))
}

/// What the server takes from a process that does nothing but send, or nothing but send and mark in a database.
async fn bare_rate(sink: &Sink, message: &str, mails: usize, mark_in: Option<&str>) -> Result<f64> {
    sink.reset();
    let (to, connections, count) = (sink.address.to_string(), CONNECTIONS.to_string(), mails.to_string());
    let mut arguments = vec![
        "bare-mail",
        "--to",
        &to,
        "--connections",
        &connections,
        "--mails",
        &count,
        "--message",
        message,
    ];
    arguments.extend(mark_in.iter().flat_map(|url| ["--mark-in", url]));
    child::run(&std::env::current_exe()?, &arguments, &Vec::new(), "").await?;
    Ok(sink.rate_of(mails).await)
}
