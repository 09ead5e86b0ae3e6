//! Pages for what goes wrong. None of them tells anything of a person.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use varde_app::Error;

use crate::{Pages, frame::Frame, screen::Screen, visitor::Visitor};

fn page(visitor: &Visitor, status: StatusCode, title: &str, texts: &[&str]) -> (Screen, Frame) {
    let frame = Frame::new(visitor, None, None);
    let words = frame.words;
    let lead = texts.iter().map(|key| words.get(key)).collect();
    (Screen { status, title: words.get(title), lead, ..Screen::default() }, frame)
}

fn answer(visitor: &Visitor, status: StatusCode, title: &str, texts: &[&str]) -> Response {
    let (screen, frame) = page(visitor, status, title, texts);
    screen.response(&frame)
}

/// A token that was not made here, or for another kind of page. Too many of them are held back.
pub(crate) fn unknown(pages: &Pages, visitor: &Visitor) -> Response {
    held_back(pages, visitor).unwrap_or_else(|| {
        let texts = ["pages-unknown-lead", "pages-unknown-next"];
        answer(visitor, StatusCode::NOT_FOUND, "pages-unknown", &texts)
    })
}

/// Counts one more that does not exist; the page for somebody who tried too many.
pub(crate) fn held_back(pages: &Pages, visitor: &Visitor) -> Option<Response> {
    if pages.tries.allow(visitor.address) {
        return None;
    }
    let status = StatusCode::TOO_MANY_REQUESTS;
    let mut response = answer(visitor, status, "pages-too-many", &["pages-too-many-lead"]);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    Some(response)
}

/// A link to choose a password that was made here and serves no more.
pub(crate) fn spent(visitor: &Visitor) -> Response {
    let texts = ["pages-password-spent-lead", "pages-password-spent-next"];
    answer(visitor, StatusCode::GONE, "pages-password-spent", &texts)
}

/// A form that another website had the browser send.
pub(crate) fn foreign(visitor: &Visitor) -> Response {
    answer(visitor, StatusCode::FORBIDDEN, "pages-foreign", &["pages-foreign-lead"])
}

/// A form that could not be read.
pub(crate) fn unreadable(visitor: &Visitor, status: StatusCode) -> Response {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        answer(visitor, status, "pages-too-large", &["pages-too-large-lead"])
    } else {
        answer(visitor, status, "pages-unreadable", &["pages-unreadable-lead"])
    }
}

/// Something of ours broke: logged once, with an id that the page shows and without the address of the page.
pub(crate) fn fault(pages: &Pages, visitor: &Visitor, route: &'static str, error: &Error) -> Response {
    let bytes: [u8; 6] = pages.app.context(visitor.locale(None)).random_bytes();
    let id: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    tracing::error!(incident = %id, route, %error, "a page failed");
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    let (mut screen, frame) = page(visitor, status, "pages-fault", &["pages-fault-lead"]);
    screen.next.push(frame.words.with("pages-fault-id", &[("id", id)]));
    screen.response(&frame)
}
