//! The compliance block: controls, retention, reviews, as stated.

use chrono::{Months, NaiveDate};

use super::{Extracted, PartialDate};

/// Months between two reviews, by the words people use.
const FREQUENCIES: [(&str, u32); 8] = [
    ("monthly", 1),
    ("bi-monthly", 2),
    ("quarterly", 3),
    ("semi-annual", 6),
    ("semi-annually", 6),
    ("annual", 12),
    ("annually", 12),
    ("yearly", 12),
];

/// A control that a document maps to: framework and id as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// `hipaa`, `soc2`, `iso27001` or another key of the block.
    pub framework: String,
    /// Control id as written (`CC7.3`, `164.308(a)(1)(ii)(D)`).
    pub id: String,
    /// Line in the file, counted from 1.
    pub line: u32,
}

/// What a document says of its own review.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReviewFacts {
    /// When the next review is due.
    pub next: Option<Extracted<PartialDate>>,
    /// When it was last reviewed.
    pub last: Option<Extracted<PartialDate>>,
    /// Who reviewed or is to review; may be a placeholder such as `Pending`.
    pub reviewer: Option<Extracted<String>>,
    /// `quarterly` and the like, with the framework it was stated for.
    pub frequencies: Vec<(String, Extracted<String>)>,
}

impl ReviewFacts {
    /// Returns the day of the next review and whether it was worked out: the stated day, or else the last review and
    /// the shortest frequency stated.
    #[must_use]
    pub fn due(&self) -> Option<(NaiveDate, bool)> {
        if let Some(next) = &self.next {
            return Some((next.value.first_day(), false));
        }
        let months = |word: &str| FREQUENCIES.iter().find(|(it, _)| *it == word).map(|(_, months)| *months);
        let word = |text: &str| text.trim().to_ascii_lowercase().replace([' ', '_'], "-");
        let every = self.frequencies.iter().filter_map(|(_, frequency)| months(&word(&frequency.value))).min()?;
        let last = self.last.as_ref()?.value.first_day();
        Some((last.checked_add_months(Months::new(every))?, true))
    }
}

/// Everything about compliance that a document states.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compliance {
    /// Controls in the order written.
    pub controls: Vec<Control>,
    /// Retention periods as written, with the framework they were stated for.
    pub retention: Vec<(String, Extracted<String>)>,
    /// Classification (`internal`, …).
    pub classification: Option<Extracted<String>>,
    /// What kind of protected health information it says it contains.
    pub phi: Option<Extracted<String>>,
    /// Review facts.
    pub review: ReviewFacts,
}

impl Compliance {
    /// Returns the frameworks named, each once, in the order written.
    #[must_use]
    pub fn frameworks(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        let stated = self.controls.iter().map(|control| control.framework.as_str());
        for name in stated.chain(self.retention.iter().map(|(framework, _)| framework.as_str())) {
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Tells whether the document states nothing about compliance.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Origin, OriginKind};

    #[test]
    fn a_review_is_due_as_stated_or_after_the_shortest_frequency() {
        fn from<T>(value: T) -> Extracted<T> {
            Extracted::new(value, "", Origin::new(OriginKind::FrontMatter, 1))
        }
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut facts = ReviewFacts { last: Some(from(PartialDate::day(day("2026-01-31")))), ..ReviewFacts::default() };
        assert_eq!(facts.due(), None);
        facts.frequencies = vec![("soc2".into(), from("Annual".into())), ("hipaa".into(), from("monthly".into()))];
        assert_eq!(facts.due(), Some((day("2026-02-28"), true)));
        facts.next = Some(from(PartialDate::day(day("2027-01-01"))));
        assert_eq!(facts.due(), Some((day("2027-01-01"), false)));
    }
}
