//! The history of files, tried on repositories that are written commit by commit.

mod lost;

use std::path::Path;
use std::time::Duration;

use git2::{IndexAddOption, Oid, Repository, RepositoryInitOptions, Signature, Time};
use tempfile::TempDir;

use super::{FileHistory, GitHistory, Older, WorkingState};

/// A repository that is written commit by commit, a minute apart.
struct Repo {
    folder: TempDir,
    git: Repository,
    minute: i64,
}

impl Repo {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let git = Repository::init_opts(folder.path(), RepositoryInitOptions::new().initial_head("main")).unwrap();
        Self { folder, git, minute: 0 }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn commit(&mut self, subject: &str) -> Oid {
        let parents: Vec<_> = self.git.refname_to_id("HEAD").into_iter().collect();
        self.commit_on(subject, &parents)
    }

    fn commit_on(&mut self, subject: &str, parents: &[Oid]) -> Oid {
        self.minute += 1;
        self.commit_at(subject, parents, self.minute)
    }

    fn commit_at(&self, subject: &str, parents: &[Oid], minute: i64) -> Oid {
        let mut index = self.git.index().unwrap();
        index.add_all(["*"], IndexAddOption::DEFAULT, None).unwrap();
        index.update_all(["*"], None).unwrap();
        index.write().unwrap();
        let tree = self.git.find_tree(index.write_tree().unwrap()).unwrap();
        let at = Time::new(1_750_000_000 + minute * 60, 120);
        let who = Signature::new("Ada &amp; Co", "ada@example.com", &at).unwrap();
        let found: Vec<_> = parents.iter().map(|id| self.git.find_commit(*id).unwrap()).collect();
        let id = self.git.commit(None, &who, &who, subject, &tree, &found.iter().collect::<Vec<_>>()).unwrap();
        drop((tree, found));
        self.git.reference("refs/heads/main", id, true, "test").unwrap();
        id
    }

    fn open(&self, below: &str) -> GitHistory {
        GitHistory::open(&self.folder.path().join(below)).unwrap().unwrap()
    }
}

fn history(git: &GitHistory, root: &Path, path: &str) -> FileHistory {
    let bytes = std::fs::read(root.join(path)).unwrap_or_default();
    git.of_file(path, &bytes, Duration::from_secs(5), &|_| true).unwrap()
}

fn subjects(history: &FileHistory) -> Vec<&str> {
    history.commits.iter().map(|it| it.subject.as_str()).collect()
}

#[test]
fn commits_of_a_file_are_told_newest_first_with_their_lines() {
    let mut repo = Repo::new();
    repo.write("kb/a.md", "one\n");
    repo.write("kb/b.md", "b\n");
    repo.commit("write both");
    repo.write("kb/b.md", "c\n");
    repo.commit("change the other");
    repo.write("kb/a.md", "one\ntwo\nthree\n");
    repo.commit("add two lines");
    let root = repo.folder.path().join("kb");
    let found = history(&repo.open("kb"), &root, "a.md");
    assert_eq!(subjects(&found), ["add two lines", "write both"]);
    assert_eq!(found.commits[0].lines, Some((2, 0)));
    assert_eq!(found.commits[0].author, "Ada &amp; Co");
    assert_eq!(found.commits[0].at.to_rfc3339(), "2025-06-15T17:09:40+02:00");
    assert_eq!((found.older, found.working), (Older::None, WorkingState::Committed));
}

#[test]
fn a_renamed_file_keeps_its_history() {
    let mut repo = Repo::new();
    let text = "line\n".repeat(30);
    repo.write("old/a.md", &text);
    repo.commit("write it");
    std::fs::remove_file(repo.folder.path().join("old/a.md")).unwrap();
    repo.write("new/b.md", &format!("{text}more\n"));
    repo.commit("move it");
    let found = history(&repo.open(""), repo.folder.path(), "new/b.md");
    assert_eq!(subjects(&found), ["move it", "write it"]);
    assert_eq!(found.commits[0].renamed_from.as_deref(), Some("old/a.md"));
    assert_eq!(found.commits[0].lines, Some((1, 0)));
}

