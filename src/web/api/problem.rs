//! Errors of the API: problem details (RFC 9457).

use axum::http::HeaderValue;
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::web::error::ErrorNote;

/// Gives a failed answer its body; `Allow` stays.
pub(in crate::web) fn render(failed: &Response, note: &ErrorNote) -> Response {
    let status = failed.status();
    let nearest: Vec<&String> = note.nearest.iter().map(|(_, name)| name).collect();
    let body = json!({
        "schema": 1,
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or("Error"),
        "status": status.as_u16(),
        "detail": note.message,
        "nearest": nearest,
    });
    let kind = HeaderValue::from_static("application/problem+json");
    let mut response = (status, [(CONTENT_TYPE, kind)], body.to_string()).into_response();
    if let Some(allow) = failed.headers().get(ALLOW) {
        response.headers_mut().insert(ALLOW, allow.clone());
    }
    response
}
