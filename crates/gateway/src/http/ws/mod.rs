//! Subscriptions by `graphql-transport-ws` at `/graphql/ws`.
//!
//! The engine's own WebSocket service accepts any origin and closes with codes that clients of the protocol do not
//! know; hence this one.

mod connection;
mod origin;
mod protocol;

use std::net::SocketAddr;
use std::sync::Arc;

use async_graphql::Executor;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{ConnectInfo, Request, State, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::Response;

use super::accept::Media;
use super::execute::Gateway;
use super::handler::request_id;
use super::problem::Problem;

/// The one subprotocol that is spoken.
const PROTOCOL: &str = "graphql-transport-ws";

pub(crate) async fn upgrade<E: Executor>(
    State(gateway): State<Arc<Gateway<E>>>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    request: Request,
) -> Response {
    let Ok(upgrade) = upgrade else {
        return Problem::new(
            StatusCode::UPGRADE_REQUIRED,
            "UPGRADE_REQUIRED",
            format!("This address speaks WebSocket, with the protocol {PROTOCOL}."),
        )
        .header("upgrade", "websocket")
        .respond(Media::Json);
    };
    if !origin::is_allowed(request.headers(), &gateway.config.allowed_origins) {
        return Problem::new(
            StatusCode::FORBIDDEN,
            "FORBIDDEN_ORIGIN",
            "Scripts of this origin may not open a WebSocket here.",
        )
        .respond(Media::Json);
    }
    let Ok(permit) = Arc::clone(&gateway.connections).try_acquire_owned() else {
        return Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "TOO_MANY_CONNECTIONS",
            "Too many WebSocket connections are open. Try again later.",
        )
        .header("retry-after", "30")
        .respond(Media::Json);
    };
    let request_id = request_id(&request);
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let headers = request.headers().clone();
    let limit = gateway.config.websocket.message_bytes;
    upgrade.protocols([PROTOCOL]).max_message_size(limit).max_frame_size(limit).on_upgrade(
        move |socket| async move {
            let client = connection::Client { headers, peer, request_id, authorization: None };
            Box::pin(connection::run(socket, gateway, client)).await;
            drop(permit);
        },
    )
}
