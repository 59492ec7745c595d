//! When documents last changed: by their last commit where there is git, by the time of the file else.

use std::cmp::Reverse;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rustc_hash::FxHashMap;

use super::incidents::{Group, Selection, incident};
use super::page::page;
use super::{Incident, IncidentFilter, KbError, KnowledgeBase};
use crate::index::{IndexError, OpenIndex, Overview};
use crate::store::fs;
use crate::store::git::{FileCommit, GitHistory, WorkingState};

/// Files compared with their commit, those whose time is the latest: after a clone the times of all tell nothing, and
/// what somebody writes today has a later one than most.
const MAX_COMPARED: usize = 200;
/// How long one question about a single file reads in its commits.
const PATIENCE: Duration = Duration::from_millis(500);

/// When the files changed, by path: seconds since 1970.
type Times = FxHashMap<String, i64>;

impl KnowledgeBase {
    /// Returns the incidents that changed last, newest change first, each with when it was.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn last_changed(&self, limit: usize) -> Result<Vec<Incident>, KbError> {
        let committed = self.commit_times(Duration::ZERO).unwrap_or_default().times;
        self.ask(|open| self.find_changed(open, &committed, limit))
    }

    fn find_changed(&self, open: &OpenIndex, committed: &Times, limit: usize) -> Result<Vec<Incident>, IndexError> {
        let overview = Overview::read(open)?;
        let mut times: Vec<Option<DateTime<Utc>>> = overview.rows.iter().map(|row| file_time(row.modified)).collect();
        if !committed.is_empty() {
            let paths = overview.paths()?;
            let mut latest: Vec<usize> = (0..times.len()).collect();
            // A time that cannot be trusted is of a moment ago.
            latest.sort_by_key(|row| {
                Reverse(Some(overview.rows[*row].modified).filter(|it| *it > 0).unwrap_or(u64::MAX))
            });
            let changed: Vec<usize> =
                latest.into_iter().take(MAX_COMPARED).filter(|row| self.is_changed(&paths[*row])).collect();
            for (row, path) in paths.iter().enumerate().filter(|(row, _)| !changed.contains(row)) {
                let committed = committed.get(path).and_then(|at| DateTime::from_timestamp(*at, 0));
                times[row] = committed.or(times[row]);
            }
        }
        let groups = Selection::of(&overview, &IncidentFilter::default())?.groups;
        // Where the file's own time cannot be trusted yet it changed a moment ago.
        let changed = |rows: &[usize]| rows.iter().map(|row| times[*row].unwrap_or(DateTime::<Utc>::MAX_UTC)).max();
        let latest = page(groups, |group| (Reverse(changed(group.rows)), group.key(&overview)), 0, limit);
        let incident = |group: &Group<'_>| {
            let incident = incident(&overview, group)?;
            Ok(Incident { updated: group.rows.iter().filter_map(|row| times[*row]).max(), ..incident })
        };
        latest.iter().map(incident).collect()
    }

    fn is_changed(&self, path: &str) -> bool {
        !matches!(self.history(path), Ok(Some(history)) if history.working == WorkingState::Committed)
    }
}

fn file_time(nanoseconds: u64) -> Option<DateTime<Utc>> {
    i64::try_from(nanoseconds).ok().filter(|it| *it > 0).map(DateTime::from_timestamp_nanos)
}

/// What git knows of a file at present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastCommit {
    /// The last commit that changed it; `None` where it is in no commit.
    pub commit: Option<FileCommit>,
    /// It has been changed since.
    pub changed_since: bool,
}

/// Returns the last commit of any file, inside a knowledge base or not; nothing outside of git.
///
/// # Errors
/// Where the file or the repository cannot be read.
pub fn last_commit(file: &Path) -> Result<Option<LastCommit>, KbError> {
    let bytes = fs::read(file, u64::MAX)?;
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let (Some(folder), Some(name)) = (file.parent(), file.file_name().and_then(|name| name.to_str())) else {
        return Ok(None);
    };
    let Some(git) = GitHistory::open(folder)? else { return Ok(None) };
    let history = git.of_file(name, &bytes, PATIENCE, &|path| path == name)?;
    let changed_since = history.working == WorkingState::Changed;
    let commit = history.commits.into_iter().next();
    let is_known = commit.is_some() || history.working == WorkingState::Uncommitted;
    Ok(is_known.then_some(LastCommit { commit, changed_since }))
}
