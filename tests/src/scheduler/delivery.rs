//! What becomes of a mail when the server refuses, falls silent, or the sender dies.

use chrono::TimeDelta;
use varde_app::{
    Code, PathPart,
    access::Coordinator,
    input::ErrorPolicy,
    mails,
    queue::{self, Lease},
};
use varde_model::{
    delivery::{Composition, MailState, NewMail},
    ids::OutboxId,
    state_reason::StateReason,
};
use varde_persistence::organisations;
use varde_testkit::smtp::{Command, Fault, Smtp};

use super::{
    bench::{Bench, to},
    on_both,
};

on_both! {
    a_dead_schedulers_mail_is_taken_up_after_its_lease
    a_mail_in_flight_at_a_crash_goes_again_with_the_same_message_id
    a_refusal_for_now_is_tried_again_ever_later_and_then_fails
    a_failed_mail_that_is_requeued_goes_out
    a_refusal_for_good_fails_at_once
    what_cannot_be_known_is_called_delivery_unknown
    a_crash_on_the_last_attempt_is_called_delivery_unknown
    a_mail_that_says_nothing_true_any_more_is_not_sent
    a_mail_past_its_latest_time_is_not_sent
    with_sending_off_mail_waits
}

/// A scheduler that claims and dies.
async fn ghost(bench: &Bench, n: u64) -> (Lease, Vec<OutboxId>) {
    let lease = Lease { worker: bench.ctx().new_id(), until: bench.now() + TimeDelta::seconds(45) };
    let rows = queue::claim_mail(&bench.ctx(), n, lease).await.unwrap();
    assert_eq!(rows.len() as u64, n);
    (lease, rows.into_iter().map(|row| row.id).collect())
}

async fn a_dead_schedulers_mail_is_taken_up_after_its_lease(bench: Bench) {
    bench.queue_many(10).await;
    ghost(&bench, 6).await;
    let (scheduler, memory) = bench.in_memory();
    assert_eq!(scheduler.run_due().await.unwrap().mails_sent, 4);
    bench.pass(TimeDelta::seconds(59));
    assert_eq!(scheduler.run_due().await.unwrap().mails_sent, 6);
    assert_eq!(memory.posted().len(), 10);
}

async fn a_mail_in_flight_at_a_crash_goes_again_with_the_same_message_id(bench: Bench) {
    let mail = bench.queue_many(1).await.remove(0);
    let (lease, ids) = ghost(&bench, 1).await;
    assert_eq!(queue::hand_over(&bench.ctx(), &ids, lease).await.unwrap(), ids);
    assert_eq!(bench.row(mail.id).await.state, MailState::Sending);
    let (scheduler, memory) = bench.in_memory();
    assert_eq!(scheduler.run_due().await.unwrap().mails_sent, 0);
    bench.pass(TimeDelta::seconds(46));
    assert_eq!(scheduler.run_due().await.unwrap().mails_sent, 1);
    let text = String::from_utf8(memory.posted().remove(0).message).unwrap();
    assert!(text.contains(&format!("Message-ID: <{}@fjordheim.example>", mail.id)), "{text}");
    let row = bench.row(mail.id).await;
    assert_eq!((row.state, row.attempts), (MailState::Sent, 2));
    // The dead one wakes up and claims that it has sent it: nothing changes, and it may not send again.
    assert!(queue::hand_over(&bench.ctx(), &ids, lease).await.unwrap().is_empty());
}

async fn a_refusal_for_now_is_tried_again_ever_later_and_then_fails(bench: Bench) {
    let smtp = Smtp::start().unwrap();
    smtp.fault(Fault::refuse(Command::Rcpt, 450, "busy"));
    let mail = bench.queue_many(1).await.remove(0);
    let scheduler = bench.scheduler(to(&smtp));
    let mut waits = Vec::new();
    while scheduler.run_due().await.unwrap().mails_retried == 1 {
        let next = bench.row(mail.id).await.due_at;
        waits.push((next - bench.now()).num_seconds());
        bench.clock.set(next);
    }
    let doubled = [30, 60, 120, 240, 480, 960, 1920];
    assert_eq!(waits.len(), doubled.len());
    for (wait, full) in waits.iter().zip(doubled) {
        assert!((full / 2..=full).contains(wait), "{waits:?}");
    }
    let row = bench.row(mail.id).await;
    assert_eq!((row.state, row.attempts), (MailState::Failed, 8));
    let error = row.last_error.unwrap();
    assert_eq!(error.code, "smtp_450");
    assert!(!error.text.contains('@'), "{}", error.text);
    assert!(smtp.received().is_empty());
}

