//! What the rules are for: the texts of `ris check --explain`.

use super::table::{RULES, rule};
use crate::model::nearest;

/// The texts, one file for each subject or for a few of them; `## code` begins the text of a rule.
const FILES: &[&str] = &[
    include_str!("explanations/file.md"),
    include_str!("explanations/documents.md"),
    include_str!("explanations/dates.md"),
    include_str!("explanations/actions.md"),
    include_str!("explanations/references.md"),
    include_str!("explanations/encoding.md"),
    include_str!("explanations/compliance.md"),
    include_str!("explanations/secrets.md"),
    include_str!("explanations/wording.md"),
    include_str!("explanations/suppressions.md"),
];

/// What a rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// Its code.
    pub code: &'static str,
    /// Why it is there, with an example and the way out, as Markdown.
    pub text: &'static str,
}

/// Returns the explanation of the rule `code`.
#[must_use]
pub fn explain(code: &str) -> Option<Explanation> {
    let rule = rule(code)?;
    FILES.iter().find_map(|file| {
        file.split("\n## ").skip(1).find_map(|part| {
            let (title, text) = part.split_once('\n')?;
            (title.trim() == rule.code).then_some(Explanation { code: rule.code, text: text.trim() })
        })
    })
}

/// Returns the code that is nearest to `wanted`, where one is near.
#[must_use]
pub fn nearest_code(wanted: &str) -> Option<&'static str> {
    nearest(wanted, RULES.iter().map(|rule| rule.code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_explained_with_an_example_and_a_way_out() {
        for rule in RULES {
            let Some(explanation) = explain(rule.code) else { panic!("`{}` has no explanation", rule.code) };
            for part in ["**Why.**", "**Example.**", "**Fix.**"] {
                assert!(explanation.text.contains(part), "`{}` lacks {part}", rule.code);
            }
        }
    }

    #[test]
    fn every_explanation_belongs_to_a_rule() {
        for file in FILES {
            for part in file.split("\n## ").skip(1) {
                let title = part.lines().next().unwrap_or_default();
                assert!(rule(title.trim()).is_some(), "no rule is called `{title}`");
            }
        }
    }

    #[test]
    fn a_misspelt_code_gets_the_nearest() {
        assert_eq!(nearest_code("dangling-refrence"), Some("dangling-reference"));
        assert_eq!(nearest_code("zzz"), None);
    }
}
