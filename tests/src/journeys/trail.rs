//! What the audit trail tells somebody who asks months later: who did what, from what to what.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_app::{
    access::Coordinator,
    cohorts::{self, CohortEdit, GatheringEdit},
};
use varde_persistence::Engine;
use varde_testkit::harness::Harness;

use super::changes::accepted;

const TRAIL: &str = "query ($subject: ID) { auditEvents(subjectId: $subject, first: 100) { nodes {
    action actorKind actorId actorName subjectId subjectName detail } } }";

/// The latest entry of an action.
async fn latest(varde: &Harness, action: &str) -> Result<Value> {
    let hr = varde.coordinator().await?;
    let found = varde.ask(&hr, TRAIL, json!({})).await?["auditEvents"]["nodes"].clone();
    let found = found.as_array().context("nodes")?.iter().find(|entry| entry["action"] == action).cloned();
    found.with_context(|| format!("no entry of {action}"))
}

async fn from_what_to_what(engine: Engine) -> Result<()> {
    let (varde, cohort) = accepted(engine).await?;
    let right = Coordinator::system(varde.org);
    let told = varde.new_mails();
    let day = cohorts::gatherings_of(&varde.ctx(), &right, &[cohort.id]).await?.remove(1);
    let edit = GatheringEdit {
        date: Some("2027-02-10".parse()?),
        room: Some("Møterom 7".to_owned()),
        link: Some("https://mote.fjordheim.example/hemmelig".to_owned()),
        ..GatheringEdit::default()
    };
    cohorts::edit_gathering(&varde.ctx(), &right, day.id, &edit).await?;
    let moved = latest(&varde, "gathering.edit").await?;
    let expected = json!({
        "cohort": "NYL-2027-V",
        "changed": {
            "date": { "from": "2027-02-03", "to": "2027-02-10" },
            "room": { "from": "Auditoriet", "to": "Møterom 7" },
            "link": true,
        },
    });
    assert_eq!(moved["detail"], expected, "{engine:?}");
    assert_eq!(moved["subjectName"], "Drift, økonomi og bemanning");

    let edit = CohortEdit { capacity: Some(9), ..CohortEdit::default() };
    cohorts::edit(&varde.ctx(), &right, cohort.id, &edit).await?;
    let edited = latest(&varde, "cohort.edit").await?;
    assert_eq!(edited["detail"]["changed"], json!({ "capacity": { "from": 3, "to": 9 } }));
    assert_eq!(edited["subjectName"], "NYL-2027-V");

    // Somebody gives the seat back by the link in her mail: the trail says that it was herself.
    let mail = told.iter().find(|mail| mail.calendar.is_none()).context("the confirmation")?;
    let link = mail.link().context("link")?;
    assert_eq!(varde.http.submit(&link, &[("act", "withdraw")]).await?.status(), 303);
    let left = latest(&varde, "enrolment.change").await?;
    assert_eq!((&left["detail"]["from"], &left["detail"]["to"]), (&json!("enrolled"), &json!("withdrawn")));
    assert_eq!((&left["actorKind"], &left["detail"]["cohort"]), (&json!("person"), &json!("NYL-2027-V")));
    let hr = varde.coordinator().await?;
    let who = varde
        .ask(
            &hr,
            "query ($id: ID!) { node(id: $id) { ... on Person { displayName email } } }",
            json!({ "id": left["actorId"] }),
        )
        .await?;
    assert_eq!(who["node"]["email"], json!(mail.to), "{engine:?}");
    assert_eq!(
        (&left["actorName"], &left["subjectName"]),
        (&who["node"]["displayName"], &who["node"]["displayName"])
    );
    Ok(())
}

/// Only what was asked for: one action, or whatever was done to one kind of thing; counted alike.
async fn by_action(engine: Engine) -> Result<()> {
    const BY_ACTION: &str = "query ($actions: [String!], $after: String) {
        auditEvents(actions: $actions, first: 2, after: $after) {
            totalCount pageInfo { hasNextPage endCursor } nodes { action } } }";
    let (varde, cohort) = accepted(engine).await?;
    let right = Coordinator::system(varde.org);
    let edit = CohortEdit { capacity: Some(9), ..CohortEdit::default() };
    cohorts::edit(&varde.ctx(), &right, cohort.id, &edit).await?;
    let hr = varde.coordinator().await?;
    let asked = async |actions: &[&str]| -> Result<(Value, Vec<String>)> {
        let (mut found, mut after) = (Vec::new(), Value::Null);
        loop {
            let variables = json!({ "actions": actions, "after": after });
            let page = varde.ask(&hr, BY_ACTION, variables).await?["auditEvents"].clone();
            for node in page["nodes"].as_array().context("nodes")? {
                found.push(node["action"].as_str().unwrap_or_default().to_owned());
            }
            if page["pageInfo"]["hasNextPage"] == false {
                return Ok((page["totalCount"].clone(), found));
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
    };
    assert_eq!(asked(&["cohort.edit"]).await?, (json!(1), vec!["cohort.edit".to_owned()]), "{engine:?}");
    let (total, cohort) = asked(&["cohort"]).await?;
    assert_eq!(
        (total, &cohort[..]),
        (json!(3), &["cohort.edit", "cohort.publish", "cohort.create"].map(str::to_owned)[..])
    );
    let (_, both) = asked(&["cohort.edit", "enrolment.change"]).await?;
    assert!(both.len() > 3 && both.iter().all(|action| action != "cohort.publish"), "{both:?}");
    assert_eq!(asked(&["cohor"]).await?.0, json!(0), "no part of a word");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trail_tells_who_changed_what_from_what_to_what_on_sqlite() -> Result<()> {
    from_what_to_what(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trail_tells_who_changed_what_from_what_to_what_on_postgresql() -> Result<()> {
    from_what_to_what(Engine::Postgres).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trail_can_be_asked_for_certain_actions_on_sqlite() -> Result<()> {
    by_action(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trail_can_be_asked_for_certain_actions_on_postgresql() -> Result<()> {
    by_action(Engine::Postgres).await
}
