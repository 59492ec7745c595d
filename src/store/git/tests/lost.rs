//! What is gone, and what came before, where histories branch, folders move and clocks are wrong.

use super::super::Snapshot;
use super::*;

impl Repo {
    fn remove(&self, path: &str) {
        std::fs::remove_file(self.folder.path().join(path)).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        std::fs::rename(self.folder.path().join(from), self.folder.path().join(to)).unwrap();
    }

    fn snapshot(&self, below: &str) -> Snapshot {
        let mut snapshot = Snapshot::open(&self.folder.path().join(below), None).unwrap();
        snapshot.read_history().unwrap();
        snapshot
    }
}

fn deleted(snapshot: &Snapshot) -> Vec<String> {
    let told = snapshot.deletions().unwrap();
    told.into_iter().map(|it| format!("{} in {}", it.path, it.commit.subject)).collect()
}

fn changed(snapshot: &Snapshot, path: &str) -> Vec<String> {
    snapshot.changes(path).unwrap().into_iter().map(|it| it.commit.subject).collect()
}

#[test]
fn a_folder_is_followed_to_where_it_lay_before() {
    let mut repo = Repo::new();
    repo.write("one.md", "one, which is long enough\n");
    repo.write("two.md", "two\n");
    repo.commit("write at the top");
    std::fs::create_dir(repo.folder.path().join("old")).unwrap();
    repo.rename("one.md", "old/one.md");
    repo.rename("two.md", "old/two.md");
    repo.commit("move down");
    repo.remove("old/two.md");
    repo.commit("delete");
    repo.rename("old", "new");
    repo.commit("rename");
    repo.write("new/one.md", "one\n");
    repo.commit("change");
    let snapshot = repo.snapshot("new");
    assert_eq!(deleted(&snapshot), ["two.md in delete"]);
    assert_eq!(changed(&snapshot, "one.md"), ["change", "write at the top"]);
    assert_eq!(subjects(&history(&repo.open("new"), &repo.folder.path().join("new"), "one.md"))[0], "change");
}

#[test]
fn a_folder_that_was_renamed_and_changed_at_once_is_followed_too() {
    let mut repo = Repo::new();
    let text = "line\n".repeat(30);
    repo.write("old/one.md", &text);
    repo.write("old/two.md", "two\n");
    repo.commit("write");
    repo.rename("old", "new");
    repo.remove("new/two.md");
    repo.write("new/one.md", &format!("{text}more\n"));
    repo.commit("rename");
    assert_eq!(deleted(&repo.snapshot("new")), ["two.md in rename"]);
}

#[test]
fn a_folder_that_took_one_file_of_another_is_not_that_one() {
    let mut repo = Repo::new();
    ["one", "two", "three"].iter().for_each(|name| repo.write(&format!("docs/{name}.md"), name));
    repo.commit("write");
    std::fs::create_dir(repo.folder.path().join("kb")).unwrap();
    repo.rename("docs/one.md", "kb/one.md");
    repo.commit("begin");
    assert_eq!(deleted(&repo.snapshot("kb")), [""; 0], "what stays in the other folder is not deleted");
}

#[test]
fn what_a_merge_drops_of_a_side_is_deleted_by_it() {
    let mut repo = Repo::new();
    repo.write("a.md", "a\n");
    repo.write("b.md", "b\n");
    let base = repo.commit("base");
    repo.write("side.md", "side\n");
    repo.write("moved.md", "moved\n");
    repo.remove("b.md");
    let side = repo.commit("side");
    repo.remove("side.md");
    repo.remove("moved.md");
    repo.write("b.md", "b\n");
    repo.write("note.txt", "x");
    let main = repo.commit_on("main", &[base]);
    // As `git merge -s ours` does it, but for a file that moves, and one that the side deleted.
    repo.write("folder/moved.md", "moved\n");
    repo.remove("b.md");
    repo.commit_on("merge", &[main, side]);
    let snapshot = repo.snapshot("");
    assert_eq!(deleted(&snapshot), ["b.md in side", "side.md in merge"]);
    assert_eq!(changed(&snapshot, "folder/moved.md"), ["merge", "side"]);
}

#[test]
fn a_clock_that_was_behind_does_not_put_a_parent_first() {
    let repo = Repo::new();
    repo.write("r.md", "r\n");
    let root = repo.commit_at("root", &[], 0);
    repo.write("a.md", "open\n");
    let parent = repo.commit_at("parent", &[root], 100);
    repo.write("a.md", "done\n");
    let between = repo.commit_at("between, behind", &[parent], 10);
    repo.write("a.md", "done!\n");
    let child = repo.commit_at("child, behind", &[between], 20);
    repo.write("a.md", "open\n");
    repo.write("n.md", "n\n");
    let other = repo.commit_at("other", &[parent], 110);
    repo.write("a.md", "done!\n");
    let git = repo.open("");
    assert_eq!(subjects(&history(&git, repo.folder.path(), "a.md")), ["parent"], "before the merge");
    repo.commit_at("merge", &[other, child], 200);
    let newest_first = ["child, behind", "between, behind", "parent"];
    assert_eq!(changed(&repo.snapshot(""), "a.md"), newest_first);
    assert_eq!(subjects(&history(&git, repo.folder.path(), "a.md")), newest_first, "where new commits come");
    let anew = repo.open("");
    assert_eq!(subjects(&history(&anew, repo.folder.path(), "r.md")), ["root"]);
    assert_eq!(subjects(&history(&anew, repo.folder.path(), "a.md")), newest_first);
}

#[test]
fn the_last_change_of_a_file_is_of_the_day_on_which_it_was_committed() {
    let mut repo = Repo::new();
    repo.write("a.md", "a\n");
    let written = repo.commit("write");
    let commit = repo.git.find_commit(written).unwrap();
    let later = Signature::new("Ada", "ada@example.com", &Time::new(1_760_000_000, 0)).unwrap();
    commit.amend(Some("HEAD"), None, Some(&later), None, None, None).unwrap();
    let git = repo.open("");
    assert!(!git.read_on(Duration::from_secs(5), &|_| true).unwrap());
    assert_eq!(git.last_times().times["a.md"], 1_760_000_000);
}
