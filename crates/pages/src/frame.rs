//! What stands around every page: the sender, the choice of language, the way to style and icon.

use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use varde_model::Locale;

use crate::{assets, visitor::Visitor, words::Words};

/// The frame of a page.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// The language of the page.
    pub(crate) words: Words,
    /// The address of this page, for its forms.
    pub(crate) here: String,
    /// The trust; None where nothing is known of the reader.
    pub(crate) sender: Option<String>,
    path: String,
}

/// A language to choose.
pub(crate) struct Choice {
    pub(crate) tag: &'static str,
    pub(crate) name: &'static str,
    pub(crate) address: String,
    pub(crate) present: bool,
}

impl Frame {
    /// The frame around a page for this visitor; `own` is the language that she or he chose for mail.
    pub(crate) fn new(visitor: &Visitor, own: Option<Locale>, sender: Option<String>) -> Self {
        let words = Words(visitor.locale(own));
        Self { words, here: visitor.here(), sender, path: visitor.path.clone() }
    }

    /// The address of something that belongs to this page, in its language.
    pub(crate) fn below(&self, name: &str) -> String {
        format!("{}/{name}?lang={}", self.path, self.words.0)
    }

    pub(crate) fn style(&self) -> &'static str {
        assets::style()
    }

    pub(crate) fn icon(&self) -> &'static str {
        assets::icon()
    }

    pub(crate) fn sender(&self) -> &str {
        self.sender.as_deref().unwrap_or("Varde")
    }

    /// Where the page comes from, at its foot.
    pub(crate) fn footer(&self) -> String {
        match &self.sender {
            Some(sender) => self.words.with("pages-footer", &[("organisation", sender.as_str())]),
            None => self.words.get("pages-footer-varde"),
        }
    }

    /// The three languages, each by its own name.
    pub(crate) fn choices(&self) -> [Choice; 3] {
        Locale::ALL.map(|locale| Choice {
            tag: locale.tag(),
            name: match locale {
                Locale::Nb => "Bokmål",
                Locale::Nn => "Nynorsk",
                Locale::En => "English",
            },
            address: format!("{}?lang={locale}", self.path),
            present: locale == self.words.0,
        })
    }
}

/// Renders a template as a page.
pub(crate) fn html(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(page) => (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page does not render");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
