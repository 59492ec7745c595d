//! What work costs, for the tests that hostile input costs no more than its size.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Returns the processor time that this thread spends on `work`: unlike the time that passes, it does not grow while the
/// machine does something else.
pub(crate) fn effort<T>(work: impl FnOnce() -> T) -> Duration {
    let spent = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default();
    let before = spent();
    let done = work();
    let after = spent();
    drop(done);
    after.saturating_sub(before)
}
