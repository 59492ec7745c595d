//! Edits of documents: planned first, shown as a diff, and written only then.

use std::path::Path;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use super::{KbError, KnowledgeBase};
use crate::store::edit::{Change, edit};
use crate::store::fs::{self, LeftOut};
use crate::store::lock::{Held, hold};
use crate::store::write;

/// The lock that everybody holds who writes documents.
const LOCK: &str = "documents.lock";
/// How long one waits for the others.
const PATIENCE: Duration = Duration::from_secs(20);
/// Unchanged lines shown around a change.
const CONTEXT: usize = 3;

/// What would become of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedEdit {
    /// Path relative to the knowledge base.
    pub path: String,
    /// Its bytes as read.
    pub before: Vec<u8>,
    /// Its text afterwards.
    pub after: String,
}

/// A line of a diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffLine {
    /// Which lines follow (`@@ -1,3 +1,4 @@`).
    Place(String),
    /// As before.
    Same(String),
    /// No more there.
    Gone(String),
    /// New.
    New(String),
}

impl PlannedEdit {
    /// Tells whether the document would be another.
    #[must_use]
    pub fn changes_anything(&self) -> bool {
        self.before != self.after.as_bytes()
    }

    /// Tells whether the document is not there yet.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.before.is_empty()
    }

    /// Returns the edit that takes it back; none where the document was no text.
    pub(super) fn undone(&self) -> Option<Self> {
        let after = String::from_utf8(self.before.clone()).ok()?;
        Some(Self { path: self.path.clone(), before: self.after.clone().into_bytes(), after })
    }

    /// Returns the unified diff, without its header.
    #[must_use]
    pub fn diff(&self) -> Vec<DiffLine> {
        let before = String::from_utf8_lossy(&self.before);
        let diff = TextDiff::from_lines(before.as_ref(), self.after.as_str());
        let mut lines = Vec::new();
        for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
            lines.push(DiffLine::Place(hunk.header().to_string()));
            for change in hunk.iter_changes() {
                let text = change.value().trim_end_matches(['\r', '\n']).to_owned();
                lines.push(match change.tag() {
                    ChangeTag::Equal => DiffLine::Same(text),
                    ChangeTag::Delete => DiffLine::Gone(text),
                    ChangeTag::Insert => DiffLine::New(text),
                });
            }
        }
        lines
    }
}

impl KnowledgeBase {
    /// Plans changes of the front matter of the document at `path` (relative to the root). A file whose bytes are no text
    /// as they are is refused, even where there is nothing to change: its text would be other bytes.
    ///
    /// # Errors
    /// Where the file cannot be read or is not UTF-8, or its front matter cannot be edited.
    pub fn plan_edit(&self, path: &str, changes: &[Change]) -> Result<PlannedEdit, KbError> {
        let full = fs::resolve(self.root(), path)?;
        let before = fs::read(&full, self.config().max_file_size)?;
        let after = edit(path, &before, changes).map_err(|error| KbError::Edit { path: path.to_owned(), error })?;
        Ok(PlannedEdit { path: path.to_owned(), before, after })
    }

    /// Writes a planned edit, if the document is still what it was when the edit was planned. Whoever else writes
    /// documents is waited for.
    ///
    /// # Errors
    /// Where the document changed in the meantime or cannot be written.
    pub fn write_edit(&self, planned: &PlannedEdit) -> Result<(), KbError> {
        self.write_within(planned, PATIENCE)
    }

    fn write_within(&self, planned: &PlannedEdit, patience: Duration) -> Result<(), KbError> {
        let _lock = self.lock_documents_within(patience)?;
        self.write_held(planned)
    }

    /// Waits until nobody else changes documents.
    pub(super) fn lock_documents(&self) -> Result<Held, KbError> {
        self.lock_documents_within(PATIENCE)
    }

    fn lock_documents_within(&self, patience: Duration) -> Result<Held, KbError> {
        hold(self.root(), LOCK, patience).map_err(KbError::Lock)
    }

    /// Writes a planned edit for somebody who holds the lock.
    ///
    /// # Errors
    /// As [`KnowledgeBase::write_edit`].
    pub(super) fn write_held(&self, planned: &PlannedEdit) -> Result<(), KbError> {
        let full = fs::resolve(self.root(), &planned.path)?;
        write::replace(&full, &planned.before, planned.after.as_bytes()).map_err(KbError::Write)
    }

