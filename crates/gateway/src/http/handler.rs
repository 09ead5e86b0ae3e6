//! `POST /graphql` and `GET /graphql` after the GraphQL-over-HTTP specification.
//!
//! The engine's own HTTP service executes mutations sent by GET, takes bodies of any content type (which browsers
//! send across sites unasked), and ignores body limits; hence this handler.

use std::net::SocketAddr;
use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use async_graphql::{Executor, UploadValue};
use axum::body::HttpBody as _;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::accept::Media;
use super::auth::{Caller, Transport};
use super::execute::{Gateway, Outcome, kind_name};
use super::params::Params;
use super::problem::Problem;
use super::request_id::RequestId;
use super::upload;

/// What the log line and the metrics say of an answer beyond its status.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) name: Option<String>,
    pub(crate) kind: &'static str,
    pub(crate) outcome: Outcome,
}

pub(crate) async fn graphql<E: Executor>(
    State(gateway): State<Arc<Gateway<E>>>,
    request: Request,
) -> Response {
    if gateway.config.graphiql && is_browser_visit(&request) {
        return Redirect::to("/graphiql").into_response();
    }
    let Some(media) = Media::of(request.headers()) else {
        return Problem::new(
            StatusCode::NOT_ACCEPTABLE,
            "NOT_ACCEPTABLE",
            "`Accept` must allow application/graphql-response+json or application/json.",
        )
        .respond(Media::Json);
    };
    let timeout = gateway.config.timeout;
    match tokio::time::timeout(timeout, Box::pin(answer(&gateway, request, media))).await {
        Ok(Ok(response)) => response,
        Ok(Err(problem)) => problem.respond(media),
        Err(_) => Problem::timeout().respond(media),
    }
}

/// Someone typed the address into a browser.
fn is_browser_visit(request: &Request) -> bool {
    let html = |headers: &HeaderMap| {
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        accept.is_some_and(|accept| accept.contains("text/html"))
    };
    request.method() == Method::GET && request.uri().query().is_none() && html(request.headers())
}

async fn answer<E: Executor>(
    gateway: &Gateway<E>,
    request: Request,
    media: Media,
) -> Result<Response, Problem> {
    let request_id = request_id(&request);
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let headers = request.headers().clone();
    let by_get = request.method() == Method::GET;
    let (params, uploads) = read(gateway, request).await?;

    let name = params.operation_name.clone();
    let prepared = gateway.prepare(params)?;
    match prepared.kind {
        Some(OperationType::Subscription) => {
            return Err(Problem::document(
                "SUBSCRIPTION_OVER_HTTP",
                "Subscriptions run over a WebSocket at /graphql/ws, by the protocol graphql-transport-ws.",
                Vec::new(),
            ));
        }
        Some(OperationType::Mutation) if by_get => {
            return Err(Problem::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "METHOD_NOT_ALLOWED",
                "A GET changes nothing: send mutations by POST.",
            )
            .header("allow", "POST"));
        }
        _ => {}
    }

    let caller = Caller {
        authorization: authorization(&headers),
        headers: &headers,
        peer,
        request_id: &request_id,
        transport: Transport::Http,
    };
    let data = gateway.data(caller, &prepared).await?;
    let kind = kind_name(prepared.kind);
    let prepared = prepared.with(data, uploads, request_id.clone());
    let (encoded, outcome) = gateway.execute(prepared, &request_id).await;
    let status = if encoded.request_error && media == Media::GraphQl {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    let mut response = (status, [(header::CONTENT_TYPE, media.content_type())], encoded.body).into_response();
    response.extensions_mut().insert(Operation { name, kind, outcome });
    Ok(response)
}

pub(crate) fn authorization(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok())
}

/// The id that the outer layer gave the request.
pub(crate) fn request_id(request: &Request) -> RequestId {
    match request.extensions().get::<RequestId>() {
        Some(id) => id.clone(),
        None => RequestId::of(request.headers(), uuid::Uuid::nil),
    }
}

/// Reads the parameters, and the files of a multipart body.
async fn read<E: Executor>(
    gateway: &Gateway<E>,
    request: Request,
) -> Result<(Params, Vec<(String, UploadValue)>), Problem> {
    match *request.method() {
        Method::GET => return Ok((Params::from_uri(request.uri())?, Vec::new())),
        Method::POST => {}
        _ => {
            return Err(Problem::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "METHOD_NOT_ALLOWED",
                "Send operations by POST, or queries by GET.",
            )
            .header("allow", "GET, POST"));
        }
    }
    match content_type(request.headers())?.as_str() {
        "application/json" => {
            Ok((Params::from_json(&body(request, gateway.config.body_bytes).await?)?, Vec::new()))
        }
        "multipart/form-data" => upload::read(request, &gateway.config).await,
        other => Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UNSUPPORTED_MEDIA_TYPE",
            if other.is_empty() {
                "`Content-Type` is missing; it must be application/json.".to_owned()
            } else {
                format!(
                    "`Content-Type` must be application/json (or multipart/form-data with files), not {other}."
                )
            },
        )),
    }
}

/// The media type of the body without its parameters, in lower case; empty when none is given.
fn content_type(headers: &HeaderMap) -> Result<String, Problem> {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let mut parts = value.split(';').map(str::trim);
    let name = parts.next().unwrap_or("").to_ascii_lowercase();
    for parameter in parts {
        let parameter = parameter.to_ascii_lowercase();
        if let Some(charset) = parameter.strip_prefix("charset=")
            && !matches!(charset.trim_matches('"'), "utf-8" | "utf8")
        {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "UNSUPPORTED_MEDIA_TYPE",
                "The body must be UTF-8.",
            ));
        }
    }
    Ok(name)
}

async fn body(request: Request, limit: usize) -> Result<bytes::Bytes, Problem> {
    let body = request.into_body();
    if body.size_hint().lower() > limit as u64 {
        return Err(Problem::too_large(limit));
    }
    axum::body::to_bytes(body, limit).await.map_err(|error| {
        let mut cause: Option<&dyn std::error::Error> = Some(&error);
        while let Some(current) = cause {
            if current.is::<http_body_util::LengthLimitError>() {
                return Problem::too_large(limit);
            }
            cause = current.source();
        }
        Problem::bad_request("The body ended before it was complete.")
    })
}
