//! Bags (RFC 8493) on disk: written whole or not at all, and listed without following anything out of them.

use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::write::WriteError;

/// A bundle is refused above this many files: it is none of ours.
const MAX_FILES: usize = 2_000_000;
/// Bytes read at once.
const CHUNK: usize = 1 << 16;

/// A file of a bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedFile {
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
pub fn write<'f>(target: &Path, files: impl Iterator<Item = (&'f str, &'f [u8])>) -> Result<(), WriteError> {
    let fail = |path: &Path| {
        let path = path.to_owned();
        move |source| WriteError::Write { path, source }
    };
    if target.symlink_metadata().is_ok() {
        return Err(WriteError::Exists { path: target.to_owned() });
    }
    let parent = target.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(fail(parent))?;
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let temporary = parent.join(format!(".{name}.{}", std::process::id()));
    let written = fill(&temporary, files).and_then(|()| std::fs::rename(&temporary, target).map_err(fail(target)));
    written.inspect_err(|_| {
        // What is left of it helps nobody.
        let _ = std::fs::remove_dir_all(&temporary);
    })
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
pub fn list(folder: &Path) -> std::io::Result<Vec<ListedFile>> {
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
    let text = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((text, total))
}
