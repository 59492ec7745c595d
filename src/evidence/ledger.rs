//! Since when action items are done or cancelled, told by the versions of their document in git.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::ledger::{Happening, Story};
use crate::model::{ActionClass, ItemState, ToldIncident};

/// A commit, as far as evidence tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitRow {
    /// The id in full.
    pub id: String,
    /// Who wrote the change.
    pub author: String,
    /// When (RFC 3339).
    pub authored: String,
    /// Who made the commit.
    pub committer: String,
    /// When (RFC 3339).
    pub committed: String,
    /// The day of that.
    pub day: NaiveDate,
    /// First line of the message.
    pub subject: String,
    /// It carries a signature, which is not verified here.
    pub is_signed: bool,
    /// The path before, of a file that was renamed in it.
    pub renamed_from: Option<String>,
}

/// A document that a commit deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    /// Its path.
    pub path: String,
    /// Its id.
    pub id: Option<String>,
    /// The commit.
    pub commit: String,
    /// The day of the commit.
    pub day: NaiveDate,
    /// Who wrote it.
    pub author: String,
}

/// A document that an earlier commit had as an incident of the period, and that is none of it now or tells of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Its path.
    pub path: String,
    /// Its id at that time.
    pub id: Option<String>,
    /// The incidents that it told of at that time, where they were several.
    pub told: Vec<ToldIncident>,
    /// What it was: its day and kind, or the incident by name.
    pub was: String,
    /// What it is.
    pub now: String,
    /// The commit that changed it.
    pub commit: String,
    /// The day of the commit.
    pub day: NaiveDate,
    /// Who wrote it.
    pub author: String,
}

/// How it is known that an item is done, or that nobody will do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The commit since which it has been so without a break.
    pub commit: CommitRow,
    /// The state in the version before: it was this commit that changed it. `None` where it was so when it was first
    /// written, and nobody can say since when.
    pub before: Option<ItemState>,
}

/// How the items of one document are known to be settled, by what tells an item from the others.
pub type Proofs = BTreeMap<String, Proof>;

/// An action item that a commit took out of a document of an incident while it was open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DroppedItem {
    /// Path of the document.
    pub path: String,
    /// What was to be done.
    pub text: String,
    /// What kind of item it was.
    pub class: ActionClass,
    /// Who was to do it.
    pub owner: Option<String>,
    /// The day it was due.
    pub due: Option<NaiveDate>,
    /// The document that it was taken out of at last: that of the incident, or one into which it was moved before.
    pub taken_from: String,
    /// The commit that took it out of that.
    pub commit: CommitRow,
    /// Where it is, if that commit wrote it into another document.
    pub moved: Option<ItemMove>,
}

/// The place of an action item that was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemMove {
    /// Path of the document.
    pub path: String,
    /// How far the item has come there.
    pub state: ItemState,
}

/// Returns how each item is known to be settled that is not open; `commits` are those that the stories number.
#[must_use]
pub(crate) fn proofs(stories: &[Story], commits: &[CommitRow]) -> Proofs {
    let settled = stories.iter().filter(|it| !it.is_gone && !it.item.state.is_open());
    let prove = |story: &Story| {
        let mut states = story.events.iter().rev().filter_map(|it| Some((it.commit?, it.what.state()?, &it.what)));
        let (commit, _, what) = states.next()?;
        let before = match what {
            Happening::Written(_) => None,
            // What cannot be read any more was open, or else there was nothing to settle.
            _ => Some(states.next().map_or(ItemState::Open, |(_, state, _)| state)),
        };
        Some((story.item.identity.clone(), Proof { commit: commits.get(commit)?.clone(), before }))
    };
    settled.filter_map(prove).collect()
}

