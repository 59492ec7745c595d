//! Hashes that tell files and paths apart.

use sha2::{Digest, Sha256};

/// The part of a SHA-256 that is kept: enough that two different files never share it.
pub(crate) type ContentHash = [u64; 2];

/// Returns the hash of a file's bytes.
pub(crate) fn content_hash(bytes: &[u8]) -> ContentHash {
    let digest = Sha256::digest(bytes);
    let part = |at: usize| digest[at..at + 8].iter().fold(0_u64, |value, &byte| value << 8 | u64::from(byte));
    [part(0), part(8)]
}

/// Returns the number that stands for a path: its letters would be dear as a term that one document has.
pub(crate) fn path_key(path: &str) -> u64 {
    content_hash(path.as_bytes())[0]
}
