//! What a team says of how its documents are to be read.

use std::hash::{Hash, Hasher};

use super::scale::SeverityScale;
use super::when::DateOrder;

/// How a team writes what can be read in more than one way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Conventions {
    /// What words and codes of severity mean.
    pub severities: SeverityScale,
    /// The order of numeric dates where a document does not show its own.
    pub date_order: Option<DateOrder>,
}

impl Conventions {
    /// Returns what is said, a sentence each.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let terms = self.severities.terms();
        let terms: Vec<String> =
            terms.iter().map(|(written, severity)| format!("{written} means {severity}")).collect();
        let severities = (!terms.is_empty()).then(|| format!("Of severities {}.", terms.join(", ")));
        let dates = self.date_order.and_then(|order| match order {
            DateOrder::DayFirst => Some("begin with the day (02/05/2024 is 2 May)"),
            DateOrder::MonthFirst => Some("begin with the month (02/05/2024 is 5 February)"),
            DateOrder::Unknown => None,
        });
        let dates = dates.map(|it| format!("Dates in numbers {it} where a document shows no order of its own."));
        severities.into_iter().chain(dates).collect()
    }

    /// Returns a number that is another for other conventions; 0 where nothing is said.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        if *self == Self::default() {
            return 0;
        }
        let mut hasher = rustc_hash::FxHasher::default();
        self.hash(&mut hasher);
        hasher.finish().max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Severity;

    #[test]
    fn what_is_said_is_told_in_sentences() {
        assert_eq!((Conventions::default().sentences(), Conventions::default().fingerprint()), (Vec::new(), 0));
        let mut conventions = Conventions { date_order: Some(DateOrder::DayFirst), ..Conventions::default() };
        conventions.severities.add("P2", Severity::High).unwrap();
        conventions.severities.add("P1", Severity::Critical).unwrap();
        assert_eq!(
            conventions.sentences(),
            [
                "Of severities P1 means critical, P2 means high.",
                "Dates in numbers begin with the day (02/05/2024 is 2 May) where a document shows no order of its own."
            ]
        );
    }
}
