//! Who speaks for a nomination: what a coordinator writes down in the line manager's place, whom she names, and what follows
//! when a line manager is named. And that a panel is waited for.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::harness::{Harness, NOVEMBER};

use super::{
    p09_national_top_leader::{PREPARE, RANK, email_of, endorse, of, person, round, to},
    rounds::{CODE, RECORD, opened, record},
};
use crate::both::on_both;

on_both! {
    a_line_managers_answer_is_set_aside_with_a_reason_and_both_are_shown
    who_is_named_line_manager_is_asked_in_place_of_who_was
    a_coordinator_names_whom_to_ask_and_that_stays_after_an_import
    the_panel_is_waited_for_unless_a_reason_is_given
}

/// Two heads of departments, and who leads the clinic above.
const SILJE: &str = "10390";
const MARIUS: &str = "10415";
const KRISTIN: &str = "10015";
/// The head of another clinic, and directors of staffs.
const EIVIND: &str = "10034";
const TONE: &str = "10167";
const TORILL: &str = "10273";

async fn endorser(varde: &Harness) -> Result<Value> {
    Ok(of(&round(varde, CODE).await?, SILJE)["endorser"]["employeeNumber"].clone())
}

async fn a_line_managers_answer_is_set_aside_with_a_reason_and_both_are_shown(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let [silje] = opened(&varde, json!({}), [SILJE]).await?;
    varde.run_due().await?;
    let kristin = email_of(&varde, KRISTIN).await?;
    let mails = varde.new_mails();
    assert_eq!(endorse(&varde, to(&mails, &kristin, "Silje")?, false, "Bør vente et år.").await?, 303);

    let hr = varde.coordinator().await?;
    let mute = json!({ "id": silje, "endorsed": true, "why": "", "override": "" });
    let refused = hr.graphql(RECORD, mute).await?.data()?["recordEndorsement"]["errors"].take();
    let missing: Vec<&Value> = refused.as_array().context("errors")?.iter().map(|one| &one["path"]).collect();
    assert_eq!(missing, [&json!(["overrideReason"]), &json!(["reason"])], "both at once: {refused}");

    let done = record(&varde, &hr, &silje, true).await?["nomination"].take();
    assert_eq!(done["state"], "ENDORSED", "{done}");
    assert!(done["endorsementRecordedBy"]["displayName"].is_string(), "{done}");
    let given = &done["endorsement"];
    assert_eq!((&given["endorsed"], &given["overrideReason"]), (&json!(true), &json!("På reise.")));
    assert_eq!(given["setAside"], json!({ "endorsed": false, "reason": "Bør vente et år." }));
    let why = "Nærmeste leder sa nei. Programkoordinatoren har satt svaret til side, med begrunnelse.";
    assert_eq!(done["explanation"][0], why);
    // Written down once more, it is still the line manager's own that was set aside.
    let again = record(&varde, &hr, &silje, false).await?["nomination"].take();
    assert_eq!(again["endorsement"]["setAside"]["reason"], "Bør vente et år.", "{again}");
    assert_eq!(
        again["explanation"].as_array().map(Vec::len),
        Some(1),
        "not endorsed, as she had said: {again}"
    );
    Ok(())
}

async fn who_is_named_line_manager_is_asked_in_place_of_who_was(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    opened(&varde, json!({}), [SILJE]).await?;
    varde.run_due().await?;
    varde.new_mails();
    assert_eq!(endorser(&varde).await?, KRISTIN);
    let hr = varde.coordinator().await?;
    let name = "mutation ($input: SetLineManagerOverrideInput!) { setLineManagerOverride(input: $input) {
        lineManagerOverride { id } errors { code message path } } }";
    let input = json!({ "employeeNumber": SILJE, "managerEmployeeNumber": EIVIND, "from": "2026-11-23" });
    let named = varde.ask(&hr, name, json!({ "input": input })).await?["setLineManagerOverride"].take();
    assert_eq!(endorser(&varde).await?, EIVIND);
    varde.run_due().await?;
    to(&varde.new_mails(), &email_of(&varde, EIVIND).await?, "Silje")?;

    let end = "mutation ($input: EndLineManagerOverrideInput!) { endLineManagerOverride(input: $input) {
        errors { code message path } } }";
    let input = json!({ "employeeNumber": SILJE, "overrideId": named["lineManagerOverride"]["id"],
        "lastDay": "2026-11-23" });
    varde.move_to("2026-11-25T09:00:00Z".parse()?).await?;
    let hr = varde.coordinator().await?;
    varde.ask(&hr, end, json!({ "input": input })).await?;
    assert_eq!(endorser(&varde).await?, KRISTIN);
    Ok(())
}

