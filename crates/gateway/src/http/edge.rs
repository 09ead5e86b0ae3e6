//! What happens to every request on its way in and out.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt as _;

use super::accept::Media;
use super::config::{Config, Elapsed, Hooks, NewRequestId};
use super::handler::Operation;
use super::metrics::{self, Answered, OTHER};
use super::problem::Problem;
use super::request_id::RequestId;

/// Headers for every answer that has no stricter ones of its own.
const HEADERS: [(&str, &str); 6] = [
    ("cache-control", "no-store"),
    (
        "content-security-policy",
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
];

pub(crate) struct Edge {
    elapsed: Elapsed,
    new_request_id: NewRequestId,
    known_operations: HashSet<String>,
    https_only: bool,
}

impl Edge {
    pub(crate) fn new(config: &Config, hooks: &Hooks) -> Self {
        Self {
            elapsed: Arc::clone(&hooks.elapsed),
            new_request_id: Arc::clone(&hooks.new_request_id),
            known_operations: metrics::known_operations(config),
            https_only: config.https_only,
        }
    }

    fn label<'a>(&self, operation: &'a Operation) -> &'a str {
        operation.name.as_deref().filter(|name| self.known_operations.contains(*name)).unwrap_or(OTHER)
    }
}

pub(crate) async fn edge(State(edge): State<Arc<Edge>>, mut request: Request, next: Next) -> Response {
    let started = (edge.elapsed)();
    let id = RequestId::of(request.headers(), || (edge.new_request_id)());
    let method = method(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or(OTHER, MatchedPath::as_str);
    request.extensions_mut().insert(id.clone());

    let mut response = match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        // The panic hook has logged where and why; here only whose request it was.
        Err(_) => {
            tracing::error!(request_id = %id, route, "a handler panicked");
            Problem::internal(id.as_str()).respond(Media::Json)
        }
    };
    headers(response.headers_mut(), &id, edge.https_only);

    let took = (edge.elapsed)().saturating_sub(started);
    let operation = response.extensions_mut().remove::<Operation>();
    let operation = operation.as_ref().map(|operation| (operation, edge.label(operation)));
    let status = response.status().as_u16();
    metrics::record(&Answered { route, method, status, took, operation });
    tracing::info!(
        request_id = %id,
        method,
        route,
        status,
        milliseconds = took.as_secs_f64() * 1_000.0,
        operation = operation.map(|(_, label)| label),
        kind = operation.map(|(operation, _)| operation.kind),
        outcome = operation.map(|(operation, _)| operation.outcome.name()),
        "request"
    );
    response
}

fn headers(headers: &mut HeaderMap, id: &RequestId, https_only: bool) {
    if let Some(value) = id.header_value() {
        headers.insert(RequestId::HEADER, value);
    }
    for (name, value) in HEADERS {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if https_only {
        headers
            .entry(axum::http::header::STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static("max-age=31536000"));
    }
}

/// A method as a bounded label.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => OTHER,
    }
}
