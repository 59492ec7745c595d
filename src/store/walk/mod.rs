//! Finds the files of a knowledge base. Accounts for every file it passes over; never follows a symbolic link.
//!
//! This runs before almost every command, over every file, so it costs one look-up relative to the open folder per
//! file and nothing else; a general walker that builds and resolves full paths takes twice the time.

use std::fs::{DirEntry, FileType, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

use crate::config::Config;

use super::fs::FsError;
use super::ignored::Ignored;

/// A file that counts as a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundFile {
    /// Path relative to the root, `/` between folders.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Time of the last change: nanoseconds since 1970.
    pub modified: u64,
}

/// A file that exists but is not read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LeftOut {
    /// Path relative to the root, `/` between folders.
    pub path: String,
    /// The rule that tells of a file that should have been read and cannot be; none where it is left out on purpose.
    pub rejected: Option<&'static str>,
    /// Why: lower case, no period.
    pub reason: String,
}

/// Everything found in a folder, sorted by path.
#[derive(Debug, Clone, Default)]
pub(crate) struct Walk {
    /// Files to read.
    pub files: Vec<FoundFile>,
    /// Files that are not read.
    pub left_out: Vec<LeftOut>,
}

/// Rules that tell of what cannot be read.
const UNREADABLE: Option<&str> = Some("unreadable");
const TOO_LARGE: Option<&str> = Some("file-too-large");
/// Folders kept open until their files are looked up.
const MAX_OPEN: usize = 64;
/// Files from which several threads look them up.
const MANY: usize = 512;
const MAX_THREADS: usize = 4;

/// Walks the folder `root`: honours `.gitignore`, passes over hidden files, does not follow symbolic links.
///
/// # Errors
/// Where `root` itself cannot be read; trouble with single files is reported in [`Walk::left_out`].
pub(crate) fn walk(root: &Path, config: &Config) -> Result<Walk, FsError> {
    std::fs::read_dir(root).map_err(|source| FsError::read(root, source))?;
    let root = &std::path::absolute(root).map_err(|source| FsError::read(root, source))?;
    let mut finder = Finder { root, config, walk: Walk::default(), pending: Vec::new(), folders: Vec::new() };
    finder.folders.push((String::new(), Ignored::above(root)));
    let mut open = 0;
    while let Some((folder, ignored)) = finder.folders.pop() {
        finder.list(&folder, &ignored);
        open += 1;
        if open >= MAX_OPEN {
            finder.look_up();
            open = 0;
        }
    }
    finder.look_up();
    let mut walk = finder.walk;
    walk.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    walk.left_out.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(walk)
}

struct Finder<'a> {
    root: &'a Path,
    config: &'a Config,
    walk: Walk,
    /// Files whose size and time are still to be looked up.
    pending: Vec<(String, DirEntry)>,
    folders: Vec<(String, Ignored)>,
}

