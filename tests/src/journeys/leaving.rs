//! People who join for a time, and people of whom HR tells no more.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_app::{
    access::Coordinator,
    cohorts, enrolments,
    hr_import::{self, report_of},
    operations::{self, OperationFailure, OperationState},
};
use varde_model::{enrolment::EnrolmentState, timers::TimersOf};
use varde_persistence::{Engine, people, timers};
use varde_testkit::harness::{DECEMBER, Harness, NOVEMBER};

use super::p01_onboarding::{answer, spring};

const CREATE: &str = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { cohort { id } errors { code message path } } }";

/// Each on SQLite and on PostgreSQL.
macro_rules! on_both {
    ($($name:ident)*) => {$(
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() -> Result<()> {
                Box::pin(super::$name(Engine::Sqlite)).await
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() -> Result<()> {
                Box::pin(super::$name(Engine::Postgres)).await
            }
        }
    )*};
}

on_both! {
    a_leader_who_joins_for_a_time_leaves_after_the_last_day
    who_is_missing_is_settled_by_the_coordinator_and_may_come_back
    who_stops_leading_before_the_first_gathering_is_not_proposed
    an_import_whose_process_is_gone_ends_as_failed
    a_dry_run_tells_whom_it_would_propose_and_which_mail_would_follow
}

/// The file of December with one more row: that of 11093, a leader from 1 December, with other cells.
fn joined_by(cells: &[(usize, &str)]) -> Result<&'static [u8]> {
    let file = String::from_utf8(DECEMBER.to_vec())?;
    let line = file.lines().find(|line| line.starts_with("11093;")).context("line")?;
    let mut row: Vec<&str> = line.split(';').collect();
    for (index, cell) in cells {
        *row.get_mut(*index).context("cell")? = cell;
    }
    let file = format!("{}\r\n{}\r\n", file.trim_end(), row.join(";"));
    Ok(Box::leak(file.into_bytes().into_boxed_slice()))
}

const TORA: [(usize, &str); 5] =
    [(0, "99001"), (1, "Tora"), (2, "Vikar"), (3, "tora.vikar@fjordheim.example"), (15, "01.12.2026")];

/// A draft with so many seats.
async fn opened(varde: &Harness, seats: u32) -> Result<()> {
    let hr = varde.coordinator().await?;
    let mut input = spring();
    input["input"]["capacity"] = json!(seats);
    varde.ask(&hr, CREATE, input).await?;
    Ok(())
}

async fn place_of(varde: &Harness, number: &str) -> Result<Option<varde_model::enrolment::Enrolment>> {
    let right = Coordinator::system(varde.org);
    let cohort = cohorts::find_by_code(&varde.ctx(), &right, "NYL-2027-V").await?.context("cohort")?;
    let person = varde.person(number).await?;
    let places = enrolments::of_cohort(&varde.ctx(), &right, cohort.id).await?;
    Ok(places.into_iter().find(|place| place.person == person))
}

async fn state_of(varde: &Harness, number: &str) -> Result<Option<EnrolmentState>> {
    Ok(place_of(varde, number).await?.map(|place| place.state))
}

async fn published(varde: &Harness) -> Result<()> {
    let right = Coordinator::system(varde.org);
    let cohort = cohorts::find_by_code(&varde.ctx(), &right, "NYL-2027-V").await?.context("cohort")?;
    cohorts::publish(&varde.ctx(), &right, cohort.id, None, false).await?;
    varde.run_due().await?;
    Ok(())
}

async fn a_leader_who_joins_for_a_time_leaves_after_the_last_day(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    opened(&varde, 100).await?;
    let mut cells = TORA.to_vec();
    cells.push((16, "01.02.2027"));
    varde.import("hr.csv", joined_by(&cells)?).await?;
    published(&varde).await?;
    let mails = varde.new_mails();
    let invitation = mails.iter().find(|mail| mail.to.starts_with("tora.vikar")).context("invitation")?;
    answer(&varde, invitation, "accept").await?;
    varde.move_to("2027-02-01T12:00:00Z".parse()?).await?;
    assert_eq!(state_of(&varde, "99001").await?, Some(EnrolmentState::Enrolled));
    varde.move_to("2027-02-02T12:00:00Z".parse()?).await?;
    assert_eq!(state_of(&varde, "99001").await?, Some(EnrolmentState::Withdrawn));
    let reason = place_of(&varde, "99001").await?.and_then(|place| place.reason);
    assert_eq!(reason.as_deref(), Some("Har sluttet."), "in the trust's language");
    varde.new_mails();
    varde.move_to("2027-06-30T12:00:00Z".parse()?).await?;
    assert!(varde.new_mails().iter().all(|mail| !mail.to.starts_with("tora.vikar")));
    Ok(())
}

