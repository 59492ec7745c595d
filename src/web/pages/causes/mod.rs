//! Root causes: all tags, one tag, and the map of those that come together.

pub(in crate::web) mod list;
pub(in crate::web) mod map;
pub(in crate::web) mod tag;

/// Returns the search for incidents that have all of these tags.
fn search(tags: &[&str]) -> String {
    let conditions: Vec<String> = tags.iter().map(|tag| format!("tag:\"{}\"", tag.replace('"', " "))).collect();
    super::search::query_url(&conditions.join(" "))
}
