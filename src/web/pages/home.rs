//! Home: the search field, what is open, what was last.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::{Chrome, page, search};
use crate::kb::{Facet, FacetField, KnowledgeBase, SearchRequest, Sort};
use crate::model::{Kind, StatusState};
use crate::web::error::WebError;
use crate::web::state::AppState;
use crate::web::view::{Freshness, SummaryView, count, facet_label, field_label};

/// Values shown of each facet.
const FACET_VALUES: usize = 8;
const RECENT: usize = 8;
const OPEN: usize = 8;

#[derive(Template)]
#[template(path = "web/home.html")]
struct HomePage {
    chrome: Chrome,
    documents: String,
    freshness: Freshness,
    open: Vec<SummaryView>,
    open_total: usize,
    open_url: String,
    recent: Vec<SummaryView>,
    recent_url: String,
    browse: Vec<Browse>,
}

struct Browse {
    name: &'static str,
    values: Vec<(String, String, u64)>,
}

/// Shows the home page.
pub(in crate::web) async fn show(State(app): State<AppState>) -> Result<Response, WebError> {
    let chrome = Chrome::new(&app, "home");
    let freshness = Freshness::now(&app);
    app.read(move |kb| {
        let (open, open_total) = list(kb, &open_facets())?;
        let recent = recent(kb)?;
        let (documents, browse) = browse(kb)?;
        page(&HomePage {
            chrome,
            documents: count(documents, "document"),
            freshness,
            open,
            open_total,
            open_url: search::Params { facets: open_facets(), sort: Some(Sort::Date), ..Default::default() }.url(),
            recent,
            recent_url: "/search?sort=date".to_owned(),
            browse,
        })
    })
    .await
}

fn open_facets() -> Vec<(FacetField, Vec<String>)> {
    let states = [StatusState::Open, StatusState::Investigating, StatusState::Mitigated];
    vec![(FacetField::Status, states.iter().map(|it| it.as_str().to_owned()).collect())]
}

fn list(kb: &KnowledgeBase, facets: &[(FacetField, Vec<String>)]) -> Result<(Vec<SummaryView>, usize), WebError> {
    let request =
        SearchRequest { facets: facets.to_vec(), sort: Sort::Date, limit: OPEN.max(RECENT), ..SearchRequest::new("") };
    let results = kb.search(&request)?;
    Ok((results.hits.iter().map(|hit| SummaryView::of(&hit.document)).collect(), results.total))
}

/// Index pages, process notes and plans are no news.
fn recent(kb: &KnowledgeBase) -> Result<Vec<SummaryView>, WebError> {
    let kinds = Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::Other | Kind::FixPlan));
    let facets = vec![(FacetField::Kind, kinds.map(|kind| kind.as_str().to_owned()).collect())];
    Ok(list(kb, &facets)?.0)
}

/// Returns the number of documents and their facets.
fn browse(kb: &KnowledgeBase) -> Result<(usize, Vec<Browse>), WebError> {
    let request = SearchRequest { with_facets: true, limit: 1, ..SearchRequest::new("") };
    let results = kb.search(&request)?;
    let filled = results.facets.iter().filter(|facet| !facet.values.is_empty());
    Ok((results.total, filled.map(browse_facet).collect()))
}

fn browse_facet(facet: &Facet) -> Browse {
    let value = |(value, number): &(String, u64)| {
        let facets = vec![(facet.field, vec![value.clone()])];
        let url = search::Params { facets, ..Default::default() }.url();
        (facet_label(facet.field, value), url, *number)
    };
    Browse { name: field_label(facet.field), values: facet.values.iter().take(FACET_VALUES).map(value).collect() }
}
