//! The rules, one file for each subject.

pub(super) mod actions;
pub(super) mod breaches;
pub(super) mod controls;
pub(super) mod dates;
pub(super) mod deadlines;
pub(super) mod durations;
pub(super) mod encoding;
pub(super) mod follow_up;
pub(super) mod frameworks;
pub(super) mod front_matter;
pub(super) mod identity;
pub(super) mod incident;
pub(super) mod lessons;
pub(super) mod links;
pub(super) mod markdown;
pub(super) mod references;
pub(super) mod retention;
pub(super) mod reviews;
pub(super) mod secrets;
pub(super) mod sections;
pub(super) mod status;
pub(super) mod tables;
pub(super) mod wording;
pub(super) mod years;
