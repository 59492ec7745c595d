//! A timeline drafted from the commits and tags of a repository.

use std::path::PathBuf;

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde_json::{Value, json};

use super::Refused;
use crate::clock::Zone;
use crate::kb::KbError;
use crate::model::counted;
use crate::parse::leading_moment;
use crate::sensitive;
use crate::store::git::{self, CommitsError, GitEvent, Since};

/// Entries drafted.
const MAX_EVENTS: usize = 60;

/// Commits of a repository in a stretch of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitWindow {
    /// The repository, or a folder in it.
    pub repository: PathBuf,
    /// A revision, a day or a time; the day before the incident where nothing is said.
    pub since: Option<String>,
    /// A day or a time; now where nothing is said.
    pub until: Option<String>,
}

/// The entries, and a sentence that says what they are.
pub(super) struct Drafted {
    pub(super) entries: Vec<Value>,
    pub(super) about: String,
    /// What was taken out of the messages, since it must not stand in a document, each sort once.
    pub(super) removed: Vec<&'static str>,
}

/// Drafts the entries of an incident of `date`.
pub(super) fn draft(window: &GitWindow, date: NaiveDate, now: DateTime<Utc>, zone: Zone) -> Result<Drafted, KbError> {
    let until = match &window.until {
        None => now,
        Some(text) => instant(text, true, zone).ok_or_else(|| {
            Refused::new(format!("`{text}` is no day and no time")).hint("write 2026-01-15 or 2026-01-15T12:00Z")
        })?,
    };
    let since = match &window.since {
        None => {
            Since::Time(date.checked_sub_days(Days::new(1)).unwrap_or(date).and_time(chrono::NaiveTime::MIN).and_utc())
        }
        Some(text) => instant(text, false, zone).map_or_else(|| Since::Revision(text.clone()), Since::Time),
    };
    let mut events = git::events(&window.repository, &since, until).map_err(|error| match error {
        CommitsError::Git(error) => KbError::Git(error),
        CommitsError::NoRepository(_) => {
            Refused::new(error.to_string()).hint("name a repository, or a folder in one, with `--from-git`").into()
        }
        CommitsError::NoRevision(_) => {
            Refused::new(error.to_string()).hint("write a tag, a branch, a commit, or a time like 2026-01-15").into()
        }
    })?;
    let left = events.len().saturating_sub(MAX_EVENTS);
    // What happened last is nearest to the incident.
    events.drain(..left);
    let name =
        window.repository.canonicalize().ok().and_then(|it| Some(it.file_name()?.to_string_lossy().into_owned()));
    let name = name.unwrap_or_else(|| "the repository".to_owned());
    let mut removed = Vec::new();
    let mut entry =
        |event: &GitEvent| json!({"time": shown(event.at, zone), "text": harmless(&text(event), &mut removed)});
    let entries = events.iter().map(&mut entry).collect();
    Ok(Drafted { entries, about: about(&events, left, &name, zone), removed })
}

fn about(events: &[GitEvent], left: usize, name: &str, zone: Zone) -> String {
    let (Some(first), Some(last)) = (events.first(), events.last()) else {
        return format!("The repository {name} has no commits in that time.");
    };
    let tags = events.iter().filter(|it| it.tag.is_some()).count();
    let older = if left == 0 { String::new() } else { format!(" {left} older ones are left out.") };
    format!(
        "Drafted from {} and {} of {name}, {} to {}.{older} Keep what belongs to the incident.",
        counted(events.len() - tags, "commit", "commits"),
        counted(tags, "tag", "tags"),
        shown(first.at, zone),
        shown(last.at, zone),
    )
}

fn text(event: &GitEvent) -> String {
    match &event.tag {
        Some(tag) => format!("Tag `{tag}` on commit `{}`", event.id),
        None => format!("Commit `{}` by {}: {}", event.id, event.author, event.subject),
    }
}

/// A message may hold what its author would not have put into a document.
fn harmless(text: &str, removed: &mut Vec<&'static str>) -> String {
    let (clean, sorts) = sensitive::without(text, |_| true);
    removed.extend(sorts.into_iter().filter(|sort| !removed.contains(sort)).collect::<Vec<_>>());
    clean
}

/// Returns a time as the timeline has it.
pub(super) fn shown(at: DateTime<Utc>, zone: Zone) -> String {
    zone.at(at).format("%Y-%m-%d %H:%M").to_string()
}

/// Reads a day or a time; a day means its beginning, or its end, and a time without a zone is one of `zone`.
fn instant(text: &str, at_end: bool, zone: Zone) -> Option<DateTime<Utc>> {
    let (moment, end) = leading_moment(text, None)?;
    if !text[end..].trim().is_empty() || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let date = moment.date?;
    let time = moment.time.unwrap_or(chrono::NaiveTime::MIN);
    let day = if moment.time.is_none() && at_end { date.checked_add_days(Days::new(1))? } else { date };
    let local = day.and_time(time);
    let offset = moment.offset.unwrap_or_else(|| *zone.at(local.and_utc()).offset());
    local.and_local_timezone(offset).single().map(|it| it.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_instants_and_revisions_are_not() {
        let read = |text: &str, at_end| instant(text, at_end, Zone::Utc).map(|it| it.to_rfc3339());
        assert_eq!(read("2026-01-15", false).as_deref(), Some("2026-01-15T00:00:00+00:00"));
        assert_eq!(read("2026-01-15", true).as_deref(), Some("2026-01-16T00:00:00+00:00"));
        assert_eq!(read("2026-01-15T12:00+02:00", false).as_deref(), Some("2026-01-15T10:00:00+00:00"));
        for text in ["v1.4.0", "HEAD~3", "12ab34cd", "2026-01-15-hotfix"] {
            assert_eq!(read(text, false), None, "{text}");
        }
    }
}
