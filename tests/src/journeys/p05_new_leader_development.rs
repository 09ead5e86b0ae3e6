//! P5, development for new leaders: who has led for half a year is proposed, and all three modules are asked for.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{DECEMBER, Harness, Mail},
    http::Http,
};

use super::p01_onboarding::{answer, at, mailbox, recipients, states};

const CREATE: &str = "mutation ($input: CreateCohortInput!) {
    createCohort(input: $input) { cohort { id gatherings { module } } errors { code message path } } }";

const ROSTER: &str = "query ($code: String!) { cohort(code: $code) { id state
    gatherings { id startsAt }
    enrolments(first: 100) { nodes { id state person { employeeNumber email } } } } }";

/// The days of a cohort: three modules of two days.
fn cohort(code: &str, capacity: u32, days: [&str; 6]) -> Value {
    let gatherings = days.map(|day| json!({ "date": day }));
    json!({ "input": {
        "programme": "new_leader_development", "code": code, "title": format!("Lederutvikling {code}"),
        "capacity": capacity, "place": "Fjordheim sykehus, Åsgata 1", "gatherings": gatherings,
    }})
}

#[tokio::test(flavor = "multi_thread")]
async fn p05_from_half_a_year_in_the_role_to_three_modules_on_sqlite() -> Result<()> {
    journey(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn p05_from_half_a_year_in_the_role_to_three_modules_on_postgresql() -> Result<()> {
    journey(Engine::Postgres).await
}

async fn journey(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let days = ["2027-01-19", "2027-01-20", "2027-03-02", "2027-03-03", "2027-04-13", "2027-04-14"];
    let created = varde.ask(&hr, CREATE, cohort("LNL-1", 14, days)).await?;
    assert_eq!(
        created["createCohort"]["cohort"]["gatherings"]
            .as_array()
            .context("gatherings")?
            .iter()
            .map(|g| &g["module"])
            .collect::<Vec<_>>(),
        ["Å lede", "Å lede", "Å samarbeide", "Å samarbeide", "Å stå i konflikter", "Å stå i konflikter"]
    );
    let later = ["2027-03-09", "2027-03-10", "2027-05-04", "2027-05-05", "2027-06-08", "2027-06-09"];
    varde.ask(&hr, CREATE, cohort("LNL-2", 10, later)).await?;

    // Half a year counts to the first day: appointed on 30 July, she is early for January and in time for March.
    let maria = explained(&varde, &hr, "13984", "LNL-1").await?;
    assert_eq!(
        (&maria["eligible"], &maria["eligibleFrom"]),
        (&json!(false), &json!("2027-01-30")),
        "{maria}"
    );
    assert_eq!(explained(&varde, &hr, "13984", "LNL-2").await?["eligible"], true);

    varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    varde.run_due().await?;
    let told = varde.new_mails();
    assert_eq!(recipients(&told), ["coordinator@fjordheim.example"], "{told:#?}");
    assert!(told[0].text.contains("(LNL-1): 14") && told[0].text.contains("(LNL-2): "), "{}", told[0].text);
    let first = roster(&varde, &hr, "LNL-1").await?;
    assert_eq!(states(&first), vec!["PROPOSED"; 14]);
    let second: Vec<Value> = numbers(&roster(&varde, &hr, "LNL-2").await?);
    assert!(second.contains(&json!("13984")) && second.contains(&json!("10892")), "{second:?}");
    // Neither those appointed this autumn, who are too early for both, nor those who have led for years.
    assert!(second.iter().all(|number| *number != json!("13595") && *number != json!("10005")), "{second:?}");

    let publish = "mutation ($id: ID!) { publishCohort(input: { cohortId: $id }) { mails { letter } errors { code message } } }";
    varde.ask(&hr, publish, json!({ "id": first["id"] })).await?;
    varde.run_due().await?;
    let mut invited = varde.new_mails();
    invited.sort_by(|one, other| one.to.cmp(&other.to));
    assert_eq!(invited.len(), 14);
    for mail in &invited[..4] {
        answer(&varde, mail, "accept").await?;
    }
    for mail in &invited[4..] {
        answer(&varde, mail, "decline").await?;
    }
    varde.run_due().await?;
    let answered = varde.new_mails();

    // The first misses a day, the second a whole module with an excuse, the third two days of two modules.
    let coming = roster(&varde, &hr, "LNL-1").await?;
    let mut places: Vec<&Value> = coming["enrolments"]["nodes"]
        .as_array()
        .context("nodes")?
        .iter()
        .filter(|place| place["state"] == "ENROLLED")
        .collect();
    places.sort_by_key(|place| place["person"]["email"].to_string());
    let away = |day: usize| -> Vec<(usize, &str)> {
        match day {
            1 => vec![(0, "ABSENT"), (2, "ABSENT")],
            2 => vec![(2, "ABSENT")],
            4 | 5 => vec![(1, "EXCUSED")],
            _ => vec![],
        }
    };
    for (day, gathering) in coming["gatherings"].as_array().context("gatherings")?.iter().enumerate() {
        varde
            .move_to(at(gathering["startsAt"].as_str().context("startsAt")?) + chrono::Duration::hours(8))
            .await?;
        let hr = varde.coordinator().await?;
        let record = "mutation ($gathering: ID!, $away: [AttendanceRecordInput!]!) {
            recordAttendance(input: { gatheringId: $gathering, records: $away, everyoneElse: PRESENT }) {
                records { presence } errors { code message path } } }";
        let away: Vec<Value> = away(day)
            .into_iter()
            .map(|(who, presence)| json!({ "enrolmentId": places[who]["id"], "presence": presence }))
            .collect();
        varde.ask(&hr, record, json!({ "gathering": gathering["id"], "away": away })).await?;
    }
    let hr = varde.coordinator().await?;
    let complete = "mutation ($id: ID!) { completeCohort(input: { cohortId: $id }) { cohort { state } errors { code message } } }";
    varde.ask(&hr, complete, json!({ "id": first["id"] })).await?;
    let during = varde.new_mails();
    varde.move_to(at("2027-04-30T12:00:00Z")).await?;
    let results = varde.new_mails();
    let hr = varde.coordinator().await?;
    let end = roster(&varde, &hr, "LNL-1").await?;
    let result = |place: &Value| {
        let nodes = end["enrolments"]["nodes"].as_array().unwrap();
        nodes.iter().find(|now| now["id"] == place["id"]).unwrap()["state"].clone()
    };
    let results_of: Vec<Value> = places.iter().map(|place| result(place)).collect();
    assert_eq!(results_of, ["COMPLETED", "NOT_COMPLETED", "NOT_COMPLETED", "COMPLETED"]);
    let letter = |place: &Value| -> Result<&Mail> {
        let to = place["person"]["email"].as_str().context("email")?;
        results.iter().find(|mail| mail.to == to).context("a result")
    };
    assert!(
        letter(places[1])?.text.contains("Du mangler «Å stå i konflikter»."),
        "{}",
        letter(places[1])?.text
    );
    assert!(!letter(places[2])?.text.contains("hver modul"), "{}", letter(places[2])?.text);

    let everything: Vec<Mail> = [told, invited, answered, during, results].into_iter().flatten().collect();
    insta::assert_snapshot!("mailbox_of_the_development_programme", mailbox(&everything));
    assert_eq!(states(&end).len(), 14);
    Ok(())
}

async fn roster(varde: &Harness, hr: &Http, code: &str) -> Result<Value> {
    Ok(varde.ask(hr, ROSTER, json!({ "code": code })).await?["cohort"].take())
}

async fn explained(varde: &Harness, hr: &Http, number: &str, code: &str) -> Result<Value> {
    let ask = "query ($number: String!, $code: String!) {
        eligibility(employeeNumber: $number, programme: \"new_leader_development\", cohortCode: $code) {
            eligible eligibleFrom rules { rule holds text } } }";
    Ok(varde.ask(hr, ask, json!({ "number": number, "code": code })).await?["eligibility"].take())
}

fn numbers(roster: &Value) -> Vec<Value> {
    let places = roster["enrolments"]["nodes"].as_array().unwrap();
    places.iter().map(|place| place["person"]["employeeNumber"].clone()).collect()
}