async fn a_failed_mail_that_is_requeued_goes_out(bench: Bench) {
    let smtp = Smtp::start().unwrap();
    smtp.fault(Fault::refuse(Command::Rcpt, 550, "no such user"));
    bench.queue_many(2).await;
    let scheduler = bench.scheduler(to(&smtp));
    assert_eq!(scheduler.run_due().await.unwrap().mails_failed, 2);
    let (ctx, right) = (bench.ctx(), Coordinator::system(bench.org));
    let failed = mails::list(&ctx, &right, &[MailState::Failed], None, 10).await.unwrap();
    assert_eq!(failed.len(), 2);
    smtp.heal();
    let requeue = async |ids: &[OutboxId], policy| {
        let outcome = mails::requeue(&ctx, &right, ids, policy, false).await;
        outcome.map_err(|error| error.refusals()[0].code)
    };
    let all = ErrorPolicy::RejectAll;
    let (first, unknown) = (failed[0].id, ctx.new_id());
    assert_eq!(requeue(&[first, unknown], all).await.unwrap_err(), Code::NotFound);
    assert_eq!(requeue(&[], all).await.unwrap_err(), Code::Required);
    assert!(!scheduler.run_due().await.unwrap().did_something(), "one refused row refused all");
    // The good row is kept where the caller says so, and each other one is told of by its index.
    let kept = requeue(&[unknown, first, first], ErrorPolicy::RejectFailed).await.unwrap();
    assert_eq!(kept.mails.iter().map(|mail| mail.id).collect::<Vec<_>>(), [first]);
    let refused: Vec<_> =
        kept.refusals.iter().map(|refusal| (refusal.code, refusal.path[1].clone())).collect();
    assert_eq!(refused, [(Code::NotFound, PathPart::Index(0)), (Code::NamedTwice, PathPart::Index(2))]);
    assert_eq!(requeue(&[first], all).await.unwrap_err(), Code::WrongState);
    assert_eq!(scheduler.run_due().await.unwrap().mails_sent, 1);
    assert_eq!((bench.count(MailState::Sent).await, bench.count(MailState::Failed).await), (1, 1));
}

async fn a_refusal_for_good_fails_at_once(bench: Bench) {
    let smtp = Smtp::start().unwrap();
    smtp.fault(Fault::refuse(Command::EndOfData, 554, "not wanted"));
    let mail = bench.queue_many(1).await.remove(0);
    let report = bench.scheduler(to(&smtp)).run_due().await.unwrap();
    assert_eq!((report.mails_failed, report.mails_retried), (1, 0));
    let row = bench.row(mail.id).await;
    assert_eq!((row.state, row.last_error.unwrap().code), (MailState::Failed, "smtp_554".to_owned()));
}

async fn what_cannot_be_known_is_called_delivery_unknown(bench: Bench) {
    let smtp = Smtp::start().unwrap();
    smtp.fault(Fault::drop_after_data());
    let mail = bench.queue_many(1).await.remove(0);
    let scheduler = bench.scheduler(to(&smtp));
    let end = bench.now() + TimeDelta::days(1);
    let report = scheduler.run_through(end, |to| bench.clock.set(to)).await.unwrap();
    assert_eq!((report.mails_sent, report.mails_retried, report.mails_unknown), (0, 2, 1));
    let row = bench.row(mail.id).await;
    assert_eq!((row.state, row.attempts), (MailState::DeliveryUnknown, 3));
    // Every copy that may have arrived bears the same Message-ID, so that a mail program shows one.
    let copies: Vec<String> = smtp.received().iter().map(|mail| mail.message_id()).collect();
    assert_eq!(copies, vec![format!("{}@fjordheim.example", mail.id); 3]);
}

async fn a_crash_on_the_last_attempt_is_called_delivery_unknown(bench: Bench) {
    let mail = bench.queue_many(1).await.remove(0);
    for _ in 0..8 {
        let (lease, ids) = ghost(&bench, 1).await;
        queue::hand_over(&bench.ctx(), &ids, lease).await.unwrap();
        bench.pass(TimeDelta::seconds(45));
    }
    let (scheduler, memory) = bench.in_memory();
    assert_eq!(scheduler.run_due().await.unwrap().mails_unknown, 1);
    assert_eq!(bench.row(mail.id).await.state, MailState::DeliveryUnknown);
    assert!(memory.posted().is_empty());
}

async fn a_mail_that_says_nothing_true_any_more_is_not_sent(bench: Bench) {
    let mails = bench.queue_many(2).await;
    *bench.desk.compositions.lock().unwrap() =
        vec![(mails[0].id, Composition::Needless(StateReason::Answered))];
    let (scheduler, memory) = bench.in_memory();
    let report = scheduler.run_due().await.unwrap();
    assert_eq!((report.mails_sent, report.mails_needless), (1, 1));
    let row = bench.row(mails[0].id).await;
    assert_eq!((row.state, row.reason), (MailState::Needless, Some(StateReason::Answered)));
    assert_eq!(memory.posted().len(), 1);
}

async fn a_mail_past_its_latest_time_is_not_sent(bench: Bench) {
    let mail = NewMail { not_after: Some(bench.now() + TimeDelta::hours(4)), ..bench.mail() };
    bench.queue(std::slice::from_ref(&mail)).await;
    bench.pass(TimeDelta::hours(4) + TimeDelta::seconds(1));
    let (scheduler, memory) = bench.in_memory();
    assert_eq!(scheduler.run_due().await.unwrap().mails_needless, 1);
    assert_eq!(bench.row(mail.id).await.reason, Some(StateReason::TooLate));
    assert!(memory.posted().is_empty());
}

async fn with_sending_off_mail_waits(bench: Bench) {
    let switch = async |on| {
        let tx = bench.app.store().write().await.unwrap();
        organisations::set_sending(&tx, bench.org, on).await.unwrap();
        tx.commit().await.unwrap();
    };
    switch(false).await;
    bench.queue_many(3).await;
    let (scheduler, memory) = bench.in_memory();
    assert!(!scheduler.run_due().await.unwrap().did_something());
    assert_eq!(scheduler.next_due().await.unwrap(), None);
    switch(true).await;
    assert_eq!(scheduler.run_due().await.unwrap().mails_sent, 3);
    assert_eq!(memory.posted().len(), 3);
}
