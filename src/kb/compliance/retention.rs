//! How long records are kept.

use std::time::Duration;

use chrono::{DateTime, NaiveDate};
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::csv::{Cell, Table};
use crate::evidence::retention::{RetentionRow, rows, sort, table};
use crate::index::Row;
use crate::kb::{KbError, KnowledgeBase};
use crate::model::Kind;
use crate::store::git::LastTimes;

/// How much of the git history the days of the last commits come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Commits {
    /// All of it.
    Read,
    /// A part: it is still being read.
    Reading,
    /// The newest part: there are more commits than are read.
    Capped,
    /// There is none.
    None,
}

impl Commits {
    fn of(last: &LastTimes) -> Self {
        match last {
            LastTimes { more: true, .. } => Self::Reading,
            LastTimes { capped: true, .. } => Self::Capped,
            LastTimes { times, .. } if times.is_empty() => Self::None,
            _ => Self::Read,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Reading => "reading",
            Self::Capped => "capped",
            Self::None => "none",
        }
    }
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
    /// Returns rows that are in order. Nothing is said to be eligible for disposal whose last change may not be known: as long
    /// as commits are being read, or where some are never read.
    pub(super) fn new(at: NaiveDate, days: &CommitDays, mut rows: Vec<RetentionRow>) -> Self {
        let is_known = |path: &str| match days.commits {
            Commits::Read | Commits::None => true,
            Commits::Reading => false,
            Commits::Capped => days.of(path).is_some(),
        };
        rows.iter_mut().for_each(|row| row.eligible &= is_known(&row.document.path));
        Self { at, commits: days.commits, shallow: days.shallow, rows }
    }

    /// Returns the records as a table.
    #[must_use]
    pub(crate) fn table(&self) -> Table {
        let mut table = table(&self.rows);
        table.head.extend(["commits", "shallow_history"]);
        let about = [self.commits.as_str(), if self.shallow { "yes" } else { "no" }];
        table.rows.iter_mut().for_each(|row| row.extend(about.map(Cell::from)));
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
        let last = self.commit_times(budget)?;
        Ok(CommitDays { commits: Commits::of(&last), shallow: last.shallow, times: last.times })
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
    fn nothing_is_eligible_whose_last_commit_may_not_be_known() {
        let text = "---\nkind: incident\nretention-period: 1-year\ndate: 2020-01-05\n---\n# One\n";
        let document = parse("a.md", text.as_bytes(), &ParseOptions::default()).document;
        let at: NaiveDate = "2026-01-01".parse().unwrap();
        let found = |times: &[(&str, i64)], more, capped| {
            let times: FxHashMap<String, i64> = times.iter().map(|(path, at)| ((*path).to_owned(), *at)).collect();
            let last = LastTimes { times, more, capped, shallow: false };
            let days = CommitDays { commits: Commits::of(&last), shallow: false, times: last.times };
            let records = [Record { document: &document, incident: "a.md" }];
            let found = Retention::new(at, &days, rows(&records, &|path| days.of(path), at));
            (found.commits, found.rows[0].eligible)
        };
        let (known, other) = ([("a.md", 1_600_000_000)], [("b.md", 1_600_000_000)]);
        assert_eq!(found(&known, false, false), (Commits::Read, true));
        assert_eq!(found(&[], false, false), (Commits::None, true));
        assert_eq!(found(&known, true, false), (Commits::Reading, false));
        // More commits than are read: that of this file may be among the others.
        assert_eq!(found(&known, false, true), (Commits::Capped, true));
        assert_eq!(found(&other, false, true), (Commits::Capped, false));
        assert_eq!(found(&[], false, true), (Commits::Capped, false));
    }
}
