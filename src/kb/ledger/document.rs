//! What became of the action items of one document, for its page.

use std::collections::BTreeMap;

use super::entries::{mask, page};
use super::read::read_one;
use super::{LedgerEntry, LedgerKind, LedgerRequest};
use crate::kb::copy::Masker;
use crate::kb::{KbError, KnowledgeBase};
use crate::parse::Parsed;

/// Versions that are read for a page; of a document with more the ledger alone tells.
const MAX_VERSIONS: usize = 100;

/// What became of the action items of a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ItemsPast {
    /// By the line of the item: what happened to it, the oldest first. Nothing of one that was settled when it was written down
    /// and never changed, nor how the history begins.
    pub by_line: BTreeMap<u32, Vec<LedgerEntry>>,
    /// Items that were taken out of the document while they were open, the newest first.
    pub dropped: Vec<LedgerEntry>,
}

impl ItemsPast {
    /// Takes secrets and data of patients out of every text.
    pub(in crate::kb) fn masked(mut self, masker: &Masker) -> Self {
        let entries = self.by_line.values_mut().flatten().chain(&mut self.dropped);
        entries.for_each(|entry| mask(entry, masker));
        self
    }
}

impl KnowledgeBase {
    /// Returns what became of the action items of a document; `None` outside of git, in a repository within this one, while its
    /// commits are still being read, and where they are very many. An item that came from another document or went there is
    /// told as written or dropped.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub fn items_past(&self, parsed: &Parsed) -> Result<Option<ItemsPast>, KbError> {
        if let Some(origin) = &self.origin {
            return origin.items_past(&parsed.document.path);
        }
        let Some(git) = self.repository_of(&parsed.document.path)? else { return Ok(None) };
        let Some(steps) = git.steps_of_file(&parsed.document.path, MAX_VERSIONS) else { return Ok(None) };
        let Some(tellings) = read_one(&parsed.document, steps, &git.blobs()?, self.config()) else { return Ok(None) };
        let everything = LedgerRequest { limit: usize::MAX, ..LedgerRequest::default() };
        let entries = page(&tellings, &everything, self.today()).entries;
        let is_beginning = |entry: &LedgerEntry| {
            let commit = tellings.commits.iter().find(|it| Some(&it.id) == entry.commit.as_ref());
            entry.what == LedgerKind::Written && commit.is_some_and(|it| it.is_first)
        };
        let mut past = ItemsPast::default();
        for entry in entries.into_iter().rev().filter(|entry| !is_beginning(entry)) {
            match entry.line {
                Some(line) => past.by_line.entry(line).or_default().push(entry),
                None if entry.what == LedgerKind::Dropped => past.dropped.insert(0, entry),
                None => {}
            }
        }
        past.by_line.retain(|_, entries| {
            let is_open = entries[0].state.is_some_and(|state| state.is_open());
            is_open || entries.iter().any(|entry| entry.what != LedgerKind::Written)
        });
        Ok(Some(past))
    }
}
