//! What a commit says of itself, and what git's settings say of its user.

use std::path::Path;

use chrono::{DateTime, FixedOffset, TimeZone};
use git2::{Commit, Time};

use super::repository::open;

/// What a commit says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CommitFacts {
    /// The id in full.
    pub id: String,
    /// Who wrote the change.
    pub author: String,
    /// When, in the author's zone.
    pub authored: DateTime<FixedOffset>,
    /// Who made the commit.
    pub committer: String,
    /// When, in the committer's zone.
    pub committed: DateTime<FixedOffset>,
    /// First line of the message.
    pub subject: String,
    /// It carries a signature; whether that is good is not looked at.
    pub is_signed: bool,
}

/// Returns the name that git's settings for the folder `root` give its user.
#[must_use]
pub(crate) fn user_name(root: &Path) -> Option<String> {
    let settings = match open(root) {
        Ok(Some((repository, _))) => repository.config(),
        _ => git2::Config::open_default(),
    };
    settings.and_then(|settings| settings.get_string("user.name")).ok().filter(|name| !name.trim().is_empty())
}

/// Returns what `commit` says of itself.
pub(super) fn facts(commit: &Commit<'_>, is_signed: bool) -> CommitFacts {
    let name = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    let (author, committer) = (commit.author(), commit.committer());
    CommitFacts {
        id: commit.id().to_string(),
        author: name(author.name_bytes()),
        authored: instant(author.when()),
        committer: name(committer.name_bytes()),
        committed: instant(committer.when()),
        subject: name(commit.summary_bytes().unwrap_or_default()),
        is_signed,
    }
}

fn instant(time: Time) -> DateTime<FixedOffset> {
    let offset = FixedOffset::east_opt(time.offset_minutes().saturating_mul(60));
    let offset = offset.unwrap_or_else(|| FixedOffset::east_opt(0).expect("zero is an offset"));
    let at = offset.timestamp_opt(time.seconds(), 0).single();
    at.unwrap_or_else(|| DateTime::UNIX_EPOCH.with_timezone(&offset))
}
