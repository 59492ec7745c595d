//! Reads files of a knowledge base.

use std::io::Read;
use std::path::{Path, PathBuf};

pub(crate) use super::walk::{FoundFile, LeftOut, Walk, is_left_out, is_no_document, walk};

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
    pub(super) fn read(path: &Path, source: std::io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }
}

/// Reads at most `limit` bytes and one more, so that a file that grew past the limit shows.
///
/// # Errors
/// Where the file cannot be opened or read.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, FsError> {
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

/// Returns `path` as documents are named, with `/` between names. Only on Windows is a `\` no part of a name.
#[must_use]
pub fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// Returns the full path of `path` (relative to `root`) if it stays inside the root, symbolic links resolved.
///
/// # Errors
/// Where the path leads outside or to nothing.
pub(crate) fn resolve(root: &Path, path: &str) -> Result<PathBuf, FsError> {
    let root = root.canonicalize().map_err(|source| FsError::read(root, source))?;
    resolve_below(&root, path)
}

/// Does the same for a `root` that is a full path without symbolic links, so that many paths need it only once.
///
/// # Errors
/// Where the path leads outside or to nothing.
pub(crate) fn resolve_below(root: &Path, path: &str) -> Result<PathBuf, FsError> {
    let full = root.join(path);
    let target = full.canonicalize().map_err(|source| FsError::read(&full, source))?;
    if target.starts_with(root) { Ok(target) } else { Err(FsError::Outside { path: path.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn resolves_only_what_stays_inside() {
        let (outside, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(outside.path().join("secret.md"), "x").unwrap();
        std::fs::write(folder.path().join("a.md"), "x").unwrap();
        std::os::unix::fs::symlink(outside.path().join("secret.md"), folder.path().join("link.md")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("a.md"), folder.path().join("again.md")).unwrap();
        assert!(matches!(resolve(folder.path(), "link.md"), Err(FsError::Outside { .. })));
        assert!(resolve(folder.path(), "../x").is_err());
        assert!(resolve(folder.path(), "again.md").is_ok());
    }

    #[test]
    fn reads_no_more_than_it_was_told() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.md"), "0123456789").unwrap();
        assert_eq!(read(&folder.path().join("a.md"), 4).unwrap(), b"01234");
        assert!(read(folder.path(), 4).is_err());
    }
}
