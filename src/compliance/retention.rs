//! How long records are kept by law or custom, with the citation.

use super::Framework;
use crate::model::Period;

/// What a regime asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetentionRule {
    /// The regime.
    pub regime: &'static str,
    /// Where it says so; empty where it says nothing.
    pub citation: &'static str,
    /// The shortest period allowed; `None` where the organisation sets its own.
    pub at_least: Option<Period>,
    /// What it is about, and what the clock starts from.
    pub about: &'static str,
}

/// Where HIPAA says how long breach assessments are kept.
const OF_BREACHES: &str = "45 CFR 164.530(j)(2)";

const RULES: [RetentionRule; 7] = [
    RetentionRule {
        regime: "HIPAA",
        citation: "45 CFR 164.316(b)(2)(i)",
        at_least: Some(Period::Months(72)),
        about: "policies, procedures and the record of every required action, from the later of creation and the day last in effect",
    },
    RetentionRule {
        regime: "HIPAA",
        citation: OF_BREACHES,
        at_least: Some(Period::Months(72)),
        about: "breach assessments and notices, from the later of creation and the day last in effect",
    },
    RetentionRule {
        regime: "SOC 2",
        citation: "",
        at_least: None,
        about: "the criteria fix no period; the auditor tests the organisation's own policy over the observed period",
    },
    RetentionRule {
        regime: "ISO 27001",
        citation: "clause 7.5.3, A.5.33",
        at_least: None,
        about: "the organisation sets its own; a certificate's three years are a common floor",
    },
    RetentionRule {
        regime: "PCI DSS",
        citation: "10.5.1",
        at_least: Some(Period::Months(12)),
        about: "history of audit logs, the newest three months at hand; not the reports about incidents",
    },
    RetentionRule {
        regime: "NYDFS",
        citation: "23 NYCRR 500.6(b)",
        at_least: Some(Period::Months(36)),
        about: "audit trails of cybersecurity events, from creation",
    },
    RetentionRule {
        regime: "Florida",
        citation: "Fla. Stat. 501.171(4)(c)",
        at_least: Some(Period::Months(60)),
        about: "the written determination that no notice is needed",
    },
];

/// Returns what every regime asks, for people to read: only that of HIPAA is about records of incidents as such.
#[must_use]
pub fn retention_rules() -> &'static [RetentionRule] {
    &RULES
}

/// Returns how long the record of a possible breach is kept under HIPAA, and where it says so.
#[must_use]
pub(crate) fn breach_retention() -> Option<(Period, &'static str)> {
    let rule = RULES.iter().find(|rule| rule.citation == OF_BREACHES)?;
    Some((rule.at_least?, rule.citation))
}

/// Returns the shortest retention that a framework allows, and where it says so.
#[must_use]
pub fn minimum_retention(framework: Framework) -> Option<(Period, &'static str)> {
    let rule = RULES.iter().find(|rule| rule.regime == framework.name())?;
    Some((rule.at_least?, rule.citation))
}
