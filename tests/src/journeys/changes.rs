//! What happens when plans change: gatherings move, cohorts are called off, people leave, calls are repeated.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_app::{
    Code,
    access::Coordinator,
    cohorts::{self, CancelCohort, GatheringEdit},
};
use varde_model::{
    cohort::Cohort,
    enrolment::EnrolmentState,
    timers::{TimerState, TimersOf},
};
use varde_persistence::{Engine, timers};
use varde_testkit::harness::{Harness, Mail};

use crate::both::on_both;

use super::p01_onboarding::{answer, spring};

on_both! {
    a_repeated_call_with_its_key_happens_once
    a_cancelled_cohort_is_told_once_and_never_reminded_of
    a_moved_gathering_updates_the_same_calendar_entry_and_a_cancelled_one_removes_it
    reminders_follow_a_moved_gathering
    line_managers_hear_once_of_changes_to_what_they_were_told
    a_leavers_seat_goes_on_the_day_after_the_last
    an_edit_of_something_changed_meanwhile_is_refused
    a_cohort_without_its_attendance_is_not_closed_by_a_slip
}

const CREATE: &str = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { cohort { id } errors { code message path } } }";

/// A running cohort in which everyone asked has said yes; the mail so far is put aside.
pub(super) async fn accepted(engine: Engine) -> Result<(Harness, Cohort)> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let mut input = spring();
    input["input"]["capacity"] = json!(3);
    varde.ask(&hr, CREATE, input).await?;
    let right = Coordinator::system(varde.org);
    varde_app::proposals::propose_new_leaders(&varde.ctx(), &right, false).await?;
    let cohort = cohorts::find_by_code(&varde.ctx(), &right, "NYL-2027-V").await?.context("cohort")?;
    cohorts::publish(&varde.ctx(), &right, cohort.id, None, false).await?;
    varde.run_due().await?;
    for mail in varde.new_mails() {
        answer(&varde, &mail, "accept").await?;
    }
    varde.run_due().await?;
    Ok((varde, cohort))
}

/// A property of the calendar entry in a mail.
pub(super) fn calendar(mail: &Mail, property: &str) -> String {
    let calendar = mail.calendar.clone().unwrap_or_default().replace("\r\n ", "");
    // The zone before the entry has a beginning of its own; the method stands outside both.
    let entry = calendar.split_once("BEGIN:VEVENT").map(|(_, entry)| entry).unwrap_or_default();
    let mut lines = entry.lines().chain(calendar.lines());
    let line = lines.find(|line| line.split([':', ';']).next() == Some(property));
    line.and_then(|line| line.split_once(':')).map(|(_, value)| value.to_owned()).unwrap_or_default()
}

pub(super) fn entries(mails: &[Mail]) -> BTreeMap<String, (String, u32)> {
    mails
        .iter()
        .filter(|mail| mail.calendar.is_some())
        .map(|mail| {
            (calendar(mail, "UID"), (calendar(mail, "METHOD"), calendar(mail, "SEQUENCE").parse().unwrap()))
        })
        .collect()
}

/// Lesson: a change of time, place or room is an update of the same entry; a cancellation takes it away.
async fn a_moved_gathering_updates_the_same_calendar_entry_and_a_cancelled_one_removes_it(
    engine: Engine,
) -> Result<()> {
    let (varde, cohort) = accepted(engine).await?;
    let right = Coordinator::system(varde.org);
    let first = entries(&varde.new_mails());
    assert_eq!(first.len(), 12, "four days for each of three");
    let day = cohorts::gatherings_of(&varde.ctx(), &right, &[cohort.id]).await?.remove(1);
    let edit = GatheringEdit { room: Some("Møterom 7".to_owned()), ..GatheringEdit::default() };
    cohorts::edit_gathering(&varde.ctx(), &right, day.id, &edit).await?;
    varde.run_due().await?;
    let moved = varde.new_mails();
    assert_eq!(moved.len(), 3);
    for mail in &moved {
        let (method, sequence) = &entries(std::slice::from_ref(mail))[&calendar(mail, "UID")];
        let before = &first[&calendar(mail, "UID")];
        assert_eq!(method, "REQUEST");
        assert!(*sequence > before.1);
        assert!(calendar(mail, "LOCATION").contains("Møterom 7"));
        assert!(mail.text.contains("Møterom 7"));
    }
    let reason = Some("Foredragsholderen er syk");
    cohorts::cancel_gathering(&varde.ctx(), &right, day.id, reason, None, false).await?;
    varde.run_due().await?;
    let cancelled = varde.new_mails();
    assert_eq!(cancelled.len(), 3);
    let (was, is) = (entries(&moved), entries(&cancelled));
    for (uid, (method, sequence)) in &is {
        assert_eq!(method, "CANCEL");
        assert!(*sequence > was[uid].1);
    }
    Ok(())
}

