use super::*;
use crate::clock::Clock;
use crate::kb::OpenOptions;

/// Reports that share causes, names and words in every mixture, some of them several documents of one incident.
fn reports() -> Vec<(String, String)> {
    let causes = ["disk-full", "config-drift", "certificate-expiry", "dns-failure", "memory-leak"];
    let names = ["cache_main", "queue-depth", "LedgerPool", "upload_retry", "claims.internal", "max_slots"];
    let words = ["heron", "pelican", "ostrich", "kingfisher", "plover", "avocet", "bittern"];
    let report = |at: usize| {
        let (cause, name, word) = (causes[at % 5], names[at % 6], words[at % 7]);
        let text = if at.is_multiple_of(3) { name.replace(['_', '-', '.'], " ") } else { format!("`{name}`") };
        let title =
            if at.is_multiple_of(4) { format!("{name} and the {word}") } else { format!("A {word} in the night") };
        let reference = if at % 9 == 1 { format!("\n\nAs in INC-{}.", at / 2) } else { String::new() };
        let id = if at % 8 == 7 { at - 1 } else { at };
        let kind = if at % 8 == 7 { "rca" } else { "incident" };
        let text = format!(
            "---\nid: INC-{id}\nkind: {kind}\ndate: 2025-01-{:02}\ntags: [{cause}]\n---\n# {title}\n\n## Root cause\n\nThe \
             {word} sat on {text}, and the {word} stayed.{}{reference}\n",
            at % 28 + 1,
            " Nobody saw it.".repeat(at % 11),
        );
        (format!("{at}.md"), text)
    };
    (0..60).map(report).collect()
}

#[test]
fn the_best_are_the_same_however_few_are_opened() {
    let folder = tempfile::tempdir().unwrap();
    let reports = reports();
    reports.iter().for_each(|(path, text)| std::fs::write(folder.path().join(path), text).unwrap());
    let current_dir = folder.path().to_owned();
    let kb = KnowledgeBase::open(&OpenOptions { root: None, current_dir, clock: Clock::System }).unwrap();
    kb.sync(&|_| {}).unwrap();
    let mut listed = 0;
    for (path, _) in &reports {
        let parsed = kb.read(path).unwrap();
        let all = kb.related(&parsed, 100).unwrap().related;
        for limit in [1, 3, 6] {
            let best = kb.related(&parsed, limit).unwrap().related;
            let paths = |list: &[RelatedDocument]| -> Vec<(String, Vec<Reason>)> {
                list.iter().take(limit).map(|it| (it.document.path.clone(), it.reasons.clone())).collect()
            };
            assert_eq!(paths(&best), paths(&all), "{path} {limit}");
            assert!(best.len() <= limit);
            listed += best.len();
        }
    }
    assert!(listed > 300, "{listed}");
}

#[test]
fn what_is_open_is_counted_over_all_documents_of_the_incident() {
    let folder = tempfile::tempdir().unwrap();
    let report = |id: &str, date: &str, rest: &str| {
        format!("---\nid: {id}\nkind: incident\ndate: {date}\nroot-causes: [disk-full]\n---\n# Disk of {id}\n{rest}")
    };
    let plan = "---\nkind: fix-plan\nincident: INC-1\n---\n# Plan\n\n## Actions\n\n- [ ] One\n- [ ] Two\n- [x] Three\n";
    for (path, text) in [
        ("a.md", report("INC-1", "2025-01-02", "\n## Action items\n\n- [ ] Four\n")),
        ("plan.md", plan.to_owned()),
        ("b.md", report("INC-2", "2026-01-02", "")),
    ] {
        std::fs::write(folder.path().join(path), text).unwrap();
    }
    let current_dir = folder.path().to_owned();
    let kb = KnowledgeBase::open(&OpenOptions { root: None, current_dir, clock: Clock::System }).unwrap();
    kb.sync(&|_| {}).unwrap();
    let counts = |path: &str| {
        let related = kb.related(&kb.read(path).unwrap(), 10).unwrap().related;
        let work = |it: &RelatedDocument| {
            (it.document.path.clone(), it.incident_actions_open, it.unfinished, it.work_path.clone())
        };
        related.iter().map(work).collect::<Vec<_>>()
    };
    assert_eq!(counts("b.md"), [("a.md".to_owned(), 3, 3, "plan.md".to_owned())]);
    assert_eq!(counts("a.md"), [("b.md".to_owned(), 0, 0, "b.md".to_owned())]);
}

#[test]
fn a_password_that_two_documents_share_is_no_reason_that_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let report = |id: &str| {
        format!(
            "---\nid: {id}\nkind: incident\ndate: 2025-01-02\nroot-causes: [disk-full]\n---\n# Disk of {id}\n\nThe pool \
             `claims_pool_main` was asked with password: Kx7-winter_lake9\n\n    psql -p Kx7-winter_lake9 claims_pool_main\n"
        )
    };
    for (path, id) in [("a.md", "INC-1"), ("b.md", "INC-2")] {
        std::fs::write(folder.path().join(path), report(id)).unwrap();
    }
    let current_dir = folder.path().to_owned();
    let kb = KnowledgeBase::open(&OpenOptions { root: None, current_dir, clock: Clock::System }).unwrap();
    kb.sync(&|_| {}).unwrap();
    let found = kb.related(&kb.read("a.md").unwrap(), 6).unwrap().related;
    let reasons: String = found.iter().flat_map(|it| &it.reasons).map(|it| it.sentence() + "; ").collect();
    assert!(reasons.contains("claims_pool_main") && !reasons.contains("winter"), "{reasons}");
}
