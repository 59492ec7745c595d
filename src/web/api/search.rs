//! `GET /api/v1/search`.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::params::{Pairs, Params};
use super::{answer as respond, query_problem};
use crate::kb::{FacetField, SearchRequest, Sort};
use crate::model::{Kind, Severity, StatusState};
use crate::web::error::WebError;
use crate::web::state::AppState;
use crate::web::view::in_words;

/// Answers a search.
pub(super) async fn answer(State(app): State<AppState>, Query(pairs): Pairs) -> Response {
    let mut params = Params::new(in_words(app.kb(), pairs));
    let request = SearchRequest {
        query: params.text("q").unwrap_or_default(),
        facets: facets(&mut params),
        days: (params.day("from"), params.day("to")),
        sort: params
            .choice("sort", &[("relevance", Sort::Relevance), ("date", Sort::Date), ("severity", Sort::Severity)])
            .unwrap_or(Sort::Relevance),
        offset: params.offset(),
        limit: params.limit(),
        with_facets: params.flag("facets"),
    };
    if let Err(refusal) = params.finish() {
        return refusal.into_response();
    }
    let found = app.read(move |kb| kb.search(&request).map_err(WebError::from)).await;
    match found {
        Ok(results) => {
            let mut fields = serde_json::to_value(&results).unwrap_or_default();
            fields["problem"] = serde_json::Value::Null;
            respond(fields)
        }
        Err(WebError::Query(problem)) => respond(json!({
            "total": null, "all_words": null, "hits": [], "facets": [], "corrections": [], "relaxed": false, "notices": [],
            "problem": query_problem(&problem),
        })),
        Err(error) => error.into_response(),
    }
}

/// Takes the facets.
pub(super) fn facets(params: &mut Params) -> Vec<(FacetField, Vec<String>)> {
    let words = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let severities = Severity::ALL.map(|it| (it.word(), it.word()));
    let statuses = StatusState::ALL.map(|it| (it.as_str(), it.as_str()));
    let kinds = Kind::ALL.map(|it| (it.as_str(), it.as_str()));
    let years = params.texts("year");
    let chosen = vec![
        (FacetField::Severity, words(params.choices("severity", &severities))),
        (FacetField::Status, words(params.choices("status", &statuses))),
        (FacetField::Year, params.years(years)),
        (FacetField::Service, params.texts("service")),
        (FacetField::Tag, params.texts("tag")),
        (FacetField::Kind, words(params.choices("kind", &kinds))),
    ];
    chosen.into_iter().filter(|(_, values)| !values.is_empty()).collect()
}
