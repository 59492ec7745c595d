//! Ids and paths of new documents: made from patterns, free of collisions, inside the knowledge base.

use std::collections::HashSet;

use crate::config::{Pattern, PatternFacts};

/// The ids that are taken, in this tree and on other branches, compared without regard to case.
#[derive(Debug, Clone, Default)]
pub(crate) struct Taken {
    ids: HashSet<String>,
}

impl Taken {
    /// Adds an id.
    pub(crate) fn add(&mut self, id: &str) {
        self.ids.insert(id.to_lowercase());
    }

    /// Tells whether `id` is taken.
    #[must_use]
    pub(crate) fn has(&self, id: &str) -> bool {
        self.ids.contains(&id.to_lowercase())
    }
}

/// Returns the id that `pattern` gives: with the next number where it counts, else with `-2`, `-3`, … where it is taken.
#[must_use]
pub(crate) fn new_id(pattern: &Pattern, facts: &PatternFacts<'_>, taken: &Taken) -> String {
    let highest = taken.ids.iter().filter_map(|id| pattern.number_of(facts, id)).max().unwrap_or(0);
    let id = trimmed(&pattern.fill(facts, highest.saturating_add(1)));
    free(&id, taken)
}

/// Returns `id`, or the first of `id-2`, `id-3`, … that is not taken.
fn free(id: &str, taken: &Taken) -> String {
    if !taken.has(id) {
        return id.to_owned();
    }
    let numbered = (2_u32..).map(|number| format!("{id}-{number}"));
    numbered.into_iter().find(|id| !taken.has(id)).unwrap_or_else(|| id.to_owned())
}

/// A part of a pattern that gave nothing leaves no double hyphen behind.
fn trimmed(id: &str) -> String {
    let mut id = id.to_owned();
    while id.contains("--") {
        id = id.replace("--", "-");
    }
    id.trim_matches('-').to_owned()
}

/// Returns `path` if a document can stand there: relative, inside, neither hidden nor reserved.
///
/// # Errors
/// Says what is wrong with it.
pub(crate) fn usable_path(path: &str) -> Result<(), String> {
    let parts: Vec<&str> = path.split('/').collect();
    let leaves = path.starts_with('/') || path.contains(['\\', ':', '\0']) || parts.contains(&"..");
    if leaves {
        return Err(format!("`{path}` leads out of the knowledge base"));
    }
    if parts.iter().any(|part| part.trim().is_empty() || part.starts_with('.')) {
        return Err(format!("`{path}` has a part that is empty or hidden"));
    }
    if parts[0] == "templates" && parts.len() > 1 {
        return Err(format!("`{path}` lies among the templates"));
    }
    if parts.iter().any(|part| part.len() > 200) {
        return Err(format!("`{path}` has a part of more than 200 bytes"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn id(pattern: &str, taken: &[&str]) -> String {
        let date = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
        let facts = PatternFacts { slug: "redis", date, kind: "incident", project: "", id: "" };
        let mut all = Taken::default();
        taken.iter().for_each(|it| all.add(it));
        new_id(&Pattern::parse(pattern).unwrap(), &facts, &all)
    }

    #[test]
    fn taken_ids_get_a_suffix_or_the_next_number() {
        assert_eq!(id("RIS-{SLUG}-{YYYYMMDD}", &[]), "RIS-REDIS-20260105");
        assert_eq!(
            id("RIS-{SLUG}-{YYYYMMDD}", &["ris-redis-20260105", "RIS-REDIS-20260105-2"]),
            "RIS-REDIS-20260105-3"
        );
        assert_eq!(id("INC-{YYYY}-{NN}", &["INC-2026-09", "INC-2025-44", "INC-2026-3"]), "INC-2026-10");
        assert_eq!(id("INC-{YYYY}", &["INC-2026"]), "INC-2026-2");
    }

    #[test]
    fn paths_stay_inside() {
        for path in ["2026/RIS-A.md", "a b/ü.md"] {
            assert_eq!(usable_path(path), Ok(()), "{path}");
        }
        for path in ["../a.md", "/a.md", "a/../../b.md", ".git/a.md", "a//b.md", "templates/a.md", "c:\\a.md"] {
            assert!(usable_path(path).is_err(), "{path}");
        }
    }
}