    /// Returns the documents (paths relative to the root) that `path` is, or that lie below it.
    ///
    /// # Errors
    /// Where `path` is nothing, or lies outside the knowledge base.
    pub fn documents_at(&self, path: &Path) -> Result<Vec<String>, KbError> {
        self.found_at(path, |_| false)
    }

    /// Returns the documents that `path` is, or that lie below it, with those that were left out and are `wanted` too.
    pub(super) fn found_at(&self, path: &Path, wanted: impl Fn(&LeftOut) -> bool) -> Result<Vec<String>, KbError> {
        let outside = || KbError::Outside { path: path.to_string_lossy().into_owned() };
        let read = |path: &Path, source| fs::FsError::Read { path: path.to_owned(), source };
        let full = path.canonicalize().map_err(|source| read(path, source))?;
        let root = self.root().canonicalize().map_err(|source| read(self.root(), source))?;
        let inside = fs::slashed(full.strip_prefix(&root).map_err(|_| outside())?);
        if full.is_file() {
            return Ok(vec![inside]);
        }
        let below = |path: &str| inside.is_empty() || path.strip_prefix(&inside).is_some_and(|it| it.starts_with('/'));
        let walk = fs::walk(self.root(), &self.config())?;
        let left_out = walk.left_out.into_iter().filter(wanted).map(|it| it.path);
        Ok(walk.files.into_iter().map(|file| file.path).chain(left_out).filter(|path| below(path)).collect())
    }
}

/// Returns `text` with `from`, as a word of its own on the 1-based `line`, replaced; `None` where it is not there once.
pub(super) fn replace_in_line(text: &str, line: usize, from: &str, to: &str) -> Option<String> {
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let content = text[start..].split('\n').next()?;
    let is_word = |at: usize| {
        let before = content[..at].chars().next_back();
        let after = content[at + from.len()..].chars().next();
        ![before, after].into_iter().flatten().any(|c| c.is_alphanumeric() || c == '-')
    };
    let mut found = content.match_indices(from).map(|(at, _)| at).filter(|at| is_word(*at));
    let at = start + found.next()?;
    found.next().is_none().then(|| format!("{}{to}{}", &text[..at], &text[at + from.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::lock::LockError;

    #[test]
    fn a_word_of_one_line_is_replaced() {
        let text = "# x\n**Category:** Storage / Disk\n";
        assert_eq!(
            replace_in_line(text, 2, "Disk", "disk-full").as_deref(),
            Some("# x\n**Category:** Storage / disk-full\n")
        );
        assert_eq!(replace_in_line(text, 1, "Disk", "y"), None);
        assert_eq!(replace_in_line("a-b b b\n", 1, "b", "y"), None);
        assert_eq!(replace_in_line("a-b b\n", 1, "b", "y").as_deref(), Some("a-b y\n"));
    }

    #[test]
    fn an_edit_is_not_written_while_another_process_writes() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.md"), "one").unwrap();
        let clock = crate::clock::Clock::Fixed("2026-01-15T12:00:00Z".parse().unwrap());
        let options =
            crate::kb::OpenOptions { root: Some(folder.path().into()), current_dir: folder.path().into(), clock };
        let kb = KnowledgeBase::open(&options).unwrap();
        let planned = PlannedEdit { path: "a.md".into(), before: b"one".to_vec(), after: "two".into() };
        let other = kb.lock_documents().unwrap();
        assert!(matches!(kb.write_within(&planned, Duration::ZERO), Err(KbError::Lock(LockError::Busy(_)))));
        assert_eq!(std::fs::read(folder.path().join("a.md")).unwrap(), b"one");
        drop(other);
        kb.write_within(&planned, Duration::ZERO).unwrap();
        assert_eq!(std::fs::read(folder.path().join("a.md")).unwrap(), b"two");
    }

    #[test]
    fn a_diff_names_what_goes_and_comes() {
        let planned = PlannedEdit { path: "a".into(), before: b"1\r\n2\r\n".to_vec(), after: "1\r\n3\r\n".into() };
        let expected = [
            DiffLine::Place("@@ -1,2 +1,2 @@".into()),
            DiffLine::Same("1".into()),
            DiffLine::Gone("2".into()),
            DiffLine::New("3".into()),
        ];
        assert_eq!(planned.diff(), expected);
    }
}
