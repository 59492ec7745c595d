//! Commits and tags of any repository in a stretch of time: what a timeline is drafted from.

use std::path::Path;

use chrono::{DateTime, Utc};
use git2::{ErrorCode, Oid, Repository, Sort};

use super::GitError;

/// Commits looked at: authors set dates, so that the order of a history is no order in time.
const MAX_WALKED: usize = 20_000;

/// A commit or a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GitEvent {
    /// When it was committed, or the tag was made.
    pub at: DateTime<Utc>,
    /// First characters of the commit's id.
    pub id: String,
    /// Who committed.
    pub author: String,
    /// First line of the message.
    pub subject: String,
    /// The tag, where it is one.
    pub tag: Option<String>,
}

/// Since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Since {
    /// The commits that are not in the history of this revision.
    Revision(String),
    /// An instant.
    Time(DateTime<Utc>),
}

/// Why there are no commits.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CommitsError {
    /// The folder is in no repository.
    #[error("`{0}` is in no git repository")]
    NoRepository(String),
    /// There is no such revision.
    #[error("`{0}` is neither a revision of that repository nor a time")]
    NoRevision(String),
    /// The repository cannot be read.
    #[error(transparent)]
    Git(#[from] GitError),
}

/// Returns the commits and tags of the repository at `path` since `since` until `until`, oldest first.
///
/// # Errors
/// Where there is no repository or revision, or it cannot be read.
pub(crate) fn events(path: &Path, since: &Since, until: DateTime<Utc>) -> Result<Vec<GitEvent>, CommitsError> {
    let shown = || path.display().to_string();
    let repository = match Repository::discover(path) {
        Ok(repository) => repository,
        Err(error) if error.code() == ErrorCode::NotFound => return Err(CommitsError::NoRepository(shown())),
        Err(error) if error.code() == ErrorCode::Owner => {
            return Err(GitError::NotOwned { path: path.to_owned() }.into());
        }
        Err(source) => return Err(GitError::Git { path: path.to_owned(), source }.into()),
    };
    let hidden = match since {
        Since::Time(_) => None,
        Since::Revision(name) => {
            let found = repository.revparse_single(name).and_then(|it| it.peel_to_commit());
            Some(found.map_err(|_| CommitsError::NoRevision(name.clone()))?.id())
        }
    };
    let from = match since {
        Since::Time(at) => *at,
        Since::Revision(_) => DateTime::<Utc>::MIN_UTC,
    };
    let read = || -> Result<Vec<GitEvent>, git2::Error> {
        let mut events = commits(&repository, hidden)?;
        let known: std::collections::HashSet<String> = events.iter().map(|it| it.id.clone()).collect();
        let in_range = |it: &GitEvent| hidden.is_none() || known.contains(&it.id);
        events.extend(tags(&repository)?.into_iter().filter(in_range));
        events.retain(|it| it.at >= from && it.at <= until);
        events.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.tag.is_some().cmp(&b.tag.is_some())));
        Ok(events)
    };
    read().map_err(|source| GitError::Git { path: path.to_owned(), source }.into())
}

fn commits(repository: &Repository, hidden: Option<Oid>) -> Result<Vec<GitEvent>, git2::Error> {
    let mut walk = repository.revwalk()?;
    walk.set_sorting(Sort::TIME)?;
    match walk.push_head() {
        Err(error) if matches!(error.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => return Ok(Vec::new()),
        other => other?,
    }
    if let Some(hidden) = hidden {
        walk.hide(hidden)?;
    }
    let mut events = Vec::new();
    for id in walk.take(MAX_WALKED) {
        let commit = repository.find_commit(id?)?;
        let Some(at) = DateTime::from_timestamp(commit.time().seconds(), 0) else { continue };
        let subject = String::from_utf8_lossy(commit.summary_bytes().unwrap_or_default()).trim().to_owned();
        let author = String::from_utf8_lossy(commit.author().name_bytes()).into_owned();
        events.push(GitEvent { at, id: short(commit.id()), author, subject, tag: None });
    }
    Ok(events)
}

fn tags(repository: &Repository) -> Result<Vec<GitEvent>, git2::Error> {
    let mut events = Vec::new();
    for reference in repository.references_glob("refs/tags/*")? {
        let reference = reference?;
        let Ok(commit) = reference.peel_to_commit() else { continue };
        let name = String::from_utf8_lossy(reference.shorthand_bytes()).into_owned();
        // An annotated tag has its own time and person.
        let tagger = reference.peel_to_tag().ok().and_then(|tag| {
            let tagger = tag.tagger()?;
            Some((tagger.when().seconds(), String::from_utf8_lossy(tagger.name_bytes()).into_owned()))
        });
        let (seconds, author) = tagger.unwrap_or_else(|| (commit.time().seconds(), String::new()));
        let Some(at) = DateTime::from_timestamp(seconds, 0) else { continue };
        events.push(GitEvent { at, id: short(commit.id()), author, subject: String::new(), tag: Some(name) });
    }
    Ok(events)
}

fn short(id: Oid) -> String {
    id.to_string().chars().take(8).collect()
}
