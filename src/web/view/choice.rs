//! What the forms of lists offer, and what a list says of a query that cannot be understood.

use super::{Part, message};
use crate::kb::{KnowledgeBase, QueryError};
use crate::model::{Severity, capitalised};

/// What stands for documents without a value.
pub(crate) const NONE: &str = "none";

/// A value that can be chosen.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    /// Where it leads; empty in a form.
    pub(crate) url: String,
    pub(crate) chosen: bool,
}

impl Choice {
    /// Returns a choice of a form.
    pub(crate) fn plain(value: &str, label: &str, chosen: bool) -> Self {
        Self { value: value.to_owned(), label: label.to_owned(), url: String::new(), chosen }
    }
}

/// Returns every severity, and that it is not stated.
pub(crate) fn severity_choices(chosen: &[Option<Severity>]) -> Vec<Choice> {
    let choice = |severity: Option<Severity>| {
        let name = severity_name(severity);
        let label = if severity.is_some() { capitalised(name) } else { "Not stated".to_owned() };
        Choice::plain(name, &label, chosen.contains(&severity))
    };
    Severity::ALL.into_iter().map(Some).chain([None]).map(choice).collect()
}

/// Returns the name of a severity in addresses.
pub(crate) fn severity_name(severity: Option<Severity>) -> &'static str {
    severity.map_or(NONE, Severity::word)
}

/// Returns the severity with this name; the inner `None` stands for those without.
pub(crate) fn severity_from(name: &str) -> Option<Option<Severity>> {
    if name == NONE {
        return Some(None);
    }
    Severity::from_word(name).map(Some)
}

/// Returns the parameters of an address with every severity by its word, however it is named: by a level, or as the
/// settings of the knowledge base have it, as in a query.
pub(crate) fn in_words(kb: &KnowledgeBase, mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    for (_, value) in pairs.iter_mut().filter(|(name, value)| name == "severity" && value.trim() != NONE) {
        if let Ok(severity) = kb.severity(value.trim()) {
            severity.word().clone_into(value);
        }
    }
    pairs
}

/// Returns what a list says of a query that cannot be understood.
pub(crate) fn misunderstood(problem: &QueryError) -> Vec<Part> {
    let hint = problem.hint.as_ref().map(|hint| format!(" {}.", capitalised(hint))).unwrap_or_default();
    message(&format!("{}.{hint}", capitalised(&problem.message)))
}
