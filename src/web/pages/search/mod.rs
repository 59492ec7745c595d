//! Results: hits with passages, facets with counts, everything in the address.
//!
//! The page and its results alone (which the script asks for while somebody types) are filled from the same view.

mod facets;
mod help;
mod params;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;

use super::address::{left_out, unknown};
use super::{Chrome, page};
use crate::kb::{Correction, KnowledgeBase, Period, QueryError, SearchRequest, SearchResults, Sort};
use crate::model::capitalised;
use crate::web::error::WebError;
use crate::web::state::AppState;
use crate::web::view::{Freshness, Pages, Part, SummaryView, count, in_words, message};

use facets::{Chip, FacetView, chips, facet_view};
use help::Help;
pub(in crate::web) use params::Params;
use params::{DAY, LAST_PAGE, PAGE_SIZE, sort_name};

#[derive(Template)]
#[template(path = "web/search.html")]
struct SearchPage {
    chrome: Chrome,
    results: Results,
}

/// The results alone.
#[derive(Template)]
#[template(path = "web/_results.html")]
struct ResultsOnly {
    results: Results,
}

struct Results {
    title: String,
    url: String,
    kept_by_query: Vec<(&'static str, String)>,
    kept_by_days: Vec<(&'static str, String)>,
    from: String,
    to: String,
    total: String,
    hits: Vec<SummaryView>,
    facets: Vec<FacetView>,
    chips: Vec<Chip>,
    clear_url: String,
    sorts: Vec<SortView>,
    corrections: Vec<CorrectionView>,
    relaxed: bool,
    /// Documents that have all words, where some have only some.
    all_words: String,
    notices: Vec<Vec<Part>>,
    problem: Option<ProblemView>,
    help: Option<Help>,
    pages: Option<Pages>,
    freshness: Freshness,
}

struct SortView {
    name: String,
    url: String,
    chosen: bool,
}

/// A word read as others; where documents have it as typed, the address asks for it alone.
struct CorrectionView {
    word: String,
    used: Vec<String>,
    found: Option<(String, String)>,
}

/// The query cut in three, with what is wrong in the middle.
struct ProblemView {
    message: Vec<Part>,
    hint: Option<Vec<Part>>,
    before: String,
    at: String,
    after: String,
}

/// Returns the address of a search for `query`.
pub(in crate::web) fn query_url(query: &str) -> String {
    Params::default().asking(query).url()
}

/// Shows the results.
pub(in crate::web) async fn show(
    State(app): State<AppState>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let params = Params::read(&in_words(app.kb(), pairs));
    let chrome = Chrome::new(&app, "search").query(&params.query);
    let freshness = Freshness::now(&app);
    app.read(move |kb| page(&SearchPage { chrome, results: answer(kb, &params, freshness)? })).await
}

/// Shows the results without the page around them.
pub(in crate::web) async fn fragment(
    State(app): State<AppState>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let params = Params::read(&in_words(app.kb(), pairs));
    let freshness = Freshness::now(&app);
    app.read(move |kb| page(&ResultsOnly { results: answer(kb, &params, freshness)? })).await
}

fn answer(kb: &KnowledgeBase, params: &Params, freshness: Freshness) -> Result<Results, WebError> {
    match kb.search(&request(params)).map_err(WebError::from) {
        // Fewer documents match than did when the address was made.
        Ok(results) if results.hits.is_empty() && params.page > 0 => {
            let last = results.total.div_ceil(PAGE_SIZE).clamp(1, LAST_PAGE) - 1;
            answer(kb, &params.at(last.min(params.page - 1)), freshness)
        }
        Ok(results) => found(kb, params, &results, freshness),
        Err(WebError::Query(problem)) => Ok(misunderstood(params, &problem, freshness)),
        Err(error) => Err(error),
    }
}

fn request(params: &Params) -> SearchRequest {
    SearchRequest {
        facets: params.facets.clone(),
        days: params.days,
        sort: params.sort(),
        offset: params.page * PAGE_SIZE,
        limit: PAGE_SIZE,
        with_facets: true,
        ..SearchRequest::new(params.query.clone())
    }
}

fn found(
    kb: &KnowledgeBase,
    params: &Params,
    results: &SearchResults,
    freshness: Freshness,
) -> Result<Results, WebError> {
    Ok(Results {
        total: count(results.total, "document"),
        hits: results.hits.iter().map(SummaryView::from).collect(),
        facets: results.facets.iter().filter_map(|facet| facet_view(params, facet)).collect(),
        corrections: results.corrections.iter().map(|it| correction_view(params, it)).collect(),
        relaxed: results.relaxed,
        all_words: if results.all_words == 0 { String::new() } else { count(results.all_words, "document") },
        notices: left_out(&params.no_days, &Period { from: params.days.0, to: params.days.1 })
            .into_iter()
            .chain(unknown(&params.unknown))
            .chain(results.notices.iter().map(|it| message(it)))
            .collect(),
        help: if results.total == 0 { Some(Help::of(kb, params)?) } else { None },
        pages: Pages::new(params.page, results.total, PAGE_SIZE, LAST_PAGE, |page| params.at(page).url()),
        ..empty(params, freshness)
    })
}

/// Returns the title: what is searched for and what narrows it.
fn title(params: &Params) -> String {
    let query = Some(params.query.clone()).filter(|it| !it.is_empty());
    let what = if query.is_some() { "search" } else { "documents" };
    let all: Vec<String> = query.into_iter().chain(chips(params).into_iter().map(|it| it.label)).collect();
    if all.is_empty() { "All documents".to_owned() } else { format!("{}: {what}", all.join(", ")) }
}

fn misunderstood(params: &Params, problem: &QueryError, freshness: Freshness) -> Results {
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
    Results { problem: Some(view), ..empty(params, freshness) }
}

fn empty(params: &Params, freshness: Freshness) -> Results {
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.format(DAY).to_string());
    Results {
        title: title(params),
        url: params.url(),
        kept_by_query: params.kept_by_query(),
        kept_by_days: params.kept_by_days(),
        from: day(params.days.0),
        to: day(params.days.1),
        total: String::new(),
        hits: Vec::new(),
        facets: Vec::new(),
        chips: chips(params),
        clear_url: params.unfiltered().url(),
        sorts: sorts(params),
        corrections: Vec::new(),
        relaxed: false,
        all_words: String::new(),
        notices: Vec::new(),
        problem: None,
        help: None,
        pages: None,
        freshness,
    }
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

fn correction_view(params: &Params, correction: &Correction) -> CorrectionView {
    let alone = params.asking(&params.query.replacen(&correction.word, &format!("\"{}\"", correction.word), 1));
    let found = usize::try_from(correction.found).unwrap_or(usize::MAX);
    CorrectionView {
        word: correction.word.clone(),
        used: correction.used.clone(),
        found: (found > 0).then(|| (count(found, "document"), alone.url())),
    }
}
