//! Damaged files can make the engine panic. Here such a panic becomes the error that it stands for, in silence.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::path::Path;
use std::sync::Once;

use super::error::IndexError;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Threads of the engine, whose failures come back as errors.
const ENGINE_THREADS: [&str; 3] = ["thrd-tantivy", "merge_thread", "segment_updater"];

/// Runs `work` on the index in `folder`; a panic is reported as damage.
pub(crate) fn guarded<T>(folder: &Path, work: impl FnOnce() -> Result<T, IndexError>) -> Result<T, IndexError> {
    quietly(work).unwrap_or_else(|| {
        let reason = "reading it failed".to_owned();
        Err(IndexError::Damaged { path: folder.to_owned(), reason })
    })
}

/// Runs `work`; `None` where it panics, without a message on the terminal.
pub(crate) fn quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let others = take_hook();
        set_hook(Box::new(move |panic| {
            let is_engine = |name: &str| ENGINE_THREADS.iter().any(|start| name.starts_with(start));
            if !QUIET.get() && !std::thread::current().name().is_some_and(is_engine) {
                others(panic);
            }
        }));
    });
    let before = QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    QUIET.set(before);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_a_panic_into_damage() {
        let bytes: Vec<u8> = Vec::new();
        let result = guarded(Path::new("x"), || Ok(bytes[bytes.len()]));
        assert!(matches!(result, Err(IndexError::Damaged { .. })));
        assert!(matches!(guarded(Path::new("x"), || Ok(1)), Ok(1)));
    }
}
