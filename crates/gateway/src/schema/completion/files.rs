//! Files that people fetch.

use async_graphql::SimpleObject;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use varde_app::files::File;

/// A file to be kept.
#[derive(SimpleObject, Debug)]
pub struct FetchedFile {
    /// What it is called, with its ending.
    name: String,
    /// What kind of file, such as `application/pdf`.
    media_type: &'static str,
    /// Its bytes in base64.
    content: String,
}

impl From<File> for FetchedFile {
    fn from(file: File) -> Self {
        Self { content: STANDARD.encode(file.bytes), name: file.name, media_type: file.media_type }
    }
}
