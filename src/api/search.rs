//! A search, and a pasted log.

use serde_json::{Value, json};

use super::params::Params;
use super::{Answer, Pairs, Refusal, answer, in_words, query_problem};
use crate::kb::{FacetField, KbError, KnowledgeBase, LogRequest, SearchRequest, Sort};
use crate::model::{Kind, Severity, StatusState};

/// Most incidents told of a log.
const MAX_LOG_HITS: usize = 50;

/// Answers a search.
pub(crate) fn search(kb: &KnowledgeBase, pairs: Pairs) -> Answer {
    let mut params = Params::new(in_words(kb, pairs));
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
    params.finish()?;
    match kb.search(&request) {
        Ok(results) => {
            let mut fields = serde_json::to_value(&results).unwrap_or_default();
            fields["problem"] = Value::Null;
            Ok(answer(fields))
        }
        Err(KbError::Query(problem)) => Ok(answer(json!({
            "total": null, "all_words": null, "hits": [], "facets": [], "corrections": [], "relaxed": false, "notices": [],
            "problem": query_problem(&problem),
        }))),
        Err(error) => Err(error.into()),
    }
}

/// Answers a pasted log; the parameters narrow the candidates.
pub(crate) fn log(kb: &KnowledgeBase, pairs: Pairs, text: String) -> Answer {
    let mut params = Params::new(in_words(kb, pairs));
    let limit = params.number("limit", 1, MAX_LOG_HITS).unwrap_or(10);
    let within = SearchRequest {
        facets: facets(&mut params),
        days: (params.day("from"), params.day("to")),
        ..SearchRequest::new(params.text("q").unwrap_or_default())
    };
    let is_everything = within == SearchRequest::new("");
    let within = (!is_everything).then_some(within);
    params.finish()?;
    if text.is_empty() {
        return Err(Refusal::Parameters("The log is empty.".to_owned()));
    }
    let found = kb.search_log(&LogRequest { text, limit, within })?;
    let seen_before = found.hits.iter().any(|hit| hit.same_message);
    let mut fields = serde_json::to_value(&found).unwrap_or_default();
    fields["seen_before"] = seen_before.into();
    Ok(answer(fields))
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
