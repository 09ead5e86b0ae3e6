//! Subscriptions over a real socket, spoken to by an independent WebSocket client.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::support::{hooks, schema};
use crate::http::{Config, Hooks, WebSocketConfig, router};

struct Talk(WebSocketStream<MaybeTlsStream<TcpStream>>);

async fn serve(config: WebSocketConfig, hooks: Hooks) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = router(schema(), &Config { websocket: config, ..Config::default() }, &hooks);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    format!("ws://{address}/graphql/ws")
}

async fn connect(url: &str, protocol: Option<&str>, origin: Option<&str>) -> Result<Talk, Error> {
    let mut request = url.into_client_request()?;
    if let Some(protocol) = protocol {
        request.headers_mut().insert("sec-websocket-protocol", protocol.parse().unwrap());
    }
    if let Some(origin) = origin {
        request.headers_mut().insert("origin", origin.parse().unwrap());
    }
    connect_async(request).await.map(|(socket, _)| Talk(socket))
}

async fn open(config: WebSocketConfig) -> Talk {
    connect(&serve(config, hooks()).await, Some("graphql-transport-ws"), None).await.unwrap()
}

impl Talk {
    async fn say(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({ "type": "subscribe", "id": id, "payload": { "query": query } })).await;
    }

    /// The next message; a close frame as `{"closed": code, "reason": ..}`.
    async fn hear(&mut self) -> Value {
        loop {
            let next = tokio::time::timeout(Duration::from_secs(20), self.0.next()).await.unwrap();
            match next {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).unwrap(),
                Some(Ok(Message::Close(Some(frame)))) => {
                    return json!({ "closed": u16::from(frame.code), "reason": frame.reason.as_str() });
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => return json!({ "ended": format!("{other:?}") }),
            }
        }
    }

    async fn init(&mut self, payload: Value) {
        self.say(json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(self.hear().await, json!({ "type": "connection_ack" }));
    }

    async fn closed(&mut self) -> u64 {
        let heard = self.hear().await;
        heard["closed"].as_u64().unwrap_or_else(|| panic!("{heard}"))
    }
}

#[tokio::test]
async fn a_subscription_gives_its_values_and_completes() {
    let mut talk = open(WebSocketConfig::default()).await;
    talk.init(json!({})).await;
    talk.subscribe("one", "subscription { count(to: 3) }").await;
    for n in 1..=3 {
        let next = talk.hear().await;
        assert_eq!((&next["type"], &next["id"]), (&json!("next"), &json!("one")));
        assert_eq!(next["payload"]["data"]["count"], n);
        assert_eq!(next["payload"]["extensions"]["cost"]["complexity"], 1);
    }
    assert_eq!(talk.hear().await, json!({ "type": "complete", "id": "one" }));
    // The id is free again; queries run here too.
    talk.subscribe("one", "{ hello }").await;
    assert_eq!(talk.hear().await["payload"]["data"]["hello"], "Hello, you!");
    assert_eq!(talk.hear().await["type"], "complete");
    talk.say(json!({ "type": "ping" })).await;
    assert_eq!(talk.hear().await, json!({ "type": "pong" }));
}

#[tokio::test]
async fn the_token_comes_with_connection_init() {
    let mut talk = open(WebSocketConfig::default()).await;
    talk.init(json!({ "authorization": "Bearer anna" })).await;
    talk.subscribe("w", "subscription { whoami }").await;
    assert_eq!(talk.hear().await["payload"]["data"]["whoami"], "anna");
    // A completed subscription says nothing more; the connection goes on.
    talk.say(json!({ "type": "complete", "id": "w" })).await;
    talk.subscribe("w", "{ viewer }").await;
    assert_eq!(talk.hear().await["payload"]["data"]["viewer"], "anna");
}

#[tokio::test]
async fn bad_documents_and_faults_are_errors_of_the_operation() {
    let mut talk = open(WebSocketConfig::default()).await;
    talk.init(Value::Null).await;
    for (query, code) in [
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("subscription { unknown }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { breaks }", "INTERNAL"),
    ] {
        talk.subscribe("x", query).await;
        let error = talk.hear().await;
        assert_eq!(error["type"], "error", "{error}");
        assert_eq!(error["payload"][0]["extensions"]["code"], code);
        assert!(!error.to_string().contains("secret"));
    }
    talk.say(json!({ "type": "subscribe", "id": "x", "payload": { "query": 1 } })).await;
    assert_eq!(talk.hear().await["payload"][0]["extensions"]["code"], "BAD_REQUEST");
}

