//! An administrator's work: accounts, tokens, and the trust's settings.

use anyhow::{Context, Result};
use serde_json::json;
use varde_testkit::http::Http;

use super::Story;

pub(super) async fn the_work(story: &mut Story) -> Result<()> {
    let admin = story.varde.sign_in("administrator@fjordheim.example").await?;
    let created = story.tell(&admin, "create-an-account", json!({})).await?;
    let account = json!({ "input": { "accountId": created["account"]["id"] } });
    let link = story.tell(&admin, "make-a-password-link", account.clone()).await?;
    let token = link["passwordLink"].as_str().and_then(|link| link.rsplit('/').next()).context("token")?;
    let chosen = "stein og lyng ved sjøen";
    let choice = json!({ "input": { "token": token, "password": chosen } });
    story.tell(&story.varde.http.clone(), "choose-a-password", choice).await?;
    let new = story.varde.http.sign_in("ny.koordinator@fjordheim.example", chosen).await?;
    let change = json!({ "input": { "oldPassword": chosen, "newPassword": "bjørk og granitt i vest" } });
    story.tell(&new, "change-my-password", change).await?;
    story.tell(&admin, "take-a-role-back", account.clone()).await?;
    let granted = story.tell(&admin, "grant-a-role", account.clone()).await?;
    assert_eq!(granted["account"]["grantedRoles"], json!(["COORDINATOR"]));
    story.tell(&admin, "close-an-account", account.clone()).await?;
    let refused = new.graphql("{ viewer { id } }", json!({})).await?;
    assert_eq!(refused.codes(), ["UNAUTHENTICATED"]);
    story.tell(&admin, "open-a-closed-account", account).await?;
    let accounts = story.tell(&admin, "list-accounts", json!({})).await?;
    assert_eq!(accounts["totalCount"], 6, "{accounts}");

    let made = story.tell(&admin, "create-a-service-token", json!({})).await?;
    let program = story.varde.http.with_token(made["token"].as_str().context("token")?);
    assert_eq!(
        story.tell(&program, "list-cohorts", json!({})).await?["totalCount"],
        2,
        "one is done, two are called off; one is planned, and into one a leader was moved"
    );
    let tokens = story.tell(&admin, "list-service-tokens", json!({})).await?;
    let revoke = json!({ "input": { "serviceTokenId": tokens["nodes"][0]["id"] } });
    story.tell(&admin, "revoke-a-service-token", revoke).await?;
    let refused = program.graphql("{ viewer { id } }", json!({})).await?;
    assert_eq!(refused.codes(), ["UNAUTHENTICATED"]);

    let loaded = story.tell(&admin, "load-the-catalogue", json!({})).await?;
    assert_eq!(loaded["versions"], 0, "it was loaded before");
    the_programmes(story, &admin).await?;
    let addresses = story.tell(&admin, "change-the-trusts-addresses", json!({})).await?;
    assert_eq!(addresses["organisation"]["version"], 2, "{addresses}");
    let held = story.tell(&admin, "hold-mail-back", json!({})).await?;
    assert_eq!(held["organisation"]["sending"], false);
    Ok(())
}

/// A programme of the trust's own, then a new version of it.
async fn the_programmes(story: &mut Story, admin: &Http) -> Result<()> {
    let added = story.tell(admin, "publish-a-programme", json!({})).await?;
    assert_eq!(added["programme"]["version"], 1, "{added}");
    assert_eq!(added["policies"], 2);
    let file = story.tell(admin, "see-a-programme-as-a-file", json!({ "key": "sick_leave" })).await?;
    let source = file["source"].as_str().context("source")?.replace("capacity = 12", "capacity = 20");
    let edit = json!({ "input": { "source": source, "reminders": null, "version": 1 } });
    let changed = story.tell(admin, "publish-a-programme", edit).await?;
    assert_eq!(
        changed["changes"],
        json!([{ "key": "seats.capacity", "label": "Plasser og frister, antall plasser", "before": "12", "after": "20" }])
    );
    let versions =
        story.tell(admin, "see-the-versions-of-a-programme", json!({ "key": "sick_leave" })).await?;
    assert_eq!(versions["totalCount"], 2, "{versions}");
    assert_eq!(versions["nodes"][0]["changes"][0]["after"], "20");
    Ok(())
}
