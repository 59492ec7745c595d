//! Writes a document in one step: whoever reads it sees the old one or the new one, never a part.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

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

/// Replaces the content of the file at `path`, which must still be `before`, keeping its permissions.
///
/// # Errors
/// Where the file changed since it was read, or cannot be written.
pub fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<(), WriteError> {
    let fail = |source| WriteError::Write { path: path.to_owned(), source };
    let target = path.canonicalize().map_err(fail)?;
    if std::fs::read(&target).map_err(fail)? != before {
        return Err(WriteError::Changed { path: path.to_owned() });
    }
    let (temporary, mut file) = create_beside(&target).map_err(fail)?;
    let written = fill(&mut file, &target, after).and_then(|()| std::fs::rename(&temporary, &target));
    written.map_err(|source| {
        // The old file stands as it was; what is left of the new one helps nobody.
        let _ = std::fs::remove_file(&temporary);
        fail(source)
    })
}

/// Writes the file at `path` in one step, whether it is there or not.
///
/// # Errors
/// Where it cannot be written.
pub fn put(path: &Path, content: &[u8]) -> Result<(), WriteError> {
    let fail = |source| WriteError::Write { path: path.to_owned(), source };
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let (temporary, mut file) = create_beside(&target).map_err(fail)?;
    let written = if target.exists() { fill(&mut file, &target, content) } else { file.write_all(content) };
    written.and_then(|()| std::fs::rename(&temporary, &target)).map_err(|source| {
        let _ = std::fs::remove_file(&temporary);
        fail(source)
    })
}

/// Makes the file at `path`, and the folders above it, with `content`; whatever stands there is left alone. The file is
/// there whole or not at all.
///
/// # Errors
/// Where there is something already, or the file cannot be written.
pub fn create(path: &Path, content: &[u8]) -> Result<(), WriteError> {
    let fail = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::AlreadyExists => WriteError::Exists { path: path.to_owned() },
        _ => WriteError::Write { path: path.to_owned(), source },
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|source| WriteError::Write { path: folder.to_owned(), source })?;
    }
    let (temporary, mut file) = create_beside(path).map_err(fail)?;
    let filled = file.write_all(content).and_then(|()| file.sync_all());
    // A link, unlike a rename, never takes the place of what is there.
    let placed = filled.and_then(|()| match std::fs::hard_link(&temporary, path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => create_in_place(path, content),
        other => other,
    });
    let _ = std::fs::remove_file(&temporary);
    placed.map_err(fail)
}

/// For file systems without links.
fn create_in_place(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(content).and_then(|()| file.sync_all()).inspect_err(|_| {
        let _ = std::fs::remove_file(path);
    })
}

fn fill(file: &mut File, target: &Path, content: &[u8]) -> std::io::Result<()> {
    file.write_all(content)?;
    file.set_permissions(std::fs::metadata(target)?.permissions())?;
    file.sync_all()
}

/// Makes a new hidden file in the same folder, so that the rename stays on one disk and no walk finds it.
fn create_beside(target: &Path) -> std::io::Result<(PathBuf, File)> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let mut attempt = 0;
    loop {
        let path = target.with_file_name(format!(".{name}.{}-{attempt}.tmp", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && attempt < 100 => attempt += 1,
            Err(error) => return Err(error),
        }
    }
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
