//! Links that lead nowhere: marked, so that nobody follows them in a hurry.

use pulldown_cmark::{Event, Tag};

use super::highlight::push_escaped;
use super::{Located, Surroundings, inline};
use crate::web::links::{self, Target};

/// Documents that are looked for; links behind them are not marked.
const MOST: usize = 200;

/// Marks every link of the document at `path` to a document that is not there.
pub(super) fn mark<'a>(events: Vec<Located<'a>>, path: &str, around: &dyn Surroundings) -> Vec<Located<'a>> {
    let mut wanted: Vec<String> = events.iter().filter_map(|(event, _)| target(event, path)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted.truncate(MOST);
    let missing = if wanted.is_empty() { Vec::new() } else { around.missing(&wanted) };
    if missing.is_empty() {
        return events;
    }
    let marked = |(event, range): Located<'a>| match (target(&event, path), &event) {
        (Some(target), Event::Start(Tag::Link { dest_url, .. })) if missing.contains(&target) => {
            let mut html = "<a class=\"dangling\" title=\"no such document\" href=\"".to_owned();
            push_escaped(&mut html, dest_url);
            html.push_str("\">");
            (Event::InlineHtml(html.into()), range)
        }
        _ => (event, range),
    };
    events.into_iter().map(marked).collect()
}

/// Returns the path, or the name, of the document that a link leads to.
fn target(event: &Event<'_>, path: &str) -> Option<String> {
    let Event::Start(Tag::Link { dest_url, .. }) = event else { return None };
    if let Some(name) = inline::wiki_name(dest_url) {
        return Some(name.into_owned());
    }
    match links::resolve(path, dest_url) {
        Target::Document { path, .. } => Some(path),
        _ => None,
    }
}
