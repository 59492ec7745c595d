//! Removing what a killed run left in the folder of an index. Only the process that holds the write lock may.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use tantivy::Directory;
use tantivy::directory::META_LOCK;

use super::directory::META;
use super::open::OpenIndex;

/// Removes temporary files; harmless where they cannot be removed.
pub(crate) fn remove_temporary_files(folder: &Path) {
    remove_where(folder, |name| name.starts_with(".tmp"));
}

/// Removes files that the last commit does not name. A run killed between writing the list of deleted documents and
/// its commit leaves one whose name the next run would want to use.
pub(crate) fn remove_orphans(open: &OpenIndex) {
    // Readers hold this lock while they open the files of a commit.
    let Ok(_lock) = open.index.directory().acquire_lock(&META_LOCK) else { return };
    let Ok(meta) = open.index.load_metas() else { return };
    let living: HashSet<PathBuf> = meta.list_segment_files();
    remove_where(open.folder(), |name| !name.starts_with('.') && name != META && !living.contains(Path::new(name)));
}

fn remove_where(folder: &Path, unwanted: impl Fn(&str) -> bool) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if unwanted(&entry.file_name().to_string_lossy()) {
            // What stays does harm only where its name is wanted again, and then the run says so.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}
