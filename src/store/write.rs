//! Writes a document in one step: whoever reads it sees the old one or the new one, never a part.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::beside::Beside;

/// Why a document is not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// It is not what it was when it was read.
    #[error("`{}` changed in the meantime", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// There is something at the path of a new file.
    #[error("`{}` is there already", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Writing failed.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
}

/// Replaces the content of the file at `path`, which must still be `before`, keeping its permissions, owner and group.
///
/// # Errors
/// Where the file changed since it was read, or cannot be written.
pub(crate) fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<(), WriteError> {
    replace_after(path, before, after, || {})
}

/// Looks at the file only once the new one lies ready on the disk, which takes long: what somebody else writes until then is
/// seen. `ready` is called before that look.
fn replace_after(path: &Path, before: &[u8], after: &[u8], ready: impl FnOnce()) -> Result<(), WriteError> {
    let fail = |source| WriteError::Write { path: path.to_owned(), source };
    let target = path.canonicalize().map_err(fail)?;
    let mut new = Beside::like(&target).map_err(fail)?;
    new.fill(after).map_err(fail)?;
    ready();
    if std::fs::read(&target).map_err(fail)? != before {
        return Err(WriteError::Changed { path: path.to_owned() });
    }
    new.rename_to(&target).map_err(fail)
}

/// Writes the file at `path` in one step, whether it is there or not.
///
/// # Errors
/// Where it cannot be written.
pub(crate) fn put(path: &Path, content: &[u8]) -> Result<(), WriteError> {
    let fail = |source| WriteError::Write { path: path.to_owned(), source };
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let made = if target.exists() { Beside::like(&target) } else { Beside::new(&target) };
    let mut new = made.map_err(fail)?;
    new.fill(content).and_then(|()| new.rename_to(&target)).map_err(fail)
}

/// Makes the file at `path`, and the folders above it, with `content`; whatever stands there is left alone. The file is
/// there whole or not at all.
///
/// # Errors
/// Where there is something already, or the file cannot be written.
pub(crate) fn create(path: &Path, content: &[u8]) -> Result<(), WriteError> {
    let fail = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::AlreadyExists => WriteError::Exists { path: path.to_owned() },
        _ => WriteError::Write { path: path.to_owned(), source },
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|source| WriteError::Write { path: folder.to_owned(), source })?;
    }
    let mut new = Beside::new(path).map_err(fail)?;
    let filled = new.fill(content);
    // A link, unlike a rename, never takes the place of what is there.
    let placed = filled.and_then(|()| match std::fs::hard_link(&new.path, path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => create_in_place(path, content),
        other => other,
    });
    placed.map_err(fail)
}

/// For file systems without links.
fn create_in_place(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(content).and_then(|()| file.sync_all()).inspect_err(|_| {
        let _ = std::fs::remove_file(path);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_only_what_was_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        std::fs::write(&path, "one").unwrap();
        replace(&path, b"one", b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert!(matches!(replace(&path, b"one", b"three"), Err(WriteError::Changed { .. })));
        assert!(matches!(replace(&folder.path().join("b.md"), b"", b"x"), Err(WriteError::Write { .. })));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays");
    }

    #[test]
    fn what_is_written_while_the_new_file_is_made_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        std::fs::write(&path, "one").unwrap();
        let appended = replace_after(&path, b"one", b"two", || std::fs::write(&path, "one and more").unwrap());
        assert!(matches!(appended, Err(WriteError::Changed { .. })));
        assert_eq!(std::fs::read(&path).unwrap(), b"one and more");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays");
    }

    #[test]
    fn creates_and_never_overwrites() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.md");
        create(&path, b"one").unwrap();
        assert!(matches!(create(&path, b"two"), Err(WriteError::Exists { .. })));
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        assert_eq!(std::fs::read_dir(folder.path().join("a")).unwrap().count(), 1, "no temporary file stays");
        assert!(matches!(create(&path.join("c.md"), b"x"), Err(WriteError::Write { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.md"), folder.path().join("link.md"));
        std::fs::write(&path, "one").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&path, &link).unwrap();
        replace(&link, b"one", b"two").unwrap();
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
