//! Static files, built into the binary and addressed by their content.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::error::WebError;
use crate::model::hex;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

/// Returns the address of a static file; it changes with the content, so that browsers may keep it for ever.
pub(super) fn url(name: &str) -> String {
    let version = Files::get(name).map_or_else(|| "missing".to_owned(), |file| version(&file));
    format!("/static/{version}/{name}")
}

/// Serves a static file.
pub(super) async fn serve(
    Path((asked, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let file = Files::get(&name).ok_or_else(|| WebError::not_found("There is no such file here."))?;
    let version = version(&file);
    let tag = format!("\"{version}\"");
    let cache = if asked == version { "public, max-age=31536000, immutable" } else { "no-cache" };
    let caching = [(ETAG, tag.clone()), (CACHE_CONTROL, cache.to_owned())];
    if headers.get(IF_NONE_MATCH).is_some_and(|it| it.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    Ok((caching, [(CONTENT_TYPE, media_type(&name))], file.data).into_response())
}

fn version(file: &EmbeddedFile) -> String {
    hex(&file.metadata.sha256_hash()[..8])
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
