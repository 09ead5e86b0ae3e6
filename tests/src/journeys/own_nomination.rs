//! A coordinator who is nominated: what is about her- or himself is for another one.

use anyhow::{Context, Result};
use serde_json::json;
use varde_persistence::Engine;
use varde_testkit::harness::Harness;

use super::p09_national_top_leader::{email_of, nominate, of, person, round};
use crate::both::on_both;

on_both! {
    nobody_endorses_oneself_coordinator_or_not
}

/// The head of a clinic.
const EIVIND: &str = "10034";

async fn nobody_endorses_oneself_coordinator_or_not(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let open = "mutation ($cohort: CreateCohortInput!, $round: CreateNominationRoundInput!) {
        createCohort(input: $cohort) { errors { code message path } }
        publishCohort(input: { cohortCode: \"NTP-2027\" }) { errors { code message } }
        createNominationRound(input: $round) { errors { code message path } }
        openNominationRound(input: { roundCode: \"NTP-2027\" }) { errors { code message } } }";
    let cohort = json!({ "programme": "national_top_leader", "code": "NTP-2027",
        "gatherings": [{ "date": "2027-02-02" }, { "date": "2027-02-03" }] });
    let days = json!({ "cohortCode": "NTP-2027", "opens": "2026-11-23", "closes": "2026-12-04",
        "endorseBy": "2026-12-11", "panel": ["10167", "10273"] });
    varde.ask(&hr, open, json!({ "cohort": cohort, "round": days })).await?;
    nominate(&varde, "NTP-2027", EIVIND, None, true).await?;

    let administrator = varde.sign_in("administrator@fjordheim.example").await?;
    let email = email_of(&varde, EIVIND).await?;
    let all = varde.ask(&administrator, "{ accounts(first: 100) { nodes { id email } } }", json!({})).await?;
    let mut all = all["accounts"]["nodes"].as_array().context("accounts")?.iter();
    let account = all.find(|account| account["email"] == email.as_str()).context("an account")?;
    let grant = "mutation ($id: ID!) {
        grantRole(input: { accountId: $id, role: COORDINATOR }) { errors { code message } } }";
    varde.ask(&administrator, grant, json!({ "id": account["id"] })).await?;

    let nomination = of(&round(&varde, "NTP-2027").await?, EIVIND)["id"].clone();
    let record = "mutation ($id: ID!) { recordEndorsement(input: { nominationId: $id, endorsed: true,
        reason: \"Har min fulle støtte.\", overrideReason: \"Direktøren var på reise.\" }) {
        nomination { state } errors { code message path } } }";
    let own = person(&varde, EIVIND).await?;
    let refused = own.graphql(record, json!({ "id": nomination })).await?.data()?;
    assert_eq!(refused["recordEndorsement"]["errors"][0]["code"], "CONFLICT_OF_INTEREST", "{refused}");
    let done = varde.ask(&hr, record, json!({ "id": nomination })).await?;
    assert_eq!(done["recordEndorsement"]["nomination"]["state"], "ENDORSED", "by another one: {done}");
    Ok(())
}
