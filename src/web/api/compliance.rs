//! Controls, retention, reviews and notices.

use std::time::Duration;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::answer;
use super::params::{Pairs, Params};
use crate::kb::notices::NoticeState;
use crate::kb::retention::RetentionState;
use crate::kb::reviews::ReviewRow;
use crate::web::error::WebError;
use crate::web::pages::compliance::query;
use crate::web::state::AppState;

/// Most places told of one citation.
const MAX_PLACES: usize = 20;

/// Lists every control with who cites it, and what is cited and is no control.
pub(super) async fn controls(State(app): State<AppState>, Query(pairs): Pairs) -> Response {
    let mut params = Params::new(pairs);
    let period = params.period();
    let framework = params.choice("framework", &["hipaa", "iso27001", "soc2"].map(|it| (it, it)));
    let cited = params.flag("cited");
    if let Err(refusal) = params.finish() {
        return refusal.into_response();
    }
    let found = app.read(move |kb| Ok(kb.control_coverage(&query(&period))?)).await;
    found.map_or_else(WebError::into_response, |mut found| {
        found.controls.retain(|row| framework.is_none_or(|it| it == row.framework));
        let total = found.controls.len();
        let count = found.controls.iter().filter(|row| row.documents > 0).count();
        found.controls.retain(|row| !cited || row.documents > 0);
        let fault = |mut row: crate::kb::controls::FaultRow| {
            let total = row.places.len();
            row.places.truncate(MAX_PLACES);
            json!({
                "fault": row.fault, "framework": row.framework, "id": row.id, "instead": row.instead,
                "members": row.members, "places": row.places, "places_total": total,
            })
        };
        let invalid: Vec<_> = found.faults.into_iter().map(fault).collect();
        answer(json!({ "total": total, "cited": count, "controls": found.controls, "invalid": invalid }))
    })
}

/// Lists records with how long they are kept.
pub(super) async fn retention(State(app): State<AppState>, Query(pairs): Pairs) -> Response {
    let mut params = Params::new(pairs);
    let at = params.day("at");
    let expired = params.flag("expired");
    let (offset, limit) = params.page();
    if let Err(refusal) = params.finish() {
        return refusal.into_response();
    }
    let found = app.read(move |kb| Ok(kb.retention(at, Duration::ZERO)?)).await;
    found.map_or_else(WebError::into_response, |mut found| {
        found.rows.retain(|row| !expired || row.state == RetentionState::Past);
        let records: Vec<_> = found.rows.iter().skip(offset).take(limit).collect();
        let total = found.rows.len();
        answer(json!({
            "at": found.at, "commits": found.commits, "shallow": found.shallow, "total": total, "records": records,
        }))
    })
}

/// Lists the reviews that documents promise.
pub(super) async fn reviews(State(app): State<AppState>, Query(pairs): Pairs) -> Response {
    let mut params = Params::new(pairs);
    let overdue = params.flag("overdue");
    let (offset, limit) = params.page();
    if let Err(refusal) = params.finish() {
        return refusal.into_response();
    }
    let found = app.read(|kb| Ok(kb.reviews()?)).await;
    found.map_or_else(WebError::into_response, |mut rows| {
        let late = rows.iter().filter(|row| row.is_overdue()).count();
        rows.retain(|row| !overdue || ReviewRow::is_overdue(row));
        let reviews: Vec<_> = rows.iter().skip(offset).take(limit).collect();
        answer(json!({ "total": rows.len(), "overdue": late, "reviews": reviews }))
    })
}

/// Lists the notices that possible breaches ask for.
pub(super) async fn notices(State(app): State<AppState>, Query(pairs): Pairs) -> Response {
    let mut params = Params::new(pairs);
    let open = params.flag("open");
    let (offset, limit) = params.page();
    if let Err(refusal) = params.finish() {
        return refusal.into_response();
    }
    let found = app.read(|kb| Ok(kb.notices()?)).await;
    found.map_or_else(WebError::into_response, |found| {
        let (mut rows, unclear) = (found.rows, found.unclear);
        let overdue = rows.iter().filter(|row| row.state == NoticeState::Overdue).count();
        rows.retain(|row| !open || row.is_open());
        let notices: Vec<_> = rows.iter().skip(offset).take(limit).collect();
        answer(json!({ "total": rows.len(), "overdue": overdue, "notices": notices, "unclear": unclear }))
    })
}