/// Lesson: reminders follow the gathering; one for the old day is not sent, one for the new day is.
async fn reminders_follow_a_moved_gathering(engine: Engine) -> Result<()> {
    let (varde, cohort) = accepted(engine).await?;
    let right = Coordinator::system(varde.org);
    let first = cohorts::gatherings_of(&varde.ctx(), &right, &[cohort.id]).await?.remove(0);
    let edit = GatheringEdit { date: Some("2027-01-20".parse()?), ..GatheringEdit::default() };
    cohorts::edit_gathering(&varde.ctx(), &right, first.id, &edit).await?;
    varde.run_due().await?;
    varde.new_mails();
    varde.move_to("2027-01-21T12:00:00Z".parse()?).await?;
    let about_the_day: Vec<String> = varde
        .new_mails()
        .into_iter()
        .filter(|mail| mail.subject.contains("januar"))
        .map(|mail| format!("{} {}", mail.date.date_naive(), mail.subject))
        .collect();
    assert!(about_the_day.iter().all(|line| line.contains("20. januar")), "{about_the_day:#?}");
    assert!(about_the_day.iter().any(|line| line.starts_with("2027-01-19 Praktisk")), "{about_the_day:#?}");
    Ok(())
}

/// Lesson: no reminder after a cancellation.
async fn a_cancelled_cohort_is_told_once_and_never_reminded_of(engine: Engine) -> Result<()> {
    let (varde, cohort) = accepted(engine).await?;
    let right = Coordinator::system(varde.org);
    varde.new_mails();
    let how = CancelCohort { reason: Some("For få deltakere".to_owned()), ..CancelCohort::default() };
    cohorts::cancel(&varde.ctx(), &right, cohort.id, &how).await?;
    varde.run_due().await?;
    let told = varde.new_mails();
    assert_eq!(told.iter().filter(|mail| mail.calendar.is_some()).count(), 12);
    assert_eq!(
        told.iter().filter(|mail| mail.text.contains("For få deltakere") && mail.calendar.is_none()).count(),
        3
    );
    assert!(entries(&told).values().all(|(method, _)| method == "CANCEL"));
    varde.move_to("2027-06-30T12:00:00Z".parse()?).await?;
    assert_eq!(varde.new_mails().len(), 0);
    let left = timers::list(varde.app.store(), varde.org, TimersOf::Cohort(cohort.id)).await?;
    assert!(left.iter().all(|timer| timer.state != TimerState::Pending));
    Ok(())
}

/// Lesson: a leaver's seat goes on and the reminders stop, on the day after the last.
async fn a_leavers_seat_goes_on_the_day_after_the_last(engine: Engine) -> Result<()> {
    let (varde, cohort) = accepted(engine).await?;
    let right = Coordinator::system(varde.org);
    let place = varde_app::enrolments::of_cohort(&varde.ctx(), &right, cohort.id).await?.remove(0);
    let person = varde_app::contacts::people(&varde.ctx(), &right, &[place.person]).await?.remove(0);
    let file = String::from_utf8(varde_testkit::harness::NOVEMBER.to_vec())?;
    let line = file
        .lines()
        .find(|line| line.starts_with(&format!("{};", person.employee_number)))
        .context("line")?;
    let mut cells: Vec<&str> = line.split(';').collect();
    cells[16] = "31.12.2026";
    let file = file.replace(line, &cells.join(";"));
    varde.import("hr-export.csv", Box::leak(file.into_bytes().into_boxed_slice())).await?;
    varde.run_due().await?;
    varde.new_mails();
    let state = async |varde: &Harness| -> Result<EnrolmentState> {
        let found =
            varde_app::enrolments::find(&varde.ctx(), &Coordinator::system(varde.org), place.id).await?;
        Ok(found.context("place")?.state)
    };
    varde.move_to("2026-12-31T12:00:00Z".parse()?).await?;
    assert_eq!(state(&varde).await?, EnrolmentState::Enrolled);
    varde.move_to("2027-01-01T12:00:00Z".parse()?).await?;
    assert_eq!(state(&varde).await?, EnrolmentState::Withdrawn);
    varde.new_mails();
    varde.move_to("2027-06-30T12:00:00Z".parse()?).await?;
    assert!(varde.new_mails().iter().all(|mail| mail.to != person.email));
    Ok(())
}

