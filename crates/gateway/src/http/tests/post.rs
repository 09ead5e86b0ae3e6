//! What the handler adds to the specification: who asks, limits, cost, faults.

use std::time::Duration;

use serde_json::json;

use super::support::{ask, get, hooks, post, schema, small};
use crate::http::{Config, router};

fn body(document: &str) -> String {
    json!({ "query": document }).to_string()
}

#[tokio::test]
async fn the_token_says_who_asks_and_a_bad_one_is_401() {
    let router = small();
    assert_eq!(post(&router, body("{ viewer }"), &[]).await.json()["data"]["viewer"], json!(null));
    let anna = post(&router, body("{ viewer }"), &[("authorization", "Bearer anna")]).await;
    assert_eq!(anna.json()["data"]["viewer"], "anna");
    let bad = post(&router, body("{ viewer }"), &[("authorization", "Bearer bad")]).await;
    assert_eq!((bad.status.as_u16(), bad.code().as_str()), (401, "UNAUTHENTICATED"));
    assert!(bad.header("www-authenticate").starts_with("Bearer "));
    assert_eq!(bad.message(), "The token has run out. Sign in again.");
    let limited = post(&router, body("{ viewer }"), &[("authorization", "Bearer limited")]).await;
    assert_eq!((limited.status.as_u16(), limited.header("retry-after")), (429, "7"));
}

#[tokio::test]
async fn credentials_that_have_run_out_do_not_keep_anyone_from_renewing_them() {
    let bad = [("authorization", "Bearer bad")];
    let router = small();
    for document in [
        "mutation { touch }",
        "mutation { a: touch ...M } fragment M on Mutation { ... { touch } }",
        "query Q { viewer } mutation M { touch }",
    ] {
        let body = json!({ "query": document, "operationName": document.contains("query Q").then_some("M") });
        let answer = post(&router, body.to_string(), &bad).await;
        assert_eq!(answer.json()["data"]["touch"], true, "{document}: {}", answer.text);
    }
    for document in [
        "{ viewer }",
        "mutation { touch measure(files: []) }",
        "mutation { touch ...M } fragment M on Mutation { measure(files: []) }",
    ] {
        assert_eq!(post(&router, body(document), &bad).await.status.as_u16(), 401, "{document}");
    }
    assert_eq!(
        post(&router, body("mutation { touch }"), &[("authorization", "Bearer limited")]).await.status,
        429
    );
}

