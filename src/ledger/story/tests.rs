use super::*;
use crate::ledger::items;
use crate::parse::{ParseOptions, parse};

fn version(lines: &[&str]) -> Arc<Vec<LedgerItem>> {
    let text = format!("# Outage\n\n## Action items\n\n{}\n", lines.join("\n"));
    Arc::new(items(&parse("a.md", text.as_bytes(), &ParseOptions::default()).document))
}

/// Versions, the oldest first, as one branch has them.
fn told(versions: &[&[&str]]) -> Vec<String> {
    let versions: Vec<_> = std::iter::once(&[][..]).chain(versions.iter().copied()).map(version).collect();
    let steps = versions.windows(2).enumerate().map(|(at, pair)| step(at + 1, &pair[0], &pair[1]));
    tell(&steps.rev().collect::<Vec<_>>())
}

fn step(commit: usize, before: &Arc<Vec<LedgerItem>>, after: &Arc<Vec<LedgerItem>>) -> Step {
    Step { commit: Some(commit), before: Arc::clone(before), after: Arc::clone(after) }
}

fn tell(steps: &[Step]) -> Vec<String> {
    let event = |it: &Event| format!("{:?}@{}", it.what, it.commit.unwrap_or_default());
    let story = |it: &Story| {
        let events: Vec<String> = it.events.iter().map(event).collect();
        format!("{}{}: {}", if it.is_gone { "gone " } else { "" }, it.item.text, events.join(", "))
    };
    stories(steps).iter().map(story).collect()
}

#[test]
fn an_item_is_written_done_and_opened_again() {
    let found = told(&[
        &["- [ ] Add an alert"],
        &["- [x] **Add** an alert."],
        &["- [ ] Add an alert"],
        &["- [x] Add an alert"],
    ]);
    assert_eq!(found, ["Add an alert: Written(Open)@1, Done@2, Reopened@3, Done@4"]);
}

#[test]
fn what_is_taken_out_while_open_is_dropped_and_what_is_done_may_go() {
    let found = told(&[&["- [ ] Add an alert", "- [x] Raise the limit"], &["- [x] Write a runbook"]]);
    let wanted = [
        "Write a runbook: Written(Done)@2",
        "gone Add an alert: Written(Open)@1, Dropped@2",
        "gone Raise the limit: Written(Done)@1",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn what_is_taken_out_and_put_back_was_there_all_the_time() {
    let found =
        told(&[&["- [ ] Add an alert"], &["- [ ] Raise the limit"], &["- [x] Add an alert", "- [ ] Raise the limit"]]);
    assert_eq!(found, ["Add an alert: Written(Open)@1, Done@3", "Raise the limit: Written(Open)@2"]);
}

#[test]
fn days_owners_and_words_change() {
    let found = told(&[
        &["- [ ] Alert on the age of the queue (owner: Ana, due: 2026-05-01)"],
        &["- [ ] Alert on the age of the claims queue (owner: Bob, due: 2026-06-01)"],
        &["- [x] Alert on the age of the claims queue (owner: @bob, due: 2026-06-01)"],
    ]);
    let wanted = "Alert on the age of the claims queue: Written(Open)@1, \
                  DueMoved { from: Some(2026-05-01), to: Some(2026-06-01) }@2, \
                  Handed { from: Some(\"Ana\"), to: Some(\"Bob\") }@2, Done@3";
    assert_eq!(found, [wanted]);
}

#[test]
fn branches_that_are_merged_tell_nothing_twice() {
    let (none, first) = (version(&[]), version(&["- [ ] Add an alert", "- [ ] Raise the limit"]));
    let (ticked, longer) = (
        version(&["- [x] Add an alert", "- [ ] Raise the limit"]),
        version(&["- [ ] Add an alert", "- [x] Raise the limit"]),
    );
    let merged = version(&["- [x] Add an alert", "- [x] Raise the limit"]);
    // Newest first, the branches one after the other: the merge differs from both sides.
    let steps = [step(4, &ticked, &merged), step(3, &first, &longer), step(2, &first, &ticked), step(1, &none, &first)];
    assert_eq!(tell(&steps), ["Add an alert: Written(Open)@1, Done@2", "Raise the limit: Written(Open)@1, Done@3"]);
}

#[test]
fn a_document_that_is_deleted_drops_what_was_open() {
    let found = told(&[&["- [ ] Add an alert", "- [x] Raise the limit"], &[]]);
    assert_eq!(found, ["gone Add an alert: Written(Open)@1, Dropped@2", "gone Raise the limit: Written(Done)@1"]);
}

#[test]
fn a_merge_moves_no_day_and_hands_nothing_over_again() {
    let none = version(&[]);
    let item = |owner: &str, due: &str, done: char| {
        version(&[&format!("- [{done}] Add an alert (owner: {owner}, due: {due})")[..]])
    };
    let first = item("Ana", "2026-05-01", ' ');
    let (moved, ticked) = (item("Bob", "2026-06-01", ' '), item("Ana", "2026-05-01", 'x'));
    let merged = item("@bob", "2026-06-01", 'x');
    let steps = [
        step(4, &ticked, &merged),
        step(4, &moved, &merged),
        step(3, &first, &ticked),
        step(2, &first, &moved),
        step(1, &none, &first),
    ];
    let wanted = "Add an alert: Written(Open)@1, DueMoved { from: Some(2026-05-01), to: Some(2026-06-01) }@2, \
                  Handed { from: Some(\"Ana\"), to: Some(\"Bob\") }@2, Done@3";
    assert_eq!(tell(&steps), [wanted]);
}

#[test]
fn a_merge_drops_what_only_its_other_parent_had() {
    let (none, first) = (version(&[]), version(&["- [ ] Add an alert"]));
    let (side, main) = (version(&["- [ ] Add an alert", "- [ ] Test the failover"]), version(&["- [x] Add an alert"]));
    let merged = version(&["- [x] Add an alert", "- [ ] Write a runbook"]);
    let steps = [
        step(4, &side, &merged),
        step(4, &main, &merged),
        step(3, &first, &main),
        step(2, &first, &side),
        step(1, &none, &first),
    ];
    let wanted = [
        "Add an alert: Written(Open)@1, Done@3",
        "Write a runbook: Written(Open)@4",
        "gone Test the failover: Written(Open)@2, Dropped@4",
    ];
    assert_eq!(tell(&steps), wanted);
}