/// Returns the items of the document at `path` that were taken out while they were open.
#[must_use]
pub(crate) fn dropped(path: &str, stories: &[Story], commits: &[CommitRow]) -> Vec<DroppedItem> {
    let drop = |story: &Story| {
        let last = story.events.last().filter(|it| it.what == Happening::Dropped)?;
        let item = &story.item;
        Some(DroppedItem {
            path: path.to_owned(),
            text: item.text.clone(),
            class: item.class,
            owner: item.owner.clone(),
            due: item.due,
            taken_from: path.to_owned(),
            commit: commits.get(last.commit?)?.clone(),
            moved: None,
        })
    };
    stories.iter().filter(|it| it.item.class != ActionClass::Checklist).filter_map(drop).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::ledger::{Step, items, stories};
    use crate::parse::{ParseOptions, parse};

    fn commit(day: &str) -> CommitRow {
        CommitRow {
            id: format!("commit of {day}"),
            author: "Ada".into(),
            authored: String::new(),
            committer: "Ada".into(),
            committed: String::new(),
            day: day.parse().unwrap(),
            subject: String::new(),
            is_signed: false,
            renamed_from: None,
        }
    }

    /// What is known of the versions of a document, the newest first.
    fn told(versions: &[(&str, String)]) -> (Proofs, Vec<String>) {
        let read = |text: &String| Arc::new(items(&parse("a.md", text.as_bytes(), &ParseOptions::default()).document));
        let versions: Vec<_> = versions.iter().map(|(day, text)| (commit(day), read(text))).collect();
        let before = |at: usize| versions.get(at + 1).map(|it| Arc::clone(&it.1)).unwrap_or_default();
        let step = |(at, it): (usize, &(CommitRow, Arc<Vec<_>>))| Step {
            commit: Some(at),
            before: before(at),
            after: Arc::clone(&it.1),
        };
        let steps: Vec<Step> = versions.iter().enumerate().map(step).collect();
        let (stories, commits) = (stories(&steps), versions.into_iter().map(|it| it.0).collect::<Vec<_>>());
        let dropped = dropped("a.md", &stories, &commits);
        (proofs(&stories, &commits), dropped.iter().map(|it| format!("{} {}", it.text, it.commit.day)).collect())
    }

    #[test]
    fn an_item_is_done_since_the_commit_that_ticked_it_last() {
        let text = |first: char, second: char| {
            format!("# Outage\n\n## Action items\n\n- [{first}] Add an alert\n- [{second}] Raise the limit.\n")
        };
        let versions = [
            ("2026-05-01", text('x', 'x').replace("Add an alert", "**Add** an alert")),
            ("2026-04-01", text('x', ' ')),
            ("2026-03-01", text(' ', 'x')),
            ("2026-02-01", text('x', 'x')),
        ];
        let found = told(&versions).0;
        let day = |of: &str| (found[of].commit.day.to_string(), found[of].before);
        assert_eq!(day("add an alert"), ("2026-04-01".to_owned(), Some(ItemState::Open)));
        assert_eq!(day("raise the limit"), ("2026-05-01".to_owned(), Some(ItemState::Open)));
        let dropped = text('x', 'x').replace("limit.", "limit. Won't do.");
        let cancelled = [&[("2026-06-01", dropped)], &versions[..]].concat();
        let found = told(&cancelled).0["raise the limit"].clone();
        assert_eq!((found.commit.day.to_string().as_str(), found.before), ("2026-06-01", Some(ItemState::Done)));
        let found = told(&versions[3..]).0;
        assert!(found.len() == 2 && found.values().all(|proof| proof.before.is_none()), "so when it was first written");
    }

    #[test]
    fn an_item_that_is_reworded_when_it_is_ticked_is_done_since_then() {
        let text = |item: &str| format!("# Outage\n\n## Action items\n\n{item}\n");
        let versions = [
            ("2026-02-01", text("- [x] Alert on the age of the claims queue")),
            ("2026-01-01", text("- [ ] Alert on the age of the queue")),
        ];
        let proof = told(&versions).0["alert on the age of the claims queue"].clone();
        assert_eq!((proof.commit.day.to_string().as_str(), proof.before), ("2026-02-01", Some(ItemState::Open)));
    }

    #[test]
    fn what_was_taken_out_while_open_is_told() {
        let text = |items: &str| format!("# Outage\n\n## Action items\n\n- [ ] Write a runbook\n{items}");
        let versions = [("2026-02-01", text("")), ("2026-01-01", text("- [ ] Add an alert\n- [x] Raise the limit\n"))];
        assert_eq!(told(&versions).1, ["Add an alert 2026-02-01"]);
    }

    #[test]
    fn items_of_the_same_words_have_each_their_own_proof() {
        let text = |first: char, second: char, third: char| {
            format!(
                "# Outage\n\n## Action items\n\n- [{first}] Update the runbook (owner: Ana)\n- [{second}] Update the runbook \
                 (owner: Bob)\n- [{third}] Update the runbook (owner: Bob)\n"
            )
        };
        let versions = [
            ("2026-03-01", text('x', ' ', 'x')),
            ("2026-02-01", text('x', ' ', ' ')),
            ("2026-01-01", text(' ', ' ', ' ')),
        ];
        let found = told(&versions).0;
        let days: Vec<(&str, String)> = found.iter().map(|(of, it)| (of.as_str(), it.commit.day.to_string())).collect();
        let wanted = [
            ("update the runbook @ ana", "2026-02-01".to_owned()),
            ("update the runbook @ bob 2", "2026-03-01".to_owned()),
        ];
        assert_eq!(days, wanted);
    }
}
