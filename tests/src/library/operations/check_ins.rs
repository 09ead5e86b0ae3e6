//! The yearly check-in: framework and contracts, a cycle, and the conversation of a leader and the line manager.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Story;

pub(super) async fn the_year(story: &mut Story) -> Result<()> {
    story.move_to("2027-09-16T10:00:00Z").await?;
    let hr = story.varde.coordinator().await?;
    framework_and_contracts(story).await?;
    story.tell(&hr, "plan-the-check-ins", json!({})).await?;
    story.tell(&hr, "change-the-check-ins", json!({ "input": { "cycleCode": "2028" } })).await?;
    story.tell(&hr, "schedule-the-check-ins", json!({ "input": { "cycleCode": "2028" } })).await?;
    let dry = story.tell(&hr, "open-the-check-ins", json!({ "input": { "cycleCode": "2028" } })).await?;
    let open = json!({ "input": { "cycleCode": "2028", "dryRun": false, "idempotencyKey": "open-check-ins-2028-2" } });
    let opened = story.tell(&hr, "open-the-check-ins", open).await?;
    assert_eq!((&dry["opened"], &opened["checkInCycle"]["state"]), (&opened["opened"], &json!("OPEN")));
    let years = story.tell(&hr, "list-the-check-in-years", json!({})).await?;
    assert_eq!(years[0]["code"], "2028");

    the_two(story).await?;
    let seen = story.tell(&hr, "see-the-check-ins", json!({ "code": "2028" })).await?;
    assert_eq!(seen["progress"]["signed"], 1, "{seen}");
    story.move_to("2027-12-06T10:00:00Z").await?;
    let hr = story.varde.coordinator().await?;
    let late = json!({ "input": { "cycleCode": "2028", "dryRun": false } });
    let reminded = story.tell(&hr, "remind-who-is-late", late).await?;
    assert!(reminded["late"].as_u64().is_some_and(|late| late > 1), "{reminded}");
    let report = story.tell(&hr, "fetch-the-check-in-report", json!({ "code": "2028" })).await?;
    assert_eq!(report["progressFile"]["name"], "Lederkravsamtaler-2028-framdrift-per-enhet.xlsx");
    story.move_to("2027-12-20T10:00:00Z").await?;
    let hr = story.varde.coordinator().await?;
    let figures = story.tell(&hr, "see-the-check-in-figures", json!({ "code": "2028" })).await?;
    assert_eq!(figures["figures"]["trust"], Value::Null, "one leader is behind no figure");
    let serves = story.tell(&hr, "see-what-a-programme-serves", json!({})).await?;
    assert_eq!(serves["movements"], json!([]), "nor behind a movement");
    let more = story.tell(&hr, "reopen-the-check-ins", json!({ "input": { "cycleCode": "2028" } })).await?;
    assert_eq!(more["checkInCycle"]["state"], "OPEN");
    Ok(())
}

async fn framework_and_contracts(story: &mut Story) -> Result<()> {
    let hr = story.varde.coordinator().await?;
    let admin = story.varde.sign_in("administrator@fjordheim.example").await?;
    story.tell(&hr, "make-contracts", json!({})).await?;
    let found = story.tell(&hr, "see-the-contracts", json!({})).await?;
    assert_eq!(found["nodes"][0]["frameworkVersion"], 1, "{found}");
    story.tell(&hr, "write-down-signed-contracts", json!({})).await?;

    let framework = story.tell(&hr, "see-the-framework", json!({})).await?;
    let files = framework["nodes"][0]["files"].as_array().context("files")?;
    let file = files.iter().find(|file| file["path"] == "requirements.toml").context("requirements")?;
    let source = file["source"].as_str().context("source")?.replacen("nb = \"", "nb = \"Ny: ", 1);
    let of = |source: &str, dry: bool| json!({ "input": { "files": [{ "path": "requirements.toml", "source": source }], "dryRun": dry } });
    let dry = story.tell(&admin, "publish-the-framework", of(&source, true)).await?;
    assert_eq!(dry["framework"]["changes"].as_array().map(Vec::len), Some(1), "{dry}");
    story.tell(&admin, "publish-the-framework", of(&source, false)).await?;
    let broken = of("[[requirement]]\nkey = 7\n", true);
    let ask = story.library["publish-the-framework"].document.clone();
    let broken = admin.graphql(&ask, broken).await?.data()?;
    assert_eq!(broken["publishFramework"]["errors"][0]["code"], "FAULT_IN_FILE", "{broken}");

    let dry = story.tell(&hr, "renew-contracts", json!({})).await?;
    let renew = json!({ "input": { "dryRun": false } });
    let renewed = story.tell(&hr, "renew-contracts", renew).await?;
    assert_eq!(dry["count"], renewed["count"]);
    let left = json!({ "query": "{ contracts(frameworkVersion: 1) { totalCount } }" });
    let left = story.varde.ask(&hr, left["query"].as_str().unwrap_or_default(), json!({})).await?;
    assert_eq!(left["contracts"]["totalCount"], 0);
    Ok(())
}

