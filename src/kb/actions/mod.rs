//! Action items over all documents: what is open, what is overdue, whose it is.

mod list;
mod owner;
#[cfg(test)]
mod tests;

pub(super) use owner::is_named;

use chrono::NaiveDate;
use serde::Serialize;

use super::{KbError, KnowledgeBase};
use crate::index::Overview;
use crate::model::{ActionClass, ItemState, Severity, StatusState};

/// A state by which action items are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionState {
    /// Not done, overdue or not.
    Open,
    /// Not done, and its day is past.
    Overdue,
    /// Done.
    Done,
    /// Nobody will do it.
    Cancelled,
}

impl ActionState {
    /// Every state, in the order shown.
    pub const ALL: [Self; 4] = [Self::Open, Self::Overdue, Self::Done, Self::Cancelled];

    /// Returns the stable name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Order of action items; those without the value come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionSort {
    /// Earliest due date first.
    #[default]
    Due,
    /// Oldest incident first.
    Age,
    /// Most severe incident first.
    Severity,
}

impl ActionSort {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Due, Self::Age, Self::Severity];

    /// Returns the stable name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Age => "age",
            Self::Severity => "severity",
        }
    }
}

/// What action items are put together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionGrouping {
    /// Whose they are; the owner with the most first, those of nobody last.
    Owner,
    /// Which incident they come from; the newest first.
    Incident,
    /// When they are due.
    Due,
}

impl ActionGrouping {
    /// Every grouping.
    pub const ALL: [Self; 3] = [Self::Owner, Self::Incident, Self::Due];

    /// Returns the stable name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Incident => "incident",
            Self::Due => "due",
        }
    }
}

/// Whose action items are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnerFilter {
    /// Of the person whose name, a word of whose name, or whose handle behind its initial this is; without regard to case.
    Named(String),
    /// Of nobody.
    Nobody,
}

/// Which action items are wanted. Values of one field widen, fields narrow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActionFilter {
    /// A query that the document must match strictly; empty for all.
    pub query: String,
    /// State; all where none is given.
    pub state: Option<ActionState>,
    /// Owner.
    pub owner: Option<OwnerFilter>,
    /// Classes; all where none is given.
    pub classes: Vec<ActionClass>,
    /// Severity of the incident; `None` for those without.
    pub severities: Vec<Option<Severity>>,
    /// Least days since the incident began.
    pub min_age: Option<u32>,
    /// Most days since the incident began.
    pub max_age: Option<u32>,
}

/// A page of action items.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActionRequest {
    /// Which.
    pub filter: ActionFilter,
    /// In which order, within a group.
    pub sort: ActionSort,
    /// Put together by.
    pub group: Option<ActionGrouping>,
    /// First item wanted, from 0.
    pub offset: usize,
    /// Number of items wanted.
    pub limit: usize,
}

/// An action item and the document it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionEntry {
    /// Path of the document.
    pub path: String,
    /// Line in the file, counted from 1.
    pub line: u32,
    /// What is to be done.
    pub text: String,
    /// Class.
    pub class: ActionClass,
    /// Done.
    pub done: bool,
    /// How far it has come.
    pub state: ItemState,
    /// Not done, and its day is past.
    pub overdue: bool,
    /// Who does it.
    pub owner: Option<String>,
    /// The day it is due.
    pub due: Option<NaiveDate>,
    /// The due date as written.
    pub due_text: Option<String>,
    /// The day was worked out from a heading such as "This week" and the incident's date.
    pub due_inferred: bool,
    /// Priority as written.
    pub priority: Option<String>,
    /// What sort of action it is, as written.
    #[serde(rename = "type")]
    pub sort: Option<String>,
    /// What shows that it is done, as written.
    pub done_when: Option<String>,
    /// The heading it stands under.
    pub heading: Option<String>,
    /// Title of the document.
    pub title: String,
    /// Id of the document.
    pub id: Option<String>,
    /// Severity of the incident.
    pub severity: Option<Severity>,
    /// Status of the incident.
    pub status: Option<StatusState>,
    /// Days since the incident began.
    pub age_days: Option<i64>,
    /// The day on which the incident began.
    #[serde(skip)]
    pub began: Option<NaiveDate>,
    /// Number of its group in [`ActionItems::groups`].
    #[serde(skip)]
    pub group: Option<usize>,
}

/// Action items put together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionGroup {
    /// Owner, title of the incident, or when they are due; empty for those of nobody.
    pub name: String,
    /// Path of the document that stands for the incident.
    pub path: Option<String>,
    /// Items.
    pub items: usize,
    /// Of these, overdue ones.
    pub overdue: usize,
}

/// Numbers over every item that the filter leaves, whatever its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct ActionTotals {
    /// Not done.
    pub open: usize,
    /// Of the open ones, overdue.
    pub overdue: usize,
    /// Of the open ones, of nobody.
    pub unowned: usize,
    /// Of the open ones, without a day by which they are due.
    pub undated: usize,
    /// Done.
    pub done: usize,
    /// Those that nobody will do.
    pub cancelled: usize,
}

/// A page of action items and what it is cut from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionItems {
    /// Items that were asked for.
    pub total: usize,
    /// Numbers in every state.
    pub totals: ActionTotals,
    /// The groups that are on the page, in order.
    pub groups: Vec<ActionGroup>,
    /// The items of the page.
    pub items: Vec<ActionEntry>,
}

impl KnowledgeBase {
    /// Lists action items of all documents.
    ///
    /// # Errors
    /// Where the query cannot be understood, or there is no index, or it cannot be read.
    pub fn action_items(&self, request: &ActionRequest) -> Result<ActionItems, KbError> {
        let today = self.today();
        self.ask(|open| list::list(&Overview::read(open)?, request, today))
    }
}
