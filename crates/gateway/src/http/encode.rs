//! Writes answers, and sees to it that no internal text gets into one.

use std::sync::Arc;

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use serde::Serialize;

use super::RequestId;
use super::limits::{Cost, Limits};
use super::order::Order;
use super::problem::internal_message;

/// An answer as JSON text.
pub(crate) struct Encoded {
    pub(crate) body: Vec<u8>,
    /// The document was refused before anything was executed: there is no `data`.
    pub(crate) request_error: bool,
}

/// Whether nothing was executed: errors of the parser, validator and limits have no path.
pub(crate) fn is_request_error(response: &Response) -> bool {
    response.data == Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(|error| error.path.is_empty())
}

/// Writes an answer: `errors` first, because that is what a person reading it must see.
pub(crate) fn response(
    response: Response,
    order: &Order,
    cost: Option<Cost>,
    limits: &Limits,
    request_id: &RequestId,
) -> Encoded {
    let request_error = is_request_error(&response);
    let mut out = Vec::with_capacity(size_hint(&response.data) + 256);
    out.push(b'{');
    if !response.errors.is_empty() {
        out.extend_from_slice(b"\"errors\":");
        errors(response.errors, request_error, request_id, &mut out);
        out.push(b',');
    }
    if !request_error {
        out.extend_from_slice(b"\"data\":");
        value(&response.data, order, &mut out);
        out.push(b',');
    }
    out.extend_from_slice(b"\"extensions\":{");
    if let Some(cost) = cost {
        out.extend_from_slice(b"\"cost\":");
        json(&cost.stated(limits), &mut out);
        out.push(b',');
    }
    for (name, extension) in &response.extensions {
        json(name, &mut out);
        out.push(b':');
        value(extension, Default::default(), &mut out);
        out.push(b',');
    }
    out.extend_from_slice(b"\"requestId\":");
    json(request_id.as_str(), &mut out);
    out.extend_from_slice(b"}}");
    Encoded { body: out, request_error }
}

/// Writes a list of errors as they may be shown.
pub(crate) fn errors(errors: Vec<ServerError>, request_error: bool, id: &RequestId, out: &mut Vec<u8>) {
    let shown: Vec<ServerError> = errors.into_iter().map(|error| show(error, request_error, id)).collect();
    json(&shown, out);
}

/// Gives every error a code. An error without one that came from a foreign error type (`?`) was not written for
/// users: it is logged under the request's id, and only the id is told.
fn show(mut error: ServerError, request_error: bool, request_id: &RequestId) -> ServerError {
    let values = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    if values.get("code").is_some() {
        return error;
    }
    if error.source.is_some() {
        tracing::error!(%request_id, error = %error.message, "a resolver failed");
        error.message = internal_message(request_id.as_str());
        values.set("code", "INTERNAL");
        values.set("requestId", request_id.as_str());
    } else {
        values.set("code", if request_error { "GRAPHQL_VALIDATION_FAILED" } else { "BAD_USER_INPUT" });
    }
    error.source = None::<Arc<_>>;
    error
}

fn size_hint(value: &Value) -> usize {
    match value {
        Value::Binary(text) => text.len(),
        Value::Object(fields) => fields.values().map(size_hint).sum(),
        _ => 64,
    }
}

fn json(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) {
    let start = out.len();
    // Writing into memory cannot fail; a half-written value must not remain if it ever did.
    if serde_json::to_writer(&mut *out, value).is_err() {
        out.truncate(start);
        out.extend_from_slice(b"null");
    }
}

fn value(from: &Value, order: &Order, out: &mut Vec<u8>) {
    match from {
        Value::Null => out.extend_from_slice(b"null"),
        // Finished JSON text of a `Ready`; no client can send this kind of value.
        Value::Binary(text) => out.extend_from_slice(text),
        Value::List(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                value(item, order, out);
            }
            out.push(b']');
        }
        Value::Object(fields) => {
            out.push(b'{');
            for (index, (name, field, below)) in order.sorted(fields).into_iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                json(name.as_str(), out);
                out.push(b':');
                value(field, below, out);
            }
            out.push(b'}');
        }
        Value::Enum(name) => json(name.as_str(), out),
        Value::String(text) => json(text, out),
        Value::Boolean(flag) => json(flag, out),
        Value::Number(number) => json(number, out),
    }
}
