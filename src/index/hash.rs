//! Hashes that tell files and paths apart.

use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// Tells a file's content from any other that it may have had: by XXH3, which takes next to no time on any processor.
///
/// It is no proof against whoever can write the file: evidence rests on git, not on it.
pub(crate) type ContentHash = [u64; 2];

/// Returns the hash of a file's bytes.
pub(crate) fn content_hash(bytes: &[u8]) -> ContentHash {
    let hash = xxh3_128(bytes);
    [(hash >> 64) as u64, hash as u64]
}

/// Returns the number that stands for a path: its letters would be dear as a term that one document has.
///
/// The beginning of its SHA-256: nobody may find a name by which one file would take another's place in the index.
pub(crate) fn path_key(path: &str) -> u64 {
    let digest = Sha256::digest(path.as_bytes());
    digest[..8].iter().fold(0_u64, |value, &byte| value << 8 | u64::from(byte))
}

/// Returns the number that stands for a name of which each document has its own.
pub(crate) fn name_hash(name: &str) -> u64 {
    xxh3_64(name.as_bytes())
}
