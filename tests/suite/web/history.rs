//! What pages and lists take from the git history.

use std::time::Duration;

use git2::{IndexAddOption, Oid, Repository, Signature, Time};
use ris::kb::{Commits, Older};
use ris::model::Milestone;

use super::Site;
use super::site::{open, write};

const RECORD: &str = "---\nkind: incident\ncompliance:\n  soc2:\n    retention-period: 1-year\n---\n# Disk full\n";

/// Commits every file, written and committed at that many seconds since 1970.
fn commit(git: &Repository, [written, committed]: [i64; 2], parents: &[Oid]) -> Oid {
    let mut index = git.index().unwrap();
    index.add_all(["*.md"], IndexAddOption::DEFAULT, None).unwrap();
    let tree = git.find_tree(index.write_tree().unwrap()).unwrap();
    let who = |seconds| Signature::new("Li", "li@example.com", &Time::new(seconds, 0)).unwrap();
    let parents: Vec<_> = parents.iter().map(|id| git.find_commit(*id).unwrap()).collect();
    let parents: Vec<_> = parents.iter().collect();
    let id = git.commit(None, &who(written), &who(committed), "change", &tree, &parents).unwrap();
    git.reference("refs/heads/main", id, true, "test").unwrap();
    git.set_head("refs/heads/main").unwrap();
    id
}

#[test]
fn a_history_that_was_rewritten_is_read_again_whoever_asks_first() {
    let folder = write(&[("a.md", RECORD)]);
    let git = Repository::init(folder.path()).unwrap();
    let first = commit(&git, [1_600_000_000; 2], &[]);
    commit(&git, [1_600_000_100; 2], &[first]);
    let kb = open(folder.path());
    kb.sync(&|_| {}).unwrap();
    let commits = || kb.retention(None, Duration::ZERO).unwrap().commits;
    let older = || kb.history("a.md").unwrap().unwrap().older;
    let read_all = || while kb.read_history_ahead(Duration::from_millis(5)).unwrap() {};
    read_all();
    // As `git commit --amend` does. Nobody reads at this moment, so those who ask do.
    commit(&git, [1_600_000_200; 2], &[first]);
    assert_eq!((commits(), older()), (Commits::Read, Older::None));
    // While somebody reads in the background nobody else does, and asking changes nothing of that.
    commit(&git, [1_600_000_300; 2], &[first]);
    assert!(kb.read_history_ahead(Duration::ZERO).unwrap());
    assert_eq!((commits(), older()), (Commits::Reading, Older::Unread));
    read_all();
    assert_eq!((commits(), older()), (Commits::Read, Older::None));
}

#[test]
fn page_and_list_count_from_the_day_of_the_commit() {
    let site = Site::with(&[("a.md", RECORD)]);
    let git = Repository::init(site.path()).unwrap();
    // Written on 1 February 2020, committed on 1 March.
    commit(&git, [1_580_515_200, 1_583_020_800], &[]);
    let page = site.get("/d/a.md").ok().text();
    assert!(page.contains("last commit 1 Mar 2020") && page.contains("1 Mar 2021"), "{page}");
    let list = site.get("/api/v1/retention").ok().text();
    assert!(list.contains(r#""until":"2021-03-01""#), "{list}");
}

#[test]
fn the_commits_of_files_that_settings_let_in_are_known() {
    let folder = write(&[("a.md", RECORD), ("b.md", RECORD), ("ris.toml", "exclude = ['b.md']\n")]);
    let git = Repository::init(folder.path()).unwrap();
    commit(&git, [1_600_000_000; 2], &[]);
    let kb = open(folder.path());
    let committed = || {
        kb.sync(&|_| {}).unwrap();
        let rows = kb.retention(None, Duration::ZERO).unwrap().rows.into_iter();
        rows.map(|row| (row.document.path, row.from.map(|from| from.what))).collect::<Vec<_>>()
    };
    let known = |path: &str| (path.to_owned(), Some(Milestone::LastCommit));
    assert_eq!(committed(), [known("a.md")]);
    std::fs::write(folder.path().join("ris.toml"), "").unwrap();
    assert_eq!(committed(), [known("a.md"), known("b.md")]);
}
