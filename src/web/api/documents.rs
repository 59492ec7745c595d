//! `GET /api/v1/documents` and one of them.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::answer;
use super::params::{Pairs, Params};
use super::search::facets;
use crate::kb::{Found, SearchRequest, Sort};
use crate::model::Inspected;
use crate::web::error::{ErrorNote, WebError};
use crate::web::state::AppState;
use crate::web::view::in_words;

/// Lists documents.
pub(super) async fn list(State(app): State<AppState>, Query(pairs): Pairs) -> Response {
    let mut params = Params::new(in_words(app.kb(), pairs));
    let request = SearchRequest {
        facets: facets(&mut params),
        days: (params.day("from"), params.day("to")),
        sort: params.choice("sort", &[("date", Sort::Date), ("severity", Sort::Severity)]).unwrap_or(Sort::Date),
        offset: params.offset(),
        limit: params.limit(),
        ..SearchRequest::new("")
    };
    if let Err(refusal) = params.finish() {
        return refusal.into_response();
    }
    let found = app.read(move |kb| Ok(kb.search(&request)?)).await;
    found.map_or_else(WebError::into_response, |results| {
        let documents: Vec<_> = results.hits.into_iter().map(|hit| hit.document).collect();
        answer(json!({ "total": results.total, "documents": documents }))
    })
}

/// Gives one document, found by path, id or file name, as `ris inspect` does.
pub(super) async fn one(State(app): State<AppState>, Path(key): Path<String>, Query(pairs): Pairs) -> Response {
    if let Err(refusal) = Params::new(pairs).finish() {
        return refusal.into_response();
    }
    let found = app.read(move |kb| match kb.find(&key)? {
        Found::One(document) => Ok(axum::Json(Inspected(&kb.read(&document.path)?.document)).into_response()),
        Found::Many(documents) => Ok(ambiguous(&key, documents.into_iter().map(|it| it.path))),
        Found::None(nearest) => Err(unknown(&key, nearest)),
    });
    found.await.unwrap_or_else(IntoResponse::into_response)
}

/// Says that there is no such document.
pub(super) fn unknown(key: &str, nearest: Vec<String>) -> WebError {
    WebError::NotFound {
        message: format!("There is no document `{key}`."),
        nearest: nearest.into_iter().map(|it| (String::new(), it)).collect(),
    }
}

/// Says that there are several such documents.
pub(super) fn ambiguous(key: &str, paths: impl Iterator<Item = String>) -> Response {
    let mut response = StatusCode::CONFLICT.into_response();
    let message = format!("Several documents go by `{key}`; name the one you mean by its path.");
    let nearest = paths.map(|path| (String::new(), path)).collect();
    response.extensions_mut().insert(ErrorNote { message, nearest, ..ErrorNote::default() });
    response
}
