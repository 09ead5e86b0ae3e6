//! A mail server that falls silent: what was surely not sent goes again, and only what may have arrived is unknown.

use std::time::Duration;

use chrono::TimeDelta;
use varde_app::{access::Coordinator, input::ErrorPolicy, mails};
use varde_mail::SmtpOptions;
use varde_model::delivery::MailState;
use varde_testkit::smtp::{Command, Fault, Smtp};

use super::{
    bench::{Bench, to, to_with},
    on_both,
};

on_both! {
    silence_before_the_message_is_tried_again
    mails_that_wait_for_a_place_at_a_server_that_does_not_greet_are_tried_again
    silence_after_the_message_is_unknown
    a_kept_connection_that_is_dead_is_replaced_within_the_same_attempt
    only_attempts_that_may_have_arrived_count_towards_unknown
}

#[tokio::test]
async fn a_server_that_does_not_answer_the_farewell_holds_up_nobody() {
    let bench = Bench::sqlite().await;
    let smtp = Smtp::start().unwrap();
    let transport = to(&smtp);
    let scheduler = bench.scheduler(transport.clone());
    let gate = smtp.close_gate();
    bench.queue_many(8).await;
    let sending = tokio::spawn(async move { scheduler.run_due().await.unwrap() });
    smtp.wait_for(8).await.unwrap();
    gate.open();
    assert_eq!(sending.await.unwrap().mails_sent, 8);
    assert_eq!(smtp.connections().open, 8);
    smtp.fault(Fault::silence(Command::Quit));
    let closing = tokio::time::timeout(Duration::from_secs(8), transport.close());
    closing.await.expect("one after the other would take eight times as long");
}

fn patient_for(millis: u64) -> SmtpOptions {
    SmtpOptions { timeout: Duration::from_millis(millis), ..SmtpOptions::default() }
}

async fn silence_before_the_message_is_tried_again(bench: Bench) {
    for step in [Command::Connect, Command::Ehlo, Command::Mail, Command::Rcpt, Command::Data] {
        let smtp = Smtp::start().unwrap();
        smtp.fault(Fault::silence(step));
        let mail = bench.queue_many(1).await.remove(0);
        let report = bench.scheduler(to_with(&smtp, patient_for(400))).run_due().await.unwrap();
        assert_eq!((report.mails_retried, report.mails_unknown), (1, 0), "{step:?}");
        let row = bench.row(mail.id).await;
        assert_eq!((row.state, row.attempts, row.unknown_attempts), (MailState::Queued, 1, 0), "{step:?}");
        assert_eq!(row.last_error.unwrap().code, "refused", "{step:?}");
        assert!(smtp.received().is_empty());
    }
}

async fn mails_that_wait_for_a_place_at_a_server_that_does_not_greet_are_tried_again(bench: Bench) {
    let smtp = Smtp::start().unwrap();
    smtp.fault(Fault::silence(Command::Connect));
    let mails = bench.queue_many(16).await;
    let options = SmtpOptions { max_connections: 8, ..patient_for(400) };
    let report = bench.scheduler(to_with(&smtp, options)).run_due().await.unwrap();
    assert_eq!((report.mails_retried, report.mails_unknown, report.mails_failed), (16, 0, 0));
    for mail in mails {
        let row = bench.row(mail.id).await;
        assert_eq!((row.state, row.attempts, row.unknown_attempts), (MailState::Queued, 1, 0));
    }
}

async fn silence_after_the_message_is_unknown(bench: Bench) {
    let smtp = Smtp::start().unwrap();
    smtp.fault(Fault::silence(Command::EndOfData));
    let mail = bench.queue_many(1).await.remove(0);
    let report = bench.scheduler(to_with(&smtp, patient_for(3_000))).run_due().await.unwrap();
    assert_eq!((report.mails_sent, report.mails_retried), (0, 1));
    let row = bench.row(mail.id).await;
    assert_eq!((row.attempts, row.unknown_attempts), (1, 1));
    assert_eq!(row.last_error.unwrap().code, "unknown");
    assert_eq!(smtp.received().len(), 1, "the server has it");
}

async fn a_kept_connection_that_is_dead_is_replaced_within_the_same_attempt(bench: Bench) {
    let smtp = Smtp::start().unwrap();
    let idle_patience = Duration::from_millis(100);
    let options = SmtpOptions { max_connections: 1, idle_patience, ..SmtpOptions::default() };
    let scheduler = bench.scheduler(to_with(&smtp, options));
    bench.queue_many(1).await;
    assert_eq!(scheduler.run_due().await.unwrap().mails_sent, 1);
    smtp.fault(Fault::silence(Command::Mail).times(1));
    bench.queue_many(1).await;
    let report = scheduler.run_due().await.unwrap();
    assert_eq!((report.mails_sent, report.mails_retried), (1, 0));
    assert_eq!((smtp.received().len(), smtp.connections().total), (2, 2));
}

async fn only_attempts_that_may_have_arrived_count_towards_unknown(bench: Bench) {
    let smtp = Smtp::start().unwrap();
    smtp.fault(Fault::refuse(Command::Rcpt, 450, "busy").times(2));
    smtp.fault(Fault::drop_after_data());
    let mail = bench.queue_many(1).await.remove(0);
    let scheduler = bench.scheduler(to(&smtp));
    let end = bench.now() + TimeDelta::days(1);
    let report = scheduler.run_through(end, |to| bench.clock.set(to)).await.unwrap();
    assert_eq!((report.mails_retried, report.mails_unknown), (4, 1));
    let row = bench.row(mail.id).await;
    assert_eq!((row.state, row.attempts, row.unknown_attempts), (MailState::DeliveryUnknown, 5, 3));
    assert_eq!(smtp.received().len(), 3);
    // Whoever sends it again gives it all its attempts.
    let right = Coordinator::system(bench.org);
    mails::requeue(&bench.ctx(), &right, &[mail.id], ErrorPolicy::RejectAll, false).await.unwrap();
    let row = bench.row(mail.id).await;
    assert_eq!((row.state, row.attempts, row.unknown_attempts), (MailState::Queued, 0, 0));
}
