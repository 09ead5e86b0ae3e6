//! What can wait is gathered into one mail a person and day.

use chrono::{DateTime, TimeDelta, Utc};
use varde_mail::Transport;
use varde_model::{
    delivery::{MailState, NewMail},
    ids::PersonId,
    organisation::ClosedDay,
    state_reason::StateReason,
    work::Recipient,
};
use varde_persistence::organisations;

use super::{
    bench::{Bench, address},
    on_both,
};

on_both! {
    what_is_due_together_goes_out_as_one_mail
    a_second_daily_mail_waits_for_the_next_working_day
    what_would_come_too_late_does_not_wait
    two_schedulers_write_one_daily_mail
    a_reminder_that_could_not_leave_does_not_go_at_night
}

fn at(moment: &str) -> DateTime<Utc> {
    moment.parse().unwrap()
}

fn waiting(bench: &Bench, person: PersonId) -> NewMail {
    NewMail { recipient: Recipient::Person { person }, can_wait: true, ..bench.mail() }
}

async fn what_is_due_together_goes_out_as_one_mail(bench: Bench) {
    let (kari, ola) = (bench.person(), bench.person());
    let first = waiting(&bench, kari);
    let second = waiting(&bench, kari);
    let urgent = NewMail { can_wait: false, ..waiting(&bench, kari) };
    bench.queue(&[first.clone(), second.clone(), urgent, waiting(&bench, ola)]).await;
    let (scheduler, memory) = bench.in_memory();
    assert_eq!(scheduler.run_due().await.unwrap().mails_sent, 3);
    let posted = memory.posted();
    let to_kari: Vec<_> = posted.iter().filter(|mail| mail.recipients == [address(kari)]).collect();
    assert_eq!(to_kari.len(), 2);
    assert!(posted.iter().any(|mail| mail.outbox_id == first.id));
    assert!(!posted.iter().any(|mail| mail.outbox_id == second.id));
    let row = bench.row(second.id).await;
    assert_eq!(row.state, MailState::Sent);
    assert_eq!((row.reason, row.gathered_in), (Some(StateReason::Gathered), Some(first.id)));
}

async fn a_second_daily_mail_waits_for_the_next_working_day(bench: Bench) {
    // Friday; the Monday after it is closed.
    bench.clock.set(at("2026-11-27T07:00:00Z"));
    let closed =
        ClosedDay { id: bench.ctx().new_id(), day: "2026-11-30".parse().unwrap(), name: "Stengt".into() };
    let tx = bench.app.store().write().await.unwrap();
    organisations::insert_closed_day(&tx, bench.org, &closed, bench.now()).await.unwrap();
    tx.commit().await.unwrap();
    let kari = bench.person();
    bench.queue(&[waiting(&bench, kari)]).await;
    let (scheduler, memory) = bench.in_memory();
    scheduler.run_due().await.unwrap();
    bench.pass(TimeDelta::hours(2));
    let second = waiting(&bench, kari);
    bench.queue(std::slice::from_ref(&second)).await;
    let report = scheduler.run_due().await.unwrap();
    assert_eq!((report.mails_sent, report.mails_postponed), (0, 1));
    assert_eq!(bench.row(second.id).await.due_at, at("2026-12-01T09:00:00Z"));
    bench.clock.set(at("2026-12-01T09:00:00Z"));
    assert_eq!(scheduler.run_due().await.unwrap().mails_sent, 1);
    assert_eq!(memory.posted().len(), 2);
}

async fn what_would_come_too_late_does_not_wait(bench: Bench) {
    let kari = bench.person();
    bench.queue(&[waiting(&bench, kari)]).await;
    let (scheduler, memory) = bench.in_memory();
    scheduler.run_due().await.unwrap();
    bench.pass(TimeDelta::hours(1));
    let today = NewMail { not_after: Some(bench.now() + TimeDelta::hours(6)), ..waiting(&bench, kari) };
    bench.queue(&[today, waiting(&bench, kari)]).await;
    let report = scheduler.run_due().await.unwrap();
    assert_eq!((report.mails_sent, report.mails_postponed), (1, 1));
    assert_eq!(memory.posted().len(), 2);
}

async fn two_schedulers_write_one_daily_mail(bench: Bench) {
    let people: Vec<PersonId> = (0..50).map(|_| bench.person()).collect();
    let mails: Vec<NewMail> = (0..4)
        .flat_map(|_| people.iter().map(|person| waiting(&bench, *person)).collect::<Vec<_>>())
        .collect();
    bench.queue(&mails).await;
    let (one, memory) = bench.in_memory();
    let other = bench.scheduler(Transport::Memory(memory.clone()));
    let (one, other) = tokio::join!(
        tokio::spawn(async move { one.run_due().await.unwrap() }),
        tokio::spawn(async move { other.run_due().await.unwrap() }),
    );
    assert_eq!(one.unwrap().mails_sent + other.unwrap().mails_sent, 50);
    assert_eq!(memory.posted().len(), 50);
    assert_eq!(bench.count(MailState::Sent).await, 200);
}

async fn a_reminder_that_could_not_leave_does_not_go_at_night(bench: Bench) {
    use varde_model::{ids::PolicyId, work::LetterRequest};
    let reminder = |can_wait, not_after: Option<&str>| {
        let mail = bench.mail();
        let policy = Some(PolicyId(uuid::Uuid::from_u128(7)));
        let request = LetterRequest { policy, ..mail.request };
        NewMail { request, can_wait, not_after: not_after.map(at), ..mail }
    };
    // Written on Friday at eight; the service is down until Saturday.
    bench.clock.set(at("2026-11-27T07:00:00Z"));
    let waits = [reminder(false, None), reminder(true, Some("2026-11-30T07:00:00Z"))];
    let too_late = reminder(false, Some("2026-11-29T12:00:00Z"));
    let other = bench.mail();
    bench.queue(&[waits[0].clone(), waits[1].clone(), too_late.clone(), other.clone()]).await;
    bench.clock.set(at("2026-11-28T12:00:00Z"));
    let (scheduler, memory) = bench.in_memory();
    let report = scheduler.run_due().await.unwrap();
    assert_eq!((report.mails_postponed, report.mails_needless), (2, 1), "{report:?}");
    let sent: Vec<_> = memory.posted().iter().map(|mail| mail.outbox_id).collect();
    assert_eq!(sent, [other.id], "what somebody did just now is told at once");
    for mail in &waits {
        assert_eq!(bench.row(mail.id).await.due_at, at("2026-11-30T07:00:00Z"));
    }
    assert_eq!(bench.row(too_late.id).await.reason, Some(StateReason::TooLate));
    assert!(!scheduler.run_due().await.unwrap().did_something());
    bench.clock.set(at("2026-11-30T07:00:00Z"));
    assert_eq!(scheduler.run_due().await.unwrap().mails_sent, 2);
}
