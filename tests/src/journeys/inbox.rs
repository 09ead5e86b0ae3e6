//! The coordinator's inbox: what needs a hand arises from what people do, the act that is proposed takes it away, and
//! what a coordinator did about it is kept.

mod check_ins;
mod endorser;
mod handling;
mod kinds;
mod outcomes;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use varde_testkit::{harness::Harness, http::Http};

use crate::library::{library, over};

/// The items that need a hand.
async fn open(varde: &Harness, hr: &Http) -> Result<Vec<Value>> {
    items(varde, hr, json!({ "includeSnoozed": false, "includeDone": false })).await
}

/// The items that a filter lets through, of every page.
async fn items(varde: &Harness, hr: &Http, filter: Value) -> Result<Vec<Value>> {
    let (look, mut all, mut after) =
        (&library()?["work-through-the-inbox"].document, Vec::new(), Value::Null);
    loop {
        let page = varde.ask(hr, look, json!({ "filter": filter, "after": after })).await?;
        let page = &page["inbox"];
        all.extend(page["nodes"].as_array().context("nodes")?.iter().cloned());
        if page["pageInfo"]["hasNextPage"] != true {
            ensure!(page["totalCount"] == all.len(), "{page}");
            return Ok(all);
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// The items with a reason.
async fn with(varde: &Harness, hr: &Http, reason: &str) -> Result<Vec<Value>> {
    let mut all = open(varde, hr).await?;
    all.retain(|item| item["reason"] == reason);
    Ok(all)
}

/// The one item with a reason.
pub(super) async fn one(varde: &Harness, hr: &Http, reason: &str) -> Result<Value> {
    let mut found = with(varde, hr, reason).await?;
    ensure!(found.len() == 1, "{reason}: {found:#?}");
    found.pop().context(reason.to_owned())
}

/// Runs what an item proposes, with what has to be filled in; an item that is ready needs nothing. It is gone then.
pub(super) async fn carry_out(varde: &Harness, hr: &Http, item: &Value, fill: Value) -> Result<Value> {
    let act = &item["proposedAct"];
    ensure!(act["ready"] == fill.is_null(), "{item}");
    ensure!(act["text"].as_str().is_some_and(|text| text.ends_with('.')), "{item}");
    let name = act["operation"].as_str().context("operation")?;
    let operation = &library()?;
    let operation = operation.get(name).with_context(|| format!("no operation {name}"))?;
    let variables = if fill.is_null() { act["variables"].clone() } else { over(&act["variables"], fill) };
    let done = varde.ask(hr, &operation.document, variables).await?;
    let left = open(varde, hr).await?;
    ensure!(left.iter().all(|left| left["id"] != item["id"]), "still there: {item}");
    Ok(done)
}

/// What is proposed has its words, and is there to be run.
#[test]
fn every_act_that_is_proposed_is_an_operation_of_the_library() -> Result<()> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let (mut acts, library) = (std::collections::BTreeSet::new(), library()?);
    for file in std::fs::read_dir(format!("{folder}/crates/app/src/inbox"))? {
        let source = std::fs::read_to_string(file?.path())?;
        for call in ["Act::run(", "Act::fill_in("] {
            let named = source.split(call).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
            acts.extend(named.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    ensure!(acts.len() > 10, "{acts:?}");
    for act in &acts {
        ensure!(library.contains_key(act), "no operation {act}");
        let text = varde_app::texts::try_text(varde_model::Locale::Nb, &format!("inbox-act-{act}"));
        ensure!(text.is_some(), "nothing is said of {act}");
    }
    Ok(())
}
