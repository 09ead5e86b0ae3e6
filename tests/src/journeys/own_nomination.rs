//! One's own nomination: what is about oneself is for another one to decide, as coordinator and as member of the panel; one
//! that was begun anew is a draft like any other; and who leaves the trust stands for nothing any more.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::harness::{Harness, NOVEMBER};

use super::{
    p01_onboarding::at,
    p09_national_top_leader::{PANEL, RANK, email_of, nominate, of, person, round},
    rounds::{CODE, RECORD, opened, record},
};
use crate::both::on_both;

on_both! {
    nobody_endorses_oneself_coordinator_or_not
    a_nominee_who_leaves_the_trust_is_waited_for_no_more
    a_nominee_neither_sits_on_the_panel_nor_reads_the_others
    one_begun_anew_and_never_handed_in_lapses_as_a_draft
}

/// The head of a clinic.
const EIVIND: &str = "10034";
/// Heads of departments of another clinic than his.
const SILJE: &str = "10390";
const MARIUS: &str = "10415";
/// Directors of staffs.
const TONE: &str = "10167";
const TORILL: &str = "10273";

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

async fn a_nominee_neither_sits_on_the_panel_nor_reads_the_others(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    // Eivind is of the panel first, and nominates himself later.
    let more = json!({ "quota": 1, "reserves": 0, "panel": [EIVIND, TONE] });
    let [eivind, silje, marius] = opened(&varde, more, [EIVIND, SILJE, MARIUS]).await?;
    let hr = varde.coordinator().await?;
    let edit = "mutation ($panel: [String!]) { editNominationRound(input: { roundCode: \"NTP-2027\", panel: $panel }) {
        errors { code message path } } }";
    let named = hr.graphql(edit, json!({ "panel": [TONE, TORILL, SILJE] })).await?.data()?;
    let refused = &named["editNominationRound"]["errors"][0];
    assert_eq!(refused["code"], "MEMBER_IS_NOMINATED", "{named}");
    assert!(refused["message"].as_str().context("a message")?.contains("selv nominert i runden"), "{named}");
    for id in [&eivind, &silje, &marius] {
        record(&varde, &hr, id, true).await?;
    }
    varde.move_to("2026-12-14T09:00:00Z".parse()?).await?;
    let member = person(&varde, EIVIND).await?;
    let sheet = varde.ask(&member, PANEL, json!({ "code": CODE })).await?;
    let sheet = sheet["myPanelNominations"]["nodes"].as_array().context("nodes")?;
    assert_eq!(sheet.len(), 3);
    for one in sheet {
        assert_eq!(one["motivation"], "", "{one}");
        assert!(one["conflict"].as_str().context("why")?.contains("selv nominert i runden"), "{one}");
    }
    let ranks = member.graphql(RANK, json!({ "code": CODE, "ids": [silje, marius] })).await?.data()?;
    assert_eq!(ranks["rankNominations"]["errors"][0]["code"], "CONFLICT_OF_INTEREST", "{ranks}");
    let now = round(&varde, CODE).await?;
    let panel = now["panel"].as_array().context("panel")?;
    let own = panel.iter().find(|one| one["person"]["employeeNumber"] == EIVIND).context("him")?;
    assert_eq!((&own["ruledOut"], &own["missing"]), (&json!(3), &json!(0)), "{own}");
    Ok(())
}

async fn one_begun_anew_and_never_handed_in_lapses_as_a_draft(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let [eivind] = opened(&varde, json!({ "panel": [TONE, TORILL] }), [EIVIND]).await?;
    let hr = varde.coordinator().await?;
    record(&varde, &hr, &eivind, true).await?;
    let own = person(&varde, EIVIND).await?;
    let withdraw = "mutation ($id: ID!) { withdrawNomination(input: { nominationId: $id }) {
        errors { code message path } } }";
    varde.ask(&own, withdraw, json!({ "id": eivind })).await?;
    let anew = nominate(&varde, CODE, EIVIND, None, false).await?;
    let open = json!(["Nominasjonen er ikke sendt inn ennå."]);
    assert_eq!((&anew["nomination"]["state"], &anew["nomination"]["explanation"]), (&json!("DRAFT"), &open));
    varde.move_to("2026-12-14T09:00:00Z".parse()?).await?;
    let now = round(&varde, CODE).await?;
    let lapsed: &Value = of(&now, EIVIND);
    let told = json!(["Nominasjonen ble ikke sendt inn."]);
    assert_eq!((&lapsed["state"], &lapsed["explanation"]), (&json!("LAPSED"), &told));
    Ok(())
}
