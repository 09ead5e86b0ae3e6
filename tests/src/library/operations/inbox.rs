//! What needs a hand, and who may not stand beside whom.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_testkit::harness::PASSWORD;

use super::{super::socket::Listener, Story};

pub(super) async fn the_inbox(story: &mut Story) -> Result<()> {
    let nobody = story.varde.http.clone();
    let credentials = json!({ "input": { "email": "coordinator@fjordheim.example", "password": PASSWORD } });
    let session = story.tell(&nobody, "sign-in", credentials).await?;
    let token = session["accessToken"].as_str().context("token")?;
    let hr = nobody.with_token(token);
    let base = story.varde.app.config().public_url.clone();
    let watch = story.library["watch-the-inbox"].document.clone();
    let mut watch = Listener::subscribe(&base, Some(token), &watch, json!({})).await?;
    let first = watch.hear().await?.context("told at once")?["data"]["inboxChanged"].take();
    assert_eq!((&first["appeared"], &first["vanished"]), (&json!([]), &json!([])));
    story.told.insert("watch-the-inbox".to_owned());

    let inbox = story.tell(&hr, "work-through-the-inbox", json!({})).await?;
    let item = inbox["nodes"].as_array().context("items")?.first().context("an item")?["id"].clone();
    let items = json!({ "itemIds": [item] });
    let account = story.tell(&hr, "who-can-run-a-cohort", json!({})).await?[0]["accountId"].clone();
    let given = json!({ "input": { "itemIds": [item], "accountId": account } });
    let given = story.tell(&hr, "assign-inbox-items", given).await?;
    assert!(given["items"][0]["assignedTo"]["displayName"].is_string(), "{given}");
    let put_off = story.tell(&hr, "put-off-inbox-items", json!({ "input": items })).await?;
    assert_eq!(put_off["items"][0]["state"], "SNOOZED");
    let finished = story.tell(&hr, "finish-inbox-items", json!({ "input": items })).await?;
    assert_eq!(finished["items"][0]["state"], "DONE");
    until(&mut watch, |news| news["vanished"] == json!([item])).await?;
    let again = story.tell(&hr, "take-inbox-items-up-again", json!({ "input": items })).await?;
    assert_eq!(again["items"][0]["state"], "OPEN");
    until(&mut watch, |news| news["appeared"][0]["id"] == item).await?;

    let admin = story.varde.sign_in("administrator@fjordheim.example").await?;
    let found = story.tell(&hr, "check-a-conflict-of-interest", json!({})).await?;
    assert_eq!(found[0]["text"], "Jenny Holm er nærmeste leder for Kristin Martinsen.", "{found}");
    let dry = story.tell(&admin, "publish-conflict-rules", json!({})).await?;
    assert_eq!(dry["conflictRules"]["changes"][1]["after"], "line_manager, same_unit");
    let rules = story.tell(&hr, "see-the-conflict-rules", json!({})).await?;
    assert_eq!((&rules["totalCount"], &rules["nodes"][0]["version"]), (&json!(1), &json!(0)));
    story.tell(&admin, "publish-conflict-rules", json!({ "input": { "dryRun": false } })).await?;
    let rules = story.tell(&hr, "see-the-conflict-rules", json!({})).await?;
    assert_eq!((&rules["totalCount"], &rules["nodes"][0]["version"]), (&json!(2), &json!(1)));
    assert_eq!(rules["nodes"][1]["countsToday"], true, "the new ones count from December on");
    Ok(())
}

/// Hears what is told until it is that; other news may come between.
async fn until(watch: &mut Listener, is_it: impl Fn(&Value) -> bool) -> Result<()> {
    loop {
        let news = watch.hear().await?.context("news")?["data"]["inboxChanged"].take();
        if is_it(&news) {
            return Ok(());
        }
    }
}
