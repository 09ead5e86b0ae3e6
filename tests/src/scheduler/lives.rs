//! A scheduler that serves: woken by a commit, and stopped with grace.

use tokio::sync::watch;
use varde_model::delivery::MailState;
use varde_scheduler::Options;
use varde_testkit::smtp::Smtp;

use super::{
    bench::{Bench, to},
    on_both,
};

on_both! {
    a_commit_that_left_mail_wakes_the_scheduler
    a_stopped_scheduler_finishes_what_is_in_flight_and_gives_back_the_rest
}

async fn a_commit_that_left_mail_wakes_the_scheduler(bench: Bench) {
    let smtp = Smtp::start().unwrap();
    let scheduler = bench.scheduler_with(to(&smtp), Options { tick_seconds: 59, ..Options::default() });
    let (stop, stopped) = watch::channel(false);
    let serving = tokio::spawn(async move { scheduler.serve(stopped).await });
    bench.queue_many(5).await;
    smtp.wait_for(5).await.unwrap();
    bench.queue_many(5).await;
    smtp.wait_for(10).await.unwrap();
    stop.send(true).unwrap();
    serving.await.unwrap().unwrap();
    assert_eq!(bench.count(MailState::Sent).await, 10);
}

async fn a_stopped_scheduler_finishes_what_is_in_flight_and_gives_back_the_rest(bench: Bench) {
    let smtp = Smtp::start().unwrap();
    let gate = smtp.close_gate();
    let scheduler = bench.scheduler_with(to(&smtp), Options { concurrency: 4, ..Options::default() });
    let (stop, stopped) = watch::channel(false);
    bench.queue_many(40).await;
    let serving = tokio::spawn(async move { scheduler.serve(stopped).await });
    smtp.wait_for(4).await.unwrap();
    assert_eq!(bench.count(MailState::Sending).await, 4);
    stop.send(true).unwrap();
    // The order to stop is taken before the server answers.
    tokio::task::yield_now().await;
    gate.open();
    serving.await.unwrap().unwrap();
    let sent = bench.count(MailState::Sent).await;
    assert_eq!(sent + bench.count(MailState::Queued).await, 40);
    assert_eq!(smtp.received().len() as u64, sent);
    // What was given back is free at once: another scheduler need not wait for a lease.
    let other = bench.scheduler(to(&smtp));
    assert_eq!(other.run_due().await.unwrap().mails_sent, 40 - sent);
    assert_eq!(smtp.received().len(), 40);
}
