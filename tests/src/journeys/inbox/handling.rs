//! What a coordinator does about items: whose they are, put off, done with, taken up again. Nobody else's trust sees them.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{DECEMBER, Harness},
    http::Http,
};

use super::{items, one, open, with};
use crate::{both::on_both, library::library};

on_both! {
    items_are_assigned_put_off_done_with_and_taken_up_again
    what_was_done_comes_back_when_the_fact_changes
    another_trust_sees_and_does_nothing
}

const EVERYTHING: fn() -> Value = || json!({ "includeSnoozed": true, "includeDone": true });

/// Does something about items, and gives the payload.
async fn act(hr: &Http, name: &str, input: Value) -> Result<Value> {
    let operation = library()?.remove(name).with_context(|| name.to_owned())?;
    let data = hr.graphql(&operation.document, json!({ "input": input })).await?.data()?;
    Ok(data[operation.field()].clone())
}

async fn items_are_assigned_put_off_done_with_and_taken_up_again(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let all = open(&varde, &hr).await?;
    let ids: Vec<&Value> = all.iter().map(|item| &item["id"]).collect();
    assert_eq!(ids.len(), 3, "{all:#?}");
    let me = varde.ask(&hr, "{ viewer { id } }", json!({})).await?["viewer"]["id"].take();

    let given =
        act(&hr, "assign-inbox-items", json!({ "itemIds": [ids[0], ids[1]], "accountId": me })).await?;
    assert_eq!(given["items"][0]["assignedTo"]["displayName"], "coordinator fjordheim");
    assert_eq!(items(&varde, &hr, json!({ "assignedToMe": true })).await?.len(), 2);
    let back = act(&hr, "assign-inbox-items", json!({ "itemIds": [ids[1]] })).await?;
    assert_eq!((&back["items"][0]["assignedTo"], &back["errors"]), (&Value::Null, &json!([])));
    assert_eq!(items(&varde, &hr, json!({ "assignedToMe": true })).await?.len(), 1);

    let until = "2026-11-24T07:00:00+00:00";
    act(&hr, "put-off-inbox-items", json!({ "itemIds": [ids[0]], "until": until })).await?;
    assert_eq!(open(&varde, &hr).await?.len(), 2);
    let put_off = items(&varde, &hr, EVERYTHING()).await?;
    let put_off = put_off.iter().find(|item| item["id"] == *ids[0]).context("it")?;
    assert_eq!((&put_off["state"], &put_off["snoozedUntil"]), (&json!("SNOOZED"), &json!(until)));
    varde.move_to("2026-11-24T06:59:00Z".parse()?).await?;
    let hr = varde.coordinator().await?;
    assert_eq!(open(&varde, &hr).await?.len(), 2);
    varde.move_to("2026-11-24T07:00:00Z".parse()?).await?;
    assert_eq!(open(&varde, &hr).await?.len(), 3, "it has come back by itself");
    let mine = items(&varde, &hr, json!({ "assignedToMe": true })).await?;
    assert_eq!(mine.len(), 1, "and is hers still");

    let done = act(&hr, "finish-inbox-items", json!({ "itemIds": ids, "note": "Tas i mars" })).await?;
    assert_eq!(done["items"].as_array().map(Vec::len), Some(3));
    assert_eq!(open(&varde, &hr).await?.len(), 0);
    let finished = items(&varde, &hr, EVERYTHING()).await?;
    for item in &finished {
        assert_eq!((&item["state"], &item["note"]), (&json!("DONE"), &json!("Tas i mars")));
        assert_eq!(item["doneBy"]["displayName"], "coordinator fjordheim");
    }
    let again = act(&hr, "finish-inbox-items", json!({ "itemIds": [ids[0]] })).await?;
    assert_eq!(again["errors"][0]["code"], "WRONG_STATE", "{again}");
    assert_eq!(again["errors"][0]["path"], json!(["itemIds", "0"]));
    act(&hr, "take-inbox-items-up-again", json!({ "itemIds": ids })).await?;
    assert_eq!(open(&varde, &hr).await?, {
        let mut all = items(&varde, &hr, EVERYTHING()).await?;
        all.retain(|item| item["state"] == "OPEN");
        all
    });
    assert_eq!(open(&varde, &hr).await?.len(), 3);

    // Every deed has its entry, without the note.
    let trail = "{ auditEvents(actions: [\"inbox_item\"], first: 50) { nodes { action detail } } }";
    let trail = varde.ask(&hr, trail, json!({})).await?;
    let entries = trail["auditEvents"]["nodes"].as_array().context("entries")?;
    assert_eq!(entries.len(), 2 + 1 + 1 + 3 + 3, "{entries:#?}");
    assert!(!trail.to_string().contains("Tas i mars"), "{trail}");
    refused(&hr, &ids).await
}

