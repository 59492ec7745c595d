//! Which documents are about one event.

use crate::model::{Document, Kind};

use super::target::targets;

/// Tells whether two documents are about the same incident: they carry the same id, one names the other's id as its
/// incident, or a part of the record (analysis, plan, resolution) and the rest are linked within one folder.
pub(crate) fn same_incident(a: &Document, b: &Document) -> bool {
    shares_id(a, b) || (parts_of_one_record(a, b) && (links_to(a, b) || links_to(b, a)))
}

fn shares_id(a: &Document, b: &Document) -> bool {
    let ids = |document: &Document| -> Vec<String> {
        document.id.iter().chain(&document.incident).map(|it| it.value.trim().to_lowercase()).collect()
    };
    let others = ids(b);
    ids(a).iter().any(|id| !id.is_empty() && others.contains(id))
}

/// Two reports that lie in one folder and cite each other are two incidents; so are a report and the resolution of
/// another day.
fn parts_of_one_record(a: &Document, b: &Document) -> bool {
    let is_part = |document: &Document| matches!(document.kind.value, Kind::Rca | Kind::FixPlan | Kind::Resolution);
    let folder = |document: &Document| document.path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let other_day = match (&a.date, &b.date) {
        (Some(a), Some(b)) => a.value.first_day() != b.value.first_day(),
        _ => false,
    };
    a.kind.value != b.kind.value
        && a.kind.value != Kind::Other
        && b.kind.value != Kind::Other
        && (is_part(a) || is_part(b))
        && folder(a) == folder(b)
        && !other_day
}

fn links_to(from: &Document, to: &Document) -> bool {
    let id = to.id.as_ref().map(|id| id.value.as_str());
    targets(from).iter().any(|(target, _)| target.is(&to.path, id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{ParseOptions, parse};

    fn document(path: &str, text: &str) -> Document {
        parse(path, text.as_bytes(), &ParseOptions::default()).document
    }

    #[test]
    fn a_plan_linked_from_an_analysis_is_of_the_same_incident() {
        let rca = document("a/rca.md", "# Root cause analysis: pool\n\nSee [plan](fix-plan.md).\n");
        let plan = document("a/fix-plan.md", "# Fix plan\n\n- [ ] add a pool\n");
        assert!(same_incident(&rca, &plan) && same_incident(&plan, &rca));
        let elsewhere = document("b/fix-plan.md", "# Fix plan\n\n- [ ] add a pool\n");
        assert!(!same_incident(&rca, &elsewhere));
    }

    #[test]
    fn the_same_id_makes_one_incident() {
        let report = document("a.md", "---\nid: INC-7\n---\n# A\n");
        let part = document("b/c.md", "---\nid: INC-7-RCA\nincident: inc-7\n---\n# B\n");
        assert!(same_incident(&report, &part));
    }

    #[test]
    fn two_reports_that_cite_each_other_stay_two() {
        let old = document("2024/INC-1.md", "---\nid: INC-1\ndate: 2024-01-01\n---\n# Incident A\n");
        let new = document("2024/INC-2.md", "---\nid: INC-2\ndate: 2024-02-01\n---\n# Incident B\n\n[A](INC-1.md)\n");
        assert!(!same_incident(&old, &new));
    }
}
