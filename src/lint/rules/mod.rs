//! The rules, one file for each subject.

pub(super) mod actions;
pub(super) mod references;
