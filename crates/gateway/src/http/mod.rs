//! The service over HTTP: routes, and what holds for all of them.
//!
//! | route | what |
//! |---|---|
//! | `POST /graphql`, `GET /graphql` | operations, after the GraphQL-over-HTTP specification |
//! | `GET /graphql/ws` | subscriptions by `graphql-transport-ws` |
//! | `GET /graphiql` | a GraphQL client with its assets inside the binary |
//! | `GET /healthz`, `/readyz`, `/metrics` | for operations |

mod accept;
mod auth;
mod config;
mod documents;
mod edge;
mod encode;
mod execute;
mod handler;
mod health;
pub mod limits;
mod metrics;
mod nulls;
mod order;
mod params;
mod problem;
mod request_id;
mod types;
mod upload;
mod ws;

#[cfg(test)]
pub(crate) mod tests;

use std::sync::Arc;

use async_graphql::{ObjectType, Schema, SubscriptionType};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, Method, header};
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate as _, SizeAbove};
use tower_http::cors::CorsLayer;

pub use auth::{Authenticate, Caller, Refusal, Transport};
pub use config::{Config, Elapsed, Hooks, NewRequestId, Readiness, WebSocketConfig};
pub use metrics::describe as describe_metrics;
pub use request_id::RequestId;

use execute::Gateway;
use problem::Problem;
use types::Types;

/// Answers below this many bytes are not worth compressing.
const COMPRESS_ABOVE: u64 = 4 * 1024;

/// All routes of the gateway with all layers around them; a service that serves nothing else needs only this.
pub fn router<Q, M, S>(schema: Schema<Q, M, S>, config: &Config, hooks: &Hooks) -> Router
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    finish(routes(schema, config, hooks), config, hooks)
}

/// The gateway's routes without the outer layers: merge other routes in, then call [`finish`].
pub fn routes<Q, M, S>(schema: Schema<Q, M, S>, config: &Config, hooks: &Hooks) -> Router
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    let types = Types::of_sdl(&schema.sdl());
    let gateway = Arc::new(Gateway::new(schema, types, config.clone(), hooks.clone()));
    let graphql = Router::new()
        .route("/graphql", axum::routing::any(handler::graphql::<Schema<Q, M, S>>))
        .route("/graphql/ws", get(ws::upgrade::<Schema<Q, M, S>>))
        .layer(DefaultBodyLimit::max(config.upload_bytes))
        .with_state(gateway);
    let mut all = graphql.merge(health::routes(hooks));
    if let Some(handle) = hooks.metrics.clone() {
        all = all.merge(metrics::routes(handle));
    }
    if config.graphiql {
        all = all.merge(crate::graphiql::routes());
    }
    all
}

/// Health and metrics alone: for a process that answers nothing else. Call [`finish`] on it.
pub fn operations(hooks: &Hooks) -> Router {
    let all = health::routes(hooks);
    match hooks.metrics.clone() {
        Some(handle) => all.merge(metrics::routes(handle)),
        None => all,
    }
}

/// The layers around every route: request id, log line, metrics, security headers, compression, cross-origin rules,
/// and an answer in place of a panic.
pub fn finish(routes: Router, config: &Config, hooks: &Hooks) -> Router {
    let big = SizeAbove::new(COMPRESS_ABOVE).and(NotForContentType::const_new("text/event-stream"));
    let mut routes =
        routes.fallback(async || Problem::not_found()).layer(CompressionLayer::new().compress_when(big));
    let origins: Vec<HeaderValue> =
        config.allowed_origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect();
    if !origins.is_empty() {
        routes = routes.layer(
            CorsLayer::new()
                .allow_origin(origins)
                .allow_methods([Method::GET, Method::POST])
                .allow_headers([
                    header::AUTHORIZATION,
                    header::CONTENT_TYPE,
                    header::ACCEPT,
                    header::ACCEPT_LANGUAGE,
                ])
                .expose_headers([RequestId::HEADER]),
        );
    }
    routes.layer(axum::middleware::from_fn_with_state(Arc::new(edge::Edge::new(config, hooks)), edge::edge))
}
