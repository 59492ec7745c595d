//! The git history of a document, in words.

use crate::kb::{FileCommit, FileHistory, KbError, Older, WorkingState};

/// Commits that are shown before the fold.
const OPEN: usize = 5;

/// The history as shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct HistoryView {
    /// Newest first.
    pub(crate) commits: Vec<CommitView>,
    /// The older ones, folded.
    pub(crate) folded: Vec<CommitView>,
    /// How the file stands to the last commit, where that needs saying.
    pub(crate) state: Option<&'static str>,
    /// What is not shown.
    pub(crate) older: Option<String>,
    /// Why there is no history.
    pub(crate) failure: Option<String>,
}

/// One commit.
#[derive(Debug, Clone)]
pub(crate) struct CommitView {
    pub(crate) id: String,
    pub(crate) machine: String,
    pub(crate) day: String,
    pub(crate) author: String,
    pub(crate) subject: String,
    pub(crate) lines: Option<(usize, usize)>,
    pub(crate) deleted: bool,
    pub(crate) renamed_from: Option<String>,
}

impl HistoryView {
    /// Returns the view of what the knowledge base answered; `None` outside of a git work tree.
    pub(crate) fn of(answer: Result<Option<FileHistory>, KbError>) -> Option<Self> {
        match answer {
            Ok(history) => Some(Self::from(&history?)),
            Err(error) => {
                let hint = error.hint().map(|hint| format!("; {hint}")).unwrap_or_default();
                Some(Self { failure: Some(format!("{error}{hint}")), ..Self::default() })
            }
        }
    }
}

impl From<&FileHistory> for HistoryView {
    fn from(history: &FileHistory) -> Self {
        let mut commits: Vec<CommitView> = history.commits.iter().map(CommitView::from).collect();
        let folded = if commits.len() > OPEN + 1 { commits.split_off(OPEN) } else { Vec::new() };
        let state = match history.working {
            WorkingState::Committed => None,
            WorkingState::Changed => Some("Changed since the last commit."),
            WorkingState::Uncommitted => Some("Not committed yet."),
        };
        let older = match history.older {
            Older::None => None,
            Older::Left(1) => Some("1 older commit is not shown.".to_owned()),
            Older::Left(count) => Some(format!("{count} older commits are not shown.")),
            Older::Unread => Some("Older commits are still being read; load the page again to see them.".to_owned()),
            Older::Capped => Some("Older commits are not read in a repository of this size.".to_owned()),
            Older::Shallow => Some("This clone is shallow: older commits are not in it.".to_owned()),
        };
        Self { commits, folded, state, older, failure: None }
    }
}

impl From<&FileCommit> for CommitView {
    fn from(commit: &FileCommit) -> Self {
        Self {
            id: commit.id.get(..8).unwrap_or(&commit.id).to_owned(),
            machine: commit.at.to_rfc3339(),
            day: commit.at.format("%-d %b %Y").to_string(),
            author: commit.author.clone(),
            subject: commit.subject.clone(),
            lines: commit.lines,
            deleted: commit.deleted,
            renamed_from: commit.renamed_from.clone(),
        }
    }
}
