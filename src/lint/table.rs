//! Every rule, in the order in which they run.

use super::Rule;
use super::RuleLevel::{self, Deny, Warn};
use super::rule::Check::{self, Document, Run};
use super::rule::Subject::{self, Actions, References, Suppressions};
use super::rules::{actions, references};

/// The rules.
pub const RULES: &[Rule] = &[
    // Action items.
    rule_of(
        "action-without-owner",
        Warn,
        Actions,
        Document(actions::without_owner),
        "an open action item names no owner",
    ),
    // References and links.
    rule_of("dangling-reference", Warn, References, Document(references::dangling), "an id or link leads to nothing"),
    // Suppressions.
    rule_of("suppression-without-reason", Deny, Suppressions, Run, "a suppression does not say why"),
    rule_of("suppression-unknown-code", Warn, Suppressions, Run, "a suppression names no rule"),
    rule_of("suppression-unused", Warn, Suppressions, Run, "a suppression has nothing to suppress"),
];

const fn rule_of(code: &'static str, level: RuleLevel, subject: Subject, check: Check, summary: &'static str) -> Rule {
    Rule { code, level, subject, check, summary }
}

/// Returns the rule with this code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}
