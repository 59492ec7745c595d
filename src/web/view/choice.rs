//! What the forms of lists offer, and what a list says of a query that cannot be understood.

use super::{Part, message};
use crate::api::severity_name;
use crate::kb::QueryError;
use crate::model::{Severity, capitalised};

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

/// Returns what a list says of a query that cannot be understood.
pub(crate) fn misunderstood(problem: &QueryError) -> Vec<Part> {
    let hint = problem.hint.as_ref().map(|hint| format!(" {}.", capitalised(hint))).unwrap_or_default();
    message(&format!("{}.{hint}", capitalised(&problem.message)))
}
