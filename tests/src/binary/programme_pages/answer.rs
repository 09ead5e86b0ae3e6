//! Answers: taken up by later steps, and as a page shows them.

use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Timelike as _};
use serde_json::{Value, json};

/// Longer lists are cut on the page.
const SHOWN: usize = 3;

/// Variables in which `$2/nodes/0/id` stands for what answer 2 holds there.
pub(super) fn fill(with: &Value, answers: &[Value]) -> Result<Value> {
    Ok(match with {
        Value::String(text) if text.starts_with('$') => {
            let (step, pointer) = text[1..].split_once('/').with_context(|| text.clone())?;
            let step: usize = step.parse().with_context(|| text.clone())?;
            let answer = step.checked_sub(1).and_then(|at| answers.get(at)).with_context(|| text.clone())?;
            answer.pointer(&format!("/{pointer}")).with_context(|| format!("{text} in {answer}"))?.clone()
        }
        Value::Array(items) => {
            items.iter().map(|item| fill(item, answers)).collect::<Result<Vec<_>>>()?.into()
        }
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| Ok((key.clone(), fill(value, answers)?)));
            Value::Object(fields.collect::<Result<_>>()?)
        }
        other => other.clone(),
    })
}

/// An answer as the page shows it: what differs from demo to demo is an ellipsis, long lists are cut, and neither the way
/// to the next page nor an empty list of errors is mentioned.
pub(super) fn shown(answer: Value) -> Value {
    match answer {
        Value::String(text) if differs(&text) => json!("…"),
        Value::Array(items) => {
            let more = items.len().saturating_sub(SHOWN);
            let mut items: Vec<Value> = items.into_iter().take(SHOWN).map(shown).collect();
            if more > 0 {
                items.push(json!(format!("… {more} more")));
            }
            items.into()
        }
        Value::Object(fields) => {
            let said = fields.into_iter().filter(|(key, _)| !["errors", "pageInfo"].contains(&key.as_str()));
            Value::Object(said.map(|(key, value)| (key, shown(value))).collect())
        }
        other => other,
    }
}

/// Ids, codes that open something, and moments at which somebody pressed a button.
fn differs(text: &str) -> bool {
    let id = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let id = id.is_some_and(|id| id.contains(':') && id.len() > 36);
    let pressed = DateTime::parse_from_rfc3339(text).is_ok_and(|at| at.second() != 0 || at.nanosecond() != 0);
    id || pressed || text.starts_with("http://127.0.0.1")
}
