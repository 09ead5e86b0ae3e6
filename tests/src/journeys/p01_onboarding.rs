//! P1, onboarding for new leaders: from the HR file to the completed course.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use varde_app::{access::Coordinator, policies};
use varde_model::delivery::MailState;
use varde_persistence::{Engine, outbox};
use varde_testkit::{
    harness::{DECEMBER, Harness, Mail},
    http::Http,
};

const CREATE: &str = "mutation ($input: CreateCohortInput!) {
    createCohort(input: $input) { cohort { id code state gatherings { id date startsAt title } } errors { code message path } } }";

const ROSTER: &str = "query { cohort(code: \"NYL-2027-V\") { id state seatsTaken waitingCount
    gatherings { id title startsAt }
    enrolments(first: 100) { nodes { id state person { employeeNumber displayName email } } } } }";

/// A spring cohort of four days for six new leaders.
pub(super) fn spring() -> Value {
    json!({ "input": {
        "programme": "onboarding", "code": "NYL-2027-V", "title": "Nye ledere våren 2027", "capacity": 6,
        "place": "Fjordheim sykehus, Åsgata 1",
        "gatherings": [
            { "date": "2027-01-13", "room": "Auditoriet" },
            { "date": "2027-02-03", "room": "Auditoriet" },
            { "date": "2027-03-03", "room": "Møterom 4" },
            { "date": "2027-04-07", "room": "Auditoriet" },
        ],
    }})
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn p01_from_the_hr_file_to_the_completed_course_on_sqlite() -> Result<()> {
    journey(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn p01_from_the_hr_file_to_the_completed_course_on_postgresql() -> Result<()> {
    journey(Engine::Postgres).await
}

async fn journey(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    varde.ask(&hr, CREATE, spring()).await?;

    // A month later's file brings new leaders; they are proposed, and nobody is told but the coordinator.
    varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    varde.run_due().await?;
    let told = varde.new_mails();
    assert_eq!(recipients(&told), ["coordinator@fjordheim.example"], "{told:#?}");
    let proposed = roster(&varde, &hr).await?;
    let cohort = proposed["id"].clone();
    assert_eq!(states(&proposed), vec!["PROPOSED"; 6]);

    // A dry run says who would be asked; publishing asks exactly those.
    let publish =
        "mutation ($id: ID!, $dry: Boolean!) { publishCohort(input: { cohortId: $id, dryRun: $dry }) {
        cohort { state } mails { letter recipientName } errors { code message } } }";
    let dry = varde.ask(&hr, publish, json!({ "id": cohort, "dry": true })).await?;
    let listed = dry["publishCohort"]["mails"].as_array().context("mails")?.len();
    varde.run_due().await?;
    assert_eq!(varde.new_mails().len(), 0, "a dry run sends nothing");
    varde.ask(&hr, publish, json!({ "id": cohort, "dry": false })).await?;
    varde.run_due().await?;
    let mut invited = varde.new_mails();
    // By address: the order of ids drawn at random must not decide who answers what.
    invited.sort_by(|one, other| one.to.cmp(&other.to));
    assert_eq!(invited.len(), listed);
    assert_eq!(invited.len(), 6);

    // Four say yes while there are three seats, and one says no from the mail; the sixth never answers.
    let fewer = "mutation ($id: ID!) { editCohort(input: { cohortId: $id, capacity: 3 }) { errors { code message } } }";
    varde.ask(&hr, fewer, json!({ "id": cohort })).await?;
    for mail in &invited[..4] {
        answer(&varde, mail, "accept").await?;
    }
    answer(&varde, &invited[4], "decline").await?;
    varde.run_due().await?;
    let answered = varde.new_mails();
    assert_eq!(
        answered.iter().filter(|mail| mail.calendar.is_some()).count(),
        12,
        "four days for each of three"
    );
    assert_eq!(answered.len(), 16);

    // A seat is given back and held for the one in line, who takes it when reminded.
    varde.move_to(at("2026-12-01T09:00:00Z")).await?;
    let confirmed = answered.iter().find(|mail| mail.to == invited[0].to && mail.calendar.is_none());
    answer(&varde, confirmed.context("a confirmation")?, "withdraw").await?;
    varde.move_to(at("2026-12-02T12:00:00Z")).await?;
    let offered = varde.new_mails();
    let held =
        offered.iter().rfind(|mail| mail.to == invited[3].to).context("a reminder of the held seat")?;
    answer(&varde, held, "accept").await?;

    // Up to the eve of the first day: reminders, and the silent one lapses.
    varde.move_to(at("2027-01-12T12:00:00Z")).await?;
    let hr = varde.coordinator().await?;
    let now = roster(&varde, &hr).await?;
    assert_eq!(sorted(states(&now)), ["DECLINED", "ENROLLED", "ENROLLED", "ENROLLED", "LAPSED", "WITHDRAWN"]);
    let reminded = varde.new_mails();
    for gone in [&invited[0].to, &invited[4].to] {
        assert!(reminded.iter().all(|mail| mail.to != *gone), "none to those who declined or left");
    }

    // The course, day by day; attendance for all in one go, with one who was ill. After the last day it is forgotten
    // until the coordinator is reminded of it.
    let mut people = now["enrolments"]["nodes"].as_array().context("nodes")?.clone();
    people.sort_by_key(|place| place["person"]["email"].to_string());
    let places: Vec<Value> =
        people.iter().filter(|place| place["state"] == "ENROLLED").map(|place| place["id"].clone()).collect();
    let record = "mutation ($gathering: ID!, $ill: [AttendanceRecordInput!]!) {
        recordAttendance(input: { gatheringId: $gathering, records: $ill, everyoneElse: PRESENT }) {
            records { presence } errors { code message path } } }";
    for (index, gathering) in now["gatherings"].as_array().context("gatherings")?.iter().enumerate() {
        let begins: DateTime<Utc> = gathering["startsAt"].as_str().context("startsAt")?.parse()?;
        let recorded =
            if index == 3 { at("2027-04-09T07:00:00Z") } else { begins + chrono::Duration::hours(8) };
        varde.move_to(recorded).await?;
        let hr = varde.coordinator().await?;
        let ill =
            if index < 2 { json!([{ "enrolmentId": places[0], "presence": "ABSENT" }]) } else { json!([]) };
        let done = varde.ask(&hr, record, json!({ "gathering": gathering["id"], "ill": ill })).await?;
        assert_eq!(done["recordAttendance"]["records"].as_array().context("records")?.len(), 3);
    }
    let hr = varde.coordinator().await?;
    let complete = "mutation ($id: ID!) { completeCohort(input: { cohortId: $id }) {
        cohort { state } mails { letter } errors { code message } } }";
    varde.ask(&hr, complete, json!({ "id": cohort })).await?;
    varde.move_to(at("2027-06-30T12:00:00Z")).await?;
    let hr = varde.coordinator().await?;
    let end = roster(&varde, &hr).await?;
    assert_eq!(end["state"], "COMPLETED");
    assert_eq!(
        sorted(states(&end)),
        ["COMPLETED", "COMPLETED", "DECLINED", "LAPSED", "NOT_COMPLETED", "WITHDRAWN"]
    );
    every_policy_reminded(&varde).await?;
    let everything = [told, invited, answered, offered, reminded, varde.new_mails()].concat();
    insta::assert_snapshot!("mailbox_of_the_year", mailbox(&everything));
    Ok(())
}

