//! Which documents are about the same incident as another, by the rule that lists and pages go by.

use super::facts::{Facts, folder};
use crate::kb::incidents::{id_joins, link_joins};
use crate::model::Kind;

/// Tells whether two documents are about one incident.
pub(super) fn belong_together(a: &Facts, b: &Facts) -> bool {
    let kinds = [a.neighbour.kind, b.neighbour.kind];
    if a.neighbour.path == b.neighbour.path || kinds.contains(&Kind::Other) {
        return false;
    }
    let same = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        _ => false,
    };
    let by_incident =
        same(&a.incident, &b.neighbour.id) || same(&b.incident, &a.neighbour.id) || same(&a.incident, &b.incident);
    let by_id = same(&a.neighbour.id, &b.neighbour.id) && id_joins(kinds);
    by_incident || by_id || by_link(a, b, kinds)
}

fn by_link(a: &Facts, b: &Facts, kinds: [Kind; 2]) -> bool {
    let links = |from: &Facts, to: &Facts| from.links.contains(&to.neighbour.path);
    if folder(&a.neighbour.path) != folder(&b.neighbour.path) || !(links(a, b) || links(b, a)) {
        return false;
    }
    let ids_differ = a.neighbour.id.is_some() && b.neighbour.id.is_some() && a.neighbour.id != b.neighbour.id;
    let days = a.neighbour.date.zip(b.neighbour.date).map(|(a, b)| (a - b).num_days());
    link_joins(kinds, ids_differ, days)
}
