//! What became of an action item of a document, beside it.

use super::date_words;
use crate::kb::{ItemsPast, LedgerEntry, LedgerKind};
use crate::model::short_id;

/// Something that happened to an action item.
#[derive(Debug, Clone)]
pub(crate) struct PastView {
    /// What, in a few words.
    pub(crate) what: String,
    pub(crate) machine: String,
    pub(crate) day: String,
    pub(crate) by: Option<String>,
    /// `None` for what is not committed yet.
    pub(crate) commit: Option<String>,
}

/// An action item that is in the document no more.
#[derive(Debug, Clone)]
pub(crate) struct DroppedView {
    pub(crate) text: String,
    pub(crate) past: PastView,
}

impl PastView {
    /// Returns what happened to the item with this text on this line, the oldest first. Of two items on one line each has its own.
    pub(crate) fn of_item(past: &ItemsPast, line: u32, text: &str) -> Vec<Self> {
        let entries = past.by_line.get(&line).map_or(&[][..], Vec::as_slice);
        entries.iter().filter(|entry| entry.text == text).map(Self::from).collect()
    }
}

impl From<&LedgerEntry> for PastView {
    fn from(entry: &LedgerEntry) -> Self {
        let day = |day: &Option<String>| day.as_deref().map_or_else(|| "no day".to_owned(), date_words);
        let what = match entry.what {
            LedgerKind::DueMoved => format!("due {} → {}", day(&entry.from), day(&entry.to)),
            _ => entry.words(str::to_owned),
        };
        Self {
            what,
            machine: entry.on.to_string(),
            day: date_words(&entry.on.to_string()),
            by: entry.by.clone(),
            commit: entry.commit.as_deref().map(|id| short_id(id).to_owned()),
        }
    }
}

impl DroppedView {
    pub(crate) fn all(past: &ItemsPast) -> Vec<Self> {
        past.dropped.iter().map(|entry| Self { text: entry.text.clone(), past: entry.into() }).collect()
    }
}
