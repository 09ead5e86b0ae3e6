//! P11, mobilisation: for employees who lead nothing, from the rule to the completed course.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::harness::{Harness, Mail};

use super::p01_onboarding::{answer, at, mailbox, recipients, states};

/// Two who lead nothing, and one who leads a unit.
const STAFF: [&str; 2] = ["10009", "10011"];
const LEADER: &str = "13984";

const ROSTER: &str = "{ cohort(code: \"MOB-1\") { id state gatherings { id startsAt }
    enrolments(first: 100) { nodes { id state person { employeeNumber } } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn p11_employees_who_lead_nothing_try_the_role_out_on_sqlite() -> Result<()> {
    journey(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn p11_employees_who_lead_nothing_try_the_role_out_on_postgresql() -> Result<()> {
    journey(Engine::Postgres).await
}

async fn eligibility(varde: &Harness, number: &str) -> Result<Value> {
    let ask = "query ($number: String!) { eligibility(employeeNumber: $number, programme: \"mobilisation\", cohortCode: \"MOB-1\") {
        eligible eligibleFrom rules { rule holds text } } }";
    let hr = varde.coordinator().await?;
    Ok(varde.ask(&hr, ask, json!({ "number": number })).await?["eligibility"].take())
}

async fn journey(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let days = ["2027-01-20", "2027-02-17", "2027-03-17", "2027-04-21"].map(|day| json!({ "date": day }));
    let create = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { cohort { id } errors { code message path } } }";
    let cohort = json!({ "input": { "programme": "mobilisation", "code": "MOB-1", "title": "Våren 2027",
        "place": "Fjordheim sykehus, Åsgata 1", "gatherings": days } });
    let cohort = varde.ask(&hr, create, cohort).await?["createCohort"]["cohort"]["id"].take();

    for number in STAFF {
        let meant = eligibility(&varde, number).await?;
        assert_eq!(meant["eligible"], true, "{meant}");
        assert_eq!(meant["rules"][1]["rule"], "LEADS_NOTHING");
    }
    let leads = eligibility(&varde, LEADER).await?;
    assert_eq!((&leads["eligible"], &leads["eligibleFrom"]), (&json!(false), &Value::Null), "{leads}");
    let why = leads["rules"][1]["text"].as_str().context("text")?;
    assert!(why.contains("for ansatte som ikke er ledere"), "{why}");

    let enrol = "mutation ($cohort: ID!, $numbers: [String!]!) {
        enrolLeaders(input: { cohortId: $cohort, employeeNumbers: $numbers }) { errors { code path } } }";
    let refused = hr.graphql(enrol, json!({ "cohort": cohort, "numbers": [LEADER] })).await?;
    let refused = refused.data().map_err(|error| anyhow::anyhow!("{error}"))?;
    assert_eq!(refused["enrolLeaders"]["errors"][0]["code"], "OUTSIDE_AUDIENCE", "{refused}");
    varde.ask(&hr, enrol, json!({ "cohort": cohort, "numbers": STAFF })).await?;
    let publish =
        "mutation ($id: ID!) { publishCohort(input: { cohortId: $id }) { errors { code message } } }";
    varde.ask(&hr, publish, json!({ "id": cohort })).await?;
    varde.run_due().await?;
    let mut invited = varde.new_mails();
    invited.sort_by(|one, other| one.to.cmp(&other.to));
    assert_eq!(invited.len(), 2, "{:?}", recipients(&invited));
    answer(&varde, &invited[0], "accept").await?;
    answer(&varde, &invited[1], "accept").await?;
    varde.run_due().await?;

    let roster = varde.ask(&hr, ROSTER, json!({})).await?;
    let mut during = varde.new_mails();
    for gathering in roster["cohort"]["gatherings"].as_array().context("gatherings")? {
        varde
            .move_to(at(gathering["startsAt"].as_str().context("startsAt")?) + chrono::Duration::hours(6))
            .await?;
        let hr = varde.coordinator().await?;
        let record = "mutation ($gathering: ID!) {
            recordAttendance(input: { gatheringId: $gathering, everyoneElse: PRESENT }) { errors { code message } } }";
        varde.ask(&hr, record, json!({ "gathering": gathering["id"] })).await?;
        during.extend(varde.new_mails());
    }
    let hr = varde.coordinator().await?;
    let complete =
        "mutation ($id: ID!) { completeCohort(input: { cohortId: $id }) { errors { code message } } }";
    varde.ask(&hr, complete, json!({ "id": cohort })).await?;
    varde.move_to(at("2027-04-30T12:00:00Z")).await?;
    let results = varde.new_mails();
    let end = varde.ask(&varde.coordinator().await?, ROSTER, json!({})).await?;
    assert_eq!(states(&end["cohort"]), ["COMPLETED", "COMPLETED"]);
    let everything: Vec<Mail> = [invited, during, results].into_iter().flatten().collect();
    insta::assert_snapshot!("mailbox_of_the_mobilisation_programme", mailbox(&everything));
    Ok(())
}
