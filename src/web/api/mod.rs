//! The JSON API, version 1, over HTTP: what the pages show, for programs.
//!
//! `crate::api` reads the parameters and answers; here are routes, statuses and errors, which are problems (RFC 9457). A
//! test keeps `openapi.json` and these routes together.

mod ledger;
mod log;
mod problem;

use std::time::Duration;

use axum::Router;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};

use super::error::{ErrorNote, WebError};
use super::state::AppState;
use crate::api::{self, Answer, OPENAPI, Pairs, Refusal};
use crate::kb::KnowledgeBase;
pub(super) use problem::render as render_problem;

/// Below which address everything is the API's.
pub(super) const PREFIX: &str = "/api/";

/// Returns the router.
pub(super) fn router() -> Router<AppState> {
    let router = routes().into_iter().fold(Router::new(), |router, (path, method)| router.route(path, method));
    router.layer(from_fn(check_accept))
}

/// Returns every path with what answers it.
fn routes() -> [(&'static str, MethodRouter<AppState>); 16] {
    [
        ("/api/v1/openapi.json", get(openapi)),
        ("/api/v1/search", asked(api::search)),
        ("/api/v1/log", post(log::answer)),
        ("/api/v1/documents", asked(api::documents)),
        ("/api/v1/documents/{*path}", get(document)),
        ("/api/v1/related", asked(api::related)),
        ("/api/v1/incidents", asked(api::incidents)),
        ("/api/v1/actions", asked(api::actions)),
        ("/api/v1/ledger", get(ledger::list)),
        ("/api/v1/insights", asked(api::insights)),
        ("/api/v1/tags", asked(api::tags)),
        ("/api/v1/controls", asked(api::controls)),
        // No answer waits for the commits: what is not read yet is said.
        ("/api/v1/retention", asked(|kb, pairs| api::retention(kb, pairs, Duration::ZERO))),
        ("/api/v1/reviews", asked(api::reviews)),
        ("/api/v1/notices", asked(api::notices)),
        ("/api/v1/status", asked(api::status)),
    ]
}

async fn openapi() -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], OPENAPI).into_response()
}

/// Returns what answers a question with parameters.
fn asked(question: fn(&KnowledgeBase, Pairs) -> Answer) -> MethodRouter<AppState> {
    get(async move |State(app): State<AppState>, Query(pairs): Query<Pairs>| {
        ask(&app, move |kb| question(kb, pairs)).await
    })
}

async fn document(State(app): State<AppState>, Path(key): Path<String>, Query(pairs): Query<Pairs>) -> Response {
    ask(&app, move |kb| api::document(kb, &key, pairs)).await
}

/// Asks the knowledge base, and says why where there is no answer.
async fn ask(app: &AppState, question: impl FnOnce(&KnowledgeBase) -> Answer + Send + 'static) -> Response {
    // Its failures go through the state, which mends the index.
    let found = app.read(move |kb| match question(kb) {
        Err(Refusal::Failed(error)) => Err(WebError::from(error)),
        other => Ok(other),
    });
    match found.await {
        Ok(Ok(answer)) => axum::Json(answer).into_response(),
        Ok(Err(refusal)) => refused(refusal),
        Err(error) => error.into_response(),
    }
}

/// Returns the error that says why a question is not answered; the middleware gives it its body.
fn refused(refusal: Refusal) -> Response {
    let status = match refusal {
        Refusal::Failed(error) => return WebError::from(error).into_response(),
        Refusal::Parameters(message) => return refused_as(StatusCode::UNPROCESSABLE_ENTITY, message),
        Refusal::Unknown { .. } => StatusCode::NOT_FOUND,
        Refusal::Ambiguous { .. } => StatusCode::CONFLICT,
    };
    let (message, names) = refusal.named().unwrap_or_default();
    let nearest = names.iter().map(|name| (String::new(), name.clone())).collect();
    let mut response = status.into_response();
    response.extensions_mut().insert(ErrorNote { message, nearest, ..ErrorNote::default() });
    response
}

/// Returns the error `status` that says `message`.
fn refused_as(status: StatusCode, message: impl Into<String>) -> Response {
    let mut response = status.into_response();
    response.extensions_mut().insert(ErrorNote { message: message.into(), ..ErrorNote::default() });
    response
}

/// Refuses requests that cannot take JSON.
async fn check_accept(request: Request, next: Next) -> Response {
    let accepts = |value: &HeaderValue| {
        let value = value.to_str().unwrap_or_default();
        value.trim().is_empty() || value.split(',').any(takes_json)
    };
    let mut accept = request.headers().get_all(ACCEPT).iter().peekable();
    if accept.peek().is_none() || accept.any(accepts) {
        return next.run(request).await;
    }
    let message = "The API answers in `application/json`, which the header `Accept` leaves out.";
    refused_as(StatusCode::NOT_ACCEPTABLE, message)
}

fn takes_json(range: &str) -> bool {
    let mut parts = range.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default().to_ascii_lowercase();
    let refused = parts.any(|part| {
        let weight = part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="));
        weight.and_then(|weight| weight.parse::<f32>().ok()).is_some_and(|weight| weight <= 0.0)
    });
    matches!(name.as_str(), "*/*" | "application/*" | "application/json") && !refused
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn json_is_taken_unless_left_out_or_refused() {
        for range in ["*/*", "application/json", " application/JSON; charset=utf-8", "application/*;q=0.1"] {
            assert!(takes_json(range), "{range}");
        }
        for range in ["text/html", "application/json;q=0", "application/xml", ""] {
            assert!(!takes_json(range), "{range}");
        }
    }

    #[test]
    fn routes_and_description_agree() {
        let described: Value = serde_json::from_str(OPENAPI).unwrap();
        let mut described: Vec<&String> = described["paths"].as_object().unwrap().keys().collect();
        let mut routed: Vec<String> = routes().iter().map(|(path, _)| path.replace("{*path}", "{path}")).collect();
        described.sort_unstable();
        routed.sort_unstable();
        assert_eq!(described, routed.iter().collect::<Vec<_>>());
    }
}
