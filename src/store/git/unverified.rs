//! Reading many objects without computing their hashes again.

use std::sync::{Mutex, PoisonError};

/// How many readers there are that want it so: libgit2 has one switch for the whole process.
static READERS: Mutex<usize> = Mutex::new(0);

/// While one of these lives, libgit2 takes the objects of a repository for what they are called, as git itself does when it
/// reads a log. Evidence is read with the hashes computed.
pub(crate) struct Unverified(());

impl Unverified {
    pub(crate) fn begin() -> Self {
        let mut readers = READERS.lock().unwrap_or_else(PoisonError::into_inner);
        *readers += 1;
        git2::opts::strict_hash_verification(false);
        Self(())
    }
}

impl Drop for Unverified {
    fn drop(&mut self) {
        let mut readers = READERS.lock().unwrap_or_else(PoisonError::into_inner);
        *readers -= 1;
        git2::opts::strict_hash_verification(*readers == 0);
    }
}
