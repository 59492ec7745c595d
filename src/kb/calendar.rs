//! What is due, for a calendar: reviews, notices of breaches, action items.

use chrono::{NaiveDate, TimeZone, Utc};

use super::notices::NoticeRow;
use super::reviews::ReviewRow;
use super::{ActionEntry, KnowledgeBase};
use crate::calendar::{Due, Entry, calendar};
use crate::compliance::Point;

/// Gives the address of a line of a document, where it has one.
type AddressOf<'a> = &'a dyn Fn(&str, u32) -> Option<String>;

impl KnowledgeBase {
    /// Returns the reviews that have a day as an iCalendar file called `name`.
    #[must_use]
    pub fn calendar_of_reviews(&self, name: &str, rows: &[ReviewRow], url: AddressOf<'_>) -> String {
        let entry = |row: &ReviewRow| {
            let often = row.frequency.as_ref().map(|it| format!("reviewed {it}"));
            let last = row.last.map(|day| format!("last reviewed {day}"));
            let who = row.reviewer.as_ref().map(|it| format!("by {it}"));
            let facts: Vec<String> = [often, last, who].into_iter().flatten().collect();
            let path = &row.document.path;
            Some(Entry {
                key: key(&["review", path]),
                due: Due::Day(row.due?),
                summary: format!("Review: {}", row.document.title),
                details: details(&[facts.join(", "), path.clone()]),
                url: url(path, 0),
            })
        };
        let entries: Vec<Entry> = rows.iter().filter_map(entry).collect();
        calendar(name, self.today(), &entries)
    }

    /// Returns the notices that are still to be given as an iCalendar file called `name`.
    #[must_use]
    pub fn calendar_of_notices(&self, name: &str, rows: &[NoticeRow], url: AddressOf<'_>) -> String {
        let entry = |row: &NoticeRow| {
            let path = &row.document.path;
            Entry {
                key: key(&["notice", path, &row.key, row.citation]),
                due: due(row.due),
                summary: format!("Last day to notify {}: {}", row.recipient, row.document.title),
                details: details(&[
                    format!("{}, {}", row.regime, row.citation),
                    row.condition.to_owned(),
                    format!("counted from {} {}", row.counted_from, row.counted_from_day),
                    path.clone(),
                ]),
                url: url(path, 0),
            }
        };
        let entries: Vec<Entry> = rows.iter().filter(|row| row.is_open()).map(entry).collect();
        calendar(name, self.today(), &entries)
    }

    /// Returns the open action items that have a day as an iCalendar file called `name`.
    #[must_use]
    pub fn calendar_of_actions(&self, name: &str, items: &[ActionEntry], url: AddressOf<'_>) -> String {
        let entry = |item: &ActionEntry| {
            let day: NaiveDate = item.due.filter(|_| item.state.is_open())?;
            let owner = item.owner.as_ref().map_or_else(|| "no owner".to_owned(), |owner| format!("owner {owner}"));
            let computed = if item.due_inferred { ", day worked out by ris" } else { "" };
            Some(Entry {
                key: key(&["action", &item.path, &item.text]),
                due: Due::Day(day),
                summary: format!("Due: {}", item.text),
                details: details(&[
                    format!("{owner}{computed}"),
                    item.title.clone(),
                    format!("{}:{}", item.path, item.line),
                ]),
                url: url(&item.path, item.line),
            })
        };
        let entries: Vec<Entry> = items.iter().filter_map(entry).collect();
        calendar(name, self.today(), &entries)
    }
}

fn key(parts: &[&str]) -> Vec<String> {
    parts.iter().map(|part| (*part).to_owned()).collect()
}

fn details(lines: &[String]) -> Vec<String> {
    lines.iter().filter(|line| !line.is_empty()).cloned().collect()
}

/// A time without a zone is of no use in a calendar that may be read anywhere: its day is.
fn due(at: Point) -> Due {
    let moment =
        at.time.zip(at.offset).and_then(|(time, offset)| offset.from_local_datetime(&at.day.and_time(time)).single());
    moment.map_or(Due::Day(at.day), |moment| Due::Moment(moment.with_timezone(&Utc)))
}