#[tokio::test]
async fn the_protocols_close_codes_are_used() {
    let default = WebSocketConfig::default;
    for (message, code) in [
        (json!({ "type": "subscribe", "id": "a", "payload": { "query": "{ hello }" } }), 4401),
        (json!({ "type": "connection_init", "payload": { "authorization": "Bearer bad" } }), 4403),
        (json!({ "type": "nonsense" }), 4400),
        (json!({ "no": "type" }), 4400),
        (json!("text"), 4400),
        (json!({ "type": "connection_init", "payload": { "authorization": 1 } }), 4400),
    ] {
        let mut talk = open(default()).await;
        talk.say(message.clone()).await;
        assert_eq!(talk.closed().await, code, "{message}");
    }

    let mut talk = open(default()).await;
    talk.0.send(Message::binary(vec![1, 2])).await.unwrap();
    assert_eq!(talk.closed().await, 4400);

    let mut talk = open(default()).await;
    talk.init(json!({})).await;
    talk.say(json!({ "type": "connection_init" })).await;
    assert_eq!(talk.closed().await, 4429);

    let mut talk = open(default()).await;
    talk.init(json!({})).await;
    talk.subscribe("w", "subscription { whoami }").await;
    talk.subscribe("w", "subscription { whoami }").await;
    let mut heard = talk.hear().await;
    while heard.get("closed").is_none() {
        heard = talk.hear().await;
    }
    assert_eq!(heard, json!({ "closed": 4409, "reason": "Subscriber for w already exists" }));

    let mut talk = open(default()).await;
    talk.init(json!({})).await;
    talk.say(json!({ "type": "subscribe", "payload": { "query": "{ hello }" } })).await;
    assert_eq!(talk.closed().await, 4400);

    let mut talk = open(WebSocketConfig { init_timeout: Duration::from_millis(50), ..default() }).await;
    assert_eq!(talk.closed().await, 4408);

    let url = serve(default(), hooks()).await;
    let mut talk = connect(&url, None, None).await.unwrap();
    assert_eq!(talk.closed().await, 4406);
}

#[tokio::test]
async fn foreign_origins_and_too_many_connections_are_turned_away() {
    let url = serve(WebSocketConfig { connections: 1, ..WebSocketConfig::default() }, hooks()).await;
    let protocol = Some("graphql-transport-ws");
    let status = |refused: Result<Talk, Error>| match refused {
        Err(Error::Http(response)) => response.status().as_u16(),
        Err(other) => panic!("{other}"),
        Ok(_) => 101,
    };
    assert_eq!(status(connect(&url, protocol, Some("https://evil.example")).await), 403);
    let own = url.replace("ws://", "http://").replace("/graphql/ws", "");
    let first = connect(&url, protocol, Some(&own)).await.unwrap();
    assert_eq!(status(connect(&url, protocol, None).await), 503);
    drop(first);

    let url =
        serve(WebSocketConfig { connections_per_client: 1, ..WebSocketConfig::default() }, hooks()).await;
    let mut first = connect(&url, protocol, None).await.unwrap();
    assert_eq!(status(connect(&url, protocol, None).await), 429);
    first.say(json!("no message")).await;
    assert_eq!(first.closed().await, 4400);
    // The place is given back a moment after the other end has heard of it.
    while status(connect(&url, protocol, None).await) != 101 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn who_has_not_signed_in_and_asks_nothing_does_not_keep_a_connection() {
    let config = WebSocketConfig { anonymous_idle: Duration::from_millis(100), ..WebSocketConfig::default() };
    let mut nobody = open(config.clone()).await;
    nobody.init(json!({})).await;
    assert_eq!(nobody.hear().await, json!({ "closed": 1001, "reason": "Nothing was asked" }));

    let ping_after = Duration::from_millis(300);
    let mut anna = open(WebSocketConfig { ping_after, ..config.clone() }).await;
    anna.init(json!({ "authorization": "Bearer anna" })).await;
    assert_eq!(anna.hear().await, json!({ "type": "ping" }), "signed in: not let go before");

    let mut listener = open(WebSocketConfig { ping_after, ..config }).await;
    listener.init(json!({})).await;
    listener.subscribe("a", "subscription { whoami }").await;
    assert_eq!(listener.hear().await["type"], "next");
    assert_eq!(listener.hear().await, json!({ "type": "ping" }), "while something runs, it stays");
    listener.say(json!({ "type": "pong" })).await;
    listener.say(json!({ "type": "complete", "id": "a" })).await;
    assert_eq!(listener.closed().await, 1001);
}

#[tokio::test]
async fn messages_operations_and_lifetime_are_bounded() {
    let config = WebSocketConfig { message_bytes: 2_000, operations: 2, ..WebSocketConfig::default() };
    let mut talk = open(config.clone()).await;
    talk.init(json!({})).await;
    for id in ["a", "b"] {
        talk.subscribe(id, "subscription { whoami }").await;
        assert_eq!(talk.hear().await["type"], "next");
    }
    talk.subscribe("c", "subscription { whoami }").await;
    assert_eq!(talk.hear().await["payload"][0]["extensions"]["code"], "TOO_MANY_OPERATIONS");
    talk.subscribe("d", &"#".repeat(3_000)).await;
    let end = talk.hear().await;
    assert!(end["closed"] == 1009 || end.get("ended").is_some(), "{end}");

    let mut talk = open(WebSocketConfig { lifetime: Duration::from_millis(100), ..config.clone() }).await;
    talk.init(json!({})).await;
    assert_eq!(talk.closed().await, 1001);

    let mut talk = open(WebSocketConfig { ping_after: Duration::from_millis(50), ..config }).await;
    talk.init(json!({})).await;
    assert_eq!(talk.hear().await, json!({ "type": "ping" }));
    assert_eq!(talk.closed().await, 1001);
}

#[tokio::test]
async fn connections_end_when_the_service_stops() {
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let url = serve(WebSocketConfig::default(), Hooks { shutdown: Some(stopped), ..hooks() }).await;
    let mut talk = connect(&url, Some("graphql-transport-ws"), None).await.unwrap();
    talk.init(json!({})).await;
    stop.send(true).unwrap();
    assert_eq!(talk.closed().await, 1001);
}
