//! The cause map: which causes come together.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::super::{Chrome, page};
use super::search;
use crate::kb::{CausePair, CauseTag, Causes};
use crate::model::counted;
use crate::web::chart::{Arcs, Node};
use crate::web::error::WebError;
use crate::web::links;
use crate::web::state::AppState;
use crate::web::view::grouped;

/// Names that can be told apart in one drawing.
const MAX_TAGS: usize = 32;
/// Arcs that can be followed by eye.
const MAX_ARCS: usize = 48;
/// Arcs that one name may keep; what goes with everything tells little.
const MAX_ARCS_OF_ONE: usize = 6;
/// Incidents below which a pair may be chance, where there are stronger ones.
const TWICE: u64 = 2;
/// Pairs in the table.
const MAX_PAIRS: usize = 100;

#[derive(Template)]
#[template(path = "web/causes.html")]
struct CausesPage {
    chrome: Chrome,
    chart: Option<Arcs>,
    note: String,
    pairs: Vec<Pair>,
    pairs_total: usize,
}

/// A row of the table.
struct Pair {
    first: String,
    first_url: String,
    second: String,
    second_url: String,
    incidents: u64,
    url: String,
}

/// Shows the map.
pub(in crate::web) async fn show(State(app): State<AppState>) -> Result<Response, WebError> {
    let chrome = Chrome::new(&app, "causes");
    app.read(move |kb| {
        let causes = kb.causes()?;
        let (nodes, links) = choose(&causes);
        let note = format!(
            "{} of {} causes and {} of {} pairs are drawn: those that most incidents share. The wider the \
             arc, the more incidents have both causes.",
            nodes.len(),
            grouped(causes.families.iter().flat_map(|it| &it.tags).filter(|tag| tag.count.incidents > 0).count()),
            links.len(),
            grouped(causes.pairs.len()),
        );
        let name = "Causes that incidents have in common. The table has the numbers.".to_owned();
        page(&CausesPage {
            chrome,
            chart: (!links.is_empty()).then(|| Arcs::new(name, &nodes, &links, "incidents")),
            note,
            pairs: causes.pairs.iter().take(MAX_PAIRS).map(pair).collect(),
            pairs_total: causes.pairs.len(),
        })
    })
    .await
}

fn pair(it: &CausePair) -> Pair {
    Pair {
        first: it.first.clone(),
        first_url: links::tag(&it.first),
        second: it.second.clone(),
        second_url: links::tag(&it.second),
        incidents: it.incidents,
        url: search(&[&it.first, &it.second]),
    }
}

/// Returns what is drawn: the strongest pairs, a few for each cause, and the causes they join, family by family.
fn choose(causes: &Causes) -> (Vec<Node>, Vec<(usize, usize, u64)>) {
    let strongest = causes.pairs.first().map_or(0, |it| it.incidents);
    let fewest = TWICE.min(strongest);
    let mut arcs: HashMap<&str, usize> = HashMap::new();
    let mut chosen: Vec<&CausePair> = Vec::new();
    for pair in causes.pairs.iter().filter(|it| it.incidents >= fewest) {
        let names = [pair.first.as_str(), pair.second.as_str()];
        let new = names.iter().filter(|name| !arcs.contains_key(*name)).count();
        let full = names.iter().any(|name| arcs.get(name).is_some_and(|count| *count >= MAX_ARCS_OF_ONE));
        if full || arcs.len() + new > MAX_TAGS {
            continue;
        }
        names.iter().for_each(|name| *arcs.entry(name).or_default() += 1);
        chosen.push(pair);
        if chosen.len() == MAX_ARCS {
            break;
        }
    }
    let mut nodes = Vec::new();
    for family in &causes.families {
        let drawn = family.tags.iter().filter(|tag| arcs.contains_key(tag.count.tag.as_str()));
        nodes.extend(drawn.map(|tag| node(&family.title, tag)));
    }
    let place = |name: &str| nodes.iter().position(|node| node.name == name);
    let links = chosen.iter().filter_map(|it| Some((place(&it.first)?, place(&it.second)?, it.incidents))).collect();
    (nodes, links)
}

fn node(family: &str, tag: &CauseTag) -> Node {
    let mut title = format!("{}: {}", tag.title, counted(tag.count.incidents, "incident", "incidents"));
    if !tag.description.is_empty() {
        title = format!("{title}. {}", tag.description);
    }
    Node {
        group: family.to_owned(),
        name: tag.count.tag.clone(),
        title,
        url: links::tag(&tag.count.tag),
        count: tag.count.incidents,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kb::CauseFamily;

    fn causes(pairs: &[(usize, usize, u64)], tags: usize) -> Causes {
        let tag = |at: usize| CauseTag {
            count: crate::kb::TagCount { tag: format!("t{at:03}"), incidents: 5, ..Default::default() },
            title: format!("T{at}"),
            description: String::new(),
            family: String::new(),
            latest: None,
        };
        let family = CauseFamily { name: String::new(), title: "F".into(), tags: (0..tags).map(tag).collect() };
        let pair = |&(a, b, incidents): &(usize, usize, u64)| CausePair {
            first: format!("t{a:03}"),
            second: format!("t{b:03}"),
            incidents,
        };
        Causes { incidents: 10, families: vec![family], pairs: pairs.iter().map(pair).collect() }
    }

    #[test]
    fn a_large_graph_does_not_become_a_tangle() {
        let pairs: Vec<_> = (0..60).flat_map(|a| (a + 1..60).map(move |b| (a, b, 9))).collect();
        let (nodes, links) = choose(&causes(&pairs, 60));
        assert!(nodes.len() <= MAX_TAGS && links.len() <= MAX_ARCS, "{} {}", nodes.len(), links.len());
        let of_first = links.iter().filter(|it| it.0 == 0 || it.1 == 0).count();
        assert!(of_first <= MAX_ARCS_OF_ONE, "{of_first}");
    }

    #[test]
    fn pairs_seen_once_are_left_out_where_there_are_stronger_ones() {
        assert_eq!(choose(&causes(&[(0, 1, 3), (1, 2, 1)], 3)).1, [(0, 1, 3)]);
        assert_eq!(choose(&causes(&[(1, 2, 1)], 3)).1, [(0, 1, 1)]);
        assert_eq!(choose(&causes(&[], 3)).1, []);
    }
}