impl Finder<'_> {
    /// Lists one folder: its files become pending, its folders are listed later.
    fn list(&mut self, folder: &str, above: &Ignored) {
        let full = self.root.join(folder);
        let entries = match std::fs::read_dir(&full) {
            Ok(entries) => entries,
            Err(error) => return self.leave_out(folder.to_owned(), UNREADABLE, format!("cannot be read: {error}")),
        };
        let ignored = above.with(&full);
        for entry in entries {
            match entry {
                Ok(entry) => self.sort(folder, entry, &ignored),
                Err(error) => self.leave_out(folder.to_owned(), UNREADABLE, format!("cannot be read: {error}")),
            }
        }
    }

    fn sort(&mut self, folder: &str, entry: DirEntry, ignored: &Ignored) {
        let raw = entry.file_name();
        let name = raw.to_string_lossy();
        if name.starts_with('.') {
            return;
        }
        let path = if folder.is_empty() { name.into_owned() } else { format!("{folder}/{name}") };
        let Ok(kind) = entry.file_type() else {
            return self.leave_out(path, UNREADABLE, "cannot be read".to_owned());
        };
        let wanted = kind.is_dir() || kind.is_symlink() || (kind.is_file() && self.config.includes(&path));
        if !wanted || is_reserved(&path) || (!ignored.is_empty() && ignored.matches(&entry.path(), kind.is_dir())) {
            return;
        }
        if raw.to_str().is_none() {
            // Paths are text everywhere else, and this one would lead to no file.
            let what = if kind.is_dir() {
                "the name of this folder is not UTF-8, so nothing in it is read"
            } else {
                "its name is not UTF-8"
            };
            return self.leave_out(path, UNREADABLE, what.to_owned());
        }
        self.take(path, entry, kind, ignored);
    }

    fn take(&mut self, path: String, entry: DirEntry, kind: FileType, ignored: &Ignored) {
        if kind.is_dir() {
            self.folders.push((path, ignored.clone()));
        } else if kind.is_symlink() {
            self.take_symlink(path, &entry.path());
        } else if self.config.excludes(&path) {
            self.leave_out(path, None, "excluded by `ris.toml`".to_owned());
        } else {
            self.pending.push((path, entry));
        }
    }

    fn take_symlink(&mut self, path: String, full: &Path) {
        let Ok(target) = full.canonicalize() else {
            if self.config.includes(&path) {
                self.leave_out(path, UNREADABLE, "symbolic link to nothing".to_owned());
            }
            return;
        };
        let is_folder = target.is_dir();
        if !is_folder && !self.config.includes(&path) {
            return;
        }
        let inside = self.root.canonicalize().is_ok_and(|root| target.starts_with(root));
        let place = if inside { "inside" } else { "out of" };
        let what = if is_folder { "folder" } else { "file" };
        self.leave_out(path, None, format!("symbolic link to a {what} {place} the knowledge base, not followed"));
    }

    /// Looks up size and time of the pending files.
    fn look_up(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let threads = std::thread::available_parallelism().map_or(1, |count| count.get().min(MAX_THREADS));
        if threads == 1 || pending.len() < MANY {
            for (path, entry) in pending {
                self.take_file(path, entry.metadata());
            }
            return;
        }
        let mut parts: Vec<Vec<(String, DirEntry)>> = (0..threads).map(|_| Vec::new()).collect();
        let share = pending.len().div_ceil(threads);
        for (at, item) in pending.into_iter().enumerate() {
            parts[at / share].push(item);
        }
        let found = std::thread::scope(|scope| {
            let look = |part: Vec<(String, DirEntry)>| {
                part.into_iter().map(|(path, entry)| (path, entry.metadata())).collect::<Vec<_>>()
            };
            let workers: Vec<_> = parts.into_iter().map(|part| scope.spawn(move || look(part))).collect();
            let results = workers.into_iter().map(|worker| worker.join().expect("looking up files cannot panic"));
            results.collect::<Vec<_>>()
        });
        for (path, metadata) in found.into_iter().flatten() {
            self.take_file(path, metadata);
        }
    }

    fn take_file(&mut self, path: String, metadata: std::io::Result<Metadata>) {
        let metadata = match metadata {
            Ok(metadata) => metadata,
            // It left the folder a moment ago.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
            Err(error) => return self.leave_out(path, UNREADABLE, format!("cannot be read: {error}")),
        };
        let size = metadata.len();
        if size > self.config.max_file_size {
            let reason =
                format!("the file has {size} bytes, more than the {} of `max-file-size`", self.config.max_file_size);
            return self.leave_out(path, TOO_LARGE, reason);
        }
        self.walk.files.push(FoundFile { path, size, modified: modified(&metadata) });
    }

    fn leave_out(&mut self, path: String, rejected: Option<&'static str>, reason: String) {
        let path = if path.is_empty() { ".".to_owned() } else { path };
        self.walk.left_out.push(LeftOut { path, rejected, reason });
    }
}

/// Returns why the file at `path` of a commit is no document by its path alone; `None` where it may be one.
#[must_use]
pub(crate) fn is_no_document(path: &str, config: &Config) -> Option<&'static str> {
    if path.split('/').any(|name| name.starts_with('.')) {
        Some("hidden")
    } else if !config.includes(path) && !is_reserved(path) {
        Some("another kind of file")
    } else {
        is_left_out(path, config)
    }
}

/// Returns why the document at `path` is left out on purpose; `None` where it is not.
#[must_use]
pub(crate) fn is_left_out(path: &str, config: &Config) -> Option<&'static str> {
    if is_reserved(path) {
        Some("a template or the team's tags")
    } else {
        config.excludes(path).then_some("excluded by `ris.toml`")
    }
}

/// Tells files of the knowledge base itself, which are not documents.
fn is_reserved(path: &str) -> bool {
    matches!(path, "taxonomy.yaml" | "taxonomy.yml" | "templates") || path.starts_with("templates/")
}

/// Returns when a file was last changed or put in its place: one that is moved over another keeps the time of its content, which
/// may be that of the other.
fn modified(metadata: &Metadata) -> u64 {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let written = since.and_then(|duration| u64::try_from(duration.as_nanos()).ok()).unwrap_or(0);
    written.max(placed(metadata))
}

#[cfg(unix)]
fn placed(metadata: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    let nanos = metadata.ctime().checked_mul(1_000_000_000).and_then(|it| it.checked_add(metadata.ctime_nsec()));
    nanos.and_then(|it| u64::try_from(it).ok()).unwrap_or(0)
}

#[cfg(not(unix))]
fn placed(_: &Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests;
