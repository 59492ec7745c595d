//! What was read of the ledger, kept for the next question.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;

use super::read::{self, Tellings};
use super::times::{LedgerTimes, times};
use super::{Ledger, LedgerRequest, entries, no_repository};
use crate::index::Overview;
use crate::kb::copy::Masker;
use crate::kb::{KbError, KnowledgeBase, Progress};

/// The last reading, and how far another one has come.
#[derive(Debug, Default)]
pub(in crate::kb) struct LedgerMemory {
    known: Mutex<Option<(Key, Arc<Tellings>)>>,
    /// Held by whoever reads, so that two do not read the same.
    reading: Mutex<()>,
    done: AtomicUsize,
    total: AtomicUsize,
}

/// The commit that is checked out, and that of the index.
type Key = (Option<String>, (u64, u64));

/// The ledger as it was read: questions to it read nothing more.
#[derive(Debug, Clone)]
pub struct LedgerBook {
    tellings: Arc<Tellings>,
    today: NaiveDate,
    /// Without what a pattern can tell to be a secret or data of a patient.
    masker: Option<Arc<Masker>>,
}

impl LedgerBook {
    /// Takes secrets and data of patients out of every text that it tells from now on.
    pub(in crate::kb) fn masked(self, masker: Option<Arc<Masker>>) -> Self {
        Self { masker, ..self }
    }

    /// Returns what became of action items in a period.
    #[must_use]
    pub fn page(&self, request: &LedgerRequest) -> Ledger {
        let page = entries::page(&self.tellings, request, self.today);
        match &self.masker {
            Some(masker) => entries::masked(page, masker),
            None => page,
        }
    }

    /// Counts what happened in each month of a period, or in each quarter or year of a long one. What kind of thing it was, which
    /// the request may narrow, does not matter.
    #[must_use]
    pub fn times(&self, request: &LedgerRequest) -> LedgerTimes {
        times(&self.tellings, request, self.today)
    }
}

impl LedgerMemory {
    fn known(&self, key: &Key) -> Option<Arc<Tellings>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(|(it, _)| it == key).map(|(_, tellings)| Arc::clone(tellings))
    }

    fn last(&self) -> Option<Arc<Tellings>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|(_, tellings)| Arc::clone(tellings))
    }

    fn note(&self, at: Progress) {
        self.done.store(at.done, Ordering::Relaxed);
        self.total.store(at.total, Ordering::Relaxed);
    }
}

impl KnowledgeBase {
    /// Returns what became of action items in a period.
    ///
    /// # Errors
    /// As [`KnowledgeBase::ledger_book`].
    pub fn ledger(&self, request: &LedgerRequest, progress: &dyn Fn(Progress)) -> Result<Ledger, KbError> {
        Ok(self.ledger_book(progress)?.page(request))
    }

    /// Returns the ledger. All versions of all documents are read, once for each commit and each state of the files; then only
    /// those of documents that are not as they were.
    ///
    /// # Errors
    /// Outside of a git work tree, or where the repository, the index or a file cannot be read.
    pub fn ledger_book(&self, progress: &dyn Fn(Progress)) -> Result<LedgerBook, KbError> {
        let _reading = self.ledger.reading.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(book) = self.ledger_at_hand()? {
            return Ok(book);
        }
        let key = self.ledger_key()?;
        let mut documents = self.ask(|open| {
            let overview = Overview::read(open)?;
            (0..overview.rows.len()).map(|row| overview.summary(row)).collect::<Result<Vec<_>, _>>()
        })?;
        // Of what one commit did the order is that of the paths, however the index came about.
        documents.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let noted = |at: Progress| {
            self.ledger.note(at);
            progress(at);
        };
        let read = read::read(self, &documents, self.ledger.last().as_deref(), &noted);
        self.ledger.note(Progress { done: 0, total: 0 });
        let tellings = Arc::new(read?);
        *self.ledger.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((key, Arc::clone(&tellings)));
        Ok(LedgerBook { tellings, today: self.today(), masker: None })
    }

    /// Returns the ledger where it was read and nothing has changed since. Waits for nobody who reads it.
    ///
    /// # Errors
    /// Outside of a git work tree, or where the repository or the index cannot be read.
    pub fn ledger_at_hand(&self) -> Result<Option<LedgerBook>, KbError> {
        if let Some(origin) = &self.origin {
            return Ok(Some(origin.ledger().cloned().ok_or_else(no_repository)?));
        }
        let known = self.ledger.known(&self.ledger_key()?);
        Ok(known.map(|tellings| LedgerBook { tellings, today: self.today(), masker: None }))
    }

    /// Returns how far somebody has come who reads the ledger, in documents; `None` where nobody knows.
    #[must_use]
    pub fn ledger_progress(&self) -> Option<Progress> {
        let total = self.ledger.total.load(Ordering::Relaxed);
        (total > 0).then(|| Progress { done: self.ledger.done.load(Ordering::Relaxed), total })
    }

    fn ledger_key(&self) -> Result<Key, KbError> {
        if !self.is_in_git()? {
            return Err(no_repository().into());
        }
        Ok((self.head()?, self.commit()?))
    }
}
