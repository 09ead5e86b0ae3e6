//! What holds for the whole gateway.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_app::access::Coordinator;
use varde_persistence::Engine;
use varde_testkit::{harness::Harness, http::Http};

pub(crate) const CREATE: &str = "mutation ($code: String!, $days: [GatheringInput!]!, $coordinators: [ID!]) {
    createCohort(input: { programme: \"onboarding\", code: $code, gatherings: $days, coordinators: $coordinators }) { cohort { id } errors { code message } } }";

const NESTED: &str = "query { cohorts(first: 10) { nodes { code programmeTitle coordinators { displayName } seatsTaken waitingCount
    gatherings { title attendance { presence enrolment { id } } replies { coming } }
    enrolments(first: 10) { nodes { state placeInLine person { displayName } cohort { code } } } } } }";

/// Statements that the nested query takes with what is there now.
async fn statements(varde: &Harness) -> Result<u64> {
    let hr = varde.coordinator().await?;
    // The first call fills the cache of sign-ins.
    varde.ask(&hr, NESTED, json!({})).await?;
    Ok(counted(varde, &hr, NESTED, json!({})).await?.0)
}

/// The statements that a query takes, and its answer.
async fn counted(varde: &Harness, hr: &Http, query: &str, variables: Value) -> Result<(u64, Value)> {
    let before = varde.app.store().statements();
    let answer = varde.ask(hr, query, variables).await?;
    Ok((varde.app.store().statements() - before, answer))
}

/// On one thread, so that a batch is never cut in two by another thread that is quicker.
#[tokio::test]
async fn a_nested_query_takes_as_many_statements_for_many_rows_as_for_few() -> Result<()> {
    nested(Engine::Sqlite).await?;
    nested(Engine::Postgres).await
}

async fn nested(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
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
    let admin = varde.sign_in("administrator@fjordheim.example").await?;
    let mut both = Vec::new();
    for client in [&hr, &admin] {
        both.push(varde.ask(client, "{ viewer { id } }", json!({})).await?["viewer"]["id"].clone());
    }
    for code in ["B", "C", "D", "E"] {
        varde.ask(&hr, CREATE, json!({ "code": code, "days": days(9), "coordinators": both })).await?;
    }
    varde_app::proposals::propose_new_leaders(&varde.ctx(), &Coordinator::system(varde.org), false).await?;
    let many = statements(&varde).await?;
    assert!(few > 0);
    assert_eq!(few, many);
    Ok(())
}

#[tokio::test]
async fn nodes_take_as_many_statements_for_many_ids_as_for_one_of_each_kind() -> Result<()> {
    of_nodes(Engine::Sqlite).await?;
    of_nodes(Engine::Postgres).await
}

async fn of_nodes(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    for code in ["A", "B", "C"] {
        let days = json!([{ "date": "2027-02-01" }, { "date": "2027-02-02" }]);
        varde.ask(&varde.coordinator().await?, CREATE, json!({ "code": code, "days": days })).await?;
    }
    varde_app::proposals::propose_new_leaders(&varde.ctx(), &Coordinator::system(varde.org), false).await?;
    let admin = varde.sign_in("administrator@fjordheim.example").await?;
    let all =
        "{ cohorts { nodes { id gatherings { id } enrolments(first: 5) { nodes { id person { id } } } } }
        units(first: 20) { nodes { id } } reminderPolicies { nodes { id } } accounts { nodes { id } } }";
    let all = varde.ask(&admin, all, json!({})).await?;
    let mut kinds: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for cohort in all["cohorts"]["nodes"].as_array().context("cohorts")? {
        kinds.entry("Cohort").or_default().push(cohort["id"].clone());
        for gathering in cohort["gatherings"].as_array().context("gatherings")? {
            kinds.entry("Gathering").or_default().push(gathering["id"].clone());
        }
        for place in cohort["enrolments"]["nodes"].as_array().context("enrolments")? {
            kinds.entry("Enrolment").or_default().push(place["id"].clone());
            kinds.entry("Person").or_default().push(place["person"]["id"].clone());
        }
    }
    for (kind, list) in [
        ("Unit", &all["units"]["nodes"]),
        ("ReminderPolicy", &all["reminderPolicies"]["nodes"]),
        ("Account", &all["accounts"]["nodes"]),
    ] {
        let ids = list.as_array().context("nodes")?.iter().map(|node| node["id"].clone());
        kinds.entry(kind).or_default().extend(ids);
    }
    assert!(kinds.len() == 7 && kinds.values().all(|ids| ids.len() > 1), "{kinds:?}");

    let one: Vec<Value> = kinds.values().filter_map(|ids| ids.first().cloned()).collect();
    let mut many: Vec<Value> = kinds.into_values().flatten().take(99).collect();
    many.insert(1, json!("nothing"));
    let nodes = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let (few, _) = counted(&varde, &admin, nodes, json!({ "ids": one })).await?;
    let (as_many, found) = counted(&varde, &admin, nodes, json!({ "ids": many })).await?;
    assert_eq!(few, as_many);
    let expected = many.iter().map(|id| if id == "nothing" { Value::Null } else { json!({ "id": id }) });
    assert_eq!(found["nodes"], expected.collect::<Value>(), "in the order asked");
    Ok(())
}
