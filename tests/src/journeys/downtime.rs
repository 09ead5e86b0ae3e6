//! Reminders that fell due while the service was down: never at night, never on a day when nobody is at work.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{harness::Harness, http::Http};

use super::p01_onboarding::{answer, at};
use crate::both::on_both;

on_both! {
    a_late_reminder_waits_for_the_next_working_day_and_comes_once
    planning_anew_does_not_lose_one_that_waits
    one_whose_latest_time_passes_while_it_waits_is_missed
}

const PLANNED: &str =
    "query ($states: [ReminderState!]) { plannedReminders(cohortCode: \"INTRO-2\", states: $states, first: 100) {
    nodes { dueAt localDate localTime state reason { code message } policy { key } } } }";

/// A leader with a seat in a cohort that begins on Tuesday 12 January 2027: a week before, at 8, is a reminder.
async fn with_a_seat(engine: Engine) -> Result<Harness> {
    let varde = Harness::fjordheim(engine).await?;
    crate::pages::open(&varde, varde.org, "fjordheim", 5, &["10015"]).await?;
    varde.run_due().await?;
    let invitation = varde.new_mails().into_iter().find(|mail| mail.link().is_some()).context("invited")?;
    answer(&varde, &invitation, "accept").await?;
    varde.move_to(at("2027-01-05T06:00:00Z")).await?;
    varde.new_mails();
    Ok(varde)
}

/// The rule's reminder of the first gathering: its day and hour, and why it stands where it stands.
async fn reminder(varde: &Harness, hr: &Http, state: &str) -> Result<(String, Value)> {
    let found = varde.ask(hr, PLANNED, json!({ "states": [state] })).await?;
    let all = found["plannedReminders"]["nodes"].as_array().context("nodes")?;
    let of_the_rule = |node: &&Value| {
        node["policy"]["key"] == "onboarding/gathering_in_a_week" && node["dueAt"].as_str() < Some("2027-02")
    };
    let found = all.iter().find(of_the_rule).with_context(|| format!("{state}: {all:?}"))?;
    let moment = format!(
        "{} {}",
        found["localDate"].as_str().unwrap_or(""),
        found["localTime"].as_str().unwrap_or("")
    );
    Ok((moment, found["reason"].clone()))
}

async fn a_late_reminder_waits_for_the_next_working_day_and_comes_once(engine: Engine) -> Result<()> {
    let varde = with_a_seat(engine).await?;
    // Down from before eight until late on Tuesday evening.
    varde.clock.set(at("2027-01-05T21:30:00Z"));
    let report = varde.run_due().await?;
    ensure!(report.timers_put_off == 2 && report.timers_fired == 0, "{report:?}");
    assert_eq!(varde.new_mails().len(), 0, "nothing goes out at night");
    ensure!(!varde.run_due().await?.did_something(), "it is left alone until its hour");
    let hr = varde.coordinator().await?;
    assert_eq!(reminder(&varde, &hr, "PENDING").await?.0, "2027-01-06 08:00", "the plan says when");
    assert_eq!(varde.scheduler.next_due().await?, Some(at("2027-01-06T07:00:00Z")));
    varde.move_to(at("2027-01-10T12:00:00Z")).await?;
    let sent = varde.new_mails();
    assert_eq!(sent.iter().map(|mail| mail.date).collect::<Vec<_>>(), [at("2027-01-06T07:00:00Z"); 2]);
    assert_ne!(sent[0].to, sent[1].to, "the leader and the line manager, each once");
    Ok(())
}

async fn planning_anew_does_not_lose_one_that_waits(engine: Engine) -> Result<()> {
    let varde = with_a_seat(engine).await?;
    varde.clock.set(at("2027-01-05T21:30:00Z"));
    varde.run_due().await?;
    let hr = varde.coordinator().await?;
    // The day it waits for is closed: everything is planned anew, and it waits on.
    let close = "mutation ($day: LocalDate!) { addClosedDay(input: { day: $day, name: \"Stengt\" }) { errors { code } } }";
    varde.ask(&hr, close, json!({ "day": "2027-01-06" })).await?;
    assert_eq!(reminder(&varde, &hr, "PENDING").await?.0, "2027-01-06 08:00");
    varde.move_to(at("2027-01-06T20:00:00Z")).await?;
    assert_eq!(varde.new_mails().len(), 0);
    varde.move_to(at("2027-01-07T20:00:00Z")).await?;
    let sent = varde.new_mails();
    assert_eq!(sent.iter().map(|mail| mail.date).collect::<Vec<_>>(), [at("2027-01-07T07:00:00Z"); 2]);
    Ok(())
}

async fn one_whose_latest_time_passes_while_it_waits_is_missed(engine: Engine) -> Result<()> {
    let varde = with_a_seat(engine).await?;
    // Seventy-two hours after Tuesday at eight is Friday at eight: Thursday night is in time, the next hour is not.
    varde.clock.set(at("2027-01-08T06:30:00Z"));
    let hr = varde.coordinator().await?;
    let close = "mutation ($day: LocalDate!) { addClosedDay(input: { day: $day, name: \"Stengt\" }) { errors { code } } }";
    varde.ask(&hr, close, json!({ "day": "2027-01-08" })).await?;
    let report = varde.run_due().await?;
    ensure!(report.timers_missed == 1 && report.timers_put_off == 0, "{report:?}");
    let told =
        json!({ "code": "TOO_LATE", "message": "Ikke sendt: siste tidspunkt for å sende var passert." });
    assert_eq!(reminder(&varde, &hr, "MISSED").await?.1, told);
    varde.move_to(at("2027-01-11T20:00:00Z")).await?;
    let about_a_week = varde.new_mails().into_iter().filter(|mail| mail.subject.contains("uke")).count();
    assert_eq!(about_a_week, 0);
    Ok(())
}
