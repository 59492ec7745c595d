//! A process killed at any moment leaves the old index or the new one, never a mixture.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use ris::kb::{KbError, KnowledgeBase, SearchRequest};

use super::support::{Folder, sync};

const DOCUMENTS: usize = 120;
const ROUNDS: u32 = 10;
/// Names the folder that a child process is to sync.
const CHILD: &str = "RIS_TEST_SYNC";

/// Not a test of its own: the process that the others kill.
#[test]
fn child_syncs_the_folder_it_is_given() {
    if let Some(root) = std::env::var_os(CHILD) {
        super::support::open(root.as_ref()).sync(&|_| {}).expect("the folder can be synced");
    }
}

fn spawn(folder: &Folder) -> Child {
    Command::new(std::env::current_exe().expect("a test knows its program"))
        .args(["--exact", "index::crash::child_syncs_the_folder_it_is_given"])
        .env(CHILD, folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the test program can be started")
}

fn write_generation(folder: &Folder, generation: u32) {
    for number in 0..DOCUMENTS {
        let text = format!("# Outage {number}\n\nstate generation{generation} {}\n", "filler words here ".repeat(40));
        folder.write(&format!("{}/doc{number}.md", number % 7), &text);
    }
}

fn count(kb: &KnowledgeBase, generation: u32) -> usize {
    match kb.search(&SearchRequest::new(format!("\"generation{generation}\""))) {
        Ok(results) => results.total,
        Err(KbError::Index(ris::kb::IndexError::Missing { .. })) => 0,
        Err(error) => panic!("{error}"),
    }
}

/// How long an undisturbed sync of everything takes, process included.
fn duration(folder: &Folder) -> Duration {
    let start = Instant::now();
    assert!(spawn(folder).wait().expect("the child runs").success());
    start.elapsed()
}

#[test]
fn killed_at_any_moment_leaves_the_old_index_or_the_new_one() {
    let folder = Folder::new(&[]);
    write_generation(&folder, 0);
    let whole = duration(&folder);
    assert_eq!(count(&folder.open(), 0), DOCUMENTS);
    let (mut old, mut new) = (0, 0);
    for round in 1..=ROUNDS {
        write_generation(&folder, round);
        let mut child = spawn(&folder);
        std::thread::park_timeout(whole * round / ROUNDS);
        child.kill().expect("the child can be killed");
        child.wait().expect("the child ends");
        let kb = folder.open();
        match (count(&kb, round - 1), count(&kb, round)) {
            (DOCUMENTS, 0) => old += 1,
            (0, DOCUMENTS) => new += 1,
            mixed => panic!("round {round}: {mixed:?}"),
        }
        let report = sync(&kb);
        assert_eq!(report.rebuilt, None, "round {round}: {:?}", report.notices);
        assert_eq!(count(&kb, round), DOCUMENTS);
    }
    assert_eq!(old + new, ROUNDS);
    assert!(old > 0, "no round was killed before its commit");
    let left: Vec<_> = folder.index_files().into_iter().filter(|file| file.starts_with(".tmp")).collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn killed_during_the_first_build_leaves_nothing_or_everything() {
    let folder = Folder::new(&[]);
    write_generation(&folder, 0);
    let whole = duration(&folder);
    for round in 1..=ROUNDS / 2 {
        std::fs::remove_dir_all(folder.path().join(".ris")).expect("the index can be removed");
        let mut child = spawn(&folder);
        std::thread::park_timeout(whole * round / (ROUNDS / 2));
        child.kill().expect("the child can be killed");
        child.wait().expect("the child ends");
        let kb = folder.open();
        assert!([0, DOCUMENTS].contains(&count(&kb, 0)), "round {round}");
        sync(&kb);
        assert_eq!(count(&kb, 0), DOCUMENTS);
    }
}

#[test]
fn two_processes_at_once_both_end_well() {
    let folder = Folder::new(&[]);
    write_generation(&folder, 0);
    let mut children: Vec<Child> = (0..3).map(|_| spawn(&folder)).collect();
    for child in &mut children {
        assert!(child.wait().expect("the child runs").success());
    }
    let kb = folder.open();
    assert_eq!(count(&kb, 0), DOCUMENTS);
    let report = sync(&kb);
    assert_eq!((report.unchanged, report.added, report.changed), (DOCUMENTS, 0, 0));
}

/// A run killed after it wrote the list of deleted documents, and before its commit, leaves a file whose name the next
/// run wants to use.
#[test]
fn a_left_over_list_of_deletes_is_in_nobodys_way() {
    let folder = Folder::new(&[("a.md", "# Outage a\n"), ("b.md", "# Outage b\n")]);
    sync(&folder.open());
    let index = folder.index_folder();
    let segments: Vec<String> =
        folder.index_files().iter().filter_map(|name| name.strip_suffix(".store").map(str::to_owned)).collect();
    assert!(!segments.is_empty());
    // Which operation will delete is the engine's business: one of the next ones.
    for (segment, operation) in segments.iter().flat_map(|segment| (0..60).map(move |it| (segment, it))) {
        let whole = index.join(format!("{segment}.fieldnorm"));
        std::fs::copy(whole, index.join(format!("{segment}.{operation}.del"))).expect("files can be copied");
    }
    folder.write("a.md", "# Outage a, changed\n");
    let report = sync(&folder.open());
    assert_eq!((report.changed, report.rebuilt), (1, None));
}
