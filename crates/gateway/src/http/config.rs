//! Settings of the gateway, and what it is given from outside.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::watch;
use uuid::Uuid;

use super::auth::Authenticate;
use super::limits::Limits;

/// A clock that only goes forward, for durations.
pub type Elapsed = Arc<dyn Fn() -> Duration + Send + Sync>;

/// Draws the id of a request that brought none.
pub type NewRequestId = Arc<dyn Fn() -> Uuid + Send + Sync>;

/// Asks whether the service can do its work; the text of a refusal is shown to whoever asks.
pub type Readiness = Arc<dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync>;

/// Settings.
#[derive(Debug, Clone)]
pub struct Config {
    /// Bounds of one document.
    pub limits: Limits,
    /// Bytes of a JSON body, and of the `operations` part of a multipart body.
    pub body_bytes: usize,
    /// Bytes of a multipart body with its files.
    pub upload_bytes: usize,
    /// Files in one multipart request.
    pub upload_files: usize,
    /// How long one request may take from its first byte to its answer.
    pub timeout: Duration,
    /// Parsed documents that are kept for the next time they are sent.
    pub documents: usize,
    /// Whether the schema may be asked for.
    pub introspection: bool,
    /// Whether `GET /graphiql` is served.
    pub graphiql: bool,
    /// Tell browsers to come back by HTTPS only; for services whose public URL is https.
    pub https_only: bool,
    /// Origins (`https://host`) of other sites whose scripts may call this service, over HTTP and WebSocket. The
    /// service's own origin need not stand here, unless a proxy in front changes the `Host` header.
    pub allowed_origins: Vec<String>,
    /// Operation names that metrics tell apart, besides those of the bundled operations.
    pub known_operations: Vec<String>,
    /// Subscriptions.
    pub websocket: WebSocketConfig,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            body_bytes: 1024 * 1024,
            upload_bytes: 20 * 1024 * 1024,
            upload_files: 10,
            timeout: Duration::from_secs(30),
            documents: 512,
            introspection: true,
            graphiql: true,
            https_only: false,
            allowed_origins: Vec::new(),
            known_operations: Vec::new(),
            websocket: WebSocketConfig::default(),
        }
    }
}

/// Bounds of subscriptions.
#[derive(Debug, Clone)]
pub struct WebSocketConfig {
    /// Open connections of the whole service.
    pub connections: usize,
    /// Open connections of one client address.
    pub connections_per_client: usize,
    /// Operations that run at once on one connection.
    pub operations: usize,
    /// Bytes of one message from a client.
    pub message_bytes: usize,
    /// How long a client may take to say `connection_init`.
    pub init_timeout: Duration,
    /// How long a client that has not signed in may stay without an operation.
    pub anonymous_idle: Duration,
    /// Silence after which the client is asked whether it is there; after twice the time it is let go.
    pub ping_after: Duration,
    /// How long one message may take to leave.
    pub send_timeout: Duration,
    /// How long a connection lives; then the client connects, and signs in, anew.
    pub lifetime: Duration,
}

impl Default for WebSocketConfig {
    fn default() -> Self {
        Self {
            connections: 500,
            connections_per_client: 20,
            operations: 32,
            message_bytes: 256 * 1024,
            init_timeout: Duration::from_secs(10),
            anonymous_idle: Duration::from_secs(60),
            ping_after: Duration::from_secs(30),
            send_timeout: Duration::from_secs(15),
            lifetime: Duration::from_secs(60 * 60),
        }
    }
}

/// What the gateway is given from outside.
#[derive(Clone)]
pub struct Hooks {
    /// Says who is asking.
    pub authenticate: Arc<dyn Authenticate>,
    /// Whether the service can do its work.
    pub ready: Readiness,
    /// Measures durations.
    pub elapsed: Elapsed,
    /// Draws request ids.
    pub new_request_id: NewRequestId,
    /// Renders `GET /metrics`; without it the route does not exist.
    pub metrics: Option<PrometheusHandle>,
    /// Turns true when the service stops: WebSocket connections are then closed.
    pub shutdown: Option<watch::Receiver<bool>>,
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hooks").finish_non_exhaustive()
    }
}
