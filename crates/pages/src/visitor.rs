//! Who opens a page, as far as the request tells: the language wanted, where it comes from, the address opened.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use varde_model::Locale;

/// What a request tells of its sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Visitor {
    /// The language that was clicked on the page.
    chosen: Option<Locale>,
    /// The language that the browser asks for.
    accepted: Locale,
    /// The client's address, where the server knows it.
    pub(crate) address: Option<IpAddr>,
    /// The path of the page, without the language.
    pub(crate) path: String,
}

impl Visitor {
    /// The language of the page: the one clicked, else the person's own, else the browser's.
    pub(crate) fn locale(&self, own: Option<Locale>) -> Locale {
        self.chosen.or(own).unwrap_or(self.accepted)
    }

    /// The address of this page again, in the language clicked.
    pub(crate) fn here(&self) -> String {
        self.there(&self.path)
    }

    /// The same visitor at another page.
    pub(crate) fn at(&self, path: &str) -> Self {
        Self { path: path.to_owned(), ..self.clone() }
    }

    /// Another page in the language clicked.
    pub(crate) fn there(&self, path: &str) -> String {
        match self.chosen {
            Some(locale) => format!("{path}?lang={locale}"),
            None => path.to_owned(),
        }
    }
}

#[cfg(test)]
impl Visitor {
    /// Somebody who opens a path and asks for no language.
    pub(crate) fn of(path: &str) -> Self {
        Self { chosen: None, accepted: Locale::Nb, address: None, path: path.to_owned() }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self {
            chosen: parts.uri.query().and_then(chosen),
            accepted: accepted(&parts.headers),
            address: parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip()),
            path: parts.uri.path().to_owned(),
        })
    }
}

fn chosen(query: &str) -> Option<Locale> {
    query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Locale::from_tag)
}

/// The first of the three languages in the browser's order of preference; Bokmål where it asks for none of them.
fn accepted(headers: &HeaderMap) -> Locale {
    let list = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut wanted: Vec<(Locale, f32)> = list
        .split(',')
        .filter_map(|entry| {
            let (tag, quality) = entry.split_once(';').unwrap_or((entry, "q=1"));
            let quality = quality.trim().strip_prefix("q=")?.parse().ok().filter(|quality| *quality > 0.0)?;
            Some((Locale::from_tag(tag)?, quality))
        })
        .collect();
    wanted.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    wanted.first().map_or_else(Locale::default, |(locale, _)| *locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks_for(list: &'static str) -> Locale {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, list.parse().unwrap());
        accepted(&headers)
    }

    #[test]
    fn the_browsers_order_of_preference_counts() {
        assert_eq!(asks_for("nn-NO,nn;q=0.9,nb;q=0.8"), Locale::Nn);
        assert_eq!(asks_for("de, en-GB;q=0.7, nb;q=0.9"), Locale::Nb);
        assert_eq!(asks_for("sv, en;q=0.2, nb;q=0"), Locale::En);
        assert_eq!(asks_for("*;q=x,,;"), Locale::Nb);
        assert_eq!(accepted(&HeaderMap::new()), Locale::Nb);
    }

    #[test]
    fn a_click_on_a_language_goes_before_the_persons_own() {
        let visitor = |query: &str| Visitor {
            chosen: chosen(query),
            accepted: Locale::En,
            address: None,
            path: "/answer/abc".into(),
        };
        assert_eq!(visitor("").locale(Some(Locale::Nb)), Locale::Nb);
        assert_eq!(visitor("a=b&lang=nn").locale(Some(Locale::Nb)), Locale::Nn);
        assert_eq!(visitor("lang=fr").locale(None), Locale::En);
        assert_eq!(visitor("lang=nn").here(), "/answer/abc?lang=nn");
        assert_eq!(visitor("lang=%22").here(), "/answer/abc");
    }
}
