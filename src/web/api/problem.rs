//! Errors of the API: problem details (RFC 9457).

use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
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

/// A request that is not answered, and why; the middleware gives it its body.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) message: String,
}

impl Refusal {
    /// Returns the refusal of a request that is well formed and means nothing.
    pub(super) fn unprocessable(message: impl Into<String>) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, message: message.into() }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(ErrorNote { message: self.message, ..ErrorNote::default() });
        response
    }
}
