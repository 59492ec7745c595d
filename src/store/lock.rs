//! One process at a time: whoever changes what another may be changing holds a lock on a file in `.ris/`.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Time between two tries.
const PAUSE: Duration = Duration::from_millis(20);

/// A lock that is held until it is dropped, or the process ends.
#[derive(Debug)]
pub struct Held {
    _file: File,
}

/// Why a lock is not held.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process has held it for too long.
    #[error("another ris has been writing in this knowledge base for {} seconds", .0.as_secs())]
    Busy(Duration),
    /// The file cannot be made or locked.
    #[error("cannot lock `{}`", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
}

/// Holds the lock `name` of the knowledge base at `root`, waiting at most `patience` for another process.
///
/// # Errors
/// Where another process keeps it, or the file cannot be made.
pub fn hold(root: &Path, name: &str, patience: Duration) -> Result<Held, LockError> {
    let folder = root.join(".ris");
    let path = folder.join(name);
    let fail = |source| LockError::Io { path: path.clone(), source };
    std::fs::create_dir_all(&folder).map_err(fail)?;
    ignore_in_git(&folder).map_err(fail)?;
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(fail)?;
    let until = Instant::now() + patience;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Held { _file: file }),
            Err(TryLockError::Error(source)) => return Err(fail(source)),
            Err(TryLockError::WouldBlock) if Instant::now() >= until => return Err(LockError::Busy(patience)),
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
        }
    }
}

/// The folder is derived and of this machine; it says so itself, as the index does.
fn ignore_in_git(folder: &Path) -> std::io::Result<()> {
    let path = folder.join(".gitignore");
    if path.exists() { Ok(()) } else { std::fs::write(path, "*\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let held = hold(folder.path(), "new.lock", Duration::ZERO).unwrap();
        assert!(matches!(hold(folder.path(), "new.lock", Duration::ZERO), Err(LockError::Busy(_))));
        assert!(hold(folder.path(), "other.lock", Duration::ZERO).is_ok());
        drop(held);
        assert!(hold(folder.path(), "new.lock", Duration::ZERO).is_ok());
    }
}
