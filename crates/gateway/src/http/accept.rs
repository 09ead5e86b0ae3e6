//! Which of the two media types the client wants.

use axum::http::{HeaderMap, header};

/// The media type of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    /// `application/json`: request errors come with status 200, for clients that look at the body only.
    Json,
    /// `application/graphql-response+json`: the status says whether the request was understood.
    GraphQl,
}

impl Media {
    const JSON: &str = "application/json";
    const GRAPHQL: &str = "application/graphql-response+json";

    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
        }
    }

    /// What `Accept` asks for; JSON when it does not care, None when it takes neither.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let mut ranges: Vec<(String, f32)> = Vec::new();
        for value in headers.get_all(header::ACCEPT) {
            ranges.extend(value.to_str().ok()?.split(',').filter_map(range));
        }
        if ranges.is_empty() {
            return Some(Self::Json);
        }
        let exact = |name: &str| ranges.iter().find(|(range, _)| range == name).map(|(_, q)| *q);
        let any = exact("application/*").or_else(|| exact("*/*"));
        let json = exact(Self::JSON).or(any).unwrap_or(0.0);
        let graphql = exact(Self::GRAPHQL).or(any).unwrap_or(0.0);
        if graphql > json || (graphql > 0.0 && graphql >= json && exact(Self::GRAPHQL).is_some()) {
            Some(Self::GraphQl)
        } else {
            (json > 0.0).then_some(Self::Json)
        }
    }
}

/// `type/subtype;q=0.5` as type and weight.
fn range(text: &str) -> Option<(String, f32)> {
    let mut parts = text.split(';');
    let name = parts.next()?.trim().to_ascii_lowercase();
    let weight = parts
        .filter_map(|parameter| parameter.trim().strip_prefix("q="))
        .find_map(|q| q.trim().parse::<f32>().ok())
        .unwrap_or(1.0);
    (!name.is_empty()).then_some((name, weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn media(accept: &str) -> Option<Media> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        Media::of(&headers)
    }

    #[test]
    fn the_more_wanted_type_wins_and_json_is_the_default() {
        assert_eq!(Media::of(&HeaderMap::new()), Some(Media::Json));
        assert_eq!(media("*/*"), Some(Media::Json));
        assert_eq!(media("application/*"), Some(Media::Json));
        assert_eq!(media("application/json"), Some(Media::Json));
        assert_eq!(media("application/graphql-response+json"), Some(Media::GraphQl));
        assert_eq!(
            media("application/graphql-response+json; charset=utf-8, application/json; charset=utf-8"),
            Some(Media::GraphQl)
        );
        assert_eq!(media("application/json, application/graphql-response+json;q=0.9"), Some(Media::Json));
        assert_eq!(media("application/graphql-response+json, */*"), Some(Media::GraphQl));
        assert_eq!(media("text/html,application/xhtml+xml,*/*;q=0.8"), Some(Media::Json));
        assert_eq!(media("application/json;q=0, application/graphql-response+json"), Some(Media::GraphQl));
        assert_eq!(media("text/html"), None);
        assert_eq!(media("*/*;q=0"), None);
    }
}
