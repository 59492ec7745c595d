//! The ledger: what became of action items, told by the commits that changed their documents.

mod document;
mod entries;
mod memory;
mod read;
mod times;
mod versions;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::{OwnerFilter, Refused};
use crate::evidence::Window;
use crate::ledger::Totals;
use crate::model::{ActionClass, ItemState, counted};

pub use document::ItemsPast;
pub use memory::LedgerBook;
pub(super) use memory::LedgerMemory;
pub(super) use read::stories_of;
pub use times::LedgerTimes;

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

impl LedgerEntry {
    /// Returns what happened, in a few words; `path` says how a path is written.
    #[must_use]
    pub fn words(&self, path: impl Fn(&str) -> String) -> String {
        let or = |value: &Option<String>, none: &str| value.clone().unwrap_or_else(|| none.to_owned());
        match self.what {
            LedgerKind::DueMoved => format!("due {} → {}", or(&self.from, "no day"), or(&self.to, "no day")),
            LedgerKind::Handed => format!("{} → {}", or(&self.from, "nobody"), or(&self.to, "nobody")),
            LedgerKind::Moved => format!("moved from {}", path(self.from.as_deref().unwrap_or_default())),
            LedgerKind::Written | LedgerKind::Reopened => self.what.as_str().to_owned(),
            LedgerKind::Done | LedgerKind::Cancelled | LedgerKind::Dropped => {
                let days = |days| counted(usize::try_from(days).unwrap_or(0), "day", "days");
                let after = self.days.map(|it| format!(" after {}", days(it))).unwrap_or_default();
                format!("{}{after}", self.what.as_str())
            }
        }
    }
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

/// Returns what is said outside of git.
fn no_repository() -> Refused {
    let message = "what became of action items is told by commits, and this folder is in no git repository";
    Refused::new(message).hint("make one with `git init`, and commit")
}
