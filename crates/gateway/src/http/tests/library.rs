//! GraphiQL and the library of operations in it.

use super::support::{get, hooks, schema, small};
use crate::http::{Config, router};

#[tokio::test]
async fn the_page_and_all_it_loads_come_from_here() {
    let router = small();
    let page = get(&router, "/graphiql", &[]).await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-security-policy").contains("script-src 'self';"));
    assert!(!page.text.contains("://"), "nothing from elsewhere");
    let loaded = page.text.split('"').filter(|text| text.starts_with("/graphiql/"));
    let mut count = 0;
    for uri in loaded {
        let answer = get(&router, uri, &[]).await;
        assert_eq!(answer.status, 200, "{uri}");
        assert!(answer.header("content-type").starts_with("text/"), "{uri}");
        let again = get(&router, uri, &[("if-none-match", answer.header("etag"))]).await;
        assert_eq!((again.status.as_u16(), again.text.len()), (304, 0), "{uri}");
        count += 1;
    }
    assert_eq!(count, 6);
    assert_eq!(get(&router, "/graphiql/..%2f..%2fCargo.toml", &[]).await.status, 404);
    for licence in ["LICENSE-react.txt", "LICENSE-graphiql.txt"] {
        assert!(get(&router, &format!("/graphiql/{licence}"), &[]).await.text.contains("MIT"), "{licence}");
    }
}

#[tokio::test]
async fn graphiql_can_be_turned_off() {
    let config = Config { graphiql: false, ..Config::default() };
    assert_eq!(get(&router(schema(), &config, &hooks()), "/graphiql", &[]).await.status, 404);
}

#[tokio::test]
async fn every_operation_of_the_library_parses_and_says_when_to_use_it() {
    let listed = get(&small(), "/graphiql/operations.json", &[]).await.json();
    assert_eq!(listed.as_array().unwrap().len(), crate::graphiql::operations().len());
    for operation in crate::graphiql::operations() {
        assert!(!operation.description.is_empty(), "{}", operation.title);
        assert!(async_graphql::parser::parse_query(&operation.query).is_ok(), "{}", operation.title);
        if !operation.variables.is_empty() {
            let variables: serde_json::Value = serde_json::from_str(&operation.variables).unwrap();
            assert!(variables.is_object(), "{}", operation.title);
        }
    }
}
