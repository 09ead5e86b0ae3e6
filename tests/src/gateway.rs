//! What holds for the whole gateway.

use anyhow::Result;
use serde_json::json;
use sqlx::{Connection, SqliteConnection};
use varde_app::access::Coordinator;
use varde_persistence::Engine;
use varde_testkit::harness::Harness;

const CREATE: &str = "mutation ($code: String!, $days: [GatheringInput!]!) {
    createCohort(input: { programme: \"onboarding\", code: $code, gatherings: $days }) { cohort { id } errors { code message } } }";

const NESTED: &str = "query { cohorts(first: 10) { nodes { code programmeTitle coordinators { displayName } seatsTaken waitingCount
    gatherings { title attendance { presence enrolment { id } } replies { coming } }
    enrolments(first: 10) { nodes { state placeInLine person { displayName } cohort { code } } } } } }";

/// Statements that the nested query takes with what is there now.
async fn statements(varde: &Harness) -> Result<u64> {
    let hr = varde.coordinator().await?;
    // The first call fills the cache of sign-ins.
    varde.ask(&hr, NESTED, json!({})).await?;
    let before = varde.app.store().statements();
    varde.ask(&hr, NESTED, json!({})).await?;
    Ok(varde.app.store().statements() - before)
}

/// On one thread, so that a batch is never cut in two by another thread that is quicker.
#[tokio::test]
async fn a_nested_query_takes_as_many_statements_for_many_rows_as_for_few() -> Result<()> {
    let varde = Harness::fjordheim(Engine::Sqlite).await?;
    let hr = varde.coordinator().await?;
    let days = |n: u32| {
        json!(
            (1..=n)
                .map(|day| json!({ "date": format!("2027-02-{day:02}"), "title": "Dag" }))
                .collect::<Vec<_>>()
        )
    };
    varde.ask(&hr, CREATE, json!({ "code": "A", "days": days(1) })).await?;
    varde_app::proposals::propose_new_leaders(&varde.ctx(), &Coordinator::system(varde.org), false).await?;
    let few = statements(&varde).await?;
    for code in ["B", "C", "D", "E"] {
        varde.ask(&hr, CREATE, json!({ "code": code, "days": days(9) })).await?;
    }
    varde_app::proposals::propose_new_leaders(&varde.ctx(), &Coordinator::system(varde.org), false).await?;
    let many = statements(&varde).await?;
    assert!(few > 0);
    assert_eq!(few, many);
    Ok(())
}

/// A fault is told by an id alone: what the database said stays in the log.
#[tokio::test(flavor = "multi_thread")]
async fn internal_text_never_reaches_a_response() -> Result<()> {
    let varde = Harness::fjordheim(Engine::Sqlite).await?;
    let hr = varde.coordinator().await?;
    varde.ask(&hr, CREATE, json!({ "code": "A", "days": [{ "date": "2027-02-01" }] })).await?;
    let mut database = SqliteConnection::connect(&varde.database_url).await?;
    sqlx::query("ALTER TABLE gathering RENAME TO gathering_gone").execute(&mut database).await?;
    let reply = hr
        .graphql("query { cohorts { nodes { code gatherings { title } } } newLeaders { level } }", json!({}))
        .await?;
    let create = hr.graphql(CREATE, json!({ "code": "X", "days": [{ "date": "2027-02-01" }] })).await?;
    for reply in [reply, create] {
        let body = reply.body.to_string();
        assert!(!reply.body["errors"].as_array().is_none_or(Vec::is_empty), "{body}");
        for inside in ["no such table", "SELECT", "sqlx", "sea_orm", "DbErr", "gathering_gone", ".rs"] {
            assert!(!body.contains(inside), "{inside} in {body}");
        }
        assert!(reply.body["errors"][0]["extensions"]["code"] == "INTERNAL", "{body}");
    }
    Ok(())
}
