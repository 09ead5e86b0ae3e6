//! No list runs a statement for each of its rows: every connection of the schema is asked for a few rows and for many,
//! with every object that its rows lead to.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{DECEMBER, Harness},
    http::Http,
};

use super::{library, over, schema::Schema};

const FEW: usize = 2;
const MANY: usize = 12;

/// On one thread, so that a batch is never cut in two by another thread that is quicker.
#[tokio::test]
async fn no_connection_takes_more_statements_for_many_rows_than_for_few() -> Result<()> {
    let varde = house().await?;
    let admin = varde.sign_in("administrator@fjordheim.example").await?;
    let schema = Schema::of(&varde.http).await?;
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    let mut growing = Vec::new();
    for field in schema.find("Query")?.fields.iter().filter(|field| field.paged && field.asks.is_empty()) {
        for nested in selections(&schema, &node_of(&schema, &field.gives)?, 2)? {
            let ask =
                |first: usize| format!("{{ {}(first: {first}) {{ nodes {{ {nested} }} }} }}", field.name);
            let (few, _) = counted(&varde, &admin, &ask(FEW)).await?;
            let (many, found) = counted(&varde, &admin, &ask(MANY)).await?;
            let found = found[&field.name]["nodes"].as_array().map_or(0, Vec::len);
            rows.insert(&field.name, found);
            // What a few lack altogether, such as an answer, may ask once more for many; a row for each does not.
            if many > few && many - few >= found.saturating_sub(FEW).min(3) as u64 {
                growing.push(format!("{few} -> {many} for {found}: {} {{ {nested} }}", field.name));
            }
        }
    }
    assert!(growing.is_empty(), "{}", growing.join("\n"));
    // Of programmes there are three yet.
    rows.remove("programmes");
    let scarce: Vec<_> = rows.iter().filter(|(_, rows)| **rows < FEW + 3).collect();
    assert!(scarce.is_empty(), "too few rows to tell: {scarce:?}");
    Ok(())
}

/// The type of the nodes of a connection.
fn node_of(schema: &Schema, connection: &str) -> Result<String> {
    let fields = &schema.find(connection)?.fields;
    Ok(fields.iter().find(|field| field.name == "nodes").context("nodes")?.gives.clone())
}

/// What an object tells of itself, and then each object that it leads to, so many levels down.
fn selections(schema: &Schema, object: &str, levels: usize) -> Result<Vec<String>> {
    let fields = &schema.find(object)?.fields;
    let asked = fields.iter().filter(|field| field.asks.is_empty());
    let (mut leaves, mut nested) = (vec!["__typename".to_owned()], Vec::new());
    for field in asked {
        if schema.is_leaf(&field.gives)? {
            leaves.push(field.name.clone());
        } else if levels > 0 && schema.objects(&field.gives)? == [field.gives.clone()] {
            let (object, open, close) = if field.paged {
                (node_of(schema, &field.gives)?, "(first: 3) { nodes {", "} }")
            } else {
                (field.gives.clone(), "{", "}")
            };
            for inner in selections(schema, &object, levels - 1)? {
                nested.push(format!("{} {open} {inner} {close}", field.name));
            }
        }
    }
    Ok(std::iter::once(leaves.join(" ")).chain(nested).collect())
}

/// The statements that a query takes once the cache of sign-ins is warm, and its answer.
async fn counted(varde: &Harness, client: &Http, query: &str) -> Result<(u64, Value)> {
    let before = varde.app.store().statements();
    let answer = varde.ask(client, query, json!({})).await.with_context(|| query.to_owned())?;
    Ok((varde.app.store().statements() - before, answer))
}

/// A trust in which every connection has rows.
async fn house() -> Result<Harness> {
    let varde = Harness::fjordheim(Engine::Sqlite).await?;
    let library = library()?;
    let admin = varde.sign_in("administrator@fjordheim.example").await?;
    // Before there is a cohort that the new leaders of December are proposed to; the later ones change nothing.
    for _ in 0..4 {
        varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    }
    let token = &library["create-a-service-token"];
    let open = &library["open-a-cohort"];
    for number in 3..=8 {
        let own = json!({ "input": { "name": format!("Power BI {number}") } });
        varde.ask(&admin, &token.document, over(&token.variables, own)).await?;
        let own =
            json!({ "input": { "code": format!("INTRO-{number}"), "capacity": 1, "idempotencyKey": null } });
        varde.ask(&admin, &open.document, over(&open.variables, own)).await?;
    }
    // One leader for each.
    let right = varde_app::access::Coordinator::system(varde.org);
    varde_app::proposals::propose_new_leaders(&varde.ctx(), &right, false).await?;
    for leader in ["10015", "10036", "10005"] {
        varde.sign_in_person(leader).await?;
    }
    crate::pages::open(&varde, varde.org, "fjordheim", 3, &["10015", "10036"]).await?;
    varde.run_due().await?;
    for mail in varde.mails() {
        if let Some(link) = mail.link() {
            varde.http.submit(&link, &[("act", "accept")]).await?;
        }
    }
    varde.run_due().await?;
    Ok(varde)
}
