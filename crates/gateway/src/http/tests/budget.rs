//! What an operation may really take, however little it seemed to.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;

use super::support::{ask, hooks, post, schema_within};
use crate::http::limits::Limits;
use crate::http::{Config, router};

/// 2 people, 60 friends, 1,800 of theirs: 3,725 fields and items.
const MANY: &str = "{ people { friends { friends { name } } } }";

/// A thirtyfold of that.
const TOO_MANY: &str = "{ people { friends { friends { friends { name } } } } }";

fn within(limits: Limits, timeout: Duration) -> Router {
    router(schema_within(&limits), &Config { limits, timeout, ..Config::default() }, &hooks())
}

const LONG: Duration = Duration::from_secs(60);

#[tokio::test]
async fn an_operation_past_the_budget_is_stopped_with_one_readable_refusal() {
    let router = within(Limits::default(), LONG);
    let answer = ask(&router, MANY).await;
    assert_eq!(answer["data"]["people"][1]["friends"][29]["friends"][29]["name"], "Kari");
    let body = serde_json::json!({ "query": TOO_MANY }).to_string();
    let refused = post(&router, body, &[]).await;
    assert_eq!(refused.code(), "LIMIT_EXCEEDED");
    assert!(
        refused.message().starts_with("The answer would have more than 100000 fields."),
        "{}",
        refused.text
    );
    let refused = refused.json();
    assert_eq!(refused["errors"].as_array().unwrap().len(), 1);
    assert!(refused.get("data").is_none());
    assert_eq!(refused["extensions"]["cost"]["complexity"], 11_111);

    let narrow = within(Limits { answer_bytes: 16_000, ..Limits::default() }, LONG);
    assert!(ask(&narrow, "{ people { friends { name } } }").await["data"]["people"].is_array());
    let refused = ask(&narrow, MANY).await;
    assert!(refused["errors"][0]["message"].as_str().unwrap().contains("more than 16000 bytes"), "{refused}");
    let refused = ask(&narrow, "{ long }").await;
    assert!(refused["errors"][0]["message"].as_str().unwrap().contains("more than 16000 bytes"), "{refused}");
}

#[tokio::test]
async fn others_get_a_turn_while_a_long_answer_is_made() {
    let turns = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&turns);
    tokio::spawn(async move {
        loop {
            counted.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
        }
    });
    ask(&within(Limits::default(), LONG), MANY).await;
    let turns = turns.load(Ordering::Relaxed);
    assert!(turns >= 3, "one a thousand fields, not {turns}");
}

#[tokio::test]
async fn the_timeout_holds_for_resolvers_that_wait_for_nothing() {
    let limits = Limits {
        answered_fields: 100_000_000,
        answer_bytes: usize::MAX,
        complexity: 10_000_000,
        ..Limits::default()
    };
    let router = within(limits, Duration::from_millis(200));
    let endless = "{ people { friends { friends { friends { friends { friends { name } } } } } } }";
    let body = serde_json::json!({ "query": endless }).to_string();
    let refused = post(&router, body, &[]).await;
    assert_eq!((refused.status.as_u16(), refused.code().as_str()), (503, "TIMEOUT"), "{}", refused.text);
}
