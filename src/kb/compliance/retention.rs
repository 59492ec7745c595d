//! How long records are kept.

use std::time::Duration;

use chrono::{DateTime, NaiveDate};
use serde::Serialize;

use crate::evidence::retention::{RetentionRow, rows};
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
    /// Records, the one whose day comes first at the top, those without a day last.
    pub rows: Vec<RetentionRow>,
}

impl KnowledgeBase {
    /// Returns every record and how long it is kept, as of `at` or today; reads on in the git history for about `budget`.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn retention(&self, at: Option<NaiveDate>, budget: Duration) -> Result<Retention, KbError> {
        let governed = self.governed("", |row| row.is_governed || row.kind != Kind::Other)?;
        let more = self.read_history(budget)?;
        let times = self.commit_times()?;
        let committed = |path: &str| Some(DateTime::from_timestamp(*times.get(path)?, 0)?.date_naive());
        let at = at.unwrap_or_else(|| self.today());
        let commits = match (times.is_empty(), more) {
            (_, true) => Commits::Reading,
            (true, false) => Commits::None,
            (false, false) => Commits::Read,
        };
        Ok(Retention { at, commits, rows: rows(&governed.records(), &committed, at) })
    }
}
