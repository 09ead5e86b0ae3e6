//! Gatherings that move or do not take place: what everyone's calendar is told.

use anyhow::{Context, Result};
use chrono::NaiveTime;
use varde_app::{
    Code,
    access::Coordinator,
    attendance::{self, RecordAttendance},
    cohorts::{self, CohortEdit, GatheringEdit},
    input::ErrorPolicy,
};
use varde_model::{
    cohort::Cohort,
    gathering::{Gathering, Presence},
};
use varde_persistence::Engine;
use varde_testkit::harness::{Harness, Mail};

use super::changes::{accepted, calendar, entries};

async fn day(varde: &Harness, cohort: &Cohort, index: usize) -> Result<Gathering> {
    let right = Coordinator::system(varde.org);
    let found = cohorts::gatherings_of(&varde.ctx(), &right, &[cohort.id]).await?;
    found.into_iter().nth(index).context("gathering")
}

/// Asserts that every mail updates an entry of `before`, and takes those entries' place.
fn updates(before: &[Mail], mails: &[Mail], count: usize) {
    let known = entries(before);
    assert_eq!(mails.len(), count);
    for mail in mails {
        let (method, sequence) = &entries(std::slice::from_ref(mail))[&calendar(mail, "UID")];
        assert_eq!(method, "REQUEST");
        assert!(*sequence > known[&calendar(mail, "UID")].1, "the same entry, and a later state of it");
    }
}

/// Lesson: a change of date, hour or place is an update of the same entry that says the new one.
async fn what_moves_is_told(engine: Engine) -> Result<()> {
    let (varde, cohort) = accepted(engine).await?;
    let right = Coordinator::system(varde.org);
    let asked = varde.new_mails();
    let second = day(&varde, &cohort, 1).await?;
    let date = GatheringEdit { date: Some("2027-02-10".parse()?), ..GatheringEdit::default() };
    cohorts::edit_gathering(&varde.ctx(), &right, second.id, &date).await?;
    varde.run_due().await?;
    let dated = varde.new_mails();
    updates(&asked, &dated, 3);
    assert!(dated.iter().all(|mail| calendar(mail, "DTSTART") == "20270210T090000"), "{dated:#?}");

    let hour = GatheringEdit {
        starts: NaiveTime::from_hms_opt(10, 0, 0),
        ends: NaiveTime::from_hms_opt(16, 30, 0),
        ..GatheringEdit::default()
    };
    cohorts::edit_gathering(&varde.ctx(), &right, second.id, &hour).await?;
    varde.run_due().await?;
    let timed = varde.new_mails();
    updates(&dated, &timed, 3);
    for mail in &timed {
        assert_eq!(calendar(mail, "DTSTART"), "20270210T100000");
        assert_eq!(calendar(mail, "DTEND"), "20270210T163000");
    }

    // The place of the whole cohort: every day of every leader.
    let place = CohortEdit { place: Some("Kurssenteret, Fjordgata 2".to_owned()), ..CohortEdit::default() };
    cohorts::edit(&varde.ctx(), &right, cohort.id, &place).await?;
    varde.run_due().await?;
    let placed = varde.new_mails();
    let before: Vec<Mail> = asked.into_iter().chain(timed).collect();
    updates(&before, &placed, 12);
    assert!(placed.iter().all(|mail| calendar(mail, "LOCATION").contains("Kurssenteret")));
    assert_eq!(entries(&placed).len(), 12, "one for each day of each leader");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_date_hour_and_place_reach_the_same_calendar_entries_on_sqlite() -> Result<()> {
    what_moves_is_told(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_date_hour_and_place_reach_the_same_calendar_entries_on_postgresql() -> Result<()> {
    what_moves_is_told(Engine::Postgres).await
}

/// Five past nine the speaker is known to be ill: the day is put off, or called off. One that was held is neither.
async fn a_begun_day(engine: Engine) -> Result<()> {
    let (varde, cohort) = accepted(engine).await?;
    let right = Coordinator::system(varde.org);
    let asked = varde.new_mails();
    varde.move_to("2027-01-13T08:05:00Z".parse()?).await?;
    varde.new_mails();
    let first = day(&varde, &cohort, 0).await?;
    let later = GatheringEdit { date: Some("2027-01-20".parse()?), ..GatheringEdit::default() };
    let (changed, _) = cohorts::edit_gathering(&varde.ctx(), &right, first.id, &later).await?;
    assert_eq!(changed.mails.len(), 6, "the leaders, and on the next morning their line managers");
    varde.run_due().await?;
    let moved = varde.new_mails();
    updates(&asked, &moved, 3);
    assert!(moved.iter().all(|mail| calendar(mail, "DTSTART") == "20270120T090000"), "{moved:#?}");

    // The new day passes without anybody there: called off afterwards, it counts against nobody.
    varde.move_to("2027-01-21T12:00:00Z".parse()?).await?;
    varde.new_mails();
    let why = Some("Foredragsholderen ble syk");
    let unsaid = cohorts::cancel_gathering(&varde.ctx(), &right, first.id, None, None, false).await;
    assert_eq!(unsaid.unwrap_err().refusals()[0].code, Code::ReasonRequired);
    cohorts::cancel_gathering(&varde.ctx(), &right, first.id, why, None, false).await?;
    varde.run_due().await?;
    let cancelled = varde.new_mails();
    let (was, is) = (entries(&moved), entries(&cancelled));
    assert_eq!(is.len(), 3);
    for (uid, (method, sequence)) in &is {
        assert_eq!(method, "CANCEL");
        assert!(*sequence > was[uid].1);
    }

    // The second day is held.
    varde.move_to("2027-02-03T15:00:00Z".parse()?).await?;
    varde.new_mails();
    let second = day(&varde, &cohort, 1).await?;
    let everyone = RecordAttendance {
        gathering: second.id,
        everyone_else: Some(Presence::Present),
        records: Vec::new(),
        clear: Vec::new(),
        error_policy: ErrorPolicy::RejectAll,
        dry_run: false,
    };
    attendance::record(&varde.ctx(), &right, &everyone).await?;
    let later = GatheringEdit { date: Some("2027-02-10".parse()?), ..GatheringEdit::default() };
    let refused = cohorts::edit_gathering(&varde.ctx(), &right, second.id, &later).await.unwrap_err();
    assert_eq!(refused.refusals()[0].code, Code::AttendanceStands);
    let refused =
        cohorts::cancel_gathering(&varde.ctx(), &right, second.id, why, None, false).await.unwrap_err();
    assert_eq!(refused.refusals()[0].code, Code::AttendanceStands);
    varde.run_due().await?;
    assert_eq!(varde.new_mails().len(), 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_has_begun_can_be_put_off_or_called_off_until_it_was_held_on_sqlite() -> Result<()> {
    a_begun_day(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_has_begun_can_be_put_off_or_called_off_until_it_was_held_on_postgresql() -> Result<()> {
    a_begun_day(Engine::Postgres).await
}
