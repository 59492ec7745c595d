//! `POST /api/v1/log`: a pasted log, as text or in JSON.

use axum::body::Bytes;
use axum::extract::{FromRequest, Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::answer as respond;
use super::params::{Pairs, Params};
use super::problem::Refusal;
use super::search::facets;
use crate::kb::{LogRequest, SearchRequest};
use crate::web::error::WebError;
use crate::web::state::AppState;
use crate::web::view::in_words;

const MAX_LOG: usize = 1 << 20;
const MAX_LIMIT: usize = 50;

/// Answers a log.
pub(super) async fn answer(State(app): State<AppState>, Query(pairs): Pairs, request: Request) -> Response {
    let mut params = Params::new(in_words(app.kb(), pairs));
    let limit = params.number("limit", 1, MAX_LIMIT).unwrap_or(10);
    let within = SearchRequest {
        facets: facets(&mut params),
        days: (params.day("from"), params.day("to")),
        ..SearchRequest::new(params.text("q").unwrap_or_default())
    };
    let is_everything = within == SearchRequest::new("");
    let within = (!is_everything).then_some(within);
    if let Err(refusal) = params.finish() {
        return refusal.into_response();
    }
    let text = match text(request).await {
        Ok(text) => text,
        Err(refusal) => return refusal.into_response(),
    };
    let found = app.read(move |kb| kb.search_log(&LogRequest { text, limit, within }).map_err(WebError::from)).await;
    found.map_or_else(IntoResponse::into_response, respond)
}

async fn text(request: Request) -> Result<String, Refusal> {
    let media = request.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_json = media == "application/json";
    if !is_json && media != "text/plain" {
        let message = "Send the log as `text/plain`, or as `application/json` with the key `text`.";
        return Err(refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    let body = Bytes::from_request(request, &()).await.map_err(|rejection| {
        let message = rejection.body_text();
        refused(rejection.status(), message)
    })?;
    let text = if is_json { member(&body)? } else { String::from_utf8_lossy(&body).into_owned() };
    match text.len() {
        0 => Err(Refusal::unprocessable("The log is empty.")),
        1..=MAX_LOG => Ok(text),
        _ => Err(refused(
            StatusCode::PAYLOAD_TOO_LARGE,
            "A log may hold one megabyte. Send the part around the first error.",
        )),
    }
}

fn refused(status: StatusCode, message: impl Into<String>) -> Refusal {
    Refusal { status, message: message.into() }
}

/// Returns the member `text` of an object that has no other.
fn member(body: &[u8]) -> Result<String, Refusal> {
    let value: Value = serde_json::from_slice(body)
        .map_err(|error| refused(StatusCode::BAD_REQUEST, format!("The body is no JSON: {error}.")))?;
    let object = value.as_object().filter(|object| object.len() == 1);
    let text = object.and_then(|object| object.get("text")).and_then(Value::as_str);
    text.map(str::to_owned)
        .ok_or_else(|| Refusal::unprocessable("The body must be an object with one key, `text`, a string."))
}
