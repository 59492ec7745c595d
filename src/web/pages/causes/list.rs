//! All root-cause tags: the most frequent first, or in families.

use std::cmp::Reverse;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;

use super::super::address::unknown;
use super::super::{Chrome, page};
use crate::kb::{CauseFamily, CauseTag};
use crate::web::error::WebError;
use crate::web::links;
use crate::web::state::AppState;
use crate::web::view::{Part, count, date_words};

#[derive(Template)]
#[template(path = "web/tags.html")]
struct TagsPage {
    chrome: Chrome,
    incidents: String,
    used: Vec<Family>,
    /// Whether they stand in families.
    by_family: bool,
    unused: Vec<Family>,
    unused_count: usize,
    /// What of the address was left out.
    notices: Vec<Vec<Part>>,
}

/// A family with its tags.
struct Family {
    title: String,
    tags: Vec<Row>,
}

/// A tag.
struct Row {
    name: String,
    title: String,
    description: String,
    url: String,
    incidents: u64,
    /// Documents that have it, where that is another number.
    documents: Option<String>,
    actions_open: String,
    latest: Option<(String, String)>,
}

/// Shows all tags.
pub(in crate::web) async fn show(
    State(app): State<AppState>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let by_family = pairs.iter().any(|(name, value)| name == "by" && value == "family");
    let left_out = pairs.into_iter().filter(|(name, value)| name == "by" && value != "family");
    let notices = unknown(&left_out.map(|(_, value)| ("way to list causes", value)).collect::<Vec<_>>()).collect();
    let chrome = Chrome::new(&app, "causes");
    app.read(move |kb| {
        let causes = kb.causes()?;
        let used = match by_family {
            true => families(&causes.families, |tag| tag.count.documents > 0),
            false => most_frequent(&causes.families),
        };
        let unused = families(&causes.families, |tag| tag.count.documents == 0);
        let incidents = count(usize::try_from(causes.incidents).unwrap_or(usize::MAX), "incident");
        let unused_count = unused.iter().map(|it| it.tags.len()).sum();
        page(&TagsPage { chrome, incidents, used, by_family, unused_count, unused, notices })
    })
    .await
}

/// Returns one list of the tags that documents have: of the most incidents first, then the newest.
fn most_frequent(families: &[CauseFamily]) -> Vec<Family> {
    let mut tags: Vec<&CauseTag> =
        families.iter().flat_map(|it| &it.tags).filter(|tag| tag.count.documents > 0).collect();
    tags.sort_by_key(|tag| Reverse((tag.count.incidents, tag.latest)));
    if tags.is_empty() {
        return Vec::new();
    }
    vec![Family { title: String::new(), tags: tags.into_iter().map(row).collect() }]
}

fn families(all: &[CauseFamily], wanted: impl Fn(&CauseTag) -> bool) -> Vec<Family> {
    let family = |it: &CauseFamily| Family {
        title: it.title.clone(),
        tags: it.tags.iter().filter(|tag| wanted(tag)).map(row).collect(),
    };
    all.iter().map(family).filter(|it| !it.tags.is_empty()).collect()
}

fn row(tag: &CauseTag) -> Row {
    let date = |day: chrono::NaiveDate| (day.to_string(), date_words(&day.to_string()));
    Row {
        name: tag.count.tag.clone(),
        title: if tag.title == tag.count.tag { String::new() } else { tag.title.clone() },
        description: tag.description.clone(),
        url: links::tag(&tag.count.tag),
        incidents: tag.count.incidents,
        documents: (tag.count.documents != tag.count.incidents)
            .then(|| count(usize::try_from(tag.count.documents).unwrap_or(usize::MAX), "document")),
        actions_open: match tag.count.actions_open {
            0 => String::new(),
            open => count(usize::try_from(open).unwrap_or(usize::MAX), "open action"),
        },
        latest: tag.latest.map(date),
    }
}
