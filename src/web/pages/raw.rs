//! The bytes of a document, as plain text.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};

use super::{Located, locate};
use crate::web::error::WebError;
use crate::web::links;
use crate::web::state::AppState;

/// Serves the bytes.
pub(in crate::web) async fn show(State(app): State<AppState>, Path(path): Path<String>) -> Result<Response, WebError> {
    app.read(move |kb| {
        let path = match locate(kb, &path, links::raw)? {
            Located::Here(path) => path,
            Located::Elsewhere(url) => return Ok(Redirect::to(&url).into_response()),
        };
        let bytes = kb.load_file(&path)?;
        // Bytes in another encoding are left for the reader to name.
        let media_type = if std::str::from_utf8(&bytes).is_ok() { "text/plain; charset=utf-8" } else { "text/plain" };
        let headers = [(CONTENT_TYPE, media_type), (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")];
        Ok((headers, bytes).into_response())
    })
    .await
}
