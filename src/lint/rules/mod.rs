//! The rules, one file for each subject.

pub(super) mod actions;
pub(super) mod dates;
pub(super) mod durations;
pub(super) mod follow_up;
pub(super) mod front_matter;
pub(super) mod identity;
pub(super) mod lessons;
pub(super) mod links;
pub(super) mod markdown;
pub(super) mod references;
pub(super) mod sections;
pub(super) mod status;
pub(super) mod tables;
pub(super) mod years;
