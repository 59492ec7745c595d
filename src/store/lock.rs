//! One process at a time: whoever changes what another may be changing holds a lock on a file in `.ris/`.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::state;

/// Time between two tries.
const PAUSE: Duration = Duration::from_millis(20);

/// A lock that is held until it is dropped, or the process ends, however it ends.
#[derive(Debug)]
pub struct Held {
    _file: File,
    /// Whether another process had to be waited for.
    pub waited: bool,
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
    let folder = state::prepare(root).map_err(|(path, source)| LockError::Io { path, source })?;
    acquire(&folder.join(name), patience, &|| {})
}

/// Holds the lock whose file is at `path`, waiting at most `patience`; `on_wait` is called once before waiting.
///
/// # Errors
/// As [`hold`].
pub fn acquire(path: &Path, patience: Duration, on_wait: &dyn Fn()) -> Result<Held, LockError> {
    let fail = |source| LockError::Io { path: path.to_owned(), source };
    let file = File::options().create(true).truncate(false).write(true).open(path).map_err(fail)?;
    let start = Instant::now();
    let mut waited = false;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Held { _file: file, waited }),
            Err(TryLockError::Error(source)) => return Err(fail(source)),
            Err(TryLockError::WouldBlock) if start.elapsed() >= patience => return Err(LockError::Busy(patience)),
            Err(TryLockError::WouldBlock) => {
                if !waited {
                    on_wait();
                }
                waited = true;
                std::thread::sleep(PAUSE);
            }
        }
    }
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