/// 11558 has the only seat, 11093 waits for it, and the file of December does not have 11558.
async fn who_is_missing_is_settled_by_the_coordinator_and_may_come_back(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    opened(&varde, 1).await?;
    let hr = varde.coordinator().await?;
    published(&varde).await?;
    let enrol =
        "mutation ($id: ID!) { enrolLeaders(input: { cohortId: $id, employeeNumbers: [\"11558\", \"11093\"],
        reason: \"Avtalt med klinikken\" }) {
        errors { code message path } } }";
    let id =
        varde.ask(&hr, "{ cohort(code: \"NYL-2027-V\") { id } }", json!({})).await?["cohort"]["id"].take();
    varde.ask(&hr, enrol, json!({ "id": id })).await?;
    varde.run_due().await?;
    let mails = varde.new_mails();
    for name in ["solveig.madsen2", "else.bakke"] {
        let invitation = mails.iter().find(|mail| mail.to.starts_with(name)).context("invitation")?;
        answer(&varde, invitation, "accept").await?;
    }
    assert_eq!(state_of(&varde, "11093").await?, Some(EnrolmentState::Waiting));

    let end = "mutation ($number: String!, $day: LocalDate!, $dry: Boolean!) {
        endEmployment(input: { employeeNumber: $number, lastDay: $day, dryRun: $dry, idempotencyKey: \"end\" }) {
            person { employedTo } mails { letter recipientName } errors { code path } } }";
    let ask = async |number: &str, day: &str, dry: bool| -> Result<Value> {
        let variables = json!({ "number": number, "day": day, "dry": dry });
        Ok(hr.graphql(end, variables).await?.data()?["endEmployment"].take())
    };
    let refused = ask("11558", "2026-11-20", false).await?;
    assert_eq!(refused["errors"][0]["code"], "NOT_MISSING", "{refused}");
    varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    assert_eq!(state_of(&varde, "11558").await?, Some(EnrolmentState::Enrolled), "a flag is only a flag");
    let missing = "{ people(filter: { missing: true }) { totalCount nodes { employeeNumber } } }";
    let listed = varde.ask(&hr, missing, json!({})).await?;
    assert_eq!(listed["people"]["nodes"], json!([{ "employeeNumber": "11558" }]));
    let ahead = ask("11558", "2026-12-24", true).await?;
    assert_eq!(ahead["errors"][0], json!({ "code": "OUT_OF_RANGE", "path": ["lastDay"] }));
    let dry = ask("11558", "2026-11-20", true).await?;
    assert_eq!(dry["mails"], json!([{ "letter": "seat_offered", "recipientName": "Else Bakke" }]));
    assert_eq!(state_of(&varde, "11558").await?, Some(EnrolmentState::Enrolled));
    varde.run_due().await?;
    varde.new_mails();
    let done = ask("11558", "2026-11-20", false).await?;
    assert_eq!((&done["mails"], &done["errors"]), (&dry["mails"], &json!([])));
    assert_eq!(done["person"]["employedTo"], "2026-11-20");
    let again = ask("11558", "2026-11-20", false).await?;
    assert_eq!(again["errors"], json!([]), "the same key happens once");
    varde.run_due().await?;
    let sent: Vec<String> = varde.new_mails().into_iter().map(|mail| mail.to).collect();
    assert_eq!(sent, ["else.bakke@fjordheim.example"], "as the dry run said");
    assert_eq!(state_of(&varde, "11093").await?, Some(EnrolmentState::Offered));
    assert_eq!(state_of(&varde, "11558").await?, Some(EnrolmentState::Withdrawn));
    let person = varde.person("11558").await?;
    let timers = timers::list(varde.app.store(), varde.org, TimersOf::Person(person)).await?;
    assert!(timers.iter().all(|timer| timer.state != varde_model::timers::TimerState::Pending));
    assert_eq!(varde.ask(&hr, missing, json!({})).await?["people"]["totalCount"], 0);

    let quiet = varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    assert!(quiet.changes.is_empty(), "{:?}", quiet.changes);
    varde.import("hr-export-2026-11.csv", NOVEMBER).await?;
    let known = people::known(varde.app.store(), varde.org).await?;
    let back = &known.people["11558"];
    assert_eq!((back.person.employed.to, back.person.missing_since), (None, None));
    assert_eq!(back.employments[0].period.to, None);
    assert_eq!((back.appointments.len(), back.appointments[0].period.to), (1, None));
    Ok(())
}