/// A leader at level 2 and the director.
async fn the_two(story: &mut Story) -> Result<()> {
    let leader = story.varde.sign_in_person("10015").await?;
    let director = story.varde.sign_in_person("10005").await?;
    let mine = story.tell(&leader, "my-check-ins", json!({})).await?;
    // A head of a clinic holds those of her own leaders as well.
    let own = mine.as_array().context("check-ins")?.iter().find(|one| one["party"] == "LEADER");
    let id = own.context("an own check-in")?["checkInId"].clone();
    let of = |more: Value| super::over(&json!({ "input": { "checkInId": id } }), json!({ "input": more }));
    let read = story.tell(&leader, "read-my-check-in", json!({ "id": id })).await?;
    let keys: Vec<Value> = read["requirements"]
        .as_array()
        .context("requirements")?
        .iter()
        .map(|one| one["key"].clone())
        .collect();
    story.tell(&leader, "save-my-check-in", of(json!({}))).await?;
    let whole = |rating: &str, seen: u32| {
        let one = |key: &Value| {
            let version = if *key == "role_model" { seen } else { 0 };
            json!({ "requirement": key, "rating": rating, "text": "Et eksempel.", "version": version })
        };
        of(json!({ "ratings": keys.iter().map(one).collect::<Vec<_>>() }))
    };
    let saved = story.tell(&leader, "save-my-check-in", whole("IN_PLACE", 1)).await?;
    assert_eq!(saved["checkIn"]["canBeGiven"], true, "{saved}");
    story.tell(&leader, "hand-in-my-check-in", of(json!({}))).await?;
    story.tell(&leader, "take-my-check-in-back", of(json!({}))).await?;
    story.tell(&leader, "hand-in-my-check-in", of(json!({}))).await?;
    story.tell(&director, "save-my-check-in", whole("ON_THE_WAY", 0)).await?;
    story.tell(&director, "hand-in-my-check-in", of(json!({}))).await?;

    let help = story.tell(&leader, "see-what-can-help", json!({ "id": id })).await?;
    assert_eq!(help["thread"].as_array().map(Vec::len), Some(9), "the director sees all of them on the way");
    let done =
        story.tell(&director, "see-what-was-done-since-the-last-check-in", json!({ "id": id })).await?;
    assert_eq!(done["evidence"]["lastCycleCode"], Value::Null, "the first of them");
    let slip = of(json!({ "text": "Ved en feil" }));
    let slip = story.tell(&leader, "agree-on-an-action", slip).await?;
    let slip = of(json!({ "actionId": slip["checkIn"]["actions"][0]["actionId"] }));
    story.tell(&leader, "take-an-action-off", slip).await?;
    let agreed = story.tell(&director, "agree-on-an-action", of(json!({}))).await?;
    story.tell(&leader, "write-down-the-meeting", of(json!({}))).await?;
    story.tell(&leader, "sign-my-check-in", of(json!({}))).await?;
    let signed = story.tell(&director, "sign-my-check-in", of(json!({}))).await?;
    assert_eq!(signed["checkIn"]["state"], "SIGNED");
    let action = of(json!({ "actionId": agreed["checkIn"]["actions"][0]["actionId"] }));
    story.tell(&leader, "tell-how-an-action-goes", action).await?;
    let added = story.tell(&director, "add-to-a-check-in", of(json!({}))).await?;
    assert_eq!(added["checkIn"]["addenda"][0]["party"], "MANAGER");
    Ok(())
}
