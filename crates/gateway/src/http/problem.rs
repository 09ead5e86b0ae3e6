//! Answers to requests that never reach a resolver.

use async_graphql::{Pos, ServerError};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::accept::Media;
use super::limits::{Cost, Limits};

/// A request that was not carried out, with a message its sender can act on.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: String,
    message: String,
    at: Vec<Pos>,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// The request was well-formed HTTP and JSON, but its document was refused: under `application/json` such
    /// errors come with status 200.
    document: bool,
    /// `extensions.cost`, where it is known; boxed, so that results stay small.
    cost: Option<Box<serde_json::Value>>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.to_owned(),
            message: message.into(),
            at: Vec::new(),
            headers: Vec::new(),
            document: false,
            cost: None,
        }
    }

    /// A body, parameter or header that is not as it must be.
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }

    /// A document that is refused before it is executed.
    pub(crate) fn document(code: &str, message: impl Into<String>, at: Vec<Pos>) -> Self {
        Self { at, document: true, ..Self::new(StatusCode::BAD_REQUEST, code, message) }
    }

    /// States what the document costs.
    pub(crate) fn costing(mut self, cost: Cost, limits: &Limits) -> Self {
        self.cost = Some(Box::new(cost.stated(limits)));
        self
    }

    pub(crate) fn parse(error: ServerError) -> Self {
        Self::document("GRAPHQL_PARSE_FAILED", error.message, error.locations)
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "PAYLOAD_TOO_LARGE",
            format!("The body is too large: at most {limit} bytes are accepted."),
        )
    }

    pub(crate) fn timeout() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "TIMEOUT",
            "The request took too long and was stopped; nothing of the step it was at was kept. Ask for less at once, or try again.",
        )
    }

    pub(crate) fn not_found() -> Response {
        Self::new(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            "There is nothing at this address. The API is at /graphql.",
        )
        .respond(Media::Json)
    }

    pub(crate) fn internal(request_id: &str) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", internal_message(request_id))
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((HeaderName::from_static(name), value));
        }
        self
    }

    /// The error as it stands in `errors`.
    pub(crate) fn error(&self) -> serde_json::Value {
        let mut error = json!({ "message": self.message, "extensions": { "code": self.code } });
        if !self.at.is_empty() {
            error["locations"] = json!(self.at);
        }
        error
    }

    pub(crate) fn respond(self, media: Media) -> Response {
        let mut body = json!({ "errors": [self.error()] });
        if let Some(cost) = self.cost {
            body["extensions"] = json!({ "cost": cost });
        }
        let body = body.to_string();
        let status = if self.document && media == Media::Json { StatusCode::OK } else { self.status };
        let mut response = (status, [(header::CONTENT_TYPE, media.content_type())], body).into_response();
        response.headers_mut().extend(self.headers);
        response
    }
}

/// What is said of a fault: the id leads to the log line, nothing else gets out.
pub(crate) fn internal_message(request_id: &str) -> String {
    format!("Something went wrong on our side. Quote {request_id} when you report it.")
}
