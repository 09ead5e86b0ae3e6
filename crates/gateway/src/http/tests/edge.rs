//! What holds for every route.

use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::json;

use super::support::{get, hooks, post, schema, small};
use crate::http::{Config, Hooks, router};

#[tokio::test]
async fn answers_carry_the_security_headers() {
    for uri in ["/healthz", "/graphql?query=%7Bhello%7D", "/nowhere"] {
        let answer = get(&small(), uri, &[]).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{uri}");
        assert_eq!(answer.header("cache-control"), "no-store", "{uri}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{uri}");
        assert_eq!(answer.header("strict-transport-security"), "", "{uri}");
    }
    let config = Config { https_only: true, ..Config::default() };
    let answer = get(&router(schema(), &config, &hooks()), "/healthz", &[]).await;
    assert!(answer.header("strict-transport-security").starts_with("max-age="));
}

#[tokio::test]
async fn health_and_readiness_are_two_questions() {
    assert_eq!(get(&small(), "/healthz", &[]).await.status, 200);
    let answer = get(&small(), "/readyz", &[]).await;
    assert_eq!(answer.status, 503);
    assert_eq!(answer.json()["reason"], "the database cannot be reached");
    let ready = Hooks { ready: std::sync::Arc::new(|| Box::pin(std::future::ready(Ok(())))), ..hooks() };
    assert_eq!(get(&router(schema(), &Config::default(), &ready), "/readyz", &[]).await.status, 200);
}

#[tokio::test]
async fn big_answers_are_compressed_for_those_who_ask() {
    let body = json!({ "query": "{ long }" }).to_string();
    let answer = post(&small(), body.clone(), &[("accept-encoding", "gzip")]).await;
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert_eq!(post(&small(), body, &[]).await.header("content-encoding"), "");
    let little = json!({ "query": "{ hello }" }).to_string();
    assert_eq!(post(&small(), little, &[("accept-encoding", "gzip")]).await.header("content-encoding"), "");
}

#[tokio::test]
async fn only_named_origins_may_call_from_a_browser() {
    let config =
        Config { allowed_origins: vec!["https://intranett.example".to_owned()], ..Config::default() };
    let router = router(schema(), &config, &hooks());
    let allowed = get(&router, "/healthz", &[("origin", "https://intranett.example")]).await;
    assert_eq!(allowed.header("access-control-allow-origin"), "https://intranett.example");
    let foreign = get(&router, "/healthz", &[("origin", "https://evil.example")]).await;
    assert_eq!(foreign.header("access-control-allow-origin"), "");
}

#[test]
fn operations_are_counted_by_known_names_only() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    let config = Config { known_operations: vec!["Greet".to_owned()], ..Config::default() };
    let router = router(schema(), &config, &Hooks { metrics: Some(handle), ..hooks() });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let text = metrics::with_local_recorder(&recorder, || {
        runtime.block_on(async {
            for name in ["Greet", "Made_up_by_a_scanner"] {
                let body = json!({ "query": format!("query {name} {{ hello }}"), "operationName": name })
                    .to_string();
                post(&router, body, &[]).await;
            }
            get(&router, "/made/up/by/a/scanner", &[]).await;
            get(&router, "/metrics", &[]).await.text
        })
    });
    assert!(
        text.contains(r#"varde_graphql_operations_total{operation="Greet",kind="query",outcome="ok"} 1"#),
        "{text}"
    );
    assert!(text.contains(r#"varde_graphql_operations_total{operation="other""#), "{text}");
    assert!(text.contains(r#"route="other",method="GET",status="404""#), "{text}");
    assert!(!text.contains("scanner"), "{text}");
}
