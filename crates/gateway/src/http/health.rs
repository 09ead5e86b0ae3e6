//! For whoever runs the service: does the process live, and can it do its work?

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;

use super::config::Hooks;

/// `/healthz` answers as long as the process does; `/readyz` asks the service.
pub(crate) fn routes(hooks: &Hooks) -> Router {
    let ready = hooks.ready.clone();
    Router::new()
        .route("/healthz", get(async || Json(json!({ "status": "ok" }))))
        .route("/readyz", get(async move || answer(ready().await)))
}

fn answer(ready: Result<(), String>) -> Response {
    match ready {
        Ok(()) => Json(json!({ "status": "ready" })).into_response(),
        Err(reason) => {
            let body = Json(json!({ "status": "not ready", "reason": reason }));
            (StatusCode::SERVICE_UNAVAILABLE, body).into_response()
        }
    }
}
