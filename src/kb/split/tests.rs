//! What is planned, and that a log changes last or not at all.

use std::path::Path;

use super::SplitPlan;
use crate::clock::Clock;
use crate::kb::{KbError, KnowledgeBase, OpenOptions};
use crate::store::write::WriteError;

const LOG: &str =
    "# Incident log\n\n## 2026-01-06: Feed stopped\n\n**Fix:** x\n\n## 2026-01-05: Disk full\n\n**Fix:** y\n";

fn planned(folder: &Path, log: &str) -> (KnowledgeBase, SplitPlan) {
    std::fs::write(folder.join("log.md"), log).unwrap();
    let clock = Clock::Fixed("2026-01-15T12:00:00Z".parse().unwrap());
    let options = OpenOptions { root: Some(folder.into()), current_dir: folder.into(), clock };
    let kb = KnowledgeBase::open(&options).unwrap();
    kb.sync(&|_| {}).unwrap();
    let plan = kb.plan_split("log.md").unwrap().unwrap();
    (kb, plan)
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().filter(|it| it.as_ref().unwrap().path().is_file()).count()
}

#[test]
fn nothing_is_written_where_the_log_changed_in_the_meantime() {
    let folder = tempfile::tempdir().unwrap();
    let (kb, plan) = planned(folder.path(), LOG);
    std::fs::write(folder.path().join("log.md"), format!("{LOG}\nA word.\n")).unwrap();
    assert!(matches!(kb.write_split(&plan), Err(KbError::Write(WriteError::Changed { .. }))));
    assert_eq!(files(folder.path()), 1);
}

#[test]
fn the_log_stays_where_a_document_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let (kb, plan) = planned(folder.path(), LOG);
    std::fs::write(folder.path().join("2026-01-05-disk-full.md"), "# Another\n").unwrap();
    assert!(matches!(kb.write_split(&plan), Err(KbError::Write(WriteError::Exists { .. }))));
    assert_eq!(std::fs::read_to_string(folder.path().join("log.md")).unwrap(), LOG);
    let again = kb.plan_split("log.md").unwrap().unwrap();
    assert_eq!(kb.write_split(&again).unwrap(), 1, "the first document is there, the second gets another name");
    assert_eq!(files(folder.path()), 4);
}

#[test]
fn incidents_of_all_levels_become_documents_with_ids_in_the_order_of_days() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ris.toml"), "[documents]\nid = \"INC-{YYYY}-{NN}\"\n").unwrap();
    let log = format!(
        "{LOG}\n## Others\n\n### 2025-12-02: Mail lost\n\n**Fix:** a\n\n### 2026-01-04: Mail again\n\n**Fix:** b\n"
    );
    let (_, plan) = planned(folder.path(), &log);
    let documents: Vec<String> = plan.documents.iter().map(|it| format!("{} {}", it.id, it.edit.path)).collect();
    assert_eq!(
        documents,
        [
            "INC-2026-02 2026-01-06-feed-stopped.md",
            "INC-2026-01 2026-01-05-disk-full.md",
            "INC-2025-01 2025-12-02-mail-lost.md",
            "INC-2026-03 2026-01-04-mail-again.md"
        ]
    );
    let left = "## Others\n\n- [Mail lost](2025-12-02-mail-lost.md), 2025-12-02\n- [Mail again](2026-01-04-mail-again.md), 2026-01-04\n";
    assert!(plan.log.after.ends_with(left), "{}", plan.log.after);
}
