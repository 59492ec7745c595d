//! Bags (RFC 8493) on disk: written whole or not at all, and listed without following anything out of them.

use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::beside::short_name;
use super::write::WriteError;
use crate::model::hex;

/// A bundle is refused above this many files: it is none of ours.
const MAX_FILES: usize = 2_000_000;
/// Folders of runs that were stopped, passed over before writing fails.
const MAX_LEFT: u32 = 1000;
/// Bytes read at once.
const CHUNK: usize = 1 << 16;

/// A file of a bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedFile {
    /// Path below the bag, `/` between names.
    pub path: String,
    /// Bytes; 0 where it cannot be read.
    pub bytes: u64,
    /// SHA-256 in hexadecimal; why there is none otherwise.
    pub sha256: Result<String, String>,
}

/// Writes `files` (path and content) as the new folder `target`; the folder is there whole or not at all.
///
/// # Errors
/// Where there is something at `target` already, or writing failed.
pub(crate) fn write<'f>(target: &Path, files: impl Iterator<Item = (&'f str, &'f [u8])>) -> Result<(), WriteError> {
    let fail = |path: &Path| {
        let path = path.to_owned();
        move |source| WriteError::Write { path, source }
    };
    if target.symlink_metadata().is_ok() {
        return Err(WriteError::Exists { path: target.to_owned() });
    }
    let parent = target.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(fail(parent))?;
    let temporary = folder_beside(target).map_err(fail(parent))?;
    let written = fill(&temporary, files).and_then(|()| std::fs::rename(&temporary, target).map_err(fail(target)));
    written.inspect_err(|_| {
        // What is left of it helps nobody.
        let _ = std::fs::remove_dir_all(&temporary);
    })
}

/// Makes a new hidden folder: what a run that was stopped has left in its own is no part of this bag.
fn folder_beside(target: &Path) -> std::io::Result<PathBuf> {
    let name = short_name(target);
    let mut attempt = 0;
    loop {
        let path = target.with_file_name(format!(".{name}.{}-{attempt}", std::process::id()));
        match std::fs::create_dir(&path) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && attempt < MAX_LEFT => attempt += 1,
            Err(error) => return Err(error),
        }
    }
}

fn fill<'f>(folder: &Path, files: impl Iterator<Item = (&'f str, &'f [u8])>) -> Result<(), WriteError> {
    for (path, content) in files {
        let full = folder.join(path);
        let write = || {
            std::fs::create_dir_all(full.parent().unwrap_or(folder))?;
            std::fs::write(&full, content)
        };
        write().map_err(|source| WriteError::Write { path: full.clone(), source })?;
    }
    Ok(())
}

/// Lists every file below `folder` with its digest, sorted by path. Symbolic links and other special files are listed as
/// such and not opened.
///
/// # Errors
/// Where the folder itself cannot be read, or holds far too many files.
pub(crate) fn list(folder: &Path) -> std::io::Result<Vec<ListedFile>> {
    let mut files = Vec::new();
    let mut pending = vec![(folder.to_owned(), String::new())];
    while let Some((full, below)) = pending.pop() {
        for entry in std::fs::read_dir(&full)? {
            let entry = entry?;
            let path = format!("{below}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type()?;
            if kind.is_dir() {
                pending.push((entry.path(), format!("{path}/")));
            } else {
                files.push(listed(path, entry.path(), kind.is_file()));
            }
            if files.len() > MAX_FILES {
                return Err(std::io::Error::other("far too many files"));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn listed(path: String, full: PathBuf, is_file: bool) -> ListedFile {
    let digested =
        if is_file { digest(&full).map_err(|error| error.to_string()) } else { Err("no plain file".to_owned()) };
    let bytes = digested.as_ref().map_or(0, |(_, bytes)| *bytes);
    ListedFile { path, bytes, sha256: digested.map(|(digest, _)| digest) }
}

fn digest(path: &Path) -> std::io::Result<(String, u64)> {
    let mut file = std::fs::File::open(path)?;
    let (mut digest, mut buffer, mut total) = (Sha256::new(), vec![0; CHUNK], 0);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        digest.update(&buffer[..read]);
        total += read as u64;
    }
    Ok((hex(&digest.finalize()), total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bag_holds_nothing_that_a_stopped_run_left() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("bag");
        // Containers give every run the same number.
        let left = folder_beside(&target).unwrap();
        std::fs::write(left.join("old.md"), "old").unwrap();
        write(&target, [("data/a.md", b"a".as_slice())].into_iter()).unwrap();
        let paths: Vec<String> = list(&target).unwrap().into_iter().map(|it| it.path).collect();
        assert_eq!(paths, ["data/a.md"]);
        assert!(left.join("old.md").exists());
        assert!(matches!(write(&target, std::iter::empty()), Err(WriteError::Exists { .. })));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "no folder of its own stays");
    }

    #[test]
    fn a_bag_may_have_a_name_as_long_as_the_disk_allows() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("b".repeat(255));
        write(&target, [("a.md", b"a".as_slice())].into_iter()).unwrap();
        assert!(target.join("a.md").exists());
    }
}