#[tokio::test]
async fn fields_come_in_the_order_asked() {
    let router = small();
    for (document, data) in [
        ("{ number(value: 1) viewer hello }", r#"{"number":1,"viewer":null,"hello":"Hello, you!"}"#),
        (
            "{ ...F viewer people { a: name ... on Person { friend { b: name name } } } hello } fragment F on Query { hello }",
            r#"{"hello":"Hello, you!","viewer":null,"people":[{"a":"Kari","friend":{"b":"Kari","name":"Kari"}},{"a":"Kari","friend":{"b":"Kari","name":"Kari"}}]}"#,
        ),
        (
            "{ person { friend { name } nickname name } refuses }",
            r#"{"person":{"friend":{"name":"Kari"},"nickname":null,"name":"Kari"},"refuses":null}"#,
        ),
        (
            "{ __type(name: \"Person\") { kind name __typename } }",
            r#"{"__type":{"kind":"OBJECT","name":"Person","__typename":"__Type"}}"#,
        ),
    ] {
        let text = super::support::ask_text(&router, document).await;
        assert!(text.contains(&format!(r#""data":{data}"#)), "{document}: {text}");
    }
}

#[tokio::test]
async fn a_refusal_for_cost_states_the_cost() {
    let answer =
        post(&small(), body("{ people { friends { friends { friends { friends { name } } } } } }"), &[])
            .await;
    assert_eq!(answer.code(), "LIMIT_EXCEEDED");
    let cost = &answer.json()["extensions"]["cost"];
    assert_eq!(
        (&cost["complexity"], &cost["complexityLimit"]),
        (&json!(111_111), &json!(20_000)),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn every_answer_tells_its_cost_and_request_id() {
    let router = small();
    let answer = post(&router, body("{ hello a: hello }"), &[("x-request-id", "abc-1")]).await;
    let json = answer.json();
    assert_eq!(json["extensions"]["cost"]["complexity"], 2);
    assert_eq!(json["extensions"]["cost"]["depth"], 1);
    assert_eq!(json["extensions"]["requestId"], "abc-1");
    assert_eq!(answer.header("x-request-id"), "abc-1");
    let refused = ask(&router, "{ unknown }").await;
    assert_eq!(refused["extensions"]["cost"]["complexity"], 1);
    let drawn = post(&router, body("{ requestId }"), &[("x-request-id", "no good: \"")]).await;
    assert_eq!(drawn.json()["data"]["requestId"], drawn.header("x-request-id"));
    assert!(uuid::Uuid::parse_str(drawn.header("x-request-id")).is_ok());
}

#[tokio::test]
async fn a_fault_is_told_by_its_id_only() {
    let answer = post(&small(), body("{ hello fails }"), &[("x-request-id", "abc-2")]).await;
    assert!(!answer.text.contains("secret"), "{}", answer.text);
    assert_eq!(answer.code(), "INTERNAL");
    assert!(answer.message().contains("abc-2"));
    assert_eq!(answer.json()["data"]["hello"], "Hello, you!");
}

#[tokio::test]
async fn a_panic_is_answered_as_a_fault() {
    let answer = post(&small(), body("{ panics }"), &[("x-request-id", "abc-3")]).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (500, "INTERNAL"));
    assert!(!answer.text.contains("secret") && answer.message().contains("abc-3"), "{}", answer.text);
}

#[tokio::test]
async fn bodies_above_the_limit_are_413() {
    let config = Config { body_bytes: 1_000, ..Config::default() };
    let router = router(schema(), &config, &hooks());
    let small = post(&router, body("{ hello }"), &[]).await;
    assert_eq!(small.status, 200);
    let large = body(&format!("{{ hello }} #{}", " ".repeat(1_000)));
    let answer = post(&router, large.clone(), &[]).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (413, "PAYLOAD_TOO_LARGE"));
    // Without a length in front, the body is counted as it comes.
    let chunks: Vec<Result<Vec<u8>, std::io::Error>> =
        large.into_bytes().chunks(100).map(|c| Ok(c.to_vec())).collect();
    let streamed = axum::body::Body::from_stream(futures_util::stream::iter(chunks));
    assert_eq!(post(&router, streamed, &[]).await.status, 413);
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_stopped() {
    let config = Config { timeout: Duration::from_millis(50), ..Config::default() };
    let router = router(schema(), &config, &hooks());
    let answer = post(&router, body("{ slow }"), &[]).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (503, "TIMEOUT"));
    let stuck =
        axum::body::Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
    assert_eq!(post(&router, stuck, &[]).await.code(), "TIMEOUT");
}

#[tokio::test]
async fn hostile_documents_are_refused_before_they_are_validated() {
    let router = small();
    let mut doubling = "{ ...F0 } ".to_owned();
    for level in 0..30 {
        doubling += &format!("fragment F{level} on Query {{ ...F{0} ...F{0} }} ", level + 1);
    }
    doubling += "fragment F30 on Query { hello }";
    let nested = "{a".repeat(20_000);
    let aliases: String = (0..10_000).map(|n| format!("a{n}: hello ")).collect();
    let directives = format!("{{ hello {} }}", "@skip(if: false) ".repeat(10_000));
    for document in [doubling, nested, format!("{{ {aliases} }}"), directives] {
        let answer = post(&router, body(&document), &[]).await;
        assert_eq!(answer.code(), "LIMIT_EXCEEDED", "{}", answer.text);
    }
    let forged = json!({ "query": "mutation($f: [Upload!]!) { measure(files: $f) }",
        "variables": { "f": ["#__graphql_file__:3"] } });
    assert_eq!(post(&router, forged.to_string(), &[]).await.status, 400);
}

#[tokio::test]
async fn the_schema_can_be_asked_for_unless_it_is_turned_off() {
    let text = include_str!("../../../tests/data/introspection.graphql");
    let open = ask(&small(), text).await;
    assert_eq!(open["data"]["__schema"]["queryType"]["name"], "Query");
    let config = Config { introspection: false, ..Config::default() };
    let closed = ask(&router(schema(), &config, &hooks()), text).await;
    assert!(closed["data"]["__schema"].is_null(), "{closed}");
}

#[tokio::test]
async fn someone_who_opens_the_api_in_a_browser_is_led_to_graphiql() {
    let answer = get(&small(), "/graphql", &[("accept", "text/html,application/xhtml+xml,*/*;q=0.8")]).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/graphiql"));
    assert_eq!(get(&small(), "/graphql", &[]).await.status, 400);
}

#[tokio::test]
async fn a_failed_field_is_null_where_it_may_be_and_takes_along_what_may_not() {
    let router = small();
    for (query, data) in [
        ("{ refuses }", json!({ "refuses": null })),
        ("{ person { name n: nickname } }", json!({ "person": { "name": "Kari", "n": null } })),
        ("{ person { nickname } }", json!({ "person": { "nickname": null } })),
        ("{ person { name email } }", json!({ "person": null })),
        ("{ person { nickname email } }", json!({ "person": null })),
        ("{ person { name friend { email } } }", json!({ "person": null })),
        (
            "{ person { friend { ...F } } } fragment F on Person { name nickname }",
            json!({ "person": { "friend": { "name": "Kari", "nickname": null } } }),
        ),
        ("{ people { name email } }", json!({ "people": [null, null] })),
        (
            "{ people { nickname } hello }",
            json!({ "people": [{ "nickname": null }, { "nickname": null }], "hello": "Hello, you!" }),
        ),
        ("{ hello needed { email } }", json!(null)),
    ] {
        let answer = ask(&router, query).await;
        assert_eq!(answer.get("data"), Some(&data), "{query}: {answer}");
        assert!(!answer["errors"].as_array().unwrap().is_empty());
    }
}

#[tokio::test]
async fn variables_may_be_left_out_where_null_or_a_default_will_do() {
    let router = small();
    for (query, hello) in [
        ("query($n: String) { hello(name: $n) }", "Hello, you!"),
        ("query($n: String! = \"Ola\") { hello(name: $n) }", "Hello, Ola!"),
    ] {
        assert_eq!(ask(&router, query).await["data"]["hello"], hello, "{query}");
    }
    let missing = ask(&router, "query($n: String!) { hello(name: $n) }").await;
    assert_eq!(missing["errors"][0]["message"], "Variable \"$n\" of the type \"String!\" is missing.");
}
