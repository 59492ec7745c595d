//! Which documents are about the same incident as another, by the rule that lists and pages go by.

use super::facts::Facts;
use crate::index::id_key;
use crate::kb::incidents::id_joins;
use crate::model::{Kind, folder_of};

/// Tells whether two documents are about one incident.
pub(super) fn belong_together(a: &Facts, b: &Facts) -> bool {
    let kinds = [a.tie.kind, b.tie.kind];
    if a.neighbour.path == b.neighbour.path || kinds.contains(&Kind::Other) {
        return false;
    }
    let incident = |it: &Facts| it.incident.as_deref().map(id_key);
    let same = |a: Option<u64>, b: Option<u64>| a.is_some() && a == b;
    let (in_a, in_b) = (incident(a), incident(b));
    let by_incident = same(in_a, b.tie.id) || same(in_b, a.tie.id) || same(in_a, in_b);
    let by_id = same(a.tie.id, b.tie.id) && id_joins(kinds);
    by_incident || by_id || by_link(a, b)
}

fn by_link(a: &Facts, b: &Facts) -> bool {
    let links = |from: &Facts, to: &Facts| from.links.contains(&to.neighbour.path);
    let is_linked = links(a, b) || links(b, a);
    is_linked && folder_of(&a.neighbour.path) == folder_of(&b.neighbour.path) && a.tie.link_joins(b.tie)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::CheckConfig;
    use crate::lint::LintContext;
    use crate::parse::{ParseOptions, parse};

    fn facts(path: &str, head: &str, body: &str) -> Facts {
        let text = format!("---\n{head}\n---\n# Outage\n\n{body}\n");
        let parsed = parse(path, text.as_bytes(), &ParseOptions::default());
        let today = "2026-01-15".parse::<chrono::NaiveDate>().unwrap();
        Facts::of(&LintContext::new(&parsed.document, &parsed.text, text.as_bytes(), today, &CheckConfig::default()))
    }

    #[test]
    fn ids_are_one_whatever_their_case_and_months_have_a_day() {
        let report = facts("x/a.md", "kind: incident\nid: INC-1\ndate: 2025-06", "See [the plan](b.md).");
        let plan = |head: &str| facts("x/b.md", &format!("kind: fix-plan\n{head}"), "Text.");
        assert!(belong_together(&report, &plan("id: inc-1\ndate: 2025-12-01")));
        assert!(belong_together(&report, &plan("id: P-2\ndate: 2025-06-15")));
        assert!(!belong_together(&report, &plan("id: P-2\ndate: 2025-06-20")));
    }
}
