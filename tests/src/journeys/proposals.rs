//! What is said of new leaders: how many were found, for which cohort they were proposed, and why not.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use varde_model::unproposed::Unproposed;
use varde_persistence::Engine;
use varde_testkit::{
    harness::{DECEMBER, Harness},
    http::Http,
};

use super::p01_onboarding::{at, spring};
use crate::both::on_both;

on_both! {
    proposing_nobody_says_why_in_the_callers_language
    the_coordinators_mail_tells_how_many_were_proposed_and_how_many_not
    the_welcome_names_a_cohort_only_while_it_can_be_offered
}

const CREATE: &str = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { cohort { id } errors { code message path } } }";

async fn propose(varde: &Harness, hr: &Http) -> Result<Value> {
    let document = "mutation { proposeNewLeaders(input: {}) { proposed notProposed { reason message leaders } errors { code } } }";
    Ok(varde.ask(hr, document, json!({})).await?["proposeNewLeaders"].clone())
}

async fn create(varde: &Harness, hr: &Http, code: &str, capacity: u32) -> Result<Value> {
    let mut input = spring();
    (input["input"]["code"], input["input"]["capacity"]) = (json!(code), json!(capacity));
    Ok(varde.ask(hr, CREATE, input).await?["createCohort"]["cohort"]["id"].clone())
}

async fn proposing_nobody_says_why_in_the_callers_language(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let none = propose(&varde, &hr).await?;
    let why = &none["notProposed"][0];
    assert_eq!((&none["proposed"], &why["reason"]), (&json!(0), &json!("NO_COHORT")));
    assert_eq!(why["message"], "Det er ikke planlagt noe kull som ikke har begynt.");
    let all = why["leaders"].as_u64().context("leaders")?;

    create(&varde, &hr, "NYL-1", 1).await?;
    let one = propose(&varde, &hr).await?;
    assert_eq!(one["proposed"], 1);
    let none = propose(&varde, &hr).await?;
    assert_eq!((&none["proposed"], &none["notProposed"][0]["reason"]), (&json!(0), &json!("NO_ROOM")));
    ensure!(none["notProposed"][0]["leaders"].as_u64() < Some(all), "{none}");

    create(&varde, &hr, "NYL-2", 500).await?;
    propose(&varde, &hr).await?;
    let none = propose(&varde, &hr).await?;
    let reasons: Vec<&Value> =
        none["notProposed"].as_array().context("reasons")?.iter().map(|left| &left["reason"]).collect();
    ensure!(reasons.iter().all(|why| **why == "LEAVES_BEFORE" || **why == "NOBODY_NEW"), "{none}");
    ensure!(!reasons.is_empty() && none["proposed"] == 0, "{none}");
    Ok(())
}

async fn the_coordinators_mail_tells_how_many_were_proposed_and_how_many_not(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    create(&varde, &hr, "NYL-2027-V", 2).await?;
    let report = varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    let proposed: usize = report.follows.proposed.iter().map(|cohort| cohort.leaders).sum();
    let full = report.follows.not_proposed.iter().find(|left| left.why == Unproposed::NoRoom);
    let left = full.context("somebody for whom there is no room")?.leaders;
    ensure!(proposed == 2 && left > 0, "{:?}", report.follows);
    varde.run_due().await?;
    let mails = varde.new_mails();
    let told = mails.iter().find(|mail| mail.to == "coordinator@fjordheim.example").context("a mail")?;
    for line in [
        "* Foreslått til Nye ledere våren 2027 (NYL-2027-V): 2".to_owned(),
        format!("* Ikke foreslått, kullene som ikke har begynt, er fulle: {left}"),
    ] {
        assert!(told.text.contains(&line), "{line}\n{}", told.text);
    }
    Ok(())
}

/// The file's new leaders begin on 1 December and have no place; their welcome comes three working days later.
async fn the_welcome_names_a_cohort_only_while_it_can_be_offered(engine: Engine) -> Result<()> {
    for (first_day, named) in [("2027-01-13", true), ("2026-12-04", false)] {
        let varde = Harness::fjordheim(engine).await?;
        let hr = varde.coordinator().await?;
        let mut input = spring();
        // The cut-off of the earlier one passes before the welcome goes out, its first day does not.
        input["input"]["gatherings"] =
            json!([{ "date": first_day, "starts": "15:00:00", "ends": "17:00:00" }]);
        input["input"]["capacity"] = json!(1);
        let id = varde.ask(&hr, CREATE, input).await?["createCohort"]["cohort"]["id"].clone();
        varde.import("hr-export-2026-12.csv", DECEMBER).await?;
        // Everyone is taken out again, so that there is room and nobody was asked.
        let places = "{ cohort(code: \"NYL-2027-V\") { enrolments(first: 9) { nodes { id } } } }";
        let places = varde.ask(&hr, places, json!({})).await?["cohort"]["enrolments"]["nodes"].clone();
        let out = "mutation ($id: ID!) { changeEnrolment(input: { enrolmentId: $id, change: WITHDRAW, reason: \"senere\" }) { errors { code message } } }";
        for place in places.as_array().context("places")? {
            varde.ask(&hr, out, json!({ "id": place["id"] })).await?;
        }
        let publish =
            "mutation ($id: ID!) { publishCohort(input: { cohortId: $id }) { errors { code message } } }";
        varde.ask(&hr, publish, json!({ "id": id })).await?;
        varde.move_to(at("2026-12-04T09:00:00Z")).await?;
        let mails = varde.new_mails();
        let welcomes: Vec<_> = mails
            .iter()
            .filter(|mail| mail.subject.starts_with("Velkom") || mail.subject.starts_with("Welcome"))
            .collect();
        ensure!(!welcomes.is_empty(), "{mails:#?}");
        for mail in welcomes {
            assert_eq!(mail.text.contains("Nye ledere våren 2027"), named, "{first_day}: {}", mail.text);
        }
    }
    Ok(())
}
