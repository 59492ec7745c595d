//! How long records are kept.

use std::time::Duration;

use chrono::{DateTime, NaiveDate};
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::csv::Table;
use crate::evidence::retention::{RetentionRow, rows, sort, table};
use crate::index::Row;
use crate::kb::{KbError, KnowledgeBase};
use crate::model::Kind;

/// How much of the git history the days of the last commits come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Commits {
    /// All of it.
    Read,
    /// A part: it is still being read.
    Reading,
    /// There is none.
    None,
}

/// Every record and how long it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Retention {
    /// The day as of which it is told.
    pub at: NaiveDate,
    /// Whether the days of the last commits are known.
    pub commits: Commits,
    /// The clone is shallow: the day of a last commit may be later than it was, and what is kept until then too.
    pub shallow: bool,
    /// Records, the one whose day comes first at the top, those without a day last.
    pub rows: Vec<RetentionRow>,
}

impl Retention {
    /// Returns rows that are in order. As long as commits are being read nothing is said to be eligible for disposal: the last
    /// change of a record may not be known yet.
    pub(super) fn new(at: NaiveDate, days: &CommitDays, mut rows: Vec<RetentionRow>) -> Self {
        if days.commits == Commits::Reading {
            rows.iter_mut().for_each(|row| row.eligible = false);
        }
        Self { at, commits: days.commits, shallow: days.shallow, rows }
    }

    /// Returns the records as a table.
    #[must_use]
    pub(crate) fn table(&self) -> Table {
        let mut table = table(&self.rows);
        table.head.push("shallow_history");
        table.rows.iter_mut().for_each(|row| row.push(if self.shallow { "yes" } else { "no" }.into()));
        table
    }
}

impl KnowledgeBase {
    /// Returns every record and how long it is kept, as of `at` or today; reads on in the git history for about `budget`.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn retention(&self, at: Option<NaiveDate>, budget: Duration) -> Result<Retention, KbError> {
        let (at, days) = (at.unwrap_or_else(|| self.today()), self.commit_days(budget)?);
        let mut found = self.gather("", is_kept, |found: &mut Vec<RetentionRow>, records| {
            found.extend(rows(records, &|path| days.of(path), at));
        })?;
        sort(&mut found);
        Ok(Retention::new(at, &days, found))
    }

    /// Returns the days of the last commits, after reading on in the git history for about `budget`.
    pub(super) fn commit_days(&self, budget: Duration) -> Result<CommitDays, KbError> {
        let more = self.read_history(budget)?;
        let times = self.commit_times()?;
        let commits = match (times.is_empty(), more) {
            (_, true) => Commits::Reading,
            (true, false) => Commits::None,
            (false, false) => Commits::Read,
        };
        Ok(CommitDays { times, commits, shallow: self.has_shallow_history()? })
    }
}

/// When files were last changed by a commit.
pub(super) struct CommitDays {
    times: FxHashMap<String, i64>,
    commits: Commits,
    shallow: bool,
}

impl CommitDays {
    /// Returns the day of the last commit that changed the file at `path`, where that is known.
    pub(super) fn of(&self, path: &str) -> Option<NaiveDate> {
        Some(DateTime::from_timestamp(*self.times.get(path)?, 0)?.date_naive())
    }
}

/// Tells whether the document is a record or states something about compliance. A report that states nothing still
/// stands for its incident, and names it.
pub(super) fn is_kept(row: &Row) -> bool {
    row.is_governed || row.kind != Kind::Other
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Record;
    use crate::parse::{ParseOptions, parse};

    #[test]
    fn nothing_is_eligible_before_the_commits_are_read() {
        let text = "---\nkind: incident\nretention-period: 1-year\ndate: 2020-01-05\n---\n# One\n";
        let document = parse("a.md", text.as_bytes(), &ParseOptions::default()).document;
        let at: NaiveDate = "2026-01-01".parse().unwrap();
        let found = |commits| {
            let records = [Record { document: &document, incident: "a.md" }];
            let days = CommitDays { times: FxHashMap::default(), commits, shallow: false };
            Retention::new(at, &days, rows(&records, &|_| None, at)).rows[0].eligible
        };
        assert_eq!([Commits::Read, Commits::None, Commits::Reading].map(found), [true, true, false]);
    }
}
