//! The ledger: what became of action items, told by the commits that changed their documents.

mod entries;
mod read;

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::{KbError, KnowledgeBase, OwnerFilter, Progress};
use crate::evidence::Window;
use crate::index::Overview;
use crate::ledger::Totals;
use crate::model::{ActionClass, ItemState};
use read::Tellings;
pub(super) use read::stories_of;

/// What happened to an action item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LedgerKind {
    /// It was written down.
    Written,
    /// It was marked as done.
    Done,
    /// It was marked as what nobody will do.
    Cancelled,
    /// It was settled and is to be done again.
    Reopened,
    /// Its due day changed.
    DueMoved,
    /// It has another owner.
    Handed,
    /// It was moved from another document.
    Moved,
    /// It was taken out, or deleted with its document, while it was open.
    Dropped,
}

impl LedgerKind {
    /// Every kind, in the order shown.
    pub const ALL: [Self; 8] = [
        Self::Written,
        Self::Done,
        Self::Cancelled,
        Self::Reopened,
        Self::DueMoved,
        Self::Handed,
        Self::Moved,
        Self::Dropped,
    ];

    /// Returns the stable name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Reopened => "reopened",
            Self::DueMoved => "due-moved",
            Self::Handed => "handed",
            Self::Moved => "moved",
            Self::Dropped => "dropped",
        }
    }
}

/// Which part of the ledger is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LedgerRequest {
    /// When it happened; ever where none is given.
    pub window: Option<Window>,
    /// What happened; anything where none is given. The numbers are of everything.
    pub kinds: Vec<LedgerKind>,
    /// Whose the items are.
    pub owner: Option<OwnerFilter>,
    /// Classes of the items; all where none is given.
    pub classes: Vec<ActionClass>,
    /// First entry wanted, from 0.
    pub offset: usize,
    /// Number of entries wanted.
    pub limit: usize,
}

/// Something that happened to an action item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerEntry {
    /// What happened.
    pub what: LedgerKind,
    /// The day, in UTC; today for what is not committed yet.
    pub on: NaiveDate,
    /// When the commit was made; `None` for what is not committed yet.
    pub at: Option<DateTime<Utc>>,
    /// The commit.
    pub commit: Option<String>,
    /// Who wrote the change.
    pub by: Option<String>,
    /// What is to be done, as it was last written.
    pub text: String,
    /// What kind of item it is.
    pub class: ActionClass,
    /// How far the item has come by now; `None` where it is gone.
    pub state: Option<ItemState>,
    /// Who does it.
    pub owner: Option<String>,
    /// The day it is due.
    pub due: Option<NaiveDate>,
    /// Path of its document; of one that was deleted, its last.
    pub path: String,
    /// Its line now, from 1; `None` where it is gone.
    pub line: Option<u32>,
    /// Title of the document.
    pub title: String,
    /// Id of the document.
    pub id: Option<String>,
    /// What was before: a due day, an owner, the path of another document.
    pub from: Option<String>,
    /// What is since: a due day, an owner.
    pub to: Option<String>,
    /// Days since it was written; `None` where the history begins with it.
    pub days: Option<i64>,
}

/// A page of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ledger {
    /// The commit that is checked out.
    pub commit: Option<String>,
    /// First day; `None` for all.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// Numbers of the period.
    pub totals: Totals,
    /// Entries that were asked for.
    pub total: usize,
    /// Those of the page, the newest first.
    pub entries: Vec<LedgerEntry>,
    /// Why the commits may not tell all, where they may not.
    pub lack: Option<&'static str>,
    /// Documents in repositories within, whose commits are not read.
    pub elsewhere: usize,
}

/// What was read of one state of folder and history, kept for the next question.
#[derive(Debug, Default)]
pub(super) struct LedgerMemory(Mutex<Option<(Key, Arc<Tellings>)>>);

type Key = (Option<String>, (u64, u64));

impl KnowledgeBase {
    /// Returns what became of action items in a period. All versions of all documents are read, once for each commit and each
    /// state of the files.
    ///
    /// # Errors
    /// Outside of a git work tree, or where the repository, the index or a file cannot be read.
    pub fn ledger(&self, request: &LedgerRequest, progress: &dyn Fn(Progress)) -> Result<Ledger, KbError> {
        let tellings = self.tellings(progress)?;
        Ok(entries::page(&tellings, request, self.today()))
    }

    fn tellings(&self, progress: &dyn Fn(Progress)) -> Result<Arc<Tellings>, KbError> {
        let key: Key = (self.head()?, self.commit()?);
        let mut memory = self.ledger.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = memory.as_ref().filter(|(known, _)| *known == key) {
            return Ok(Arc::clone(known));
        }
        let documents = self.ask(|open| {
            let overview = Overview::read(open)?;
            (0..overview.rows.len()).map(|row| overview.summary(row)).collect::<Result<Vec<_>, _>>()
        })?;
        let tellings = Arc::new(read::read(self, &documents, progress)?);
        *memory = Some((key, Arc::clone(&tellings)));
        Ok(tellings)
    }
}
