//! The pages behind mail links: answer an invitation, leave the line, say whether one comes, have fewer mails, choose
//! a password, hold a check-in, follow a competence plan, fetch a certificate and check one. Rendered here, without a script; a GET changes nothing, because mail scanners follow links.
//!
//! The token in the address is all that a page knows its reader by. So it is kept out of logs and referrers, and no
//! page says anything of a person to whoever made a token up.

mod answer;
mod assets;
mod certificate;
mod check_in;
pub mod demo;
mod frame;
mod guard;
mod headers;
mod password;
mod plan;
mod posted;
mod problem;
mod screen;
mod tries;
mod unsubscribe;
mod verify;
mod view;
mod visitor;
mod words;

use std::{num::NonZeroU32, sync::Arc};

use axum::{Router, extract::DefaultBodyLimit, middleware, routing::get};
use varde_app::App;

use tries::Tries;

/// What an installation can set about the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Links that do not exist which one address may open in a row; one more is granted every six seconds.
    pub unknown_links: NonZeroU32,
    /// The largest body of a form, in bytes.
    pub body_limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { unknown_links: NonZeroU32::MIN.saturating_add(19), body_limit: 16 * 1024 }
    }
}

/// What every page works with.
#[derive(Clone)]
struct Pages {
    app: App,
    tries: Arc<Tries>,
}

/// The pages as routes. The address of the client is read from axum's `ConnectInfo<SocketAddr>` where the server
/// gives one; behind a proxy, the server puts the address there that it believes.
pub fn router(app: App, options: Options) -> Router {
    let tries = Arc::new(Tries::new(app.clone(), options.unknown_links));
    let check_ins = Router::new()
        .route("/check-in/{token}", get(check_in::show).post(check_in::act))
        .route("/check-in/{token}/document.pdf", get(check_in::fetch))
        .layer(DefaultBodyLimit::max(check_in::BODY_LIMIT));
    Router::new()
        .route("/answer/{token}", get(answer::show).post(answer::act))
        .route("/unsubscribe/{token}", get(unsubscribe::show).post(unsubscribe::act))
        .route("/certificate/{token}", get(certificate::show))
        .route("/certificate/{token}/pdf", get(certificate::fetch))
        .route("/plan/{token}", get(plan::show).post(plan::act))
        .route("/verify", get(verify::ask).post(verify::lead_on))
        .route("/verify/{code}", get(verify::show))
        .route("/password/done", get(password::done))
        .route("/password/{token}", get(password::show).post(password::choose))
        .layer(DefaultBodyLimit::max(options.body_limit))
        .merge(check_ins)
        .layer(middleware::map_response(headers::of_a_page))
        .merge(assets::router())
        .with_state(Pages { app, tries })
}
