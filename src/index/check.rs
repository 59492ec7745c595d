//! Tells whole files of the index from damaged ones, at next to no cost where nothing touched them.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tantivy::Index;

use super::directory::{MANAGED, META};
use super::error::IndexError;

/// Files that every segment of this schema has; some are opened only when they are needed.
const PARTS: [&str; 6] = [".store", ".term", ".idx", ".pos", ".fast", ".fieldnorm"];
/// Bytes that may be checked on every opening without anyone noticing.
const CHEAP: u64 = 2 << 20;

/// Checks the content of every file that may have changed after the commit that names it.
///
/// Files of the index are written once, before the commit. A later change is damage or a copy; checksums tell which,
/// and only then are whole files read.
pub(super) fn check_files(index: &Index, folder: &Path) -> Result<(), IndexError> {
    let damaged = |reason: String| IndexError::Damaged { path: folder.to_owned(), reason };
    let committed = modified(&folder.join(META)).unwrap_or(SystemTime::UNIX_EPOCH);
    let ids = index.searchable_segment_ids().map_err(|error| IndexError::engine("open the index in", folder, error))?;
    let ids: HashSet<String> = ids.iter().map(tantivy::index::SegmentId::uuid_string).collect();
    let mut checked = Checked { latest: committed, bytes: 0 };
    let mut parts = 0;
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.split('.').next().is_some_and(|id| ids.contains(id)) {
            continue;
        }
        parts += usize::from(PARTS.iter().any(|part| name.ends_with(part)));
        let Ok(changed) = modified(&entry.path()) else { continue };
        if changed < committed {
            continue;
        }
        let file = PathBuf::from(&name);
        if !index.directory().validate_checksum(&file).is_ok_and(|whole| whole) {
            return Err(damaged(format!("`{name}` does not hold what was written")));
        }
        checked.latest = checked.latest.max(changed);
        checked.bytes += entry.metadata().map_or(0, |metadata| metadata.len());
    }
    // Without its list the engine would never remove what it no longer needs.
    if parts < ids.len() * PARTS.len() || !folder.join(MANAGED).exists() {
        return Err(damaged("files are missing".to_owned()));
    }
    checked.remember(folder, committed);
    Ok(())
}

struct Checked {
    latest: SystemTime,
    bytes: u64,
}

impl Checked {
    /// Moves the time of the commit behind what has been checked. Small files of the same tick of the clock are
    /// rather checked again, so that damage in that very tick shows too.
    fn remember(&self, folder: &Path, committed: SystemTime) {
        let beyond = if self.bytes > CHEAP { Duration::from_nanos(1) } else { Duration::ZERO };
        let time = self.latest + beyond;
        if time > committed {
            let meta = std::fs::File::options().append(true).open(folder.join(META));
            // In a read-only folder it is checked again next time.
            let _ = meta.and_then(|meta| meta.set_modified(time));
        }
    }
}

/// What tells one commit from the next without opening anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CommitMark {
    modified: SystemTime,
    length: u64,
    /// Every commit is a new file.
    file: u64,
}

impl CommitMark {
    /// Tells whether both are of one commit, whatever time it has.
    pub(super) fn is_of(self, other: Self) -> bool {
        (self.file, self.length) == (other.file, other.length)
    }
}

/// Returns the mark of the last commit.
pub(crate) fn commit_mark(folder: &Path) -> Option<CommitMark> {
    let metadata = std::fs::metadata(folder.join(META)).ok()?;
    #[cfg(unix)]
    let file = std::os::unix::fs::MetadataExt::ino(&metadata);
    #[cfg(not(unix))]
    let file = 0;
    Some(CommitMark { modified: metadata.modified().ok()?, length: metadata.len(), file })
}

fn modified(path: &Path) -> std::io::Result<SystemTime> {
    std::fs::metadata(path).and_then(|metadata| metadata.modified())
}
