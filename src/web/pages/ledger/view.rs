//! An entry of the ledger as the list shows it.

use crate::csv::{Cell, Table};
use crate::kb::{KnowledgeBase, LedgerEntry, LedgerKind};
use crate::model::short_id;
use crate::web::links;
use crate::web::view::date_words;

/// An entry.
pub(super) struct EntryView {
    /// The day, for programs and for people.
    pub(super) machine: String,
    pub(super) day: String,
    pub(super) what: String,
    /// How good or bad that is.
    pub(super) class: &'static str,
    pub(super) by: String,
    /// `None` for what is not committed yet.
    pub(super) commit: Option<String>,
    pub(super) text: String,
    /// Where the item stands; `None` where it does no more.
    pub(super) url: Option<String>,
    pub(super) title: String,
    /// `None` where the document is there no more.
    pub(super) document_url: Option<String>,
    pub(super) path: String,
}

impl EntryView {
    pub(super) fn of(kb: &KnowledgeBase, entry: &LedgerEntry) -> Self {
        let is_there = entry.line.is_some() || kb.locate_file(&entry.path).is_ok();
        Self {
            machine: entry.on.to_string(),
            day: date_words(&entry.on.to_string()),
            what: entry.words(str::to_owned),
            class: match entry.what {
                LedgerKind::Done => "went-well",
                LedgerKind::Dropped => "overdue",
                LedgerKind::Reopened | LedgerKind::DueMoved => "put-off",
                LedgerKind::Cancelled => "raw",
                LedgerKind::Written | LedgerKind::Handed | LedgerKind::Moved => "",
            },
            by: entry.by.clone().unwrap_or_default(),
            commit: entry.commit.as_deref().map(|id| short_id(id).to_owned()),
            text: entry.text.clone(),
            url: entry.line.map(|line| links::passage(&entry.path, line)),
            title: entry.title.clone(),
            document_url: is_there.then(|| links::document(&entry.path)),
            path: entry.path.clone(),
        }
    }
}

/// Returns entries as a table.
pub(super) fn table(entries: &[LedgerEntry]) -> Table {
    let text = |text: &Option<String>| Cell::from(text.as_deref().unwrap_or_default());
    let row = |entry: &LedgerEntry| {
        vec![
            entry.on.into(),
            entry.what.as_str().into(),
            text(&entry.from),
            text(&entry.to),
            entry.days.map_or(Cell::Empty, |days| Cell::Number(days as f64)),
            text(&entry.by),
            text(&entry.commit),
            entry.text.as_str().into(),
            entry.class.as_str().into(),
            entry.state.map_or("gone", |state| state.as_str()).into(),
            text(&entry.owner),
            entry.due.map_or(Cell::Empty, Cell::from),
            text(&entry.id),
            entry.title.as_str().into(),
            entry.path.as_str().into(),
            entry.line.map_or(Cell::Empty, Cell::from),
        ]
    };
    let head = vec![
        "day",
        "what",
        "from",
        "to",
        "days_since_written",
        "by",
        "commit",
        "action",
        "class",
        "state",
        "owner",
        "due",
        "document_id",
        "document",
        "file",
        "line",
    ];
    Table { head, rows: entries.iter().map(row).collect() }
}
