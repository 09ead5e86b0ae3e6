//! A leader group with a change of its own: put in, adjusted, asked, and followed up.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Story;

pub(super) async fn the_groups(story: &mut Story) -> Result<()> {
    let hr = story.varde.coordinator().await?;
    let open = json!({ "input": { "programme": "practical_change_management", "code": "END-2027-V",
        "title": "Omstilling våren 2027", "capacity": 24, "idempotencyKey": "open-END-2027-V",
        "gatherings": [{ "date": "2027-04-14" }, { "date": "2027-04-15" }] } });
    story.tell(&hr, "open-a-cohort", open).await?;
    let dry = story.tell(&hr, "enrol-a-leader-group", json!({})).await?;
    let members = dry["members"].as_array().context("members")?.len();
    let put_in = story.tell(&hr, "enrol-a-leader-group", json!({ "input": { "dryRun": false } })).await?;
    assert_eq!(put_in["members"].as_array().map(Vec::len), Some(members));
    let group = put_in["leaderGroup"]["id"].clone();
    let of =
        |more: Value| super::over(&json!({ "input": { "leaderGroupId": group } }), json!({ "input": more }));
    story.tell(&hr, "change-who-is-in-a-leader-group", of(json!({ "dryRun": false }))).await?;
    let edited = story.tell(&hr, "edit-a-leader-group", of(json!({}))).await?;
    assert_eq!(edited["leaderGroup"]["state"], "PROPOSED");
    let publish = json!({ "input": { "cohortCode": "END-2027-V", "idempotencyKey": "publish-END-2027-V" } });
    story.tell(&hr, "publish-a-cohort", publish).await?;
    let no = of(json!({ "change": "DECLINE_FOR", "reason": "Passer ikke", "idempotencyKey": "no-10100" }));
    story.tell(&hr, "answer-for-a-leader-group", no).await?;
    let again = of(json!({ "change": "INVITE", "idempotencyKey": "again-10100" }));
    story.tell(&hr, "answer-for-a-leader-group", again).await?;

    let leader = story.varde.sign_in_person("10015").await?;
    let mine = story.tell(&leader, "my-leader-groups", json!({})).await?;
    assert_eq!(mine[0]["state"], "INVITED");
    let yes = json!({ "input": { "leaderGroupId": mine[0]["leaderGroupId"] } });
    let yes = story.tell(&leader, "answer-for-my-leader-group", yes).await?;
    assert_eq!(yes["leaderGroup"]["state"], "ENROLLED");
    let seen = story.tell(&hr, "see-a-leader-group", json!({ "id": group })).await?;
    assert_eq!(seen["members"][0]["enrolment"]["state"], "ENROLLED");

    let wanted =
        story.tell(&hr, "write-down-a-benefit", of(json!({}))).await?["measure"]["measureId"].clone();
    let slip = of(json!({ "kind": "ACTION", "text": "Ved en feil" }));
    let slip = story.tell(&hr, "write-down-a-benefit", slip).await?["measure"]["measureId"].clone();
    let back = story.tell(&hr, "take-a-benefit-back", json!({ "input": { "measureId": slip } })).await?;
    assert_eq!(back["leaderGroup"]["measures"].as_array().map(Vec::len), Some(1));

    story.move_to("2027-07-30T12:00:00Z").await?;
    let hr = story.varde.coordinator().await?;
    let silent = story.tell(&hr, "follow-ups-without-an-answer", json!({})).await?;
    assert_eq!(silent[0]["measure"]["text"], "Kortere liggetid", "{silent}");
    let said = json!({ "input": { "measureId": wanted } });
    let said = story.tell(&hr, "write-down-how-it-stands", said).await?;
    assert_eq!(said["leaderGroup"]["measures"][0]["followUps"][0]["standing"], "UNDER_WAY");
    let owner = story.varde.sign_in_person("10390").await?;
    let own = json!({ "input": { "measureId": wanted } });
    story.tell(&owner, "tell-how-it-stands", own).await?;
    let report = story.tell(&hr, "see-the-leader-groups", json!({})).await?;
    assert_eq!(report["leaderGroups"][0]["measures"][0]["followUps"][0]["standing"], "REACHED", "{report}");
    Ok(())
}
