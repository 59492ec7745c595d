//! `.ris/`: what is derived from the documents or lasts no longer than a run. Git ignores it.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The folder below the root.
pub const FOLDER: &str = ".ris";
/// How often a waiting process looks again.
const POLL: Duration = Duration::from_millis(20);

/// Makes the folder in `root`, ignored by git; returns its path.
///
/// # Errors
/// Says which path could not be made or written.
pub fn prepare(root: &Path) -> Result<PathBuf, (PathBuf, io::Error)> {
    let folder = root.join(FOLDER);
    let ignore = folder.join(".gitignore");
    std::fs::create_dir_all(&folder).map_err(|error| (folder.clone(), error))?;
    if !ignore.exists() {
        std::fs::write(&ignore, "*\n").map_err(|error| (ignore, error))?;
    }
    Ok(folder)
}

/// A right that one process has at a time. The system takes it back when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
    /// Whether another process had to be waited for.
    pub waited: bool,
}

/// Why a lock was not had.
#[derive(Debug)]
pub enum LockError {
    /// Another process has it still.
    Busy,
    /// The file of the lock cannot be opened.
    Io(io::Error),
}

impl Lock {
    /// Takes the lock whose file is at `path`, waiting up to `patience` for another process; `on_wait` is called once
    /// before waiting.
    ///
    /// # Errors
    /// Where another process keeps it, or its file cannot be opened.
    pub fn acquire(path: &Path, patience: Duration, on_wait: &dyn Fn()) -> Result<Self, LockError> {
        let file = File::options().create(true).truncate(false).write(true).open(path).map_err(LockError::Io)?;
        let start = Instant::now();
        let mut waited = false;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file, waited }),
                Err(TryLockError::Error(source)) => return Err(LockError::Io(source)),
                Err(TryLockError::WouldBlock) if start.elapsed() >= patience => return Err(LockError::Busy),
                Err(TryLockError::WouldBlock) => {
                    if !waited {
                        on_wait();
                    }
                    waited = true;
                    std::thread::sleep(POLL);
                }
            }
        }
    }
}
