//! Competence plans: the rules, a plan of a leader and the line manager, and its renewal.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Story;

/// A head of a department and the head of her clinic.
const LEADER: &str = "10479";

pub(super) async fn the_plan(story: &mut Story) -> Result<()> {
    let hr = story.varde.coordinator().await?;
    let set = json!({ "input": { "appointedFrom": "2028-01-01" } });
    let set = story.tell(&hr, "set-the-competence-plan-rules", set).await?;
    let rules = story.tell(&hr, "see-the-competence-plan-rules", json!({})).await?;
    assert_eq!(set["rules"], rules);
    let whose = json!({ "input": { "employeeNumbers": [LEADER] } });
    let dry = story.tell(&hr, "open-competence-plans", whose.clone()).await?;
    let open = super::over(&whose, json!({ "input": { "dryRun": false, "idempotencyKey": "open-plans-2" } }));
    let opened = story.tell(&hr, "open-competence-plans", open).await?;
    assert_eq!((&dry["count"], &opened["count"]), (&json!(1), &json!(1)));
    let listed = story.tell(&hr, "see-the-competence-plans", json!({ "state": "DRAFT" })).await?;
    assert_eq!(listed["totalCount"], 1, "{listed}");
    the_two(story).await?;
    let hr = story.varde.coordinator().await?;
    let needs = json!({ "from": null });
    let needs = story.tell(&hr, "see-what-an-intake-needs", needs).await?;
    assert_eq!(needs, json!({ "plans": 1, "rated": 1, "items": null }), "no figure of one leader");

    let admin = story.varde.sign_in("administrator@fjordheim.example").await?;
    let framework = story.tell(&hr, "see-the-framework", json!({})).await?;
    let files = framework["nodes"][0]["files"].as_array().context("files")?;
    let file = files.iter().find(|file| file["path"] == "plan.toml").context("plan")?;
    let source = file["source"].as_str().context("source")?.replacen("en = \"", "en = \"New: ", 1);
    let publish =
        json!({ "input": { "files": [{ "path": "plan.toml", "source": source }], "dryRun": false } });
    story.tell(&admin, "publish-the-framework", publish).await?;
    let dry = story.tell(&hr, "renew-competence-plans", json!({})).await?;
    let renew = json!({ "input": { "dryRun": false, "idempotencyKey": "renew-plans-2" } });
    let renewed = story.tell(&hr, "renew-competence-plans", renew).await?;
    assert_eq!((&dry["asked"], &renewed["count"]), (&renewed["asked"], &json!(1)));
    Ok(())
}

async fn the_two(story: &mut Story) -> Result<()> {
    let leader = story.varde.sign_in_person(LEADER).await?;
    let mine = story.tell(&leader, "my-competence-plans", json!({})).await?;
    let own = mine.as_array().context("plans")?.iter().find(|one| one["party"] == "LEADER");
    let id = own.context("an own plan")?["planId"].clone();
    let of = |more: Value| super::over(&json!({ "input": { "planId": id } }), json!({ "input": more }));
    let read = story.tell(&leader, "read-my-competence-plan", json!({ "id": id })).await?;
    let items = read["items"].as_array().context("items")?;
    let rate = |item: &Value| {
        let needed = item["key"] == "budget";
        json!({ "item": item["key"], "rating": if needed { "NEEDS_TRAINING" } else { "CONFIDENT" } })
    };
    let all = json!({ "ratings": items.iter().map(rate).collect::<Vec<_>>(), "handIn": true });
    let rated = story.tell(&leader, "rate-my-competence-plan", of(all)).await?;
    assert_eq!(rated["plan"]["state"], "ASSESSED", "{rated}");
    let hr = story.varde.coordinator().await?;
    let above =
        "query ($number: String!) { lineManager(employeeNumber: $number) { person { employeeNumber } } }";
    let above = story.varde.ask(&hr, above, json!({ "number": LEADER })).await?;
    let number = above["lineManager"]["person"]["employeeNumber"].as_str().context("the line manager")?;
    let manager = story.varde.sign_in_person(number).await?;
    let agreed = story.tell(&manager, "agree-on-a-competence-plan", of(json!({}))).await?;
    assert_eq!(agreed["plan"]["state"], "AGREED", "{agreed}");
    let today = story.varde.ctx().now.date_naive().to_string();
    let done = of(json!({ "item": "readiness", "doneOn": today }));
    let done = story.tell(&leader, "tick-off-a-competence-item", done).await?;
    assert_eq!(done["plan"]["state"], "AGREED", "the budget is still missing: {done}");
    Ok(())
}
