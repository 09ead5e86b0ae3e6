//! What a completed cohort leaves behind, and how those fare who try the role out.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Story;

/// Certificates, credits and the record of whoever was there all the time.
pub(super) async fn what_is_left(story: &mut Story) -> Result<()> {
    let hr = story.varde.coordinator().await?;
    let administrator = story.varde.sign_in("administrator@fjordheim.example").await?;
    story.tell(&administrator, "set-the-trusts-logo", json!({})).await?;
    let logo = story.tell(&hr, "see-the-trusts-logo", json!({})).await?;
    assert_eq!(logo["mediaType"], "image/png");

    let found = story.tell(&hr, "find-a-cohort", json!({})).await?;
    let before = story.tell(&hr, "see-who-completed", json!({})).await?;
    let takes_part = |place: &&Value| place["state"] == "NOT_COMPLETED" || place["state"] == "COMPLETED";
    let own = before["enrolments"]["nodes"].as_array().context("nodes")?.iter().find(takes_part);
    let own = own.context("somebody with a seat")?["person"]["employeeNumber"].clone();
    let roster = story.tell(&hr, "see-the-roster", json!({})).await?;
    let mut everyone = roster["members"].as_array().context("members")?.iter();
    let days = everyone.find(|one| one["person"]["employeeNumber"] == own).context("member")?["days"].clone();
    let was_there = |day: &Value| {
        let mut days = days.as_array().into_iter().flatten();
        days.any(|one| one["gatheringId"] == day["id"] && one["presence"] == "PRESENT")
    };
    let days = found["gatherings"].as_array().context("gatherings")?.iter();
    for day in days.filter(|day| day["cancelled"] == false && !was_there(day)) {
        let there = json!([{ "employeeNumber": own, "presence": "PRESENT" }]);
        let there =
            json!({ "input": { "gatheringId": day["id"], "records": there, "idempotencyKey": null } });
        story.tell(&hr, "correct-attendance-after-closing", there).await?;
    }
    let after = story.tell(&hr, "see-who-completed", json!({})).await?;
    let nodes = after["enrolments"]["nodes"].as_array().context("nodes")?;
    let place = nodes.iter().find(|place| place["person"]["employeeNumber"] == own).context("the place")?;
    let code = place["certificate"]["code"].clone();
    assert!(code.is_string(), "{place}");

    let given = json!({ "input": { "records": [{ "employeeNumber": own, "ects": 7.5 }] } });
    let given = story.tell(&hr, "record-credits", given).await?;
    assert_eq!(given["enrolments"][0]["ects"], 7.5);
    let by_code = json!({ "code": code });
    let file = story.tell(&hr, "fetch-a-certificate", by_code.clone()).await?;
    assert_eq!(file["mediaType"], "application/pdf");
    let checked = story.tell(&hr, "check-a-certificate", by_code.clone()).await?;
    assert_eq!((&checked["code"], &checked["ects"]), (&code, &json!(7.5)));
    let whose = json!({ "employeeNumber": own });
    let seen = story.tell(&hr, "see-a-record", whose.clone()).await?;
    assert_eq!(seen["places"][0]["certificate"]["code"], code);
    story.tell(&hr, "fetch-a-record", whose).await?;

    let mine = story.varde.sign_in_person(own.as_str().context("number")?).await?;
    assert_eq!(story.tell(&mine, "my-certificates", json!({})).await?[0]["code"], code);
    assert_eq!(story.tell(&mine, "fetch-my-certificate", by_code).await?["content"], file["content"]);
    assert_eq!(story.tell(&mine, "my-record", json!({})).await?, seen);
    story.tell(&mine, "fetch-my-record", json!({})).await?;
    Ok(())
}

/// Practice tasks and supporters, in a small cohort of the mobilisation programme.
pub(super) async fn trying_the_role_out(story: &mut Story) -> Result<()> {
    let hr = story.varde.coordinator().await?;
    let open = "mutation { createCohort(input: { programme: \"mobilisation\", code: \"MOB-2\",
        gatherings: [{ date: \"2027-09-15\" }] }) { cohort { id } errors { code message path } } }";
    let cohort = story.varde.ask(&hr, open, json!({})).await?["createCohort"]["cohort"]["id"].take();
    let enrol = "mutation ($id: ID!) {
        enrolLeaders(input: { cohortId: $id, employeeNumbers: [\"10009\"], reason: \"Avtalt\" }) { errors { code message path } }
        publishCohort(input: { cohortId: $id }) { errors { code message path } } }";
    story.varde.ask(&hr, enrol, json!({ "id": cohort })).await?;
    let place = "{ cohort(code: \"MOB-2\") { enrolments { nodes { id } } } }";
    let place =
        story.varde.ask(&hr, place, json!({})).await?["cohort"]["enrolments"]["nodes"][0]["id"].take();
    let accept = "mutation ($id: ID!) { changeEnrolment(input: { enrolmentId: $id, change: ACCEPT_FOR }) {
        errors { code message path } } }";
    story.varde.ask(&hr, accept, json!({ "id": place })).await?;
    let assigned = story.tell(&hr, "assign-a-supporter", json!({})).await?;
    assert_eq!(assigned["mails"].as_array().map(Vec::len), Some(2), "{assigned}");

    story.move_to("2027-09-15T16:00:00Z").await?;
    let mine = story.varde.sign_in_person("10009").await?;
    let tasks = story.tell(&mine, "my-practice-tasks", json!({})).await?;
    assert_eq!((&tasks[0]["task"], &tasks[0]["done"]), (&json!("follow_a_leader"), &json!(false)));
    let told = json!({ "input": { "enrolmentId": tasks[0]["enrolmentId"] } });
    let told = story.tell(&mine, "tell-that-i-practised", told).await?;
    assert_eq!(told["tasks"][0]["done"], true);
    let hr = story.varde.coordinator().await?;
    let outcome = story.tell(&hr, "see-what-became-of-them", json!({})).await?;
    assert_eq!(outcome, json!([]), "none was completed yet");
    Ok(())
}
