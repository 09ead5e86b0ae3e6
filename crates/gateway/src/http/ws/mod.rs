//! Subscriptions by `graphql-transport-ws` at `/graphql/ws`.
//!
//! The engine's own WebSocket service accepts any origin and closes with codes that clients of the protocol do not
//! know; hence this one.

mod connection;
mod origin;
mod protocol;
mod seats;

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
use seats::Full;

pub(crate) use seats::Seats;

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
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let seat = match gateway.connections.take(peer) {
        Ok(seat) => seat,
        Err(full) => return too_many(full).respond(Media::Json),
    };
    let request_id = request_id(&request);
    let headers = request.headers().clone();
    let limit = gateway.config.websocket.message_bytes;
    upgrade.protocols([PROTOCOL]).max_message_size(limit).max_frame_size(limit).on_upgrade(
        move |socket| async move {
            let client = connection::Client { headers, peer, request_id, authorization: None };
            Box::pin(connection::run(socket, gateway, client)).await;
            drop(seat);
        },
    )
}

fn too_many(full: Full) -> Problem {
    let (status, message) = match full {
        Full::Service => {
            (StatusCode::SERVICE_UNAVAILABLE, "Too many WebSocket connections are open. Try again later.")
        }
        Full::Client => (
            StatusCode::TOO_MANY_REQUESTS,
            "Too many WebSocket connections are open from your address. Close one, or try again later.",
        ),
    };
    Problem::new(status, "TOO_MANY_CONNECTIONS", message).header("retry-after", "30")
}
