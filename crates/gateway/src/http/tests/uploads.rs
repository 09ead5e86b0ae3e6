//! Files by the GraphQL multipart request specification.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;

use super::support::{Answer, hooks, schema, send, small};
use crate::http::{Config, router};

const MUTATION: &str = "mutation($files: [Upload!]!) { measure(files: $files) }";

fn form(parts: &[(&str, Option<&str>, &str)]) -> String {
    let mut text = String::new();
    for (name, file, content) in parts {
        let file =
            file.map_or(String::new(), |file| format!("; filename=\"{file}\"\r\nContent-Type: text/csv"));
        text +=
            &format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n");
    }
    text + "--xx--\r\n"
}

async fn upload(router: &axum::Router, header: Option<&str>, parts: &[(&str, Option<&str>, &str)]) -> Answer {
    let mut request = Request::post("/graphql").header("content-type", "multipart/form-data; boundary=xx");
    if let Some(header) = header {
        request = request.header(header, "1");
    }
    send(router, request.body(Body::from(form(parts))).unwrap()).await
}

fn operations(files: &serde_json::Value) -> String {
    json!({ "query": MUTATION, "variables": { "files": files } }).to_string()
}

#[tokio::test]
async fn files_reach_the_resolver() {
    let operations = operations(&json!([null, null]));
    let parts = [
        ("operations", None, operations.as_str()),
        ("map", None, r#"{"0": ["variables.files.0"], "1": ["variables.files.1"]}"#),
        ("0", Some("leaders.csv"), "number;name"),
        ("1", Some("units.csv"), "code"),
    ];
    let answer = upload(&small(), Some("graphql-require-preflight"), &parts).await;
    assert_eq!(answer.json()["data"]["measure"], json!(["leaders.csv 11", "units.csv 4"]));
    assert_eq!(upload(&small(), Some("authorization"), &parts).await.status, 200);
    let foreign = upload(&small(), None, &parts).await;
    assert_eq!((foreign.status.as_u16(), foreign.code().as_str()), (403, "PREFLIGHT_REQUIRED"));
}

#[tokio::test]
async fn forms_that_do_not_fit_together_are_refused() {
    let null = operations(&json!([null]));
    let map = r#"{"0": ["variables.files.0"]}"#;
    let many = r#"{"0": ["variables.files.0","a","a","a","a","a","a","a","a","a","a"]}"#;
    let batch = format!("[{null}]");
    let filled = operations(&json!(["x"]));
    for (parts, says) in [
        (vec![("map", None, map), ("operations", None, &null)], "lacks `operations`"),
        (vec![("operations", None, null.as_str())], "lacks `map`"),
        (vec![("operations", None, &null), ("map", None, "[]")], "`map` must be"),
        (vec![("operations", None, &null), ("map", None, map)], "`0` of `map` is missing"),
        (
            vec![("operations", None, &null), ("map", None, map), ("1", Some("a"), "")],
            "does not stand in `map`",
        ),
        (
            vec![("operations", None, &filled), ("map", None, map), ("0", Some("a"), "")],
            "must lead to a variable",
        ),
        (vec![("operations", None, &batch), ("map", None, map)], "one operation at a time"),
        (vec![("operations", None, &null), ("map", None, many)], "At most 10 files"),
    ] {
        let answer = upload(&small(), Some("graphql-require-preflight"), &parts).await;
        assert_eq!(answer.status, 400, "{says}");
        assert!(answer.message().contains(says), "{says}: {}", answer.message());
    }
}

#[tokio::test]
async fn a_file_above_the_limit_is_413() {
    let config = Config { upload_bytes: 2_000, ..Config::default() };
    let router = router(schema(), &config, &hooks());
    let operations = operations(&json!([null]));
    let content = "x".repeat(3_000);
    let parts = [
        ("operations", None, operations.as_str()),
        ("map", None, r#"{"0": ["variables.files.0"]}"#),
        ("0", Some("leaders.csv"), content.as_str()),
    ];
    assert_eq!(upload(&router, Some("authorization"), &parts).await.status, 413);
}