#[test]
fn the_file_on_disk_is_compared_with_the_last_commit() {
    let mut repo = Repo::new();
    repo.write("a.md", "one\ntwo\n");
    repo.commit("write it");
    repo.write("new.md", "x\n");
    let git = repo.open("");
    assert_eq!(history(&git, repo.folder.path(), "new.md"), FileHistory::uncommitted());
    repo.write("a.md", "one\r\ntwo\r\n");
    assert_eq!(history(&git, repo.folder.path(), "a.md").working, WorkingState::Committed);
    repo.write("a.md", "one\nthree\n");
    assert_eq!(history(&git, repo.folder.path(), "a.md").working, WorkingState::Changed);
}

#[test]
fn new_commits_extend_the_pass_and_rewritten_ones_replace_it() {
    let mut repo = Repo::new();
    repo.write("a.md", "1\n");
    let first = repo.commit("first");
    repo.write("a.md", "2\n");
    repo.commit("second");
    let git = repo.open("");
    let root = repo.folder.path().to_owned();
    assert_eq!(subjects(&history(&git, &root, "a.md")), ["second", "first"]);
    repo.write("a.md", "3\n");
    repo.commit("third");
    assert_eq!(subjects(&history(&git, &root, "a.md")), ["third", "second", "first"]);
    repo.write("a.md", "4\n");
    repo.commit_on("amended", &[first]);
    assert_eq!(subjects(&history(&git, &root, "a.md")), ["amended", "first"]);
    repo.git.reference("refs/heads/main", first, true, "back").unwrap();
    assert_eq!(subjects(&history(&git, &root, "a.md")), ["first"]);
}

#[test]
fn a_merge_is_told_only_where_it_changed_something_itself() {
    let mut repo = Repo::new();
    repo.write("a.md", "1\n");
    repo.write("b.md", "1\n");
    let base = repo.commit("base");
    repo.write("a.md", "2\n");
    let left = repo.commit("left");
    repo.write("a.md", "1\n");
    repo.write("b.md", "2\n");
    let right = repo.commit_on("right", &[base]);
    repo.write("a.md", "2\n");
    repo.commit_on("merge", &[left, right]);
    let git = repo.open("");
    assert_eq!(subjects(&history(&git, repo.folder.path(), "a.md")), ["left", "base"]);
    assert_eq!(subjects(&history(&git, repo.folder.path(), "b.md")), ["right", "base"]);
}

#[test]
fn folders_without_commits_or_without_git_have_none() {
    let plain = tempfile::tempdir().unwrap();
    assert!(GitHistory::open(plain.path()).unwrap().is_none());
    let bare = tempfile::tempdir().unwrap();
    Repository::init_bare(bare.path()).unwrap();
    assert!(GitHistory::open(bare.path()).unwrap().is_none());
    let repo = Repo::new();
    repo.write("a.md", "x\n");
    assert_eq!(history(&repo.open(""), repo.folder.path(), "a.md"), FileHistory::uncommitted());
    assert!(!repo.open("").read_on(Duration::from_secs(1), &|_| true).unwrap());
}

#[test]
fn a_linked_work_tree_has_the_history_of_its_branch() {
    let mut repo = Repo::new();
    repo.write("a.md", "1\n");
    repo.commit("first");
    let place = tempfile::tempdir().unwrap();
    let tree = place.path().join("linked");
    repo.git.worktree("linked", &tree, None).unwrap();
    let git = GitHistory::open(&tree).unwrap().unwrap();
    assert_eq!(subjects(&history(&git, &tree, "a.md")), ["first"]);
}

#[test]
fn a_long_history_is_read_in_slices() {
    let mut repo = Repo::new();
    repo.write("old.md", "x\n");
    repo.commit("the first");
    for nth in 0..120 {
        repo.write("a.md", &format!("{nth}\n"));
        repo.commit(&format!("change {nth}"));
    }
    let git = repo.open("");
    let unread = git.of_file("old.md", b"x\n", Duration::ZERO, &|_| true).unwrap();
    assert_eq!((unread.commits.len(), unread.older, unread.working), (0, Older::Unread, WorkingState::Committed));
    while git.read_on(Duration::from_millis(1), &|_| true).unwrap() {}
    let found = git.of_file("a.md", b"119\n", Duration::ZERO, &|_| true).unwrap();
    assert_eq!((found.commits.len(), found.older), (50, Older::Left(70)));
    assert_eq!(git.of_file("old.md", b"x\n", Duration::ZERO, &|_| true).unwrap().commits.len(), 1);
}

