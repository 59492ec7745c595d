//! `ris ledger`: what became of action items, by the commits.

use super::evidence::Repository;
use crate::support::{Run, Sandbox};

const FIRST: &str = "---\nid: INC-2026-01\ndate: 2026-01-08\n---\n# Pool empty\n\n## Action items\n\n\
                     - [ ] Add an alert on the pool (owner: Ana)\n\
                     - [ ] Raise the limit of connections (owner: Bob, due: 2026-02-01)\n\
                     - [ ] Write a runbook for the pool (owner: Ana)\n\
                     - [ ] Ask the vendor about timeouts\n";

fn repository() -> Repository {
    let repository = Repository::new();
    repository.commit("2026-01-01", &[("README.md", "# Incidents\n")]);
    let second = FIRST.replace("[ ] Add", "[x] Add").replace("due: 2026-02-01", "due: 2026-04-01");
    let third = second.replace("a runbook for the pool (owner: Ana)", "the runbook for the pool (owner: Cleo)");
    let third = third.replace("- [ ] Ask the vendor about timeouts\n", "");
    for (day, text) in [("2026-01-10", FIRST), ("2026-02-20", &second), ("2026-03-05", &third)] {
        repository.commit(day, &[("one.md", text)]);
    }
    repository.git("2026-03-10", &["mv", "one.md", "pool.md"]);
    repository.commit("2026-03-10", &[("pool.md", &third.replace("[x] Add", "[ ] Add"))]);
    repository.0.write("pool.md", third.replace("[ ] Raise", "[x] Raise").replace("[x] Add", "[ ] Add"));
    repository
}

/// The day, what happened, and to which item.
fn told(run: &Run) -> Vec<String> {
    let value = run.json();
    let text = |it: &serde_json::Value| it.as_str().unwrap_or("-").to_owned();
    let entry = |it: &serde_json::Value| {
        let words = text(&it["text"]);
        let words = words.split(' ').take(2).collect::<Vec<_>>().join(" ");
        format!("{} {} {words} {} {}", text(&it["on"]), text(&it["what"]), it["days"], it["line"])
    };
    value["entries"].as_array().expect("entries").iter().map(entry).collect()
}

#[test]
fn every_change_of_an_item_is_told_with_its_day() {
    let repository = repository();
    let run = repository.0.run(["ledger", "--format", "json"]);
    let wanted = [
        "2026-03-10 done Raise the 59 10",
        "2026-03-10 reopened Add an 59 9",
        "2026-03-05 handed Write the 54 11",
        "2026-03-05 dropped Ask the 54 null",
        "2026-02-20 done Add an 41 9",
        "2026-02-20 due-moved Raise the 41 10",
        "2026-01-10 written Add an null 9",
        "2026-01-10 written Raise the null 10",
        "2026-01-10 written Write the null 11",
        "2026-01-10 written Ask the null null",
    ];
    assert_eq!(told(&run), wanted, "{run}");
    let all = run.json();
    let entry = &all["entries"][4];
    assert_eq!((entry["by"].as_str(), entry["path"].as_str()), (Some("Ada"), Some("pool.md")), "{entry}");
    assert!(all["entries"][0]["commit"].is_null() && all["entries"][0]["by"].is_null(), "it is not committed");
    let moved = &all["entries"][5];
    assert_eq!((moved["from"].as_str(), moved["to"].as_str()), (Some("2026-02-01"), Some("2026-04-01")), "{moved}");
}

#[test]
fn a_period_is_counted_and_listed() {
    let repository = repository();
    let run = repository.0.run(["ledger", "2026-02-01..2026-03-09"]);
    assert!(run.stdout.starts_with("Action items, 2026-02-01 to 2026-03-09  commit "), "{run}");
    for line in [
        "written    0",
        "done       1  median 41 days after they were written (n = 1)",
        "reopened   0",
        "put off    1",
        "dropped    1  taken out while open",
        "open       2  4 before",
        "2026-02-20  due 2026-02-01 → 2026-04-01  Ada",
        "2026-03-05  Ana → Cleo  Ada",
        "2026-03-05  dropped after 54 days  Ada",
    ] {
        assert!(run.stdout.lines().any(|it| it.starts_with(line)), "{line}: {run}");
    }
    let dropped = repository.0.run(["ledger", "--only", "dropped,done", "--owner", "ana", "--format", "json"]);
    assert_eq!(told(&dropped), ["2026-02-20 done Add an 41 9"], "{dropped}");
    assert_eq!(repository.0.run(["ledger", "--fail-on", "dropped", "--quiet"]).code, 1);
    assert_eq!(repository.0.run(["ledger", "2026-02", "--fail-on", "dropped", "--quiet"]).code, 0);
    assert_eq!(repository.0.run(["ledger", "2025"]).code, 1, "nothing happened");
}

#[test]
fn a_deleted_document_drops_what_was_open_and_what_is_moved_goes_on() {
    let repository = Repository::new();
    repository.commit("2026-01-01", &[("README.md", "# Incidents\n")]);
    repository.commit("2026-01-10", &[("one.md", FIRST)]);
    let other = "# Plan\n\n## Action items\n\n- [x] Add an alert on the pool (owner: Ana)\n";
    repository.git("2026-02-01", &["rm", "-q", "one.md"]);
    repository.commit("2026-02-01", &[("two.md", other)]);
    let run = repository.0.run(["ledger", "2026-02", "--format", "json"]);
    let wanted = [
        "2026-02-01 moved Add an 22 5",
        "2026-02-01 done Add an 22 5",
        "2026-02-01 dropped Raise the 22 null",
        "2026-02-01 dropped Write a 22 null",
        "2026-02-01 dropped Ask the 22 null",
    ];
    assert_eq!(told(&run), wanted, "{run}");
    let all = run.json();
    assert_eq!(all["entries"][0]["from"], "one.md");
    assert_eq!(
        (all["entries"][2]["path"].as_str(), all["entries"][2]["title"].as_str()),
        (Some("one.md"), Some("Pool empty"))
    );
    assert_eq!(all["totals"]["open_after"], 0, "{all}");
}

