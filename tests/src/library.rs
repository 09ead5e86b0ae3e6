//! The library of operations for coordinators, `graphql/operations`: each is executed as it stands, and shut to those
//! whom it is not for.

mod access;
mod operations;
mod retries;
mod rules;
mod schema;
mod socket;
mod statements;
mod watching;

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result};
use serde_json::{Map, Value};
use varde_testkit::{harness::Harness, http::Http};

/// One operation with its example variables.
pub(crate) struct Operation {
    pub(crate) document: String,
    pub(crate) variables: Value,
}

impl Operation {
    pub(crate) fn is(&self, kind: &str) -> bool {
        self.document.lines().any(|line| line.starts_with(kind))
    }

    /// The field at the top; each operation has one.
    pub(crate) fn field(&self) -> &str {
        let line = self.document.lines().skip_while(|line| line.starts_with('#')).nth(1).unwrap_or_default();
        line.trim().split(['(', ' ']).next().unwrap_or_default()
    }
}

/// The examples look at the cohort that the demo begins with; a test has the one that the library opens.
const DEMO_COHORT: &str = "INTRO-1";
const OPENED_COHORT: &str = "INTRO-2";

/// Every operation of the library, by name.
pub(crate) fn library() -> Result<BTreeMap<String, Operation>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../graphql/operations");
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_none_or(|ending| ending != "graphql") {
            continue;
        }
        let name = path.file_stem().context("name")?.to_string_lossy().into_owned();
        let variables = match std::fs::read_to_string(path.with_extension("json")) {
            Ok(text) => serde_json::from_str(&text.replace(DEMO_COHORT, OPENED_COHORT))
                .with_context(|| name.clone())?,
            Err(_) => Value::Object(Map::new()),
        };
        all.insert(name, Operation { document: std::fs::read_to_string(&path)?, variables });
    }
    Ok(all)
}

/// Lays values over the example's.
pub(crate) fn over(example: &Value, with: Value) -> Value {
    match (example, with) {
        (Value::Object(example), Value::Object(with)) => {
            let mut merged = example.clone();
            for (key, value) in with {
                let value = over(merged.get(&key).unwrap_or(&Value::Null), value);
                merged.insert(key, value);
            }
            Value::Object(merged)
        }
        (_, with) => with,
    }
}

/// Waits for the end of longer work, as a script does.
pub(crate) async fn ended(varde: &Harness, client: &Http, document: &str, id: &Value) -> Result<Value> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the work runs behind the call, and is asked how far it is"
    )]
    let mut pace = tokio::time::interval(std::time::Duration::from_millis(50));
    loop {
        pace.tick().await;
        let now = varde.ask(client, document, serde_json::json!({ "id": id })).await?;
        if now["operation"]["state"] != "RUNNING" {
            return Ok(now["operation"].clone());
        }
    }
}
