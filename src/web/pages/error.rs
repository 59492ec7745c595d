//! The page that says what went wrong.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use super::Chrome;
use crate::web::error::ErrorNote;
use crate::web::state::AppState;
use crate::web::view::{Part, message};

#[derive(Template)]
#[template(path = "web/error.html")]
struct ErrorPage {
    chrome: Chrome,
    status: u16,
    title: &'static str,
    message: Vec<Part>,
    nearest: Vec<(String, String)>,
}

/// Renders the page; falls back to plain text.
pub(in crate::web) fn render(app: &AppState, status: StatusCode, note: ErrorNote) -> Response {
    let title = match status {
        StatusCode::NOT_FOUND => "Not found",
        StatusCode::BAD_REQUEST => "Not understood",
        StatusCode::FORBIDDEN | StatusCode::MISDIRECTED_REQUEST => "Refused",
        StatusCode::PAYLOAD_TOO_LARGE => "Too large",
        status if status.is_client_error() => "Not possible",
        _ => "Something failed",
    };
    let page = ErrorPage {
        chrome: Chrome::new(app, "error").live(""),
        status: status.as_u16(),
        title,
        message: message(&note.message),
        nearest: note.nearest,
    };
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => (status, title).into_response(),
    }
}
