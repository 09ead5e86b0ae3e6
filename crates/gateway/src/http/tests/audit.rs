//! The GraphQL-over-HTTP specification, case by case (its MUST, SHOULD and the MAY that this service chose).

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use super::support::{Answer, get, post, send, small};

const GRAPHQL: &str = "application/graphql-response+json";
const JSON: &str = "application/json";

async fn post_as(router: &Router, accept: &str, body: Value) -> Answer {
    post(router, body.to_string(), &[("accept", accept)]).await
}

fn assert_well_formed(answer: &Answer, what: &str) {
    let body = answer.json();
    assert!(body.is_object(), "{what}");
    let media = answer.header("content-type");
    assert!(media.starts_with(JSON) || media.starts_with(GRAPHQL), "{what}: {media}");
    assert!(media.ends_with("charset=utf-8"), "{what}: {media}");
}

#[tokio::test]
async fn the_content_type_follows_accept() {
    let router = small();
    let query = json!({ "query": "{ __typename }" });
    for (accept, expected) in [
        (GRAPHQL, GRAPHQL),
        (JSON, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/graphql-response+json; charset=utf-8, application/json; charset=utf-8", GRAPHQL),
        ("application/json;q=0.5, application/graphql-response+json;q=0.4", JSON),
    ] {
        let answer = post_as(&router, accept, query.clone()).await;
        assert_eq!(answer.status, 200, "{accept}");
        assert_eq!(answer.header("content-type"), format!("{expected}; charset=utf-8"), "{accept}");
        assert_eq!(answer.json()["data"]["__typename"], "Query");
    }
    let without = post(&router, query.to_string(), &[]).await;
    assert_eq!(without.header("content-type"), "application/json; charset=utf-8");
    assert_eq!(post_as(&router, "text/html", query).await.status, 406);
}

#[tokio::test]
async fn utf8_is_read_and_assumed() {
    let router = small();
    let body = json!({ "query": "{ hello(name: \"Åse Bjørnøy\") }" }).to_string();
    let answer = post(&router, body.clone(), &[]).await;
    assert_eq!(answer.json()["data"]["hello"], "Hello, Åse Bjørnøy!");
    for (media, status) in [
        ("application/json; charset=utf-8", 200),
        ("application/json;charset=\"UTF-8\"", 200),
        ("Application/JSON", 200),
        ("application/json; charset=iso-8859-1", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("application/graphql", 415),
    ] {
        let request =
            Request::post("/graphql").header("content-type", media).body(Body::from(body.clone())).unwrap();
        let answer = send(&router, request).await;
        assert_eq!(answer.status, status, "{media}");
        assert_well_formed(&answer, media);
    }
    let request = Request::post("/graphql").body(Body::from(body)).unwrap();
    assert_eq!(send(&router, request).await.status, 415, "without a content type");
    assert_eq!(post(&router, b"{\"query\":\"\xff\"}".to_vec(), &[]).await.status, 400);
}

#[tokio::test]
async fn get_is_for_queries_only() {
    let router = small();
    for accept in [GRAPHQL, JSON] {
        let accept = [("accept", accept)];
        assert_eq!(get(&router, "/graphql?query=%7B__typename%7D", &accept).await.status, 200);
        let variables =
            "/graphql?query=query(%24n:String)%7Bhello(name:%24n)%7D&variables=%7B%22n%22:%22Kari%22%7D";
        assert_eq!(get(&router, variables, &accept).await.json()["data"]["hello"], "Hello, Kari!");
        let named = "/graphql?query=query+A%7Bhello%7D+mutation+B%7Btouch%7D&operationName=";
        assert_eq!(get(&router, &format!("{named}A"), &accept).await.status, 200);
        let mutation = get(&router, &format!("{named}B"), &accept).await;
        assert_eq!((mutation.status.as_u16(), mutation.header("allow")), (405, "POST"));
        assert!(mutation.json().get("data").is_none());
        for broken in [
            "/graphql?variables=%7B%7D",
            "/graphql?query=",
            "/graphql?query=%7Bhello%7D&variables=1",
            "/graphql?query=%7Bhello%7D&extensions=%5B%5D",
            "/graphql?query=%7Bhello%7D&query=%7Bhello%7D",
        ] {
            assert_eq!(get(&router, broken, &accept).await.status, 400, "{broken}");
        }
    }
    let request = Request::put("/graphql").body(Body::empty()).unwrap();
    let answer = send(&router, request).await;
    assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "GET, POST"));
}

