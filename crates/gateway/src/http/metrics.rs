//! Figures for Prometheus. Labels are bounded: a scanner must not be able to make new series.

use std::collections::HashSet;
use std::time::Duration;

use axum::Router;
use axum::http::header;
use axum::routing::get;
use metrics::{Unit, counter, describe_counter, describe_histogram, histogram};
use metrics_exporter_prometheus::PrometheusHandle;

use super::config::Config;
use super::handler::Operation;

const REQUESTS: &str = "varde_http_requests_total";
const REQUEST_SECONDS: &str = "varde_http_request_duration_seconds";
const OPERATIONS: &str = "varde_graphql_operations_total";
const OPERATION_SECONDS: &str = "varde_graphql_operation_duration_seconds";

/// The label of whatever has no label of its own.
pub(crate) const OTHER: &str = "other";

/// Tells the recorder what the gateway's figures mean. Call once, after the recorder is installed.
pub fn describe() {
    describe_counter!(REQUESTS, Unit::Count, "HTTP requests by route, method and status");
    describe_histogram!(REQUEST_SECONDS, Unit::Seconds, "Time to answer HTTP requests by route");
    describe_counter!(OPERATIONS, Unit::Count, "GraphQL operations by name, kind and outcome");
    describe_histogram!(OPERATION_SECONDS, Unit::Seconds, "Time to answer GraphQL operations by name");
}

/// `GET /metrics`.
pub(crate) fn routes(handle: PrometheusHandle) -> Router {
    let render =
        async move || ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render());
    Router::new().route("/metrics", get(render))
}

/// The operation names that have series of their own.
pub(crate) fn known_operations(config: &Config) -> HashSet<String> {
    let bundled = crate::graphiql::operation_names();
    config.known_operations.iter().cloned().chain(bundled).collect()
}

/// One answered request.
pub(crate) struct Answered<'a> {
    pub(crate) route: &'a str,
    pub(crate) method: &'static str,
    pub(crate) status: u16,
    pub(crate) took: Duration,
    /// The operation and its label.
    pub(crate) operation: Option<(&'a Operation, &'a str)>,
}

pub(crate) fn record(answered: &Answered<'_>) {
    let route = answered.route.to_owned();
    let seconds = answered.took.as_secs_f64();
    counter!(REQUESTS, "route" => route.clone(), "method" => answered.method, "status" => answered.status.to_string())
        .increment(1);
    histogram!(REQUEST_SECONDS, "route" => route).record(seconds);
    if let Some((operation, label)) = answered.operation {
        let outcome = operation.outcome.name();
        counter!(OPERATIONS, "operation" => label.to_owned(), "kind" => operation.kind, "outcome" => outcome)
            .increment(1);
        histogram!(OPERATION_SECONDS, "operation" => label.to_owned()).record(seconds);
    }
}
