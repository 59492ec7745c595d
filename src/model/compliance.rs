//! The compliance block: controls, retention, reviews, as stated.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Extracted, PartialDate};

/// A control that a document maps to: framework and id as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Control {
    /// `hipaa`, `soc2`, `iso27001` or another key of the block.
    pub framework: String,
    /// Control id as written (`CC7.3`, `164.308(a)(1)(ii)(D)`).
    pub id: String,
    /// Line in the file, counted from 1.
    pub line: u32,
}

/// What a document says of its own review.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
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

/// Everything about compliance that a document states.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Compliance {
    /// Controls in the order written.
    pub controls: Vec<Control>,
    /// Retention periods as written, with the framework they were stated for.
    pub retention: Vec<(String, Extracted<String>)>,
    /// Orders not to dispose of the record, by the name that each has; an empty name is one that has none. Those that were
    /// released are not among them.
    pub holds: Vec<Extracted<String>>,
    /// Classification (`internal`, …).
    pub classification: Option<Extracted<String>>,
    /// What kind of protected health information it says it contains.
    pub phi: Option<Extracted<String>>,
    /// Review facts.
    pub review: ReviewFacts,
}

/// The days that a document states of itself rather than of its incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OwnDays {
    /// It was made.
    pub created: Option<NaiveDate>,
    /// It was last changed.
    pub updated: Option<NaiveDate>,
    /// Its incident was closed.
    pub closed: Option<NaiveDate>,
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
