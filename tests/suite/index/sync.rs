//! What a sync does and what it accounts for.

use std::time::Duration;

use ris::kb::{Found, KnowledgeBase, SearchRequest, Shortfall, SyncOptions, SyncReport};

use super::support::{Folder, hits, sync};

fn counts(report: &SyncReport) -> [usize; 4] {
    [report.added, report.changed, report.removed, report.unchanged]
}

#[test]
fn follows_the_folder_by_content() {
    let folder = Folder::new(&[("a.md", "# A\n\nalpha\n"), ("b.md", "# B\n\nbeta\n"), ("c.md", "# C\n\ngamma\n")]);
    let kb = folder.open();
    assert_eq!(counts(&sync(&kb)), [3, 0, 0, 0]);
    assert_eq!(counts(&sync(&kb)), [0, 0, 0, 3]);
    folder.write("b.md", "# B\n\ndelta\n");
    folder.write("d.md", "# D\n\nepsilon\n");
    std::fs::remove_file(folder.path().join("a.md")).unwrap();
    assert_eq!(counts(&sync(&kb)), [1, 1, 1, 1]);
    assert_eq!(hits(&kb, "alpha"), [""; 0]);
    assert_eq!(hits(&kb, "beta OR delta"), ["b.md"]);
    std::fs::rename(folder.path().join("c.md"), folder.path().join("moved.md")).unwrap();
    assert_eq!(counts(&sync(&kb)), [1, 0, 1, 2]);
    assert_eq!(hits(&kb, "gamma"), ["moved.md"]);
}

#[test]
fn a_touched_file_is_unchanged_and_read_once_only() {
    let folder = Folder::new(&[("a.md", "# A\n\nalpha\n")]);
    let kb = folder.open();
    sync(&kb);
    let file = std::fs::File::options().append(true).open(folder.path().join("a.md")).unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000)).unwrap();
    // A file that was touched a moment ago may have changed since, and is read once more.
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(counts(&sync(&kb)), [0, 0, 0, 1]);
    let before = folder.index_files();
    assert_eq!(counts(&sync(&kb)), [0, 0, 0, 1]);
    assert_eq!(folder.index_files(), before, "the second sync wrote");
}

#[test]
fn many_small_syncs_do_not_pile_up_segments() {
    let folder = Folder::new(&[("a.md", "# A\n")]);
    let kb = folder.open();
    for number in 0..40 {
        folder.write(&format!("n{number}.md"), &format!("# N{number}\n\nword{number}\n"));
        sync(&kb);
    }
    let segments = folder.index_files().iter().filter(|name| name.ends_with(".store")).count();
    assert!(segments <= 12, "{segments} segments");
    let request = SearchRequest { limit: 100, ..SearchRequest::new("") };
    assert_eq!(kb.search(&request).unwrap().total, 41);
}

#[test]
fn accounts_for_every_file() {
    let folder = Folder::new(&[
        ("ris.toml", "exclude = ['drafts/**']\nmax-file-size = 300\n"),
        ("good.md", "# Good\n\ntext\n"),
        ("broken.md", "---\ntitle: [unclosed\n---\n# Broken\n\nStill searchable.\n"),
        ("drafts/later.md", "# Later\n"),
        ("big.md", &"x".repeat(1000)),
        ("notes.txt", "no document"),
    ]);
    std::fs::write(folder.path().join("binary.md"), [0_u8, 1, 2, 255, 0, 3, 0, 0, 7, 0, 254, 0]).unwrap();
    let kb = folder.open();
    let before = kb.status().unwrap();
    sync(&kb);
    let status = kb.status().unwrap();
    assert_eq!(status.found, 5);
    assert_eq!(status.parsed + status.partial + status.rejected + status.skipped, status.found);
    assert_eq!((before.found, before.parsed, before.partial), (status.found, status.parsed, status.partial));
    assert_eq!((before.behind, status.behind), (3, 0));
    assert_eq!(status.skipped, 1);
    let problem = |path: &str| status.problems.iter().find(|it| it.path == path);
    assert!(
        problem("big.md").is_some_and(|it| it.outcome == Shortfall::Rejected && it.reason.contains("max-file-size"))
    );
    assert!(problem("drafts/later.md").is_some_and(|it| it.outcome == Shortfall::Skipped));
    assert!(
        problem("broken.md").is_some_and(|it| it.outcome == Shortfall::Partial && it.line > 0),
        "{:?}",
        status.problems
    );
    assert_eq!(problem("good.md"), None);
    assert_eq!(hits(&kb, "searchable"), ["broken.md"]);
    assert!(status.synced_at.is_some() && status.bytes > 0);
}

