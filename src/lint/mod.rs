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
mod level;
mod markdown;
mod rule;
mod rules;
mod run;
mod suppress;
mod surroundings;
mod table;

pub use baseline::{Baseline, BaselineError};
pub use context::LintContext;
pub use explain::{Explanation, explain, nearest_code};
pub use finding::{Draft, Finding, Findings};
pub(crate) use fix::apply;
pub use fix::{Edit, Fix};
pub use hidden::MASK;
pub use level::RuleLevel;
pub use rule::{Check, Rule, Subject};
pub use run::{Checked, Outcome, check, hidden_in};
pub use surroundings::{Neighbour, Surroundings};
pub use table::{RULES, rule};

#[cfg(test)]
mod tests;
