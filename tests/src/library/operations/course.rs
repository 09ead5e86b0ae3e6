//! The days of the course, and its end.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_testkit::http::Http;

use super::{Story, over, surveys};

pub(super) async fn the_course(story: &mut Story, cohort: &Value) -> Result<()> {
    story.move_to("2027-01-13T15:00:00Z").await?;
    let hr = story.varde.coordinator().await?;
    let found = story.tell(&hr, "find-a-cohort", json!({})).await?;
    let first = found["gatherings"][0]["id"].clone();
    let enrolled = story.places(&hr, "ENROLLED").await?;
    let own = &enrolled[0]["person"]["employeeNumber"];
    let ill = json!([{ "employeeNumber": own, "presence": "EXCUSED" }]);
    let all = json!({ "input": { "gatheringId": first, "records": ill } });
    let recorded = story.tell(&hr, "record-attendance-for-all", all).await?;
    assert_eq!(recorded["records"].as_array().context("records")?.len(), enrolled.len());
    let late = json!([{ "employeeNumber": own, "presence": "PARTLY" }]);
    story
        .tell(&hr, "correct-attendance", json!({ "input": { "gatheringId": first, "records": late } }))
        .await?;
    let slip = json!({ "input": { "gatheringId": first, "clearEmployeeNumbers": [own] } });
    story.tell(&hr, "take-attendance-back", slip).await?;
    story.move_to("2027-03-04T12:00:00Z").await?;
    let hr = story.varde.coordinator().await?;
    let done = json!({ "input": { "missingAsAbsent": true, "dryRun": false } });
    let done = story.tell(&hr, "complete-a-cohort", done).await?;
    assert_eq!(done["cohort"]["state"], "COMPLETED");
    let there = json!([{ "employeeNumber": own, "presence": "PRESENT" }]);
    let after = json!({ "input": { "gatheringId": first, "records": there } });
    let after = story.tell(&hr, "correct-attendance-after-closing", after).await?;
    assert_eq!(after["records"][0]["presence"], "PRESENT");
    surveys::the_evaluation(story, own).await?;
    let trail = story.tell(&hr, "audit-trail", json!({ "subjectId": cohort })).await?;
    assert_eq!(trail["nodes"][0]["action"], "cohort.complete");
    let looked_up = story.tell(&hr, "look-up-an-id", json!({ "ids": [cohort, first] })).await?;
    assert_eq!(looked_up[0]["code"], "INTRO-2");
    assert_eq!(looked_up[1]["__typename"], "Gathering");
    Ok(())
}

/// A leader who said no asks for a place in the next cohort.
pub(super) async fn asking(story: &mut Story, number: &Value) -> Result<()> {
    let leader = story.varde.sign_in_person(number.as_str().context("number")?).await?;
    let next = |dry_run: bool| json!({ "input": { "cohortCode": "INTRO-3", "dryRun": dry_run } });
    let dry = story.tell(&leader, "ask-for-a-place", next(true)).await?;
    let asked = story.tell(&leader, "ask-for-a-place", next(false)).await?;
    assert_eq!((&asked["place"]["state"], &asked["mails"]), (&json!("ENROLLED"), &dry["mails"]));
    Ok(())
}

/// A leader who cannot come on the days of the cohort goes on in another one.
pub(super) async fn moving(story: &mut Story, hr: &Http, place: &Value) -> Result<()> {
    let other = json!({ "input": { "code": "INTRO-3", "idempotencyKey": "open-INTRO-3" } });
    story.tell(hr, "open-a-cohort", other).await?;
    let key = json!({ "input": { "cohortCode": "INTRO-3", "idempotencyKey": "publish-INTRO-3" } });
    story.tell(hr, "publish-a-cohort", key).await?;
    let there = over(place, json!({ "input": { "cohortCode": "INTRO-3" } }));
    let dry = story.tell(hr, "move-a-leader", there.clone()).await?;
    let real = over(&there, json!({ "input": { "dryRun": false } }));
    let moved = story.tell(hr, "move-a-leader", real).await?;
    assert_eq!(moved["enrolment"]["state"], "INVITED");
    assert_eq!(moved["mails"].as_array().map(Vec::len), dry["mails"].as_array().map(Vec::len));
    Ok(())
}
