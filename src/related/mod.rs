//! Why two documents belong together: what a reference points to, which files are one incident, and what a shared
//! fact is worth. Pure; the numbers behind the facts come from the index.

mod incident;
mod reason;
mod target;

pub(crate) use incident::same_incident;
pub use reason::{Reason, SharedTag};
pub(crate) use reason::{Weighed, weigh};
pub(crate) use target::{Target, targets};
