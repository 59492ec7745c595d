//! A new file beside the one whose place it is to take: hidden, on the same disk, gone again unless it gets there.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

/// Bytes of a name that those of a temporary one begin with.
const MAX_NAME: usize = 100;

/// The file, removed when this is dropped.
pub(super) struct Beside {
    /// Where it is.
    pub(super) path: PathBuf,
    file: File,
    placed: bool,
}

impl Beside {
    /// Makes a file that may become a new one at `target`.
    pub(super) fn new(target: &Path) -> Result<Self> {
        Self::open(target, OpenOptions::new().write(true).create_new(true))
    }

    /// Makes a file that may take the place of the one at `target`: whoever may read or write that may do so here, and
    /// nobody else, from before it holds anything.
    pub(super) fn like(target: &Path) -> Result<Self> {
        let old = std::fs::metadata(target)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let new = Self::open(target, &options)?;
        own_as(&new.file, &old)?;
        // A change of the owner takes bits of the mode away, so the mode comes after it.
        new.file.set_permissions(old.permissions())?;
        Ok(new)
    }

    /// No walk finds it by its name.
    fn open(target: &Path, options: &OpenOptions) -> Result<Self> {
        let name = short_name(target);
        let mut attempt = 0;
        loop {
            let path = target.with_file_name(format!(".{name}.{}-{attempt}.tmp", std::process::id()));
            match options.open(&path) {
                Ok(file) => return Ok(Self { path, file, placed: false }),
                Err(error) if error.kind() == ErrorKind::AlreadyExists && attempt < 100 => attempt += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Returns the file, to be written to.
    pub(super) fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Writes its content to the disk.
    pub(super) fn fill(&mut self, content: &[u8]) -> Result<()> {
        self.file.write_all(content)?;
        self.file.sync_all()
    }

    /// Puts it in the place of what is at `target`.
    pub(super) fn rename_to(mut self, target: &Path) -> Result<()> {
        std::fs::rename(&self.path, target)?;
        // The name is free again, and may be taken by somebody else before this is dropped.
        self.placed = true;
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.placed {
            // What is left of one that failed helps nobody.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Returns as much of the name of `target` as leaves room for more in a name beside it: file systems allow 255 bytes, some
/// fewer.
pub(super) fn short_name(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    name[..name.floor_char_boundary(MAX_NAME)].to_owned()
}

/// Gives the file the owner and the group of the old one, as far as this process may.
#[cfg(unix)]
fn own_as(file: &File, old: &Metadata) -> Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let new = file.metadata()?;
    let group = (new.gid() != old.gid()).then_some(old.gid());
    let owner = (new.uid() != old.uid()).then_some(old.uid());
    if owner.is_none() && group.is_none() {
        return Ok(());
    }
    // Only root gives files away; others may still keep the group that a team writes by.
    match fchown(file, owner, group).or_else(|_| fchown(file, None, group)) {
        Err(error) if !is_refused(&error) => Err(error),
        _ => Ok(()),
    }
}

/// Tells whether the system does not let this process, or this disk, do it.
#[cfg(unix)]
fn is_refused(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::Unsupported | ErrorKind::InvalidInput)
}

#[cfg(not(unix))]
fn own_as(_: &File, _: &Metadata) -> Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{MetadataExt, chown};

    use super::*;

    #[test]
    fn a_name_may_be_as_long_as_the_disk_allows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("{}.md", "\u{969c}".repeat(84)));
        std::fs::write(&path, "one").unwrap();
        let mut new = Beside::like(&path).unwrap();
        new.fill(b"two").unwrap();
        new.rename_to(&path).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(short_name(&path), "\u{969c}".repeat(33));
    }

    #[test]
    fn owner_group_and_mode_are_those_of_the_old_file_from_the_beginning() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        std::fs::write(&path, "one").unwrap();
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o664)).unwrap();
        // Nobody but root can give a file away, and then there is nothing to keep.
        let given = chown(&path, Some(65534), Some(60)).is_ok();
        let old = std::fs::metadata(&path).unwrap();
        let new = Beside::like(&path).unwrap();
        let made = std::fs::metadata(&new.path).unwrap();
        assert_eq!((made.uid(), made.gid(), made.mode()), (old.uid(), old.gid(), old.mode()));
        assert!(!given || made.uid() == 65534);
        new.rename_to(&path).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
