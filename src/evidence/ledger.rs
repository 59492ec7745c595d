//! Since when action items are done or cancelled, told by the versions of their document in git.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::{ActionItem, Document, ItemState, ToldIncident};

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

/// Returns what tells each item of a document from the others through all versions, in their order: its own id, else its
/// words; of items with the same, the owner too, and else which of them it is.
#[must_use]
pub(super) fn identities(document: &Document) -> Vec<String> {
    let plain: Vec<String> = document.action_items.iter().map(identity).collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    plain.iter().for_each(|it| *count.entry(it).or_default() += 1);
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let apart = |(item, plain): (&ActionItem, &String)| {
        if count[plain.as_str()] == 1 {
            return plain.clone();
        }
        let owned = format!("{plain} @ {}", item.owner.as_deref().unwrap_or_default().to_lowercase());
        let nth = taken.entry(owned.clone()).or_default();
        *nth += 1;
        if *nth == 1 { owned } else { format!("{owned} {nth}") }
    };
    document.action_items.iter().zip(&plain).map(apart).collect()
}

fn identity(item: &ActionItem) -> String {
    let plain = |text: &str| -> String {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
    };
    item.id.as_deref().map_or_else(|| plain(&item.text), |id| format!("#{}", plain(id)))
}

/// Returns how each item is known to be settled that is not open in the newest of `versions` (newest first).
#[must_use]
pub fn proofs(versions: &[(CommitRow, Document)]) -> Proofs {
    let Some((_, newest)) = versions.first() else { return Proofs::new() };
    let states = |document: &Document| -> BTreeMap<String, ItemState> {
        let states = document.action_items.iter().map(|item| item.state);
        identities(document).into_iter().zip(states).collect()
    };
    let states: Vec<BTreeMap<String, ItemState>> = versions.iter().map(|(_, document)| states(document)).collect();
    let prove = |(item, of): (&ActionItem, String)| {
        let same = states.iter().take_while(|states| states.get(&of) == Some(&item.state)).count();
        let before = states.get(same).and_then(|states| states.get(&of).copied());
        let commit = versions[same.checked_sub(1)?].0.clone();
        Some((of, Proof { commit, before }))
    };
    let items = newest.action_items.iter().zip(identities(newest));
    items.filter(|(item, _)| !item.is_open() && !item.carried).filter_map(prove).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{ParseOptions, parse};

    fn version(day: &str, text: &str) -> (CommitRow, Document) {
        let row = CommitRow {
            id: format!("commit of {day}"),
            author: "Ada".into(),
            authored: String::new(),
            committer: "Ada".into(),
            committed: String::new(),
            day: day.parse().unwrap(),
            subject: String::new(),
            is_signed: false,
            renamed_from: None,
        };
        (row, parse("a.md", text.as_bytes(), &ParseOptions::default()).document)
    }

    #[test]
    fn an_item_is_done_since_the_commit_that_ticked_it_last() {
        let text = |first: char, second: char| {
            format!("# Outage\n\n## Action items\n\n- [{first}] Add an alert\n- [{second}] Raise the limit.\n")
        };
        let versions = [
            version("2026-05-01", &text('x', 'x').replace("Add an alert", "**Add** an alert")),
            version("2026-04-01", &text('x', ' ')),
            version("2026-03-01", &text(' ', 'x')),
            version("2026-02-01", &text('x', 'x')),
        ];
        let found = proofs(&versions);
        let day = |of: &str| (found[of].commit.day.to_string(), found[of].before);
        assert_eq!(day("add an alert"), ("2026-04-01".to_owned(), Some(ItemState::Open)));
        assert_eq!(day("raise the limit"), ("2026-05-01".to_owned(), Some(ItemState::Open)));
        let cancelled =
            [&[version("2026-06-01", &text('x', 'x').replace("limit.", "limit. Won't do."))], &versions[..]].concat();
        let found = proofs(&cancelled)["raise the limit"].clone();
        assert_eq!((found.commit.day.to_string().as_str(), found.before), ("2026-06-01", Some(ItemState::Done)));
        let found = proofs(&versions[3..]);
        assert!(found.values().all(|proof| proof.before.is_none()), "it was done when it was first written");
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
            version("2026-03-01", &text('x', ' ', 'x')),
            version("2026-02-01", &text('x', ' ', ' ')),
            version("2026-01-01", &text(' ', ' ', ' ')),
        ];
        let found = proofs(&versions);
        let days: Vec<Option<String>> = identities(&versions[0].1)
            .iter()
            .map(|of| found.get(of).map(|proof| proof.commit.day.to_string()))
            .collect();
        assert_eq!(days, [Some("2026-02-01".to_owned()), None, Some("2026-03-01".to_owned())]);
    }
}
