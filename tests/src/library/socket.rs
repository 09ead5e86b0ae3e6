//! A subscription over a socket, spoken to by an independent WebSocket client.

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest as _},
};

/// One subscription on a connection of its own.
pub(super) struct Listener {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    over: bool,
}

impl Listener {
    pub(super) async fn subscribe(
        base: &str,
        token: Option<&str>,
        document: &str,
        variables: Value,
    ) -> Result<Self> {
        let mut request = format!("{}/graphql/ws", base.replacen("http", "ws", 1)).into_client_request()?;
        request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse()?);
        let (mut socket, _) = connect_async(request).await?;
        let bearer = token.map(|token| json!({ "authorization": format!("Bearer {token}") }));
        let payload = json!({ "query": document, "variables": variables });
        // The server reads them in order: there is no need to wait for its leave.
        for message in [
            json!({ "type": "connection_init", "payload": bearer }),
            json!({ "type": "subscribe", "id": "1", "payload": payload }),
        ] {
            socket.send(Message::text(message.to_string())).await?;
        }
        Ok(Self { socket, over: false })
    }

    /// What is said next; None at the end. An error is the last thing that is said.
    pub(super) async fn hear(&mut self) -> Result<Option<Value>> {
        while !self.over
            && let Some(message) = self.socket.next().await
        {
            let Message::Text(text) = message? else { bail!("closed") };
            let mut message: Value = serde_json::from_str(&text)?;
            match message["type"].as_str().context("type")? {
                "connection_ack" => {}
                "ping" => self.socket.send(Message::text(json!({ "type": "pong" }).to_string())).await?,
                "complete" => self.over = true,
                kind => {
                    self.over = kind == "error";
                    return Ok(Some(message["payload"].take()));
                }
            }
        }
        Ok(None)
    }
}

/// Everything that a subscription says until its end.
pub(super) async fn listen(
    base: &str,
    token: Option<&str>,
    document: &str,
    variables: Value,
) -> Result<Vec<Value>> {
    let mut listener = Listener::subscribe(base, token, document, variables).await?;
    let mut said = Vec::new();
    while let Some(message) = listener.hear().await? {
        said.push(message);
    }
    Ok(said)
}
