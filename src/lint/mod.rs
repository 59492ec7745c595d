//! The rules of `ris check`: what is wrong with a document, or likely to be, and what to do about it.
//!
//! Pure: a rule is handed the document, its text, the day, the settings and a view on the rest of the knowledge base.
//! `table` lists every rule; `rules/` has one file for each subject; `explanations/` says of every code why it is
//! there, with an example and the way out. A check has two steps, so that no more than one document is in memory at a
//! time: [`check`] runs the rules on one document, [`Checked::finish`] settles what depends on the others.

mod baseline;
mod context;
mod explain;
mod finding;
mod fix;
mod hidden;
mod markdown;
mod rule;
mod rules;
mod run;
mod suppress;
mod surroundings;
mod table;

pub use crate::config::RuleLevel;
pub use baseline::{Baseline, BaselineError};
pub(crate) use context::LintContext;
pub use explain::{Explanation, explain, nearest_code};
pub use finding::Finding;
pub(crate) use finding::{Draft, Findings};
pub(crate) use fix::Fix;
pub(crate) use fix::apply;
pub(crate) use hidden::without_hidden;
pub use rule::Rule;
pub(crate) use run::{Checked, check};
pub(crate) use surroundings::{Neighbour, Surroundings};
pub use table::RULES;
pub(crate) use table::rule;

#[cfg(test)]
mod tests;
