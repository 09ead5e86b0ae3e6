//! Whether a form was sent by our own page.
//!
//! The token in the address is what lets one act, and no other site knows it; this is a second line. tower-http's
//! layer for the same would write the path, and so the token, into the trace log.

use axum::{
    http::{HeaderMap, StatusCode, Uri, header},
    response::Response,
};

use crate::{Pages, posted::Posted, problem, visitor::Visitor};

/// True for a form that another website had the browser send.
///
/// Browsers tell by `Sec-Fetch-Site` wherever the connection is safe. Without it, `Origin` must be ours; it is
/// `null` when a page that hides its address, as ours do, stands on plain HTTP. Neither header: not a browser.
pub(crate) fn is_foreign(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name| headers.get(name).map(|value: &header::HeaderValue| value.as_bytes());
    match (text(header::HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN)) {
        (Some(site), _) => !matches!(site, b"same-origin" | b"none"),
        (None, None | Some(b"null")) => false,
        (None, Some(origin)) => {
            let origin = std::str::from_utf8(origin).unwrap_or_default();
            let host = text(header::HOST).and_then(|host| std::str::from_utf8(host).ok());
            let authority =
                |url: &str| url.parse::<Uri>().ok().and_then(|uri| Some(uri.authority()?.to_string()));
            let origin = authority(origin);
            origin.is_none() || (origin != authority(public_url) && origin.as_deref() != host)
        }
    }
}

/// A form that our own page or a program has sent; else the page that says what is wrong with it.
pub(crate) fn ours(
    pages: &Pages,
    visitor: &Visitor,
    posted: Result<Posted, StatusCode>,
) -> Result<Posted, Box<Response>> {
    match posted {
        Ok(posted) if is_foreign(posted.headers(), &pages.app.config().public_url) => {
            Err(Box::new(problem::foreign(visitor)))
        }
        Ok(posted) => Ok(posted),
        Err(status) => Err(Box::new(problem::unreadable(visitor, status))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        is_foreign(&headers, "https://varde.fjordheim.example")
    }

    #[test]
    fn only_our_own_pages_and_programs_send_forms() {
        assert!(!foreign(&[]));
        assert!(!foreign(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(!foreign(&[("origin", "https://varde.fjordheim.example")]));
        assert!(!foreign(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")]));
        assert!(!foreign(&[("origin", "null")]));
        assert!(foreign(&[("sec-fetch-site", "cross-site"), ("origin", "https://varde.fjordheim.example")]));
        assert!(foreign(&[("sec-fetch-site", "same-site")]));
        assert!(foreign(&[("origin", "https://evil.example"), ("host", "varde.fjordheim.example")]));
        assert!(foreign(&[("origin", "file://"), ("host", "varde.fjordheim.example")]));
    }
}
