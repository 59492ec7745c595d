//! Incidents, action items, insights, tags and the account of every file.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::params::{Pairs, Params};
use super::{answer, query_problem};
use crate::kb::{
    ActionFilter, ActionRequest, ActionSort, ActionState, FacetField, IncidentFilter, IncidentRequest, IncidentSort,
    InsightsRequest, OwnerFilter, Scope,
};
use crate::model::{ActionClass, StatusState};
use crate::web::error::WebError;
use crate::web::state::AppState;
use crate::web::view::in_words;

/// Most dots of each sort of time in one answer.
const MAX_DOTS: usize = 1000;
/// Most files listed that are not fully read.
const MAX_PROBLEMS: usize = 1000;
/// Longest age in days.
const MAX_AGE: usize = 100_000;

/// Lists incidents.
pub(super) async fn incidents(State(app): State<AppState>, Query(pairs): Pairs) -> Response {
    let mut params = Params::new(in_words(app.kb(), pairs));
    let states: Vec<(&str, Option<StatusState>)> =
        StatusState::ALL.map(|it| (it.as_str(), Some(it))).into_iter().chain([("none", None)]).collect();
    let filter = IncidentFilter {
        query: params.text("q").unwrap_or_default(),
        scope: params.choice("scope", &Scope::ALL.map(|it| (it.as_str(), it))).unwrap_or_default(),
        severities: params.severities(),
        statuses: params.choices("status", &states),
        service: params.name("service"),
        tag: params.name("tag"),
        period: params.period(),
        open_actions: params.flag("open_actions"),
    };
    let sort = params.choice("sort", &IncidentSort::ALL.map(|it| (it.as_str(), it))).unwrap_or(IncidentSort::Date);
    let order = params.choice("order", &[("asc", false), ("desc", true)]);
    let (offset, limit) = params.page();
    if let Err(refusal) = params.finish() {
        return refusal.into_response();
    }
    let request = IncidentRequest { filter, sort, descending: order.unwrap_or(sort.descends()), offset, limit };
    match app.read(move |kb| Ok(kb.incidents(&request)?)).await {
        Ok(found) => answer(json!({
            "total": found.total, "documents": found.documents, "incidents": found.items, "problem": null,
        })),
        Err(WebError::Query(problem)) => answer(json!({
            "total": null, "documents": null, "incidents": [], "problem": query_problem(&problem),
        })),
        Err(error) => error.into_response(),
    }
}

/// Lists action items.
pub(super) async fn actions(State(app): State<AppState>, Query(pairs): Pairs) -> Response {
    let mut params = Params::new(in_words(app.kb(), pairs));
    let states: Vec<(&str, Option<ActionState>)> =
        ActionState::ALL.map(|it| (it.as_str(), Some(it))).into_iter().chain([("all", None)]).collect();
    let classes_by_name: Vec<(&str, Option<ActionClass>)> =
        ActionClass::ALL.map(|it| (it.as_str(), Some(it))).into_iter().chain([("all", None)]).collect();
    let age = |days: Option<usize>| days.and_then(|days| u32::try_from(days).ok());
    let owner = params.name("owner").map(OwnerFilter::Named);
    let filter = ActionFilter {
        query: params.text("q").unwrap_or_default(),
        state: params.choice("state", &states).flatten(),
        owner: if params.flag("nobody") { Some(OwnerFilter::Nobody) } else { owner },
        classes: classes(&params.choices("class", &classes_by_name)),
        severities: params.severities(),
        min_age: age(params.number("min_age", 0, MAX_AGE)),
        max_age: age(params.number("max_age", 0, MAX_AGE)),
    };
    let sort = params.choice("sort", &ActionSort::ALL.map(|it| (it.as_str(), it))).unwrap_or_default();
    let (offset, limit) = params.page();
    if let Err(refusal) = params.finish() {
        return refusal.into_response();
    }
    let request = ActionRequest { filter, sort, group: None, offset, limit };
    match app.read(move |kb| Ok(kb.action_items(&request)?)).await {
        Ok(found) => answer(json!({
            "total": found.total, "totals": found.totals, "actions": found.items, "problem": null,
        })),
        Err(WebError::Query(problem)) => answer(json!({
            "total": null, "totals": null, "actions": [], "problem": query_problem(&problem),
        })),
        Err(error) => error.into_response(),
    }
}

/// Returns the classes asked for, none for all: action items, as everywhere, where nothing is said.
pub(super) fn classes(named: &[Option<ActionClass>]) -> Vec<ActionClass> {
    match named {
        [] => vec![ActionClass::Action],
        named => named.iter().copied().collect::<Option<_>>().unwrap_or_default(),
    }
}

/// Gives insights.
pub(super) async fn insights(State(app): State<AppState>, Query(pairs): Pairs) -> Response {
    let mut params = Params::new(pairs);
    let period = params.period();
    let dots = params.number("dots", 0, MAX_DOTS).unwrap_or(100);
    if let Err(refusal) = params.finish() {
        return refusal.into_response();
    }
    let found = app.read(move |kb| Ok(kb.insights(&InsightsRequest { period, dots })?)).await;
    found.map_or_else(WebError::into_response, answer)
}

/// Lists root-cause tags with the number of documents that carry each.
pub(super) async fn tags(State(app): State<AppState>, Query(pairs): Pairs) -> Response {
    let mut params = Params::new(pairs);
    let offset = params.offset();
    let limit = params.number("limit", 1, 1000).unwrap_or(100);
    if let Err(refusal) = params.finish() {
        return refusal.into_response();
    }
    let found = app.read(move |kb| Ok(kb.names(FacetField::Tag)?)).await;
    found.map_or_else(WebError::into_response, |names| {
        let tag = |(tag, documents): &(String, u32)| json!({ "tag": tag, "documents": documents });
        let tags: Vec<_> = names.iter().skip(offset).take(limit).map(tag).collect();
        answer(json!({ "total": names.len(), "tags": tags }))
    })
}

/// Accounts for every file.
pub(super) async fn status(State(app): State<AppState>, Query(pairs): Pairs) -> Response {
    if let Err(refusal) = Params::new(pairs).finish() {
        return refusal.into_response();
    }
    let found = app.read(|kb| Ok(kb.status()?)).await;
    found.map_or_else(WebError::into_response, |mut status| {
        let total = status.problems.len();
        status.problems.truncate(MAX_PROBLEMS);
        let mut fields = serde_json::to_value(&status).unwrap_or_default();
        fields["problems_total"] = json!(total);
        answer(fields)
    })
}
