//! Damage of every kind is noticed, said and healed.

use std::path::PathBuf;

use ris::kb::{KnowledgeBase, SearchRequest};

use super::support::{Folder, hits, sync};

fn folder() -> Folder {
    let folder = Folder::new(&[]);
    for number in 0..30 {
        folder.write(&format!("doc{number:02}.md"), &format!("# Outage {number}\n\nThe broker lost marker{number}.\n"));
    }
    sync(&folder.open());
    folder
}

fn assert_whole(kb: &KnowledgeBase) {
    assert_eq!(hits(kb, "marker7"), ["doc07.md"]);
    let request = SearchRequest { limit: 100, ..SearchRequest::new("broker") };
    assert_eq!(kb.search(&request).expect("the query is understood").hits.len(), 30);
}

/// Damages every file of the index in turn, each time from a whole index.
fn for_every_file(damage: impl Fn(&PathBuf)) {
    let folder = folder();
    let count = folder.index_files().len();
    assert!(count > 5);
    for nth in 0..count {
        let Some(name) = folder.index_files().into_iter().nth(nth) else { break };
        let meta = std::fs::read_to_string(folder.index_folder().join("meta.json")).unwrap_or_default();
        let is_current = meta.replace('-', "").contains(name.split('.').next().unwrap_or("-"));
        damage(&folder.index_folder().join(&name));
        let kb = folder.open();
        let report = kb.sync(&|_| {}).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_whole(&kb);
        let told = report.rebuilt.is_none() == report.notices.is_empty();
        assert!(told, "{name}: {report:?}");
        // Lock files and what older commits left may be damaged without consequence; what holds documents may not.
        let matters =
            is_current && ["store", "term", "idx", "pos", "fast", "fieldnorm"].iter().any(|end| name.ends_with(end));
        assert!(!matters || report.rebuilt.is_some(), "{name} was not noticed");
    }
}

#[test]
fn truncated_files_are_noticed_and_healed() {
    for_every_file(|path| {
        let bytes = std::fs::read(path).expect("the file can be read");
        std::fs::write(path, &bytes[..bytes.len() / 2]).expect("the file can be written");
    });
}

#[test]
fn garbled_files_are_noticed_and_healed() {
    for_every_file(|path| {
        let mut bytes = std::fs::read(path).expect("the file can be read");
        let middle = bytes.len() / 2;
        bytes.iter_mut().skip(middle).take(16).for_each(|byte| *byte ^= 0x5a);
        std::fs::write(path, bytes).expect("the file can be written");
    });
}

#[test]
fn missing_files_are_noticed_and_healed() {
    for_every_file(|path| std::fs::remove_file(path).expect("the file can be removed"));
}

#[test]
fn damage_that_keeps_the_time_never_ends_in_a_panic() {
    let folder = folder();
    let names = folder.index_files();
    for name in names.iter().filter(|name| !name.starts_with('.') && !name.ends_with("json")) {
        let path = folder.index_folder().join(name);
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let time = std::fs::metadata(&path).and_then(|it| it.modified()).expect("the file has a time");
        for offset in (0..bytes.len()).step_by((bytes.len() / 8).max(1)) {
            let mut garbled = bytes.clone();
            garbled.iter_mut().skip(offset).take(4).for_each(|byte| *byte ^= 0xff);
            std::fs::write(&path, garbled).expect("the file can be written");
            std::fs::File::options().append(true).open(&path).and_then(|it| it.set_modified(time)).expect("time set");
            // The answer may be wrong or an error, never a panic; what is noticed is healed.
            let kb = folder.open();
            let _ = kb.search(&SearchRequest { with_facets: true, ..SearchRequest::new("broker mark* status:open") });
            let _ = kb.search(&SearchRequest::new("broker"));
            if !path.exists() {
                return;
            }
        }
        std::fs::write(&path, &bytes).expect("the file can be written");
    }
}

#[test]
fn an_index_found_damaged_by_a_search_is_built_anew() {
    let folder = folder();
    let store = folder.index_files().into_iter().find(|name| name.ends_with("store")).expect("there is a store");
    std::fs::write(folder.index_folder().join(store), b"garbage").expect("the file can be written");
    let kb = folder.open();
    let results = kb.search(&SearchRequest::new("marker7")).expect("the search heals the index");
    assert_eq!(results.total, 1);
    assert!(results.notices.iter().any(|notice| notice.contains("damaged")), "{:?}", results.notices);
}

#[test]
fn a_copied_knowledge_base_is_not_taken_for_a_damaged_one() {
    let folder = folder();
    let copy = tempfile::tempdir().expect("a temporary folder can be made");
    let status =
        std::process::Command::new("cp").args(["-r", "."]).arg(copy.path()).current_dir(folder.path()).status();
    assert!(status.expect("cp runs").success());
    let kb = super::support::open(copy.path());
    let report = sync(&kb);
    assert_eq!(report.rebuilt, None);
    assert_whole(&kb);
}

/// Runs a sync, or a rebuild, whose writes fail because no file may grow, as on a full disk; returns what it said.
#[cfg(unix)]
fn on_a_full_disk(folder: &Folder, what: &str) -> String {
    let output = std::process::Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 40; exec \"$0\" --exact index::damage::child_reports_its_error --nocapture",
        ])
        .arg(std::env::current_exe().expect("a test knows its program"))
        .env("RIS_TEST_FULL", folder.path())
        .env("RIS_TEST_WHAT", what)
        .output()
        .expect("sh runs");
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_index_and_says_so() {
    for what in ["sync", "rebuild"] {
        let folder = folder();
        let before = folder.index_files();
        for number in 0..400 {
            folder.write(&format!("new{number}.md"), &format!("# New {number}\n\n{}\n", unlike(number)));
        }
        let text = on_a_full_disk(&folder, what);
        assert!(text.contains("FAILED AS EXPECTED: cannot write the index in"), "{what}: {text}");
        assert!(!text.contains("panicked"), "{what}: {text}");
        if what == "rebuild" {
            assert_eq!(folder.index_files(), before, "what a build began must not fill the disk");
        }
        let kb = folder.open();
        assert_whole(&kb);
        assert_eq!(sync(&kb).added, 400);
    }
}

/// Text that does not compress.
fn unlike(seed: u64) -> String {
    let next = |state: u64| state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let numbers = std::iter::successors(Some(seed + 1), |&state| Some(next(state)));
    numbers.take(300).map(|number| format!("w{:x} ", number >> 20)).collect()
}

/// Not a test of its own: the process whose files may not grow.
#[test]
#[expect(clippy::print_stdout, reason = "the other process reads it")]
fn child_reports_its_error() {
    if let Some(root) = std::env::var_os("RIS_TEST_FULL") {
        let kb = super::support::open(root.as_ref());
        let rebuild = std::env::var("RIS_TEST_WHAT").is_ok_and(|what| what == "rebuild");
        let result = if rebuild { kb.rebuild(&|_| {}) } else { kb.sync(&|_| {}) };
        match result {
            Ok(_) => println!("SUCCEEDED"),
            Err(error) => println!("FAILED AS EXPECTED: {error} {error:?}"),
        }
    }
}

#[cfg(unix)]
#[test]
fn whoever_may_read_the_documents_may_read_the_index() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let mode = |path: PathBuf| std::fs::metadata(path).expect("the file").permissions().mode() & 0o777;
    let usual = mode(folder.path().join("doc00.md"));
    for name in folder.index_files().into_iter().filter(|name| !name.ends_with(".lock")) {
        assert_eq!(mode(folder.index_folder().join(&name)), usual, "{name}");
    }
}
