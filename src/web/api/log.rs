//! `POST /api/v1/log`: a pasted log, as text or in JSON.

use axum::body::Bytes;
use axum::extract::{FromRequest, Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use serde_json::Value;

use super::{ask, refused_as};
use crate::api::{self, MAX_LOG, Pairs};
use crate::web::state::AppState;

/// Answers a log.
pub(super) async fn answer(State(app): State<AppState>, Query(pairs): Query<Pairs>, request: Request) -> Response {
    match text(request).await {
        Ok(text) => ask(&app, move |kb| api::log(kb, pairs, text)).await,
        Err((status, message)) => refused_as(status, message),
    }
}

async fn text(request: Request) -> Result<String, (StatusCode, String)> {
    let media = request.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_json = media == "application/json";
    if !is_json && media != "text/plain" {
        let message = "Send the log as `text/plain`, or as `application/json` with the key `text`.";
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, message.to_owned()));
    }
    let body = Bytes::from_request(request, &()).await;
    let body = body.map_err(|rejection| (rejection.status(), rejection.body_text()))?;
    let text = if is_json { member(&body)? } else { String::from_utf8_lossy(&body).into_owned() };
    if text.len() > MAX_LOG {
        let message = "A log may hold one megabyte. Send the part around the first error.";
        return Err((StatusCode::PAYLOAD_TOO_LARGE, message.to_owned()));
    }
    Ok(text)
}

/// Returns the member `text` of an object that has no other.
fn member(body: &[u8]) -> Result<String, (StatusCode, String)> {
    let value: Value = serde_json::from_slice(body)
        .map_err(|error| (StatusCode::BAD_REQUEST, format!("The body is no JSON: {error}.")))?;
    let object = value.as_object().filter(|object| object.len() == 1);
    let text = object.and_then(|object| object.get("text")).and_then(Value::as_str);
    let message = "The body must be an object with one key, `text`, a string.";
    text.map(str::to_owned).ok_or_else(|| (StatusCode::UNPROCESSABLE_ENTITY, message.to_owned()))
}
