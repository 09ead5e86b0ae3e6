//! `/demo/mail`: everybody's mail, newest first; for people as pages, for programs as JSON.

use askama::Template;
use async_trait::async_trait;
use axum::{
    Json,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use varde_app::labels;
use varde_model::letter::LetterKind;

use super::{Demo, LetterSummary, ReceivedLetter};
use crate::{
    frame::{Frame, html as page},
    visitor::Visitor,
};

/// Mails on one page.
const PAGE: usize = 100;

/// The mail that the demo sent.
#[async_trait]
pub trait Mailbox: Send + Sync {
    /// All of it, newest first.
    ///
    /// # Errors
    /// It cannot be read.
    async fn list(&self) -> Result<Vec<LetterSummary>, Unreadable>;

    /// One mail; None when there is none of that id.
    ///
    /// # Errors
    /// It cannot be read.
    async fn read(&self, id: &str) -> Result<Option<ReceivedLetter>, Unreadable>;

    /// One mail as it was sent, byte for byte; None when there is none of that id.
    ///
    /// # Errors
    /// It cannot be read.
    async fn source(&self, id: &str) -> Result<Option<Vec<u8>>, Unreadable>;
}

/// The mailbox cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the mailbox cannot be read: {0}")]
pub struct Unreadable(#[from] pub std::io::Error);

impl IntoResponse for Unreadable {
    fn into_response(self) -> Response {
        tracing::error!(error = %self, "the demo's mailbox");
        (StatusCode::INTERNAL_SERVER_ERROR, "The mailbox cannot be read; the log says why.\n").into_response()
    }
}

#[derive(Template)]
#[template(path = "demo_mailbox.html")]
struct ListPage<'a> {
    frame: &'a Frame,
    rows: Vec<Row<'a>>,
    total: String,
    /// The addresses of newer and older mail.
    newer: Option<String>,
    older: Option<String>,
}

struct Row<'a> {
    letter: &'a LetterSummary,
    when: String,
    kind: Option<String>,
}

#[derive(Template)]
#[template(path = "demo_letter.html")]
struct LetterPage<'a> {
    frame: &'a Frame,
    letter: &'a ReceivedLetter,
    when: String,
    kind: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Part {
    #[serde(default)]
    page: usize,
}

pub(super) async fn list(
    State(demo): State<Demo>,
    visitor: Visitor,
    headers: HeaderMap,
    part: Result<Query<Part>, QueryRejection>,
) -> Result<Response, Unreadable> {
    let letters = demo.mailbox.list().await?;
    if wants_json(&headers) {
        return Ok(([(header::VARY, "Accept")], Json(letters)).into_response());
    }
    let frame = frame(&visitor);
    let words = frame.words;
    let part = part.map_or(0, |Query(part)| part.page).min(letters.len() / PAGE);
    let shown = letters.iter().skip(part * PAGE).take(PAGE);
    let rows = shown.map(|letter| Row {
        letter,
        when: when(&frame, &demo, letter.date),
        kind: kind(&frame, letter),
    });
    let rows = rows.collect();
    let lang = words.0;
    let address = |part: usize| format!("/demo/mail?lang={lang}&page={part}");
    let older = (letters.len() > (part + 1) * PAGE).then(|| address(part + 1));
    let total = words.with("pages-demo-mails", &[("count", letters.len().to_string())]);
    let newer = part.checked_sub(1).map(address);
    Ok(page(StatusCode::OK, &ListPage { frame: &frame, rows, total, newer, older }))
}

pub(super) async fn read(
    State(demo): State<Demo>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Unreadable> {
    let Some(letter) = demo.mailbox.read(&id).await? else { return Ok(not_there(&visitor)) };
    if wants_json(&headers) {
        return Ok(([(header::VARY, "Accept")], Json(letter)).into_response());
    }
    let frame = frame(&visitor);
    let when = when(&frame, &demo, letter.summary.date);
    let kind = kind(&frame, &letter.summary);
    Ok(page(StatusCode::OK, &LetterPage { frame: &frame, letter: &letter, when, kind }))
}

/// The HTML of a mail, for the frame on its page: without scripts and with its own style; links open beside it.
pub(super) async fn html(
    State(demo): State<Demo>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Unreadable> {
    let Some(letter) = demo.mailbox.read(&id).await? else { return Ok(not_there(&visitor)) };
    let body = letter.html.replacen("<head>", "<head><base target=\"_blank\">", 1);
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; \
                  base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox";
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    Ok((headers, body).into_response())
}

/// The mail as a file, for a mail client: to see it, and its calendar entry, as its reader does.
pub(super) async fn source(
    State(demo): State<Demo>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Unreadable> {
    let Some(bytes) = demo.mailbox.source(&id).await? else { return Ok(not_there(&visitor)) };
    let headers = [
        (header::CONTENT_TYPE, "message/rfc822"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"mail.eml\""),
    ];
    Ok((headers, bytes).into_response())
}

fn not_there(visitor: &Visitor) -> Response {
    let frame = frame(visitor);
    let title = frame.words.get("pages-demo-no-mail");
    crate::screen::Screen { status: StatusCode::NOT_FOUND, title, ..Default::default() }.response(&frame)
}

fn frame(visitor: &Visitor) -> Frame {
    Frame::new(visitor, None, None)
}

fn when(frame: &Frame, demo: &Demo, at: Option<DateTime<Utc>>) -> String {
    at.map(|at| frame.words.moment(at, demo.zone)).unwrap_or_default()
}

/// What the letter is called, where the mail tells which it is.
fn kind(frame: &Frame, letter: &LetterSummary) -> Option<String> {
    let kind: LetterKind = letter.kind.as_deref()?.parse().ok()?;
    Some(labels::letter(frame.words.0, kind))
}

/// Programs ask for JSON; browsers ask for HTML before anything else.
fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("application/json") && !accept.contains("text/html")
}