/// What stands in the way is told row by row.
async fn refused(hr: &Http, ids: &[&Value]) -> Result<()> {
    let late =
        act(hr, "put-off-inbox-items", json!({ "itemIds": ids, "until": "2026-11-23T07:00:00Z" })).await?;
    assert_eq!(late["errors"][0]["code"], "OUT_OF_RANGE", "{late}");
    let told = late["errors"][0]["message"].as_str().context("a message")?;
    assert!(told.starts_with("Verdien må være fra 24. november 2026 til "), "{told}");
    let stranger = "SW5ib3hJdGVtOjFhNjg0NWQ5LTFkZmYtODFhMS04NzYxLTkzOTEyNTYyNDc2Yw";
    let rows = json!({ "itemIds": [ids[0], stranger, ids[0]], "errorPolicy": "REJECT_FAILED" });
    let some = act(hr, "finish-inbox-items", rows).await?;
    assert_eq!(some["items"].as_array().map(Vec::len), Some(1), "{some}");
    let codes: Vec<_> = some["errors"].as_array().context("errors")?.iter().map(|e| &e["code"]).collect();
    assert_eq!(codes, ["NOT_FOUND", "NAMED_TWICE"]);
    let all = act(
        hr,
        "put-off-inbox-items",
        json!({ "itemIds": [ids[1], stranger], "until": "2026-12-01T07:00:00Z" }),
    )
    .await?;
    assert_eq!((&all["items"], &all["errors"][0]["code"]), (&json!([]), &json!("NOT_FOUND")));
    let nobody = act(hr, "assign-inbox-items", json!({ "itemIds": [ids[1]], "accountId": stranger })).await?;
    assert_eq!(nobody["errors"][0]["code"], "NOT_FOUND", "{nobody}");
    Ok(())
}

/// Done is done for this fact: with the next new leader the programme without a cohort is news.
async fn what_was_done_comes_back_when_the_fact_changes(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let waiting = with(&varde, &hr, "NO_COHORT").await?;
    let ids: Vec<&Value> = waiting.iter().map(|item| &item["id"]).collect();
    act(&hr, "finish-inbox-items", json!({ "itemIds": ids })).await?;
    assert_eq!(with(&varde, &hr, "NO_COHORT").await?.len(), 0);
    varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    let news = one(&varde, &hr, "NO_COHORT").await?;
    assert_eq!(news["proposedAct"]["variables"]["input"]["programme"], "onboarding");
    assert!(!ids.contains(&&news["id"]));
    Ok(())
}

async fn another_trust_sees_and_does_nothing(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let own = open(&varde, &hr).await?;
    let other = varde.sign_in("coordinator@sorvik.example").await?;
    assert_eq!(items(&varde, &other, EVERYTHING()).await?, Vec::<Value>::new());
    let done = act(&other, "finish-inbox-items", json!({ "itemIds": [own[0]["id"]] })).await?;
    assert_eq!(done["errors"][0]["code"], "NOT_FOUND", "{done}");
    let theirs = varde.ask(&other, "{ viewer { id } }", json!({})).await?["viewer"]["id"].take();
    let given =
        act(&hr, "assign-inbox-items", json!({ "itemIds": [own[0]["id"]], "accountId": theirs })).await?;
    assert_eq!(given["errors"][0]["code"], "NOT_FOUND", "{given}");
    assert_eq!(open(&varde, &hr).await?.len(), own.len());
    let node = "query ($id: ID!) { node(id: $id) { id } }";
    assert_eq!(varde.ask(&other, node, json!({ "id": own[0]["id"] })).await?["node"], Value::Null);
    assert_eq!(varde.ask(&hr, node, json!({ "id": own[0]["id"] })).await?["node"]["id"], own[0]["id"]);
    Ok(())
}
