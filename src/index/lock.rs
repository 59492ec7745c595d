//! One writer at a time: a lock file in `.ris/`, held for the length of a sync and released by the system when the
//! process ends, however it ends.

use std::path::Path;
use std::time::Duration;

use super::error::IndexError;
use crate::store::lock::{self, Held, LockError};

const NAME: &str = "lock";

/// Takes the lock in `folder`, waiting up to `patience` for another process; `on_wait` is called once before waiting.
pub(super) fn acquire(folder: &Path, patience: Duration, on_wait: &dyn Fn()) -> Result<Held, IndexError> {
    lock::acquire(&folder.join(NAME), patience, on_wait).map_err(|error| match error {
        LockError::Busy(_) => IndexError::Busy { path: folder.to_owned() },
        LockError::Io { path, source } => IndexError::io("write", &path, source),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_one_in_and_gives_up_on_the_other_after_its_patience() {
        let folder = tempfile::tempdir().unwrap();
        let first = acquire(folder.path(), Duration::ZERO, &|| panic!("nobody to wait for")).unwrap();
        assert!(!first.waited);
        let told = std::cell::Cell::new(0);
        let wait = || told.set(told.get() + 1);
        let second = acquire(folder.path(), Duration::from_millis(50), &wait);
        assert!(matches!(second, Err(IndexError::Busy { .. })));
        assert_eq!(told.get(), 1);
        drop(first);
        assert!(acquire(folder.path(), Duration::ZERO, &|| {}).is_ok());
    }
}
