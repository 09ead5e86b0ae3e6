//! `/unsubscribe/{token}`: no more of the mails that are not mandatory, and back again.

use axum::{extract::State, http::StatusCode, response::Response};
use varde_app::links::{Act, LinkKind};

use crate::{
    Pages,
    answer::{Token, carry_out, look},
    guard::is_foreign,
    posted::Posted,
    problem,
    visitor::Visitor,
};

const ROUTE: &str = "/unsubscribe/{token}";

/// Asks; scanners that follow the link unsubscribe nobody.
pub(crate) async fn show(State(pages): State<Pages>, visitor: Visitor, token: Token) -> Response {
    look(&pages, &visitor, LinkKind::Unsubscribe, ROUTE, token).await
}

/// Unsubscribes or resubscribes. A mail program does it with one click and needs nothing more (RFC 8058); it sends
/// no cookie and may say that it comes from elsewhere.
pub(crate) async fn act(
    State(pages): State<Pages>,
    visitor: Visitor,
    token: Token,
    posted: Result<Posted, StatusCode>,
) -> Response {
    let posted = match posted {
        Ok(posted) => posted,
        Err(status) => return problem::unreadable(&visitor, status),
    };
    let one_click = posted.get("List-Unsubscribe") == "One-Click";
    if !one_click && is_foreign(posted.headers(), &pages.app.config().public_url) {
        return problem::foreign(&visitor);
    }
    let act = match posted.get("act") {
        _ if one_click => Act::Unsubscribe,
        "unsubscribe" => Act::Unsubscribe,
        "resubscribe" => Act::Resubscribe,
        _ => return problem::unreadable(&visitor, StatusCode::UNPROCESSABLE_ENTITY),
    };
    let mut response = carry_out(&pages, &visitor, LinkKind::Unsubscribe, ROUTE, token, &act).await;
    // Mail programs do not follow: the answer to one click must be no redirect (RFC 8058, section 3.1).
    if one_click && response.status().is_redirection() {
        *response.status_mut() = StatusCode::OK;
        response.headers_mut().remove(axum::http::header::LOCATION);
    }
    response
}
