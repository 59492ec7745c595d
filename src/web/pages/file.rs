//! Images of the knowledge base, for the documents that show them.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::web::error::WebError;
use crate::web::links;
use crate::web::state::AppState;

/// Serves an image. Opened by itself an SVG could act like a page, so it may do nothing.
pub(in crate::web) async fn show(State(app): State<AppState>, Path(path): Path<String>) -> Result<Response, WebError> {
    let media_type =
        links::image_type(&path).ok_or_else(|| WebError::not_found("Only images are shown at this address."))?;
    let bytes = app.read(move |kb| Ok(kb.load_file(&path)?)).await?;
    let headers = [(CONTENT_TYPE, media_type), (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")];
    Ok((headers, bytes).into_response())
}