#[tokio::test]
async fn parameters_of_the_wrong_type_are_refused_and_null_is_none() {
    let router = small();
    for accept in [GRAPHQL, JSON] {
        for wrong in [json!({}), json!(0), json!(true), json!([])] {
            let answer = post_as(&router, accept, json!({ "query": wrong })).await;
            assert_eq!(answer.status, 400, "query {wrong}");
            assert!(answer.json().get("data").is_none());
            let answer =
                post_as(&router, accept, json!({ "query": "{hello}", "operationName": wrong })).await;
            assert_eq!(answer.status, 400, "operationName {wrong}");
        }
        for wrong in [json!("x"), json!(0), json!(true), json!([])] {
            for name in ["variables", "extensions"] {
                let answer = post_as(&router, accept, json!({ "query": "{hello}", name: wrong })).await;
                assert_eq!(answer.status, 400, "{name} {wrong}");
                assert!(answer.message().contains(name), "{}", answer.message());
            }
        }
        for name in ["variables", "operationName", "extensions"] {
            let answer = post_as(&router, accept, json!({ "query": "{hello}", name: null })).await;
            assert_eq!(answer.status, 200, "{name} null");
            assert!(answer.json().get("errors").is_none());
        }
        let full = json!({
            "query": "query Q($n: String!) { hello(name: $n) }", "operationName": "Q",
            "variables": { "n": "du" }, "extensions": { "some": "value" }, "unknown": 1,
        });
        assert_eq!(post_as(&router, accept, full).await.json()["data"]["hello"], "Hello, du!");
        assert_eq!(post_as(&router, accept, json!({ "notquery": 1 })).await.status, 400);
    }
}

#[tokio::test]
async fn bodies_that_are_no_json_object_are_400_with_a_readable_message() {
    let router = small();
    for (body, says) in [
        ("", "empty"),
        ("{ \"not a JSON", "not a JSON object"),
        ("\"text\"", "not a JSON object"),
        ("[{\"query\":\"{hello}\"}]", "one operation at a time"),
        ("{\"query\":\"{hello}\",\"query\":\"{hello}\"}", "duplicate"),
    ] {
        for accept in [GRAPHQL, JSON] {
            let answer = post(&router, body, &[("accept", accept)]).await;
            assert_eq!(answer.status, 400, "{body}");
            assert!(answer.message().contains(says), "{body}: {}", answer.message());
            assert!(answer.json().get("data").is_none());
        }
    }
}

#[tokio::test]
async fn request_errors_have_no_data_and_a_status_by_media_type() {
    let router = small();
    for (what, body) in [
        ("parsing", json!({ "query": "{" })),
        ("validation", json!({ "query": "{ unknown }" })),
        ("an empty document", json!({ "query": "" })),
        (
            "coercion",
            json!({ "query": "query($v: Int!) { number(value: $v) }", "variables": { "v": "text" } }),
        ),
        ("a missing variable", json!({ "query": "query($v: Int!) { number(value: $v) }" })),
        ("an unclear operation", json!({ "query": "query A { hello } query B { hello }" })),
        ("an unknown operation", json!({ "query": "query A { hello }", "operationName": "C" })),
        ("a subscription", json!({ "query": "subscription { count(to: 2) }" })),
    ] {
        for (accept, status) in [(GRAPHQL, 400), (JSON, 200)] {
            let answer = post_as(&router, accept, body.clone()).await;
            assert_eq!(answer.status, status, "{what}: {}", answer.text);
            assert_well_formed(&answer, what);
            let json = answer.json();
            assert!(json.get("data").is_none(), "{what}");
            assert!(json["errors"].as_array().is_some_and(|errors| !errors.is_empty()), "{what}");
            assert!(!answer.message().is_empty() && !answer.code().is_empty(), "{what}");
        }
    }
}

#[tokio::test]
async fn errors_of_resolvers_are_200_with_partial_data() {
    let router = small();
    for accept in [GRAPHQL, JSON] {
        let answer = post_as(&router, accept, json!({ "query": "{ hello refuses }" })).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.json()["data"], json!({ "hello": "Hello, you!", "refuses": null }));
        assert_eq!(answer.json()["errors"][0]["path"], json!(["refuses"]));
        assert_eq!(answer.code(), "FORBIDDEN");
    }
}
