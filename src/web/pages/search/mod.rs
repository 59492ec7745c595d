//! Results: hits with passages, facets with counts, everything in the address.

mod params;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;

use super::{Chrome, page};
use crate::kb::{Correction, Facet, FacetField, SearchRequest, SearchResults, Sort};
use crate::web::error::{QueryProblem, WebError};
use crate::web::state::AppState;
use crate::web::view::{Part, SummaryView, capitalised, count, facet_label, field_label, message};

pub(in crate::web) use params::Params;
use params::{LAST_PAGE, PAGE_SIZE, sort_name};

/// Values shown of a facet before the rest is folded away.
const OPEN_VALUES: usize = 6;

#[derive(Template)]
#[template(path = "web/search.html")]
struct SearchPage {
    chrome: Chrome,
    title: String,
    query: String,
    kept: Vec<(&'static str, String)>,
    total: String,
    hits: Vec<SummaryView>,
    facets: Vec<FacetView>,
    chips: Vec<Chip>,
    clear_url: String,
    sorts: Vec<SortView>,
    corrections: Vec<CorrectionView>,
    notices: Vec<Vec<Part>>,
    problem: Option<ProblemView>,
    pages: Option<Pages>,
}

struct FacetView {
    name: &'static str,
    shown: Vec<ValueView>,
    folded: Vec<ValueView>,
}

struct ValueView {
    label: String,
    count: u64,
    url: String,
    chosen: bool,
}

struct Chip {
    field: &'static str,
    label: String,
    url: String,
}

struct SortView {
    name: String,
    url: String,
    chosen: bool,
}

struct CorrectionView {
    word: String,
    used: Vec<String>,
}

/// The query cut in three, with what is wrong in the middle.
struct ProblemView {
    message: Vec<Part>,
    hint: Option<Vec<Part>>,
    before: String,
    at: String,
    after: String,
}

struct Pages {
    current: usize,
    last: usize,
    previous: Option<String>,
    next: Option<String>,
}

/// Returns the address of a search for `query`.
pub(in crate::web) fn query_url(query: &str) -> String {
    Params { query: query.to_owned(), ..Params::default() }.url()
}

/// Shows the results.
pub(in crate::web) async fn show(
    State(app): State<AppState>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let params = Params::read(&pairs);
    let chrome = Chrome::new(&app, "search").query(&params.query);
    app.read(move |kb| {
        let request = SearchRequest {
            facets: params.facets.clone(),
            sort: params.sort(),
            offset: params.page * PAGE_SIZE,
            limit: PAGE_SIZE,
            with_facets: true,
            ..SearchRequest::new(params.query.clone())
        };
        match kb.search(&request).map_err(WebError::from) {
            Ok(results) => page(&found(chrome, &params, &results)),
            Err(WebError::Query(problem)) => page(&misunderstood(chrome, &params, &problem)),
            Err(error) => Err(error),
        }
    })
    .await
}

fn found(chrome: Chrome, params: &Params, results: &SearchResults) -> SearchPage {
    let last = results.total.div_ceil(PAGE_SIZE).clamp(1, LAST_PAGE);
    SearchPage {
        total: count(results.total, "document"),
        hits: results.hits.iter().map(SummaryView::from).collect(),
        facets: results.facets.iter().filter_map(|facet| facet_view(params, facet)).collect(),
        corrections: results.corrections.iter().map(correction_view).collect(),
        notices: results.notices.iter().map(|it| message(it)).collect(),
        pages: (last > 1).then(|| Pages {
            current: params.page + 1,
            last,
            previous: (params.page > 0).then(|| params.at(params.page - 1).url()),
            next: (params.page + 1 < last).then(|| params.at(params.page + 1).url()),
        }),
        ..empty(chrome, params)
    }
}

fn misunderstood(chrome: Chrome, params: &Params, problem: &QueryProblem) -> SearchPage {
    let query = &params.query;
    let boundary = |at: usize| (0..=at.min(query.len())).rev().find(|at| query.is_char_boundary(*at)).unwrap_or(0);
    let (start, end) = (boundary(problem.span.start), boundary(problem.span.end.max(problem.span.start)));
    let view = ProblemView {
        message: message(&problem.message),
        hint: problem.hint.as_deref().map(|hint| message(&capitalised(hint))),
        before: query[..start].to_owned(),
        at: query[start..end].to_owned(),
        after: query[end..].to_owned(),
    };
    SearchPage { problem: Some(view), ..empty(chrome, params) }
}

fn empty(chrome: Chrome, params: &Params) -> SearchPage {
    SearchPage {
        chrome,
        title: if params.query.is_empty() { "All documents".to_owned() } else { params.query.clone() },
        query: params.query.clone(),
        kept: params.kept_by_form(),
        total: String::new(),
        hits: Vec::new(),
        facets: Vec::new(),
        chips: chips(params),
        clear_url: params.unfiltered().url(),
        sorts: sorts(params),
        corrections: Vec::new(),
        notices: Vec::new(),
        problem: None,
        pages: None,
    }
}

fn chips(params: &Params) -> Vec<Chip> {
    let chosen = params.facets.iter().flat_map(|(field, values)| values.iter().map(|value| (*field, value)));
    let chip = |(field, value): (FacetField, &String)| Chip {
        field: field_label(field),
        label: facet_label(field, value),
        url: params.toggled(field, value).url(),
    };
    chosen.map(chip).collect()
}

fn sorts(params: &Params) -> Vec<SortView> {
    let view = |sort| SortView {
        name: capitalised(sort_name(sort)),
        url: params.sorted(sort).url(),
        chosen: params.sort() == sort,
    };
    let orders = [Sort::Relevance, Sort::Date, Sort::Severity];
    orders.into_iter().filter(|sort| *sort != Sort::Relevance || !params.query.is_empty()).map(view).collect()
}

/// A chosen value stays on the page even where no hit has it, or nobody could drop it.
fn facet_view(params: &Params, facet: &Facet) -> Option<FacetView> {
    let chosen = params.chosen(facet.field);
    let missing = chosen.iter().filter(|it| !facet.values.iter().any(|(value, _)| value == *it));
    let missing = missing.map(|value| (value.clone(), 0));
    let view = |(value, count): (String, u64)| ValueView {
        label: facet_label(facet.field, &value),
        count,
        url: params.toggled(facet.field, &value).url(),
        chosen: chosen.contains(&value),
    };
    let mut shown: Vec<ValueView> = missing.chain(facet.values.iter().cloned()).map(view).collect();
    shown.sort_by_key(|value| !value.chosen);
    if facet.field != FacetField::Tag && facet.field != FacetField::Service {
        shown = restore_order(shown, facet);
    }
    if shown.is_empty() {
        return None;
    }
    let folded = if shown.len() > OPEN_VALUES + 1 { shown.split_off(OPEN_VALUES) } else { Vec::new() };
    Some(FacetView { name: field_label(facet.field), shown, folded })
}

/// Short lists with an order of their own (severities, years) keep it, chosen or not.
fn restore_order(mut values: Vec<ValueView>, facet: &Facet) -> Vec<ValueView> {
    let position = |label: &str| facet.values.iter().position(|(value, _)| facet_label(facet.field, value) == label);
    values.sort_by_key(|value| position(&value.label));
    values
}

fn correction_view(correction: &Correction) -> CorrectionView {
    CorrectionView { word: correction.word.clone(), used: correction.used.clone() }
}
