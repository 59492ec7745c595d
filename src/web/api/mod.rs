//! The JSON API, version 1: what the pages show, for programs.
//!
//! Every answer carries `"schema": 1`, every error is a problem (RFC 9457), unknown parameters are errors, and every
//! list is bounded. `openapi.json` describes it; a test keeps that description and these routes together.

mod compliance;
mod documents;
mod ledger;
mod lists;
mod log;
mod params;
mod problem;
mod related;
mod search;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use serde::Serialize;
use serde_json::{Value, json};

use super::error::ErrorNote;
use super::state::AppState;
use crate::kb::QueryError;
pub(super) use problem::render as render_problem;

/// Below which address everything is the API's.
pub(super) const PREFIX: &str = "/api/";
/// The description of the API.
const OPENAPI: &str = include_str!("openapi.json");

/// Returns the router.
pub(super) fn router() -> Router<AppState> {
    let router = routes().into_iter().fold(Router::new(), |router, (path, method)| router.route(path, method));
    router.layer(from_fn(check_accept))
}

/// Returns every path with what answers it.
fn routes() -> [(&'static str, MethodRouter<AppState>); 16] {
    [
        ("/api/v1/openapi.json", get(openapi)),
        ("/api/v1/search", get(search::answer)),
        ("/api/v1/log", post(log::answer)),
        ("/api/v1/documents", get(documents::list)),
        ("/api/v1/documents/{*path}", get(documents::one)),
        ("/api/v1/related", get(related::answer)),
        ("/api/v1/incidents", get(lists::incidents)),
        ("/api/v1/actions", get(lists::actions)),
        ("/api/v1/ledger", get(ledger::list)),
        ("/api/v1/insights", get(lists::insights)),
        ("/api/v1/tags", get(lists::tags)),
        ("/api/v1/controls", get(compliance::controls)),
        ("/api/v1/retention", get(compliance::retention)),
        ("/api/v1/reviews", get(compliance::reviews)),
        ("/api/v1/notices", get(compliance::notices)),
        ("/api/v1/status", get(lists::status)),
    ]
}

async fn openapi() -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], OPENAPI).into_response()
}

/// Returns an answer with its schema.
fn answer(fields: impl Serialize) -> Response {
    let mut value = json!({ "schema": 1 });
    let fields = serde_json::to_value(fields).unwrap_or_default();
    if let (Value::Object(answer), Value::Object(fields)) = (&mut value, fields) {
        answer.extend(fields);
    }
    axum::Json(value).into_response()
}

/// Returns what an answer says of a query that cannot be understood.
fn query_problem(problem: &QueryError) -> Value {
    json!({
        "message": problem.message,
        "from": problem.span.start,
        "to": problem.span.end,
        "hint": problem.hint,
    })
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
    let mut response = StatusCode::NOT_ACCEPTABLE.into_response();
    let message = "The API answers in `application/json`, which the header `Accept` leaves out.".to_owned();
    response.extensions_mut().insert(ErrorNote { message, ..ErrorNote::default() });
    response
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
