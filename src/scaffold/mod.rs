//! New documents: templates and what they are filled with, ids and paths.
//!
//! Makes texts of values. Knows neither folder nor clock: what is there, and what time it is, is handed in by `kb`.

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
mod starter;
mod variables;

pub use compliance::ComplianceBlock;
pub use engine::{TemplateFile, TemplateInfo, TemplateOrigin, Templates};
pub use error::TemplateError;
pub use front_matter::FrontMatterText;
pub use id::{Taken, new_id, usable_path};
pub use link::link;
pub use log::{LogFacts, read_log};
pub use questions::{open_questions, questions_of};
pub use resolution::{PARTS, RelatedIncident, ResolutionPart, Resolves, Source, cleaned, parts, refresh};
pub use slug::slug;
pub use starter::{Ci, FIRST_DOCUMENT, TEMPLATES_README, settings_with};
pub use variables::{COMMON, Values};

#[cfg(test)]
mod tests;