#[test]
fn paths_that_nobody_asks_for_are_not_kept() {
    let mut repo = Repo::new();
    repo.write("a.md", "1\n");
    repo.write("main.rs", "1\n");
    repo.commit("first");
    let git = repo.open("");
    let found = git.of_file("main.rs", b"1\n", Duration::from_secs(1), &|path| path.ends_with(".md")).unwrap();
    assert!(found.commits.is_empty());
}

#[test]
fn a_shallow_clone_says_that_older_commits_are_not_in_it() {
    let mut repo = Repo::new();
    repo.write("a.md", "1\n");
    repo.commit("first");
    repo.write("a.md", "2\n");
    let second = repo.commit("second");
    repo.write("a.md", "3\n");
    repo.commit("third");
    // What `git clone --depth 2` leaves.
    std::fs::write(repo.folder.path().join(".git/shallow"), format!("{second}\n")).unwrap();
    let found = history(&repo.open(""), repo.folder.path(), "a.md");
    assert_eq!(found.older, Older::Shallow, "{found:?}");
    assert!(!subjects(&found).contains(&"first") && subjects(&found)[0] == "third", "{found:?}");
}

#[test]
fn other_branches_tell_what_they_add_and_change() {
    let mut repo = Repo::new();
    repo.write("kb/a.md", "a");
    repo.write("kb/b.md", "b");
    let base = repo.commit("base");
    repo.write("kb/c.md", "c");
    repo.write("kb/a.md", "a2");
    repo.write("elsewhere.md", "x");
    let topic = repo.commit("topic");
    repo.git.reference("refs/heads/topic", topic, true, "test").unwrap();
    repo.git.reference("refs/remotes/origin/HEAD", topic, true, "test").unwrap();
    repo.git.reference("refs/heads/main", base, true, "test").unwrap();
    let root = repo.folder.path().join("kb");
    let mut files = super::on_other_branches(&root, &|path| path.ends_with(".md")).unwrap();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let told: Vec<_> = files.iter().map(|it| (it.branch.as_str(), it.path.as_str(), it.bytes.as_slice())).collect();
    assert_eq!(told, [("topic", "a.md", b"a2".as_slice()), ("topic", "c.md", b"c".as_slice())]);
    let outside = tempfile::tempdir().unwrap();
    assert_eq!(super::on_other_branches(outside.path(), &|_| true).unwrap(), []);
}

#[test]
fn commits_and_tags_of_a_stretch_of_time() {
    let mut repo = Repo::new();
    repo.write("a.md", "1");
    let first = repo.commit("first");
    repo.git.reference("refs/tags/v1", first, true, "test").unwrap();
    repo.write("a.md", "2");
    let second = repo.commit("second");
    repo.git.reference("refs/tags/v2", second, true, "test").unwrap();
    let late = "2100-01-01T00:00:00Z".parse().unwrap();
    let told = |since: super::Since, until| -> Vec<String> {
        let events = super::events(repo.folder.path(), &since, until).unwrap();
        events.into_iter().map(|it| it.tag.unwrap_or(it.subject)).collect()
    };
    let ever = super::Since::Time(chrono::DateTime::UNIX_EPOCH);
    assert_eq!(told(ever.clone(), late), ["first", "v1", "second", "v2"]);
    assert_eq!(told(super::Since::Revision("v1".into()), late), ["second", "v2"]);
    let between = chrono::DateTime::from_timestamp(1_750_000_000 + 90, 0).unwrap();
    assert_eq!(told(ever, between), ["first", "v1"]);
    assert_eq!(told(super::Since::Time(between), late), ["second", "v2"]);
    let error = super::events(repo.folder.path(), &super::Since::Revision("v9".into()), late).unwrap_err();
    assert!(matches!(error, super::CommitsError::NoRevision(_)));
    let outside = tempfile::tempdir().unwrap();
    let none = super::events(outside.path(), &super::Since::Revision("v1".into()), late).unwrap_err();
    assert!(matches!(none, super::CommitsError::NoRepository(_)));
}
