//! The demo's own pages: what runs and what to try first, the mailbox, and the clock that can be moved.
//!
//! Only `varde demo` serves them: the mailbox shows everybody's mail.

mod clock;
mod folder;
mod mail;
mod mailbox;
mod start;

pub use clock::{DemoClock, Moved, NotMoved};
pub use folder::Folder;
pub use mail::{LetterSummary, ReceivedLetter, read_letter};
pub use mailbox::{Mailbox, Unreadable};
pub use start::{Address, SignIn};

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, header},
    middleware,
    response::Response,
    routing::{get, post},
};
use chrono_tz::Tz;

/// What the demo's pages stand on.
#[derive(Clone)]
pub struct Demo {
    /// The mail that was sent.
    pub mailbox: Arc<dyn Mailbox>,
    /// The clock.
    pub clock: Arc<dyn DemoClock>,
    /// Who can sign in, with which password.
    pub sign_ins: Arc<[SignIn]>,
    /// Other addresses of the demo, such as GraphiQL's.
    pub addresses: Arc<[Address]>,
    /// Whose hours are shown.
    pub zone: Tz,
    /// The address that people reach the demo at; its forms come from there.
    pub public_url: Arc<str>,
}

/// The pages under `/demo`. Style and icon are those of [`crate::router`], which serves them.
pub fn router(demo: Demo) -> Router {
    Router::new()
        .route("/demo", get(start::show))
        .route("/demo/clock", post(clock::turn))
        .route("/demo/mail", get(mailbox::list))
        .route("/demo/mail/{id}", get(mailbox::read))
        .route("/demo/mail/{id}/html", get(mailbox::html))
        .route("/demo/mail/{id}/source", get(mailbox::source))
        .layer(DefaultBodyLimit::max(16 * 1024))
        .layer(middleware::map_response(headers))
        .with_state(demo)
}

/// Like every page, but a mail may stand in a frame, and forms say where they come from: no address is a secret here.
async fn headers(mut response: Response) -> Response {
    let policy = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; \
                  frame-ancestors 'none'; base-uri 'none'";
    let set: [(HeaderName, &'static str); 4] = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    for (name, value) in set {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests;
