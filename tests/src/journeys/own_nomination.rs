//! One who is nominated: what is about her- or himself is for another one, and who leaves the trust stands for nothing any more.

use anyhow::{Context, Result};
use serde_json::json;
use varde_persistence::Engine;
use varde_testkit::harness::{Harness, NOVEMBER};

use super::{
    p01_onboarding::at,
    p09_national_top_leader::{email_of, of, person, round},
    rounds::{CODE, RECORD, opened, record},
};
use crate::both::on_both;

on_both! {
    nobody_endorses_oneself_coordinator_or_not
    a_nominee_who_leaves_the_trust_is_waited_for_no_more
}

/// The head of a clinic.
const EIVIND: &str = "10034";

async fn nobody_endorses_oneself_coordinator_or_not(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let panel = json!({ "panel": ["10167", "10273"] });
    let [nomination] = opened(&varde, panel, [EIVIND]).await?;

    let administrator = varde.sign_in("administrator@fjordheim.example").await?;
    let email = email_of(&varde, EIVIND).await?;
    let all = varde.ask(&administrator, "{ accounts(first: 100) { nodes { id email } } }", json!({})).await?;
    let mut all = all["accounts"]["nodes"].as_array().context("accounts")?.iter();
    let account = all.find(|account| account["email"] == email.as_str()).context("an account")?;
    let grant = "mutation ($id: ID!) {
        grantRole(input: { accountId: $id, role: COORDINATOR }) { errors { code message } } }";
    varde.ask(&administrator, grant, json!({ "id": account["id"] })).await?;

    let own = person(&varde, EIVIND).await?;
    let said = json!({ "id": nomination, "endorsed": true, "why": "Har min fulle støtte.", "override": "På reise." });
    let refused = own.graphql(RECORD, said).await?.data()?;
    assert_eq!(refused["recordEndorsement"]["errors"][0]["code"], "CONFLICT_OF_INTEREST", "{refused}");
    let done = record(&varde, &hr, &nomination, true).await?;
    assert_eq!(done["nomination"]["state"], "ENDORSED", "by another one: {done}");
    Ok(())
}

async fn a_nominee_who_leaves_the_trust_is_waited_for_no_more(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let panel = json!({ "panel": ["10167", "10273"] });
    let [nomination] = opened(&varde, panel, [EIVIND]).await?;
    let hr = varde.coordinator().await?;
    record(&varde, &hr, &nomination, true).await?;
    let file = String::from_utf8(NOVEMBER.to_vec())?;
    let leaves = |line: &str| {
        let mut row: Vec<&str> = line.split(';').collect();
        if row[0] == EIVIND {
            row[16] = "27.11.2026";
        }
        row.join(";")
    };
    let file = file.lines().map(leaves).collect::<Vec<_>>().join("\r\n") + "\r\n";
    varde.import("hr.csv", Box::leak(file.into_bytes().into_boxed_slice())).await?;
    assert_eq!(of(&round(&varde, CODE).await?, EIVIND)["state"], "ENDORSED", "until the last day");
    varde.move_to(at("2026-11-28T12:00:00Z")).await?;
    assert_eq!(of(&round(&varde, CODE).await?, EIVIND)["state"], "WITHDRAWN");
    Ok(())
}
