//! Many schedulers on one database.

use std::collections::BTreeSet;

use varde_mail::Transport;
use varde_model::{delivery::MailState, timers::TimerState};
use varde_testkit::smtp::Smtp;

use super::{
    bench::{Bench, address, to},
    on_both,
};

on_both! {
    four_schedulers_send_2000_mails_without_a_duplicate
    four_schedulers_fire_a_timer_once
    a_tick_that_runs_twice_does_nothing_the_second_time
    a_key_is_queued_once
}

async fn four_schedulers_send_2000_mails_without_a_duplicate(bench: Bench) {
    let smtp = Smtp::start().unwrap();
    let mails = bench.queue_many(2000).await;
    let schedulers = bench.crowd(4, || to(&smtp)).await;
    let reports = futures_util::future::join_all(
        schedulers.iter().cloned().map(|one| tokio::spawn(async move { one.run_due().await.unwrap() })),
    )
    .await;
    let sent: Vec<u64> = reports.into_iter().map(|report| report.unwrap().mails_sent).collect();
    assert_eq!(sent.iter().sum::<u64>(), 2000);
    assert!(sent.iter().filter(|own| **own > 0).count() > 1, "one did all the work: {sent:?}");
    let received = smtp.received();
    assert_eq!(received.len(), 2000);
    let ids: BTreeSet<String> = received.iter().map(|mail| mail.message_id()).collect();
    let meant: BTreeSet<String> = mails.iter().map(|mail| format!("{}@fjordheim.example", mail.id)).collect();
    assert_eq!(ids, meant);
    assert_eq!(bench.count(MailState::Sent).await, 2000);
}

async fn four_schedulers_fire_a_timer_once(bench: Bench) {
    let planned: Vec<_> = (0..100).map(|_| bench.timer()).collect();
    bench.plan(&planned).await;
    let (_, memory) = bench.in_memory();
    let schedulers = bench.crowd(4, || Transport::Memory(memory.clone())).await;
    let reports = futures_util::future::join_all(
        schedulers.iter().cloned().map(|one| tokio::spawn(async move { one.run_due().await.unwrap() })),
    )
    .await;
    let fired: u64 = reports.into_iter().map(|report| report.unwrap().timers_fired).sum();
    assert_eq!(fired, 100);
    let recipients: BTreeSet<String> =
        memory.posted().iter().flat_map(|mail| mail.recipients.clone()).collect();
    let meant: BTreeSet<String> = planned.iter().map(|timer| address(timer.job.person().unwrap())).collect();
    assert_eq!(memory.posted().len(), 100);
    assert_eq!(recipients, meant);
    assert!(bench.timer_rows().await.iter().all(|timer| timer.state == TimerState::Fired));
}

async fn a_tick_that_runs_twice_does_nothing_the_second_time(bench: Bench) {
    bench.plan(&[bench.timer()]).await;
    bench.queue_many(3).await;
    let (scheduler, memory) = bench.in_memory();
    let first = scheduler.run_due().await.unwrap();
    assert_eq!((first.timers_fired, first.mails_sent), (1, 4));
    assert!(!scheduler.run_due().await.unwrap().did_something());
    assert_eq!(memory.posted().len(), 4);
}

async fn a_key_is_queued_once(bench: Bench) {
    let mail = bench.mail();
    assert_eq!(bench.queue(std::slice::from_ref(&mail)).await, 1);
    let again = varde_model::delivery::NewMail { id: bench.ctx().new_id(), ..mail };
    assert_eq!(bench.queue(&[again, bench.mail()]).await, 1);
}
