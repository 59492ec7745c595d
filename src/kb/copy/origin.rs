//! What a copy asks the knowledge base that it was made from: what the commits tell, and images.

use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Masker;
use crate::kb::{
    FileError, FileHistory, FileProblem, IndexStatus, ItemsPast, KbError, KnowledgeBase, LedgerBook, Progress,
};
use crate::model::is_document_name;
use crate::store::git::LastTimes;

/// The knowledge base that a copy was made from.
#[derive(Debug)]
pub(in crate::kb) struct Origin {
    kb: KnowledgeBase,
    /// Documents were left out: what the commits say may be of them.
    is_part: bool,
    masker: Option<Arc<Masker>>,
    /// Paths there, by those of the copy, where they differ.
    renamed: FxHashMap<String, String>,
    ledger: Option<LedgerBook>,
    status: Option<IndexStatus>,
}

impl Origin {
    /// Asks `kb` once what the copy is asked later.
    pub(super) fn new(
        kb: KnowledgeBase,
        is_part: bool,
        masker: Option<Arc<Masker>>,
        renamed: FxHashMap<String, String>,
        progress: &dyn Fn(Progress),
    ) -> Result<Self, KbError> {
        let (mut ledger, mut status) = (None, None);
        if !is_part {
            if kb.is_in_git()? {
                let book = kb.ledger_book(progress)?;
                ledger = Some(book.masked(masker.clone()));
            }
            status = Some(account(kb.status()?, masker.as_deref()));
        }
        Ok(Self { kb, is_part, masker, renamed, ledger, status })
    }

    /// Returns what takes out what must not leave the house, where it is taken out.
    pub(super) fn masker(&self) -> Option<&Masker> {
        self.masker.as_deref()
    }

    /// Returns the history of a document; of a part none, since a message may speak of what was left out.
    pub(in crate::kb) fn history(&self, path: &str) -> Result<Option<FileHistory>, KbError> {
        if self.is_part {
            return Ok(None);
        }
        let there = self.renamed.get(path).map_or(path, String::as_str);
        let mut found = self.kb.history(there)?;
        let Some(masker) = &self.masker else { return Ok(found) };
        for commit in found.iter_mut().flat_map(|it| &mut it.commits) {
            commit.subject = masker.clean(&commit.subject);
            commit.renamed_from = commit.renamed_from.take().map(|from| masker.clean(&from));
        }
        Ok(found)
    }

    /// Returns what became of the action items of a document; of a part nothing.
    pub(in crate::kb) fn items_past(&self, path: &str) -> Result<Option<ItemsPast>, KbError> {
        if self.is_part {
            return Ok(None);
        }
        let there = self.renamed.get(path).map_or(path, String::as_str);
        let found = self.kb.items_past(&self.kb.read(there)?)?;
        Ok(match &self.masker {
            Some(masker) => found.map(|it| it.masked(masker)),
            None => found,
        })
    }

    /// Returns when each file was last changed by a commit.
    pub(in crate::kb) fn commit_times(&self) -> Result<LastTimes, KbError> {
        let mut last = self.kb.commit_times(std::time::Duration::ZERO)?;
        for (here, there) in &self.renamed {
            if let Some(at) = last.times.get(there).copied() {
                last.times.insert(here.clone(), at);
            }
        }
        Ok(last)
    }

    /// Returns the commit that is checked out there.
    pub(in crate::kb) fn head(&self) -> Result<Option<String>, KbError> {
        if self.is_part { Ok(None) } else { self.kb.head() }
    }

    /// Returns the ledger; of a part there is none.
    pub(in crate::kb) fn ledger(&self) -> Option<&LedgerBook> {
        self.ledger.as_ref()
    }

    /// Returns the account of every file there; of a part there is none.
    pub(in crate::kb) fn status(&self) -> Option<&IndexStatus> {
        self.status.as_ref()
    }

    /// Returns the real path of a file that is no document.
    pub(in crate::kb) fn locate_file(&self, path: &str) -> Result<PathBuf, FileError> {
        if is_document_name(path) { Err(FileError::NotFound) } else { self.kb.locate_file(path) }
    }
}

fn account(status: IndexStatus, masker: Option<&Masker>) -> IndexStatus {
    let Some(masker) = masker else { return status };
    let clean = |it: FileProblem| FileProblem { path: masker.clean(&it.path), reason: masker.clean(&it.reason), ..it };
    let problems = status.problems.into_iter().map(clean).collect();
    IndexStatus { problems, ..status }
}
