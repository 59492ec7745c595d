//! Finds and reads files. Never leaves the root through a symbolic link, accounts for every file it passes over.

use std::fs::Metadata;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::UNIX_EPOCH;

use ignore::{DirEntry, WalkBuilder, WalkState};

use crate::config::Config;

/// A file that counts as a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    /// Path relative to the root, `/` between folders.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Time of the last change: nanoseconds since 1970.
    pub modified: u64,
}

/// A file that exists but is not read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Path relative to the root, `/` between folders.
    pub path: String,
    /// True where the file should have been read and cannot be; false where it is left out on purpose.
    pub rejected: bool,
    /// Why: lower case, no period.
    pub reason: String,
}

/// Everything found in a folder, sorted by path.
#[derive(Debug, Clone, Default)]
pub struct Walk {
    /// Files to read.
    pub files: Vec<FoundFile>,
    /// Files that are not read.
    pub left_out: Vec<LeftOut>,
}

/// Why the folder or a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FsError {
    /// Reading failed.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// The path names something outside the knowledge base.
    #[error("`{path}` is outside the knowledge base")]
    Outside {
        /// The path as given.
        path: String,
    },
}

impl FsError {
    fn read(path: &Path, source: std::io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }
}

/// Walks the folder `root`: honours `.gitignore`, passes over hidden files, does not follow symbolic links.
///
/// # Errors
/// Where `root` itself cannot be read; trouble with single files is reported in [`Walk::left_out`].
pub fn walk(root: &Path, config: &Config) -> Result<Walk, FsError> {
    std::fs::read_dir(root).map_err(|source| FsError::read(root, source))?;
    let shared = Mutex::new(Walk::default());
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get().min(4));
    WalkBuilder::new(root).require_git(false).git_global(false).threads(threads).build_parallel().run(|| {
        let mut sink = Sink { shared: &shared, own: Walk::default() };
        Box::new(move |entry| {
            sink.take(root, config, entry);
            WalkState::Continue
        })
    });
    let mut walk = shared.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    walk.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    walk.left_out.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(walk)
}

/// What one thread of the walk has found; handed over when the thread ends.
struct Sink<'a> {
    shared: &'a Mutex<Walk>,
    own: Walk,
}

impl Drop for Sink<'_> {
    fn drop(&mut self) {
        let mut all = self.shared.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        all.files.append(&mut self.own.files);
        all.left_out.append(&mut self.own.left_out);
    }
}

impl Sink<'_> {
    fn take(&mut self, root: &Path, config: &Config, entry: Result<DirEntry, ignore::Error>) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return self.take_error(root, &error),
        };
        let Some(kind) = entry.file_type() else { return };
        if kind.is_dir() || entry.depth() == 0 {
            return;
        }
        let path = relative(root, entry.path());
        if kind.is_symlink() {
            self.take_symlink(root, config, path, entry.path());
        } else if kind.is_file() && config.includes(&path) && !is_reserved(&path) {
            match entry.metadata() {
                Ok(metadata) => self.take_file(config, path, &metadata),
                Err(error) => self.leave_out(path, true, format!("cannot be read: {error}")),
            }
        }
    }

    fn take_file(&mut self, config: &Config, path: String, metadata: &Metadata) {
        let size = metadata.len();
        if config.excludes(&path) {
            self.leave_out(path, false, "excluded by `ris.toml`".to_owned());
        } else if size > config.max_file_size {
            let reason = format!("has {size} bytes, more than the {} of `max-file-size`", config.max_file_size);
            self.leave_out(path, true, reason);
        } else {
            self.own.files.push(FoundFile { path, size, modified: modified(metadata) });
        }
    }

    fn take_symlink(&mut self, root: &Path, config: &Config, path: String, full: &Path) {
        let Ok(target) = full.canonicalize() else {
            if config.includes(&path) {
                self.leave_out(path, true, "symbolic link to nothing".to_owned());
            }
            return;
        };
        let is_folder = target.is_dir();
        if !is_folder && (!config.includes(&path) || is_reserved(&path)) {
            return;
        }
        let inside = root.canonicalize().is_ok_and(|root| target.starts_with(root));
        let place = if inside { "inside" } else { "out of" };
        let what = if is_folder { "folder" } else { "file" };
        self.leave_out(path, false, format!("symbolic link to a {what} {place} the knowledge base, not followed"));
    }

    fn take_error(&mut self, root: &Path, error: &ignore::Error) {
        let path = error_path(error).map_or_else(|| ".".to_owned(), |path| relative(root, path));
        let cause = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
        self.leave_out(path, true, format!("cannot be read: {cause}"));
    }

    fn leave_out(&mut self, path: String, rejected: bool, reason: String) {
        self.own.left_out.push(LeftOut { path, rejected, reason });
    }
}

fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        _ => None,
    }
}

/// Files of the knowledge base itself, which are not documents.
fn is_reserved(path: &str) -> bool {
    path == "taxonomy.yaml" || path == "taxonomy.yml" || path.starts_with("templates/")
}

fn modified(metadata: &Metadata) -> u64 {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|duration| u64::try_from(duration.as_nanos()).ok()).unwrap_or(0)
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    match path.to_str() {
        Some(text) if std::path::MAIN_SEPARATOR == '/' => text.to_owned(),
        _ => path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"),
    }
}

/// Reads at most `limit` bytes and one more, so that a file that grew past the limit shows.
///
/// # Errors
/// Where the file cannot be opened or read.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, FsError> {
    let fail = |source| FsError::read(path, source);
    let file = std::fs::File::open(path).map_err(fail)?;
    let metadata = file.metadata().map_err(fail)?;
    if metadata.is_dir() {
        return Err(fail(std::io::Error::from(std::io::ErrorKind::IsADirectory)));
    }
    let expected = metadata.len().min(limit).saturating_add(1);
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(fail)?;
    Ok(bytes)
}

/// Returns the full path of `path` (relative to `root`) if it stays inside the root, symbolic links resolved.
///
/// # Errors
/// Where the path leads outside or to nothing.
pub fn resolve(root: &Path, path: &str) -> Result<PathBuf, FsError> {
    let full = root.join(path);
    let target = full.canonicalize().map_err(|source| FsError::read(&full, source))?;
    let root = root.canonicalize().map_err(|source| FsError::read(root, source))?;
    if target.starts_with(&root) { Ok(target) } else { Err(FsError::Outside { path: path.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, format!("# {file}\n")).unwrap();
        }
        folder
    }

    fn paths(walk: &Walk) -> Vec<&str> {
        walk.files.iter().map(|file| file.path.as_str()).collect()
    }

    #[test]
    fn finds_documents_and_passes_over_the_rest() {
        let files =
            ["b.md", "a/c.MD", "a/x.txt", ".hidden/d.md", "templates/t.md", "taxonomy.yaml", "out/e.md", "ris.toml"];
        let folder = folder(&files);
        std::fs::write(folder.path().join(".gitignore"), "out/\n").unwrap();
        let walk = walk(folder.path(), &Config::default()).unwrap();
        assert_eq!(paths(&walk), ["a/c.MD", "b.md"]);
        assert_eq!(walk.left_out, []);
    }

    #[test]
    fn accounts_for_what_it_leaves_out() {
        let folder = folder(&["a.md", "drafts/b.md", "big.md"]);
        std::fs::write(folder.path().join("big.md"), vec![b'x'; 100]).unwrap();
        let config = Config::parse(Path::new("ris.toml"), "exclude = ['drafts/**']\nmax-file-size = 50").unwrap();
        let walk = walk(folder.path(), &config).unwrap();
        assert_eq!(paths(&walk), ["a.md"]);
        let reasons: Vec<(&str, bool)> = walk.left_out.iter().map(|it| (it.path.as_str(), it.rejected)).collect();
        assert_eq!(reasons, [("big.md", true), ("drafts/b.md", false)]);
    }

    #[cfg(unix)]
    #[test]
    fn does_not_follow_symbolic_links() {
        let outside = folder(&["secret.md"]);
        let folder = folder(&["a.md"]);
        std::os::unix::fs::symlink(outside.path(), folder.path().join("elsewhere")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("secret.md"), folder.path().join("link.md")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("a.md"), folder.path().join("again.md")).unwrap();
        std::os::unix::fs::symlink("gone.md", folder.path().join("broken.md")).unwrap();
        let walk = walk(folder.path(), &Config::default()).unwrap();
        assert_eq!(paths(&walk), ["a.md"]);
        let left: Vec<&str> = walk.left_out.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(left, ["again.md", "broken.md", "elsewhere", "link.md"]);
        assert!(matches!(resolve(folder.path(), "link.md"), Err(FsError::Outside { .. })));
        assert!(matches!(resolve(folder.path(), "../x"), Err(FsError::Read { .. } | FsError::Outside { .. })));
        assert!(resolve(folder.path(), "again.md").is_ok());
    }
}
