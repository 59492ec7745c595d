//! Calendars to subscribe to, with links back to the pages.

use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};

use super::links;

/// Returns the address under which the server was asked, without a `/` behind.
pub(super) fn root(headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("http://{host}")
}

/// Returns the address of a line of a document, or of the document for line 0.
pub(super) fn address(root: &str, path: &str, line: u32) -> Option<String> {
    Some(format!("{root}{}", links::passage(path, line)))
}

/// Returns the answer with an iCalendar file.
pub(super) fn answer(text: String) -> Response {
    let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
    ([(CONTENT_TYPE, kind)], text).into_response()
}
