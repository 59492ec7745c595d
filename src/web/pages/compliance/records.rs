//! Records and reviews as rows of the page.

use chrono::NaiveDate;

use crate::kb::retention::{RetentionRow, RetentionState};
use crate::kb::reviews::{Lack, ReviewRow};
use crate::model::Kind;
use crate::web::links;
use crate::web::view::{count, date_words, grouped, kind_label};

/// The first rows of a list.
pub(super) struct Part<T> {
    pub(super) total: usize,
    pub(super) rows: Vec<T>,
    /// How many are left out, where any are.
    pub(super) more: Option<String>,
}

impl<T> Part<T> {
    pub(super) fn of<'a, R: 'a>(all: impl Iterator<Item = &'a R>, most: usize, row: impl Fn(&'a R) -> T) -> Self {
        let mut total = 0;
        let rows =
            all.inspect(|_| total += 1).enumerate().filter(|(at, _)| *at < most).map(|(_, it)| row(it)).collect();
        Self { total, rows, more: (total > most).then(|| grouped(total - most)) }
    }
}

/// A day, for programs and for people.
pub(super) struct DayView {
    pub(super) machine: String,
    pub(super) words: String,
}

impl DayView {
    fn of(day: NaiveDate) -> Self {
        Self { words: date_words(&day.to_string()), machine: day.to_string() }
    }
}

/// A record and how long it is kept.
pub(super) struct RecordLine {
    pub(super) url: String,
    pub(super) title: String,
    pub(super) kind: &'static str,
    pub(super) until: Option<DayView>,
    pub(super) disposal: Option<DayView>,
    pub(super) period: String,
    pub(super) from: String,
    /// What is to be stated before a day follows.
    pub(super) lack: &'static str,
    pub(super) hold: Option<(String, String)>,
    pub(super) floor: Option<String>,
    pub(super) eligible: bool,
}

impl RecordLine {
    pub(super) fn of(row: &RetentionRow) -> Self {
        let floor = row.floor.as_ref().map(|it| {
            let until = it.until.map(|day| format!(", until {}", date_words(&day.to_string()))).unwrap_or_default();
            format!("{} asks for {} years{until} ({})", it.regime, it.years, it.citation)
        });
        Self {
            url: links::document(&row.document.path),
            title: row.document.title.clone(),
            kind: kind(row.document.kind),
            until: row.until.map(DayView::of),
            disposal: row.disposal_from.map(DayView::of),
            period: row.period_words(),
            from: row
                .from
                .map(|it| format!("{} {}", it.what.as_str(), date_words(&it.day.to_string())))
                .unwrap_or_default(),
            lack: match row.state {
                RetentionState::Unstated => "no period is stated",
                RetentionState::Unreadable => "this is no period",
                RetentionState::Undated => "no day to count from",
                RetentionState::Past | RetentionState::Kept | RetentionState::Forever => "",
            },
            hold: row.hold.as_ref().map(|it| (it.shown().to_owned(), links::source(&it.path, it.line))),
            floor,
            eligible: row.eligible,
        }
    }
}

/// A review.
pub(super) struct ReviewLine {
    pub(super) url: String,
    pub(super) title: String,
    pub(super) kind: &'static str,
    pub(super) due: Option<DayView>,
    pub(super) is_inferred: bool,
    pub(super) when: String,
    pub(super) is_late: bool,
    pub(super) every: String,
    pub(super) last: Option<DayView>,
    pub(super) reviewer: String,
    pub(super) lack: &'static str,
}

impl ReviewLine {
    pub(super) fn of(row: &ReviewRow) -> Self {
        let days = |days: i64| count(usize::try_from(days).unwrap_or(0), "day");
        Self {
            url: links::document(&row.document.path),
            title: row.document.title.clone(),
            kind: kind(row.document.kind),
            due: row.due.map(DayView::of),
            is_inferred: row.due.is_some() && !row.stated,
            when: match row.days_late {
                None => String::new(),
                Some(0) => "today".to_owned(),
                Some(late @ 1..) => format!("{} late", days(late)),
                Some(early) => format!("in {}", days(-early)),
            },
            is_late: row.is_overdue(),
            every: row.frequency_words(),
            last: row.last.map(DayView::of),
            reviewer: row.reviewer.clone().unwrap_or_default(),
            lack: match row.lack {
                Some(Lack::Start) => "nothing to count from: neither created nor last reviewed is stated",
                Some(Lack::Frequency) => "does not say how often",
                Some(Lack::ByEvent) => "when something happens",
                None => "",
            },
        }
    }
}

fn kind(name: &str) -> &'static str {
    Kind::from_name(name).map_or("", kind_label)
}
