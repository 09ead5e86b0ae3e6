//! Whose scripts may open a WebSocket. Browsers send no preflight for one, only the origin.

use axum::http::{HeaderMap, HeaderValue, header};

/// Programs send no `Origin`; browsers always do. Allowed are the service's own origin and those that were named.
pub(crate) fn is_allowed(headers: &HeaderMap, named: &[String]) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    if named.iter().any(|named| named.eq_ignore_ascii_case(origin)) {
        return true;
    }
    let host = headers.get(header::HOST).map(HeaderValue::to_str);
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    match (authority, host) {
        (Some(authority), Some(Ok(host))) => authority.eq_ignore_ascii_case(host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(origin: Option<&str>, host: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        is_allowed(&headers, &["https://intranett.fjordheim.example".to_owned()])
    }

    #[test]
    fn only_the_own_and_the_named_origins_are_allowed() {
        assert!(allowed(None, "varde.example"));
        assert!(allowed(Some("https://varde.example"), "varde.example"));
        assert!(allowed(Some("http://127.0.0.1:8080"), "127.0.0.1:8080"));
        assert!(allowed(Some("https://intranett.fjordheim.example"), "varde.example"));
        assert!(!allowed(Some("https://evil.example"), "varde.example"));
        assert!(!allowed(Some("https://varde.example.evil.example"), "varde.example"));
        assert!(!allowed(Some("null"), "varde.example"));
    }
}
