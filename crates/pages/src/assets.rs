//! The stylesheet, the icon and the one script, inside the binary. Their names carry a digest of their content, so that a browser
//! may keep them for ever.

use std::{fmt::Write, sync::LazyLock};

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use sha2::{Digest, Sha256};

struct Asset {
    path: String,
    kind: &'static str,
    content: &'static str,
}

static STYLE: LazyLock<Asset> =
    LazyLock::new(|| asset("style", "css", "text/css; charset=utf-8", include_str!("../assets/style.css")));
static CHECK_IN_SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    asset("check-in", "js", "text/javascript; charset=utf-8", include_str!("../assets/check-in.js"))
});
static ICON: LazyLock<Asset> =
    LazyLock::new(|| asset("varde", "svg", "image/svg+xml", include_str!("../assets/varde.svg")));

/// The address of the stylesheet.
pub(crate) fn style() -> &'static str {
    &STYLE.path
}

/// The address of the icon.
pub(crate) fn icon() -> &'static str {
    &ICON.path
}

/// The address of the script that saves a check-in as it is written.
pub(crate) fn check_in_script() -> &'static str {
    &CHECK_IN_SCRIPT.path
}

fn asset(name: &str, extension: &str, kind: &'static str, content: &'static str) -> Asset {
    let mut path = format!("/pages/{name}-");
    for byte in &Sha256::digest(content)[..8] {
        let _ = write!(path, "{byte:02x}");
    }
    Asset { path: format!("{path}.{extension}"), kind, content }
}

pub(crate) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/pages/{file}", get(serve))
}

async fn serve(Path(file): Path<String>) -> Response {
    let wanted = format!("/pages/{file}");
    let Some(asset) = [&STYLE, &ICON, &CHECK_IN_SCRIPT].into_iter().find(|asset| asset.path == wanted) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, asset.content).into_response()
}