async fn who_stops_leading_before_the_first_gathering_is_not_proposed(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    opened(&varde, 100).await?;
    // The first gathering is on 13 January: an acting leader to the day before, and one to that day.
    let mut before = TORA.to_vec();
    before.push((12, "12.01.2027"));
    varde.import("hr.csv", joined_by(&before)?).await?;
    assert_eq!(state_of(&varde, "99001").await?, None);
    assert_eq!(state_of(&varde, "11093").await?, Some(EnrolmentState::Proposed));
    assert_eq!(state_of(&varde, "11558").await?, None, "missing from this file");
    let mut on_the_day = TORA.to_vec();
    on_the_day.push((12, "13.01.2027"));
    varde.import("hr.csv", joined_by(&on_the_day)?).await?;
    assert_eq!(state_of(&varde, "99001").await?, Some(EnrolmentState::Proposed));
    Ok(())
}

async fn an_import_whose_process_is_gone_ends_as_failed(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let right = Coordinator::system(varde.org);
    // Begun, and then the process is killed.
    let id = hr_import::begin(&varde.ctx(), &right).await?;
    let state = async || -> Result<_> {
        let found = operations::find(&varde.ctx(), &right, id).await?.context("operation")?;
        Ok((found.state, found.failure))
    };
    varde.clock.set("2026-11-23T08:05:00Z".parse()?);
    varde.run_due().await?;
    assert_eq!(state().await?, (OperationState::Running, None), "it may take its time");
    varde.clock.set("2026-11-23T08:05:01Z".parse()?);
    varde.run_due().await?;
    assert_eq!(state().await?, (OperationState::Failed, Some(OperationFailure::Interrupted)));
    let operation = operations::find(&varde.ctx(), &right, id).await?.context("operation")?;
    assert_eq!(report_of(&operation)?, None);
    let hr = varde.coordinator().await?;
    let why = "{ operations(first: 1) { nodes { state failure failureMessage } } }";
    let told = varde.ask(&hr, why, json!({})).await?["operations"]["nodes"][0].take();
    assert_eq!(told["failure"], "INTERRUPTED");
    assert!(told["failureMessage"].as_str().is_some_and(|text| text.contains("avbrutt")), "{told}");

    // One that was given up and goes on all the same keeps nothing.
    let mut input = varde.import_input("hr-export-2026-12.csv", DECEMBER)?;
    input.operation = Some(id);
    let late = Box::pin(hr_import::import_people(&varde.ctx(), &right, input, &|_, _| {})).await;
    assert!(late.is_err());
    assert!(people::find_by_number(varde.app.store(), varde.org, "19999").await?.is_none());
    assert_eq!(state().await?, (OperationState::Failed, Some(OperationFailure::Interrupted)));
    Ok(())
}

async fn a_dry_run_tells_whom_it_would_propose_and_which_mail_would_follow(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    opened(&varde, 100).await?;
    let right = Coordinator::system(varde.org);
    let mut input = varde.import_input("hr-export-2026-12.csv", DECEMBER)?;
    input.dry_run = true;
    let dry = Box::pin(hr_import::import_people(&varde.ctx(), &right, input, &|_, _| {})).await?;
    let proposed: Vec<_> = dry.follows.proposed.iter().map(|cohort| cohort.code.as_str()).collect();
    assert_eq!(proposed, ["NYL-2027-V"]);
    assert_eq!(dry.follows.mails["welcome_new_leader"], 8);
    assert_eq!(dry.follows.mails["coordinator_new_leaders"], 1);
    assert_eq!(state_of(&varde, "11093").await?, None, "nothing is kept");
    let real = varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    assert_eq!(real.follows, dry.follows);
    let hr = varde.coordinator().await?;
    let report = "{ operations(first: 2) { nodes { importReport { dryRun
        proposals { cohortCode leaders } mails { letter count } } } } }";
    let told = varde.ask(&hr, report, json!({})).await?["operations"]["nodes"].take();
    assert_eq!(told[0]["importReport"]["proposals"], told[1]["importReport"]["proposals"]);
    assert_eq!(told[0]["importReport"]["proposals"][0]["leaders"], dry.follows.proposed[0].leaders);
    Ok(())
}