#[test]
fn a_deletion_or_a_new_name_that_is_not_committed_is_told_too() {
    let repository = Repository::new();
    repository.commit("2026-01-01", &[("README.md", "# Incidents\n")]);
    let two = "# Disk full\n\n## Action items\n\n- [ ] Watch the volume\n";
    repository.commit("2026-01-10", &[("one.md", FIRST), ("two.md", two)]);
    std::fs::remove_file(repository.0.path("two.md")).unwrap();
    std::fs::rename(repository.0.path("one.md"), repository.0.path("three.md")).unwrap();
    let run = repository.0.run(["ledger", "--only", "dropped,moved", "--format", "json"]);
    let found: Vec<String> = told(&run).iter().map(|it| it.split(' ').skip(1).collect::<Vec<_>>().join(" ")).collect();
    let wanted = [
        "moved Add an 5 9",
        "moved Raise the 5 10",
        "moved Write a 5 11",
        "moved Ask the 5 12",
        "dropped Watch the 5 null",
    ];
    assert_eq!(found, wanted, "{run}");
    assert_eq!(run.json()["entries"][4]["title"], "Disk full", "{run}");
}

#[test]
fn the_age_of_what_the_history_begins_with_is_not_known() {
    let repository = Repository::new();
    repository.commit("2026-01-10", &[("one.md", FIRST)]);
    repository.commit("2026-02-10", &[("one.md", &FIRST.replace("[ ] Add", "[x] Add"))]);
    let run = repository.0.run(["ledger", "2026-02", "--format", "json"]);
    assert_eq!(told(&run), ["2026-02-10 done Add an null 9"], "{run}");
    assert!(run.json()["totals"]["median_days"].is_null(), "{run}");
}

#[test]
fn without_commits_nothing_is_told_and_without_git_it_is_said() {
    let sandbox = Sandbox::new().file("one.md", FIRST);
    let run = sandbox.run(["ledger"]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("this folder is in no git repository"), "{run}");
    let repository = Repository::new();
    repository.0.write("one.md", FIRST);
    let run = repository.0.run(["ledger", "--format", "json"]);
    assert_eq!(told(&run).first().map(String::as_str), Some("2026-01-15 written Add an null 9"), "{run}");
}

#[test]
fn what_a_merge_lost_of_a_branch_was_dropped_by_it() {
    let repository = Repository::new();
    repository.commit("2026-01-01", &[("README.md", "# Incidents\n")]);
    repository.commit("2026-01-10", &[("one.md", FIRST), ("two.md", "# Other\n")]);
    repository.git("2026-01-10", &["checkout", "-q", "-b", "side"]);
    let side = FIRST.replace("[ ] Add", "[x] Add") + "- [ ] Test the failover\n";
    repository.commit("2026-01-12", &[("one.md", &side)]);
    repository.git("2026-01-12", &["checkout", "-q", "main"]);
    repository.commit("2026-01-13", &[("one.md", &FIRST.replace("[ ] Raise", "[x] Raise"))]);
    repository.git("2026-01-14", &["merge", "-q", "-s", "ours", "-m", "merge", "side"]);
    let run = repository.0.run(["ledger", "--only", "done,reopened,dropped", "--format", "json"]);
    let wanted = [
        "2026-01-14 dropped Test the 2 null",
        "2026-01-14 reopened Add an 4 9",
        "2026-01-13 done Raise the 3 10",
        "2026-01-12 done Add an 2 9",
    ];
    let mut found = told(&run);
    found.sort_by(|a, b| b.cmp(a));
    let mut sorted = wanted.to_vec();
    sorted.sort_by(|a, b| b.cmp(a));
    assert_eq!(found, sorted, "{run}");
    assert_eq!(run.json()["totals"]["open_after"], 3, "as `ris actions` counts: {run}");
    assert_eq!(repository.0.run(["actions", "--format", "json"]).json()["totals"]["open"], 3);
}

#[test]
fn what_a_merge_by_hand_lost_of_a_branch_was_dropped_by_it() {
    let repository = Repository::new();
    repository.commit("2026-01-01", &[("README.md", "# Incidents\n")]);
    repository.commit("2026-01-10", &[("one.md", FIRST)]);
    repository.git("2026-01-10", &["checkout", "-q", "-b", "side"]);
    repository.commit("2026-01-12", &[("one.md", &(FIRST.to_owned() + "- [ ] Test the failover\n"))]);
    repository.git("2026-01-12", &["checkout", "-q", "main"]);
    let main = FIRST.replace("[ ] Raise", "[x] Raise");
    repository.commit("2026-01-13", &[("one.md", &main)]);
    repository.git("2026-01-14", &["merge", "-q", "-s", "ours", "--no-commit", "side"]);
    repository.commit("2026-01-14", &[("one.md", &main.replace("[ ] Add", "[x] Add"))]);
    let run = repository.0.run(["ledger", "2026-01-14", "--format", "json"]);
    let mut found = told(&run);
    found.sort();
    assert_eq!(found, ["2026-01-14 done Add an 4 9", "2026-01-14 dropped Test the 2 null"], "{run}");
}