/// No rule of the programme is without its letter in a year that holds what it is for.
async fn every_policy_reminded(varde: &Harness) -> Result<()> {
    let policies = policies::list(&varde.ctx(), &Coordinator::system(varde.org)).await?;
    let rows = outbox::page(varde.app.store(), varde.org, &[MailState::Sent], None, 10_000).await?;
    let sent: BTreeSet<_> = rows.iter().filter_map(|row| row.request.policy).collect();
    let own: Vec<_> = policies.iter().filter(|policy| policy.key.starts_with("onboarding/")).collect();
    let silent = own.iter().filter(|policy| !sent.contains(&policy.id));
    assert_eq!(silent.map(|policy| policy.key.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
    assert_eq!(own.len(), 9, "{own:?}");
    Ok(())
}

/// The mailbox as a table: local time, to whom, what. Both databases must give the same.
pub(super) fn mailbox(mails: &[Mail]) -> String {
    let mut lines: Vec<String> = mails
        .iter()
        .map(|mail| {
            let local = mail.date.with_timezone(&chrono_tz::Europe::Oslo);
            let calendar = if mail.calendar.is_some() { " [calendar]" } else { "" };
            format!("{} {:<38} {}{calendar}", local.format("%a %Y-%m-%d %H:%M"), mail.to, mail.subject)
        })
        .collect();
    lines.sort_by_key(|line| line[4..].to_owned());
    lines.join("\n")
}

async fn roster(varde: &Harness, hr: &Http) -> Result<Value> {
    Ok(varde.ask(hr, ROSTER, json!({})).await?["cohort"].take())
}

pub(super) fn states(roster: &Value) -> Vec<String> {
    let places = roster["enrolments"]["nodes"].as_array().unwrap();
    places.iter().map(|place| place["state"].as_str().unwrap().to_owned()).collect()
}

pub(super) fn sorted(mut states: Vec<String>) -> Vec<String> {
    states.sort();
    states
}

pub(super) fn recipients(mails: &[Mail]) -> Vec<&str> {
    mails.iter().map(|mail| mail.to.as_str()).collect()
}

/// Opens the link in a mail and presses a button of the page.
pub(super) async fn answer(varde: &Harness, mail: &Mail, act: &str) -> Result<()> {
    let link = mail.link().with_context(|| format!("no link in {}", mail.text))?;
    let page = varde.http.get(&link).await?;
    assert_eq!(page.status(), 200);
    let done = varde.http.submit(&link, &[("act", act)]).await?;
    assert_eq!(done.status(), 303, "{}", done.text().await?);
    Ok(())
}
