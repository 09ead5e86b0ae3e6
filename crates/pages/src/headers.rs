//! The headers of every page.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

/// No script, nothing from elsewhere, in no frame; forms go to us alone.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      frame-ancestors 'none'; base-uri 'none'";

/// What holds for pages whose address is a secret: kept by nobody, told to nobody, found by no search.
const OF_A_PAGE: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
];

/// Adds them where the page did not set its own.
pub(crate) async fn of_a_page(mut response: Response) -> Response {
    for (name, value) in OF_A_PAGE {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
