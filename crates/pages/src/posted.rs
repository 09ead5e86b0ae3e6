//! The fields of a form, as browsers and mail programs send them.

use std::collections::BTreeMap;

use axum::{
    extract::{Form, FromRequest, Multipart, Request, multipart::MultipartError},
    http::{HeaderMap, StatusCode, header},
};

/// A form that was sent.
#[derive(Debug, Default)]
pub(crate) struct Posted {
    fields: BTreeMap<String, String>,
    headers: HeaderMap,
}

impl Posted {
    /// A field; empty when it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// A text of several lines, with the line ends that the rest of the product writes.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let text = self.get(name).replace("\r\n", "\n");
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// The names of all fields that were sent.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(String::as_str)
    }

    /// True for a field that was sent, if only as an empty one.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// Every field in which something was typed but the button, each as [`Posted::text`] gives it.
    pub(crate) fn filled(&self) -> BTreeMap<String, String> {
        let names = self.fields.keys().filter(|name| *name != "act");
        names.filter_map(|name| Some((name.clone(), self.text(name)?))).collect()
    }

    /// Takes a field out, so that no copy of a password stays behind.
    pub(crate) fn take(&mut self, name: &str) -> String {
        self.fields.remove(name).unwrap_or_default()
    }

    /// The headers it came with.
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    /// Too large, of another type, or not a form: the page says so in the reader's language.
    type Rejection = StatusCode;

    async fn from_request(request: Request, state: &S) -> Result<Self, StatusCode> {
        let headers = request.headers().clone();
        let kind =
            headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        // Mail programs that unsubscribe with one click may send either (RFC 8058, section 3.1).
        let fields = if kind.starts_with("multipart/form-data") {
            parts(Multipart::from_request(request, state).await.map_err(|_| StatusCode::BAD_REQUEST)?).await?
        } else {
            let form = Form::<BTreeMap<String, String>>::from_request(request, state).await;
            form.map_err(|error| axum::response::IntoResponse::into_response(error).status())?.0
        };
        Ok(Self { fields, headers })
    }
}

async fn parts(mut form: Multipart) -> Result<BTreeMap<String, String>, StatusCode> {
    let status = |error: MultipartError| error.status();
    let mut fields = BTreeMap::new();
    while let Some(field) = form.next_field().await.map_err(status)? {
        let name = field.name().unwrap_or_default().to_owned();
        fields.insert(name, field.text().await.map_err(status)?);
    }
    Ok(fields)
}
