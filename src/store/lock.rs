//! One process at a time: whoever changes what another may be changing holds a lock.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::state;

/// Time between two tries.
const PAUSE: Duration = Duration::from_millis(20);

/// A lock that is held until it is dropped, or the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Held {
    files: Vec<File>,
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
/// It is a lock on the folder itself, which whoever may read it can hold, whoever made `.ris/`, and with it one on a file
/// in there, since network file systems lock no folders. One of the two is enough.
///
/// # Errors
/// Where another process keeps it, or there is neither.
pub(crate) fn hold(root: &Path, name: &str, patience: Duration) -> Result<Held, LockError> {
    let folder = match File::open(root).map(|folder| wait_for(folder, root, patience, &|| {})) {
        Ok(Err(busy @ LockError::Busy(_))) => return Err(busy),
        other => other.ok().and_then(Result::ok),
    };
    let prepared = state::prepare(root).map_err(|(path, source)| LockError::Io { path, source });
    match (prepared.and_then(|folder| acquire(&folder.join(name), patience, &|| {})), folder) {
        (Ok(mut held), folder) => {
            held.waited |= folder.as_ref().is_some_and(|it| it.waited);
            held.files.extend(folder.into_iter().flat_map(|it| it.files));
            Ok(held)
        }
        (Err(LockError::Io { .. }), Some(folder)) => Ok(folder),
        (Err(error), _) => Err(error),
    }
}

/// Holds the lock whose file is at `path`, waiting at most `patience`; `on_wait` is called once before waiting.
///
/// # Errors
/// Where another process keeps it, or the file cannot be made.
pub(crate) fn acquire(path: &Path, patience: Duration, on_wait: &dyn Fn()) -> Result<Held, LockError> {
    let file = File::options().create(true).truncate(false).write(true).open(path);
    let file = file.map_err(|source| LockError::Io { path: path.to_owned(), source })?;
    wait_for(file, path, patience, on_wait)
}

fn wait_for(file: File, path: &Path, patience: Duration, on_wait: &dyn Fn()) -> Result<Held, LockError> {
    let start = Instant::now();
    let mut waited = false;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Held { files: vec![file], waited }),
            Err(TryLockError::Error(source)) => return Err(LockError::Io { path: path.to_owned(), source }),
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
        drop(held);
        assert!(hold(folder.path(), "new.lock", Duration::ZERO).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn one_at_a_time_where_no_file_can_be_made() {
        let folder = tempfile::tempdir().unwrap();
        // As where `.ris` belongs to somebody else.
        std::fs::write(folder.path().join(state::FOLDER), "").unwrap();
        let held = hold(folder.path(), "new.lock", Duration::ZERO).unwrap();
        assert!(matches!(hold(folder.path(), "new.lock", Duration::ZERO), Err(LockError::Busy(_))));
        drop(held);
        assert!(hold(folder.path(), "new.lock", Duration::ZERO).is_ok());
    }
}
