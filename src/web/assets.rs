//! Static files, built into the binary and addressed by their content.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::error::WebError;
use super::etag::names;
use crate::model::hex;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

/// Returns the address of a static file; it changes with the content, so that browsers may keep it for ever.
pub(super) fn url(name: &str) -> String {
    format!("/static/{}/{name}", version())
}

/// Returns a static file, empty where there is none.
pub(super) fn bytes(name: &str) -> Vec<u8> {
    Files::get(name).map(|file| file.data.into_owned()).unwrap_or_default()
}

/// Returns a static file as text.
pub(super) fn text(name: &str) -> String {
    String::from_utf8_lossy(&bytes(name)).into_owned()
}

/// Serves a static file.
pub(super) async fn serve(
    Path((asked, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let file = Files::get(&name).ok_or_else(|| WebError::not_found("There is no such file here."))?;
    let tag = format!("\"{}\"", hex(&digest(&file)));
    let cache = if asked == version() { "public, max-age=31536000, immutable" } else { "no-cache" };
    let caching = [(ETAG, tag.clone()), (CACHE_CONTROL, cache.to_owned())];
    if headers.get(IF_NONE_MATCH).is_some_and(|it| names(it.to_str().unwrap_or_default(), &tag)) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    Ok((caching, [(CONTENT_TYPE, media_type(&name))], file.data).into_response())
}

/// Names the content of all files: the parts of the script ask for each other beside themselves, so that they must
/// lie at one address.
fn version() -> String {
    let files = Files::iter().filter_map(|name| Files::get(&name));
    let all = files.fold([0; 8], |all, file| {
        let own = digest(&file);
        std::array::from_fn(|at| all[at] ^ own[at])
    });
    hex(&all)
}

fn digest(file: &EmbeddedFile) -> [u8; 8] {
    let hash = file.metadata.sha256_hash();
    std::array::from_fn(|at| hash[at])
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_script_lies_beside_the_first() {
        let address = url("app.js");
        let parts = Files::iter().filter(|name| name.ends_with(".js"));
        assert!(parts.filter(|name| url(name) == address.replace("app.js", name)).count() > 4);
    }
}
