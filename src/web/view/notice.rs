//! Notices of possible breaches as rows of a page.

use super::summary::{Part, message};
use super::words::date_words;
use crate::kb::notices::{NoticeRow, NoticeState, Point, Unclear};
use crate::web::links;

/// A notice.
#[derive(Debug, Clone)]
pub(crate) struct NoticeLine {
    pub(crate) url: String,
    pub(crate) title: String,
    /// The last day, for programs.
    pub(crate) machine: String,
    pub(crate) due: String,
    /// How it stands, in words.
    pub(crate) standing: String,
    pub(crate) is_late: bool,
    pub(crate) recipient: &'static str,
    pub(crate) rule: String,
    /// The rule was not compared with its text.
    pub(crate) unsure: bool,
    pub(crate) from: String,
}

impl NoticeLine {
    pub(crate) fn of(row: &NoticeRow) -> Self {
        Self {
            url: links::document(&row.document.path),
            title: row.document.title.clone(),
            machine: row.due.day.to_string(),
            due: words(row.due),
            standing: row.standing(words),
            is_late: matches!(row.state, NoticeState::Overdue | NoticeState::Late),
            recipient: row.recipient,
            rule: format!("{}, {}", row.regime, row.citation),
            unsure: !row.compared,
            from: format!("{} {}", row.counted_from, words(row.counted_from_day)),
        }
    }
}

/// A record whose notices cannot all be told.
#[derive(Debug, Clone)]
pub(crate) struct UnclearLine {
    pub(crate) url: String,
    pub(crate) title: String,
    pub(crate) reasons: Vec<Part>,
}

impl UnclearLine {
    pub(crate) fn of(record: &Unclear) -> Self {
        Self {
            url: links::document(&record.document.path),
            title: record.document.title.clone(),
            reasons: message(&record.reasons.join("; ")),
        }
    }
}

/// Returns a moment as people read it; its time where it has one.
fn words(point: Point) -> String {
    let day = point.day.to_string();
    format!("{}{}", date_words(&day), point.to_string().strip_prefix(&day).unwrap_or_default())
}
