//! The id that ties an answer to its log lines.

use std::fmt;
use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

/// The id of one request: the caller's own if it brought a usable one, else drawn here. Resolvers find it in their
/// context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// The header it comes and goes in.
    pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

    const MAX_LENGTH: usize = 64;

    pub(crate) fn of(headers: &HeaderMap, draw: impl FnOnce() -> Uuid) -> Self {
        let brought = headers.get(&Self::HEADER).and_then(|value| value.to_str().ok());
        // It stands in log lines and answers: nothing that could break either.
        let usable = brought.filter(|id| {
            (1..=Self::MAX_LENGTH).contains(&id.len())
                && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
        });
        Self(usable.map_or_else(|| draw().to_string().into(), Arc::from))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn header_value(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.0).ok()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
