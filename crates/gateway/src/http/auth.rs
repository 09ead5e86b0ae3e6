//! Who is asking: decided outside this module, once per operation.

use std::net::IpAddr;

use async_graphql::Data;
use axum::http::{HeaderMap, StatusCode};
use futures_util::future::BoxFuture;

use super::RequestId;
use super::problem::Problem;

/// The way an operation came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// `POST` or `GET /graphql`.
    Http,
    /// `/graphql/ws`; the headers are those of the upgrade.
    WebSocket,
}

/// What is known of the one who asks.
#[derive(Debug, Clone, Copy)]
pub struct Caller<'a> {
    /// The `Authorization` header, or `authorization` of `connection_init`, as sent (`Bearer ..`).
    pub authorization: Option<&'a str>,
    /// All headers.
    pub headers: &'a HeaderMap,
    /// The address of the connection (of a proxy, if one stands in front), when the server passes it on.
    pub peer: Option<IpAddr>,
    /// The id of the request.
    pub request_id: &'a RequestId,
    /// The way the operation came.
    pub transport: Transport,
}

/// Turns a caller into the data that resolvers find in their context.
///
/// Asked once per operation, so that loaders are fresh and a token that has run out is noticed on an open WebSocket.
/// A caller without credentials is not an error: `signIn` must work. Credentials that do not hold are.
pub trait Authenticate: Send + Sync + 'static {
    /// Answers the context data of one operation.
    fn authenticate<'a>(&'a self, caller: Caller<'a>) -> BoxFuture<'a, Result<Data, Refusal>>;

    /// Whether a field at the top of an operation needs nobody to be signed in, so that credentials which do not
    /// hold (any more) are no reason to refuse it.
    fn is_for_anyone(&self, _field: &str) -> bool {
        false
    }
}

/// Why a caller is turned away. The message is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub(crate) kind: RefusalKind,
    pub(crate) message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefusalKind {
    Unauthenticated,
    Forbidden,
    TooMany { retry_after_seconds: u64 },
    Unavailable,
}

impl Refusal {
    /// The credentials do not hold: 401.
    pub fn unauthenticated(message: impl Into<String>) -> Self {
        Self { kind: RefusalKind::Unauthenticated, message: message.into() }
    }

    /// The caller is known and may not: 403.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self { kind: RefusalKind::Forbidden, message: message.into() }
    }

    /// Too much from this caller: 429.
    pub fn too_many(message: impl Into<String>, retry_after_seconds: u64) -> Self {
        Self { kind: RefusalKind::TooMany { retry_after_seconds }, message: message.into() }
    }

    /// It cannot be decided now, for instance because the database is away: 503. Log the cause, don't pass it.
    pub fn unavailable(message: impl Into<String>) -> Self {
        Self { kind: RefusalKind::Unavailable, message: message.into() }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let message = refusal.message;
        match refusal.kind {
            RefusalKind::Unauthenticated => Self::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", message)
                .header("www-authenticate", r#"Bearer realm="varde", error="invalid_token""#),
            RefusalKind::Forbidden => Self::new(StatusCode::FORBIDDEN, "FORBIDDEN", message),
            RefusalKind::TooMany { retry_after_seconds } => {
                Self::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", message)
                    .header("retry-after", &retry_after_seconds.to_string())
            }
            RefusalKind::Unavailable => Self::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", message),
        }
    }
}