async fn a_coordinator_names_whom_to_ask_and_that_stays_after_an_import(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let [silje] = opened(&varde, json!({}), [SILJE]).await?;
    let reopen = "mutation ($id: ID!, $whom: String!) { reopenEndorsement(input: { nominationId: $id,
        endorserEmployeeNumber: $whom, until: \"2026-12-10\", reason: \"Kristin kjenner henne ikke.\" }) {
        nomination { state } errors { code message path } } }";
    let hr = varde.coordinator().await?;
    let own = hr.graphql(reopen, json!({ "id": silje, "whom": SILJE })).await?.data()?;
    let refused = &own["reopenEndorsement"]["errors"][0];
    assert_eq!(refused["code"], "CONFLICT_OF_INTEREST", "{own}");
    assert_eq!(refused["path"], json!(["endorserEmployeeNumber"]), "{own}");
    varde.ask(&hr, reopen, json!({ "id": silje, "whom": TORILL })).await?;
    assert_eq!(endorser(&varde).await?, TORILL);
    varde.import("hr-export-2026-11.csv", NOVEMBER).await?;
    assert_eq!(endorser(&varde).await?, TORILL);
    Ok(())
}

async fn the_panel_is_waited_for_unless_a_reason_is_given(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let more = json!({ "quota": 1, "reserves": 0, "panel": [TONE, TORILL] });
    let ids = opened(&varde, more, [SILJE, MARIUS]).await?;
    let hr = varde.coordinator().await?;
    for id in &ids {
        record(&varde, &hr, id, true).await?;
    }
    varde.move_to("2026-12-14T09:00:00Z".parse()?).await?;
    let rank = json!({ "code": CODE, "ids": ids });
    varde.ask(&person(&varde, TONE).await?, RANK, rank.clone()).await?;
    let hr = varde.coordinator().await?;
    let waits = hr.graphql(PREPARE, json!({ "code": CODE })).await?.data()?;
    assert_eq!(waits["prepareOutcomes"]["errors"][0]["code"], "BALLOTS_MISSING", "{waits}");
    let anyway = "mutation ($why: String!) { prepareOutcomes(input: { roundCode: \"NTP-2027\", overrideReason: $why }) {
        round { state ballotsOverride } errors { code message path } } }";
    let mute = hr.graphql(anyway, json!({ "why": " " })).await?.data()?;
    assert_eq!(mute["prepareOutcomes"]["errors"][0]["code"], "REASON_REQUIRED", "{mute}");
    let done = varde.ask(&hr, anyway, json!({ "why": "Torill er syk." })).await?;
    let prepared = json!({ "state": "PREPARED", "ballotsOverride": "Torill er syk." });
    assert_eq!(done["prepareOutcomes"]["round"], prepared);
    // She ranks all the same: what was prepared without her is thrown away.
    varde.ask(&person(&varde, TORILL).await?, RANK, rank).await?;
    let look = "{ nominationRound(code: \"NTP-2027\") { state ballotsOverride } }";
    let now = varde.ask(&hr, look, json!({})).await?["nominationRound"].take();
    assert_eq!(now, json!({ "state": "CLOSED", "ballotsOverride": null }));
    varde.ask(&hr, PREPARE, json!({ "code": CODE })).await?;
    Ok(())
}
