//! A subscription over a socket, spoken to by an independent WebSocket client.

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, client::IntoClientRequest as _},
};

/// Everything that a subscription says until its end.
pub(super) async fn listen(
    base: &str,
    token: Option<&str>,
    document: &str,
    variables: Value,
) -> Result<Vec<Value>> {
    let mut request = format!("{}/graphql/ws", base.replacen("http", "ws", 1)).into_client_request()?;
    request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse()?);
    let (mut socket, _) = connect_async(request).await?;
    let bearer = token.map(|token| json!({ "authorization": format!("Bearer {token}") }));
    let init = json!({ "type": "connection_init", "payload": bearer });
    socket.send(Message::text(init.to_string())).await?;
    let subscribe =
        json!({ "type": "subscribe", "id": "1", "payload": { "query": document, "variables": variables } });
    let mut said = Vec::new();
    while let Some(message) = socket.next().await {
        let Message::Text(text) = message? else { bail!("closed after {said:?}") };
        let message: Value = serde_json::from_str(&text)?;
        match message["type"].as_str().context("type")? {
            "connection_ack" => socket.send(Message::text(subscribe.to_string())).await?,
            "ping" => socket.send(Message::text(json!({ "type": "pong" }).to_string())).await?,
            "complete" => break,
            "error" => {
                said.push(message["payload"].clone());
                break;
            }
            _ => said.push(message["payload"].clone()),
        }
    }
    Ok(said)
}
