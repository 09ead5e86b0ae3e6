//! `GET /graphiql`: a GraphQL client in the browser, with everything it needs inside the binary.
//!
//! The page loads nothing from elsewhere and works without a network. It is served under a content security policy
//! that allows this service's own files only. Tokens stay in the page's memory and are gone when it is closed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use async_graphql::parser::parse_query;
use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;
use serde::Serialize;

/// The page and the libraries it stands on, each with its licence.
#[derive(RustEmbed)]
#[folder = "assets/graphiql/"]
struct Assets;

/// The library of operations for coordinators, one file a task, example variables beside it.
#[derive(RustEmbed)]
#[folder = "../../graphql/operations/"]
#[include = "*.graphql"]
#[include = "*.json"]
struct Library;

/// React sets styles through the style sheet objects, which `'self'` allows; no inline script, no foreign host. One
/// style that GraphiQL's dialogs add (it hides the page's scroll bar behind them) is refused; nothing needs it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// One operation of the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LibraryOperation {
    /// The file's name, which an address may end in: `/graphiql#see-the-roster`.
    pub name: String,
    /// The task: the file's name in words.
    pub title: String,
    /// When to use it: the comment on top of the file.
    pub description: String,
    /// The document.
    pub query: String,
    /// Example variables as JSON text; empty when there are none.
    pub variables: String,
}

static OPERATIONS: LazyLock<Vec<LibraryOperation>> = LazyLock::new(read_library);

/// The library of operations, by file name.
#[must_use]
pub fn operations() -> &'static [LibraryOperation] {
    &OPERATIONS
}

/// The operation names that stand in the library.
pub(crate) fn operation_names() -> Vec<String> {
    let documents = operations().iter().filter_map(|operation| parse_query(&operation.query).ok());
    documents
        .flat_map(|document| {
            let names = document.operations.iter().filter_map(|(name, _)| name.map(ToString::to_string));
            names.collect::<Vec<_>>()
        })
        .collect()
}

fn read_library() -> Vec<LibraryOperation> {
    let text = |path: &str| Library::get(path).map(|file| String::from_utf8_lossy(&file.data).into_owned());
    let files: BTreeMap<String, String> = Library::iter()
        .filter(|path| path.ends_with(".graphql"))
        .filter_map(|path| text(&path).map(|query| (path.into_owned(), query)))
        .collect();
    files
        .into_iter()
        .map(|(path, query)| {
            let stem = path.trim_end_matches(".graphql");
            let words = stem.replace('-', " ");
            let mut letters = words.chars();
            let first = letters.next().map(char::to_uppercase);
            LibraryOperation {
                name: stem.to_owned(),
                title: first.into_iter().flatten().chain(letters).collect(),
                description: leading_comment(&query),
                variables: text(&format!("{stem}.json")).unwrap_or_default(),
                query,
            }
        })
        .collect()
}

fn leading_comment(query: &str) -> String {
    let lines = query.lines().map_while(|line| line.strip_prefix('#'));
    lines.map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/graphiql", get(async |headers: HeaderMap| file("index.html", &headers)))
        .route("/graphiql/operations.json", get(async || axum::Json(operations())))
        .route(
            "/graphiql/{file}",
            get(async |Path(name): Path<String>, headers: HeaderMap| file(&name, &headers)),
        )
}

fn file(name: &str, headers: &HeaderMap) -> Response {
    let Some(file) = Assets::get(name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // A digest as tag: a page that is open after an upgrade fetches what changed, and nothing else.
    let tag = format!("\"{}\"", hex(&file.metadata.sha256_hash()[..16]));
    let policy = [
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::ETAG, tag.clone()),
    ];
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.contains(&tag)) {
        return (StatusCode::NOT_MODIFIED, policy).into_response();
    }
    (policy, [(header::CONTENT_TYPE, content_type(name))], Body::from(file.data.into_owned())).into_response()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
