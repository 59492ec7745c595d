//! `.ris/`: what is derived from the documents or lasts no longer than a run. Git ignores it.

use std::io;
use std::path::{Path, PathBuf};

/// The folder below the root.
pub(crate) const FOLDER: &str = ".ris";

/// Makes the folder in `root`, ignored by git; returns its path.
///
/// # Errors
/// Says which path could not be made or written.
pub(crate) fn prepare(root: &Path) -> Result<PathBuf, (PathBuf, io::Error)> {
    let folder = root.join(FOLDER);
    let ignore = folder.join(".gitignore");
    std::fs::create_dir_all(&folder).map_err(|error| (folder.clone(), error))?;
    if !ignore.exists() {
        std::fs::write(&ignore, "*\n").map_err(|error| (ignore, error))?;
    }
    Ok(folder)
}
