//! `GET /api/v1/related`.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};

use super::answer as respond;
use super::documents::{ambiguous, unknown};
use super::params::{Pairs, Params};
use crate::kb::Found;
use crate::web::error::WebError;
use crate::web::state::AppState;

const MAX_LIMIT: usize = 50;

/// Lists what is related to a document, found by path, id or file name, with the reasons.
pub(super) async fn answer(State(app): State<AppState>, Query(pairs): Pairs) -> Response {
    let mut params = Params::new(pairs);
    let key = params.required("document");
    let limit = params.number("limit", 1, MAX_LIMIT).unwrap_or(10);
    if let Err(refusal) = params.finish() {
        return refusal.into_response();
    }
    let found = app.read(move |kb| match kb.find(&key)? {
        Found::One(document) => Ok(respond(kb.related(&kb.read(&document.path)?, limit)?)),
        Found::Many(documents) => Ok(ambiguous(&key, documents.into_iter().map(|it| it.path))),
        Found::None(nearest) => Err(unknown(&key, nearest)),
    });
    found.await.unwrap_or_else(WebError::into_response)
}