#[test]
fn finds_documents_by_id_path_name_and_stem() {
    let folder = Folder::new(&[
        ("2025/INC-2025-0042.md", "---\nid: INC-2025-0042\n---\n# One\n"),
        ("2025/other.md", "---\nid: INC-2025-0042\n---\n# Two\n"),
        ("2024/disk-full.md", "# Three\n"),
    ]);
    let kb = folder.open();
    sync(&kb);
    let one = |kb: &KnowledgeBase, key: &str| match kb.find(key).unwrap() {
        Found::One(document) => document.path,
        other => panic!("{key}: {other:?}"),
    };
    assert_eq!(one(&kb, "2024/disk-full.md"), "2024/disk-full.md");
    assert_eq!(one(&kb, "./2024/Disk-Full.md"), "2024/disk-full.md");
    assert_eq!(one(&kb, "disk-full"), "2024/disk-full.md");
    assert_eq!(one(&kb, "OTHER.md"), "2025/other.md");
    assert!(matches!(kb.find("inc-2025-0042").unwrap(), Found::Many(list) if list.len() == 2));
    assert!(matches!(kb.find("disk-ful").unwrap(), Found::None(near) if near == ["2024/disk-full.md"]));
    assert!(matches!(kb.find("INC-2025-0024").unwrap(), Found::None(near) if near[0].contains("2025-0042")));
}

#[test]
fn an_index_of_another_version_is_replaced() {
    let folder = Folder::new(&[("a.md", "# A\n\nalpha\n")]);
    let old = folder.path().join(".ris/index-0-0");
    std::fs::create_dir_all(&old).unwrap();
    std::fs::write(old.join("meta.json"), "{}").unwrap();
    let kb = folder.open();
    let report = sync(&kb);
    assert!(report.rebuilt.is_some_and(|reason| reason.contains("another version")));
    assert!(!old.exists());
    assert_eq!(hits(&kb, "alpha"), ["a.md"]);
    assert_eq!(std::fs::read_to_string(folder.path().join(".ris/.gitignore")).unwrap(), "*\n");
}

#[test]
fn waits_for_another_writer_and_then_answers_from_the_last_commit() {
    let folder = Folder::new(&[("a.md", "# A\n\nalpha\n")]);
    let kb = folder.open();
    sync(&kb);
    folder.write("b.md", "# B\n\nbeta\n");
    let lock = std::fs::File::options().write(true).open(folder.path().join(".ris/lock")).unwrap();
    lock.lock().unwrap();
    let told = std::cell::RefCell::new(Vec::new());
    let notice = |text: &str| told.borrow_mut().push(text.to_owned());
    let options =
        SyncOptions { rebuild: false, patience: Duration::from_millis(40), progress: &|_| {}, notice: &notice };
    let report = kb.sync_with(&options).unwrap();
    assert!(report.notices.iter().any(|it| it.contains("last commit")), "{report:?}");
    assert_eq!(told.borrow().len(), 1);
    assert_eq!(hits(&kb, "alpha"), ["a.md"]);
    drop(lock);
    assert_eq!(kb.sync_with(&options).unwrap().added, 1);
}

#[test]
fn sees_what_another_process_committed() {
    let folder = Folder::new(&[("a.md", "# A\n\nalpha\n")]);
    let (first, second) = (folder.open(), folder.open());
    sync(&first);
    assert_eq!(hits(&second, "beta"), [""; 0]);
    folder.write("b.md", "# B\n\nbeta\n");
    sync(&first);
    assert_eq!(hits(&second, "beta"), ["b.md"]);
}

#[test]
fn rebuild_reads_everything_again() {
    let folder = Folder::new(&[("a.md", "# A\n\nalpha\n"), ("b.md", "# B\n")]);
    let kb = folder.open();
    sync(&kb);
    let report = kb.rebuild(&|_| {}).unwrap();
    assert_eq!(counts(&report), [2, 0, 0, 0]);
    assert!(report.rebuilt.is_some());
    assert_eq!(hits(&kb, "alpha"), ["a.md"]);
}
