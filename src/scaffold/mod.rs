//! New documents: templates and what they are filled with, ids and paths.
//!
//! Makes texts of values. Knows neither folder nor clock: what is there, and what time it is, is handed in by `kb`.

mod advice;
mod compliance;
mod engine;
mod error;
mod filters;
mod front_matter;
mod head;
mod headline;
mod id;
mod link;
mod log;
mod questions;
mod resolution;
mod slug;
mod split;
mod starter;
mod variables;

pub(crate) use compliance::ComplianceBlock;
pub(crate) use engine::TemplateFile;
pub use engine::{TemplateInfo, TemplateOrigin, Templates};
pub use error::TemplateError;
pub(crate) use front_matter::FrontMatterText;
pub(crate) use id::{Taken, new_id, usable_path};
pub(crate) use link::link;
pub(crate) use log::{LogFacts, read_log};
pub(crate) use questions::{open_questions, questions_of};
pub(crate) use resolution::{PARTS, RelatedIncident, ResolutionPart, Resolves, Source, cleaned, parts, refresh};
pub(crate) use slug::slug;
pub(crate) use split::{Anchors, Cut, Home, Part, retarget};
pub use starter::{Ci, StarterProfile};
pub(crate) use starter::{FIRST_DOCUMENT, TEMPLATES_README, settings_with};
pub(crate) use variables::{COMMON, Values};

#[cfg(test)]
mod tests;