/// The same key and input happens once; the same key with another input is refused.
async fn a_repeated_call_with_its_key_happens_once(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let mut input = spring();
    input["input"]["idempotencyKey"] = json!("åpne våren 2027");
    let first = varde.ask(&hr, CREATE, input.clone()).await?;
    let second = varde.ask(&hr, CREATE, input.clone()).await?;
    assert_eq!(first, second);
    input["input"]["capacity"] = json!(7);
    let other = hr.graphql(CREATE, input).await?.data()?;
    assert_eq!(other["createCohort"]["errors"][0]["code"], "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(other["createCohort"]["cohort"], Value::Null);

    let enrol = "mutation ($id: ID!, $key: String) { enrolLeaders(input: { cohortId: $id, employeeNumbers: [\"11080\", \"11147\"], reason: \"avtalt\", idempotencyKey: $key }) {
        enrolments { id state } errors { code path } } }";
    let id = &first["createCohort"]["cohort"]["id"];
    let once = varde.ask(&hr, enrol, json!({ "id": id, "key": "a" })).await?;
    assert_eq!(once, varde.ask(&hr, enrol, json!({ "id": id, "key": "a" })).await?);
    let again = hr.graphql(enrol, json!({ "id": id, "key": "b" })).await?.data()?;
    assert_eq!(again["enrolLeaders"]["errors"][1]["code"], "ALREADY_IN_COHORT");
    assert_eq!(again["enrolLeaders"]["errors"][1]["path"], json!(["employeeNumbers", "1"]));
    Ok(())
}

/// An edit states the version that it saw; a conflict answers with what stands.
async fn an_edit_of_something_changed_meanwhile_is_refused(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let id = varde.ask(&hr, CREATE, spring()).await?["createCohort"]["cohort"]["id"].clone();
    let edit = "mutation ($id: ID!, $title: String) { editCohort(input: { cohortId: $id, title: $title, version: 1 }) {
        cohort { title version } errors { code } } }";
    varde.ask(&hr, edit, json!({ "id": id, "title": "Våren" })).await?;
    let late = hr.graphql(edit, json!({ "id": id, "title": "Vinteren" })).await?.data()?;
    assert_eq!(late["editCohort"]["errors"][0]["code"], "CONFLICT");
    assert_eq!(late["editCohort"]["cohort"], json!({ "title": "Våren", "version": 2 }));
    Ok(())
}

/// A cohort cannot be closed while attendance is missing, unless the coordinator says what that means.
async fn a_cohort_without_its_attendance_is_not_closed_by_a_slip(engine: Engine) -> Result<()> {
    let (varde, cohort) = accepted(engine).await?;
    let right = Coordinator::system(varde.org);
    let close = async |missing_as_absent| {
        let how = cohorts::CompleteCohort { missing_as_absent, version: None, dry_run: false };
        cohorts::complete(&varde.ctx(), &right, cohort.id, how).await
    };
    assert_eq!(close(false).await.unwrap_err().refusals()[0].code, Code::GatheringsToCome);
    varde.move_to("2027-04-12T12:00:00Z".parse()?).await?;
    let asked = varde.new_mails().into_iter().filter(|mail| mail.subject.contains("Oppmøte mangler")).count();
    assert_eq!(asked, 1, "the coordinator is reminded of the missing attendance");
    assert_eq!(close(false).await.unwrap_err().refusals()[0].code, Code::AttendanceMissing);
    close(true).await?;
    let places = varde_app::enrolments::of_cohort(&varde.ctx(), &right, cohort.id).await?;
    assert!(places.iter().all(|place| place.state == EnrolmentState::NotCompleted));
    Ok(())
}

/// Two changes of a day make one letter, on the next working morning, and none before there was a notice.
async fn line_managers_hear_once_of_changes_to_what_they_were_told(engine: Engine) -> Result<()> {
    let (varde, cohort) = accepted(engine).await?;
    let right = Coordinator::system(varde.org);
    let days = cohorts::gatherings_of(&varde.ctx(), &right, &[cohort.id]).await?;
    let move_to = async |index: usize, date: &str| -> Result<()> {
        let edit = GatheringEdit { date: Some(date.parse()?), ..GatheringEdit::default() };
        cohorts::edit_gathering(&varde.ctx(), &right, days[index].id, &edit).await?;
        Ok(())
    };
    let changed = |mails: &[Mail]| -> Vec<Mail> {
        let about =
            |mail: &&Mail| ["Samlingene til ", "Samlingane til "].iter().any(|w| mail.text.contains(w));
        mails.iter().filter(about).cloned().collect()
    };
    move_to(3, "2027-04-14").await?;
    varde.move_to("2027-01-06T12:00:00Z".parse()?).await?;
    assert_eq!(changed(&varde.new_mails()).len(), 0, "the notice tells the days as they stand");
    move_to(1, "2027-02-10").await?;
    move_to(1, "2027-02-17").await?;
    varde.move_to("2027-01-08T12:00:00Z".parse()?).await?;
    let told = changed(&varde.new_mails());
    assert!(!told.is_empty() && told.iter().all(|mail| mail.text.contains("17. februar 2027")), "{told:#?}");
    let morning: chrono::DateTime<chrono::Utc> = "2027-01-07T07:00:00Z".parse()?;
    assert!(told.iter().all(|mail| mail.date == morning), "{told:#?}");
    let mut readers: Vec<&str> = told.iter().map(|mail| mail.to.as_str()).collect();
    readers.dedup();
    assert_eq!(readers.len(), told.len(), "{told:#?}");
    Ok(())
}
