//! Lists of documents by year, so that whoever has no script finds them with the browser's own search.

use askama::Template;

use super::names::Place;
use super::{ExportError, names};
use crate::kb::{DocumentSummary, FacetField, KnowledgeBase, SearchRequest};
use crate::model::capitalised;
use crate::web::links;
use crate::web::pages::Chrome;
use crate::web::state::AppState;
use crate::web::view::{count, date_words, facet_label};

/// Documents that the search page lists itself; of more it lists the years.
const MOST_ON_A_PAGE: usize = 3000;

/// The search page.
#[derive(Template)]
#[template(path = "web/copy_search.html")]
struct SearchPage {
    chrome: Chrome,
    script: String,
    total: String,
    years: Vec<Year>,
}

/// The documents with a value.
#[derive(Template)]
#[template(path = "web/copy_list.html")]
struct ListPage {
    chrome: Chrome,
    title: String,
    total: String,
    years: Vec<Year>,
}

/// The documents of a year.
struct Year {
    name: String,
    /// Where its documents are listed, where they are not listed here.
    url: Option<String>,
    count: String,
    rows: Vec<Row>,
}

struct Row {
    url: String,
    title: String,
    date: String,
    date_words: String,
    id: Option<String>,
}

/// Returns the year of a document; nothing where it has no day.
pub(super) fn year(document: &DocumentSummary) -> &str {
    document.date.as_deref().and_then(|date| date.get(..4)).unwrap_or_default()
}

/// Returns the documents of the copy, newest first; of one day in the order of their paths.
pub(super) fn newest_first(kb: &KnowledgeBase, request: SearchRequest) -> Result<Vec<DocumentSummary>, ExportError> {
    let found = kb.search(&SearchRequest { limit: usize::MAX, ..request })?;
    let mut documents: Vec<DocumentSummary> = found.hits.into_iter().map(|hit| hit.document).collect();
    documents.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.path.cmp(&b.path)));
    Ok(documents)
}

/// Returns the search page as the server would give it, and the lists that it links to.
pub(super) fn search_page(app: &AppState, documents: &[DocumentSummary]) -> Result<String, ExportError> {
    let is_short = documents.len() <= MOST_ON_A_PAGE;
    let page = SearchPage {
        chrome: Chrome::new(app, "search"),
        script: crate::web::assets::url("search.js"),
        total: count(documents.len(), "document"),
        years: years(documents, is_short),
    };
    Ok(page.render()?)
}

/// Returns the page with the documents that have a value.
pub(super) fn list_page(app: &AppState, field: &str, value: &str) -> Result<String, ExportError> {
    let facet = FacetField::ALL.into_iter().find(|it| it.as_str() == field);
    let request = match facet {
        Some(facet) => SearchRequest { facets: vec![(facet, vec![value.to_owned()])], ..SearchRequest::new("") },
        None => SearchRequest::new(format!("{field}:\"{}\"", value.replace('"', " "))),
    };
    let documents = newest_first(app.kb(), request)?;
    let label = facet.map_or_else(|| value.to_owned(), |facet| facet_label(facet, value));
    let page = ListPage {
        chrome: Chrome::new(app, "search"),
        title: format!("{}: {label}", capitalised(field)),
        total: count(documents.len(), "document"),
        years: years(&documents, true),
    };
    Ok(page.render()?)
}

/// Returns the lists that a search page links to.
pub(super) fn places_of_years(documents: &[DocumentSummary]) -> Vec<Place> {
    let names = names::Names::default();
    let urls = years(documents, false).into_iter().filter_map(|it| it.url);
    urls.filter_map(|url| names.place(&url)).collect()
}

fn years(documents: &[DocumentSummary], with_rows: bool) -> Vec<Year> {
    let groups = documents.chunk_by(|a, b| year(a) == year(b));
    let group = |group: &[DocumentSummary]| {
        let name = group.first().map(year).unwrap_or_default();
        // What has no year is listed here, since no list of a year has it.
        let lists = with_rows || name.is_empty();
        Year {
            name: if name.is_empty() { "Without a date".to_owned() } else { name.to_owned() },
            url: (!lists).then(|| links::with_query("/search", &[("year", name.to_owned())])),
            count: count(group.len(), "document"),
            rows: if lists { group.iter().map(row).collect() } else { Vec::new() },
        }
    };
    groups.map(group).collect()
}

fn row(document: &DocumentSummary) -> Row {
    let date = document.date.clone().unwrap_or_default();
    Row {
        url: links::document(&document.path),
        title: document.title.clone(),
        date_words: date_words(&date),
        date,
        id: document.id.clone(),
    }
}
