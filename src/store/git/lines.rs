//! How many lines a change added and took away.

use git2::{DiffOptions, Oid, Patch, Repository};

/// Texts above this many bytes are not compared.
const MAX_BYTES: usize = 1 << 20;

/// Returns the lines added and removed between two versions of a file; the zero id stands for no file. `None` for
/// what is no text or too large.
pub(super) fn count(repository: &Repository, before: Oid, after: Oid) -> Option<(usize, usize)> {
    let read = |id: Oid| -> Option<Vec<u8>> {
        if id.is_zero() {
            return Some(Vec::new());
        }
        let blob = repository.find_blob(id).ok()?;
        (blob.size() <= MAX_BYTES && !blob.is_binary()).then(|| blob.content().to_vec())
    };
    let (before, after) = (read(before)?, read(after)?);
    let mut options = DiffOptions::new();
    options.context_lines(0);
    let patch = Patch::from_buffers(&before, None, &after, None, Some(&mut options)).ok()?;
    patch.line_stats().ok().map(|(_, added, removed)| (added, removed))
}
