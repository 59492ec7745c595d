//! `[check]` of `ris.toml`: levels and thresholds of `ris check`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Value;

use super::deadlines::RawDeadlines;
use super::level::RuleLevel;
use super::place::{Places, way};
use super::{Deadlines, Problem};
use crate::model::{Kind, SectionRole, Severity};
use crate::parse::SeverityScale;

/// A level that a team gives a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedLevel {
    /// Code of the rule.
    pub code: String,
    /// How much its findings weigh.
    pub level: RuleLevel,
    /// Line in the settings, counted from 1; 0 where it comes from elsewhere.
    pub line: usize,
}

/// A fact that documents about an incident can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// A title.
    Title,
    /// The day.
    Date,
    /// The severity.
    Severity,
    /// The status.
    Status,
    /// An id.
    Id,
    /// Affected services.
    Services,
    /// Owners.
    Owners,
}

impl Fact {
    /// Every fact, in the order shown.
    const ALL: [Self; 7] =
        [Self::Title, Self::Date, Self::Severity, Self::Status, Self::Id, Self::Services, Self::Owners];

    /// Returns the name used in settings and output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Date => "date",
            Self::Severity => "severity",
            Self::Status => "status",
            Self::Id => "id",
            Self::Services => "services",
            Self::Owners => "owners",
        }
    }

    fn stated((at, name): (usize, &String)) -> Result<Self, Problem> {
        let known = Self::ALL.into_iter().find(|it| it.as_str() == name);
        let way = ["required-facts", &at.to_string()];
        known.ok_or_else(|| problem(&way, "fact", name, &Self::ALL.map(Self::as_str)))
    }
}

/// Sections that documents must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequiredSections {
    /// Kind of the documents.
    pub kind: Kind,
    /// Only incidents of this severity or a more serious one; all without it.
    pub severity: Option<Severity>,
    /// What they must have.
    pub sections: Vec<SectionRole>,
}

/// Settings of `ris check`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckConfig {
    /// Levels other than the built-in ones.
    pub levels: Vec<StatedLevel>,
    /// Days after its due date before an open action item counts as overdue.
    pub grace_days: i64,
    /// Path of the baseline, relative to the root.
    pub baseline: String,
    /// Classifications in use, the lowest first.
    pub classifications: Vec<String>,
    /// Blocks and keys of front matter that documents of a classification need.
    pub required: Vec<(String, Vec<String>)>,
    /// Words, in lower case, that make the priority of an action item high.
    pub high_priority: Vec<String>,
    /// Facts that every document about an incident must state.
    pub facts: Vec<Fact>,
    /// Sections that documents must have.
    pub sections: Vec<RequiredSections>,
    /// How soon reports are to be written and action items done.
    pub deadlines: Deadlines,
}

impl Default for CheckConfig {
    fn default() -> Self {
        let of =
            |kind, severity, sections: &[SectionRole]| RequiredSections { kind, severity, sections: sections.to_vec() };
        Self {
            levels: Vec::new(),
            grace_days: 0,
            baseline: ".ris-baseline.json".to_owned(),
            classifications: ["public", "internal", "confidential", "restricted"].map(str::to_owned).to_vec(),
            required: Vec::new(),
            high_priority: HIGH_PRIORITY.map(str::to_owned).to_vec(),
            facts: vec![Fact::Title, Fact::Date],
            sections: vec![
                of(
                    Kind::Incident,
                    Some(Severity::High),
                    &[SectionRole::Timeline, SectionRole::RootCause, SectionRole::Actions],
                ),
                of(Kind::Resolution, None, &[SectionRole::Resolution]),
                of(Kind::Rca, None, &[SectionRole::RootCause]),
            ],
            deadlines: Deadlines::default(),
        }
    }
}

impl CheckConfig {
    /// Returns what documents of a kind, about incidents of a severity, must have.
    pub fn sections_of(&self, kind: Kind, severity: Option<Severity>) -> impl Iterator<Item = &RequiredSections> {
        let is_serious = move |least: Severity| severity.is_some_and(|it| it <= least);
        self.sections.iter().filter(move |it| it.kind == kind && it.severity.is_none_or(is_serious))
    }
}

const HIGH_PRIORITY: [&str; 8] = ["p0", "p1", "critical", "high", "highest", "urgent", "blocker", "immediate"];
const SECTIONS: [(&str, SectionRole); 8] = [
    ("summary", SectionRole::Summary),
    ("impact", SectionRole::Impact),
    ("root-cause", SectionRole::RootCause),
    ("resolution", SectionRole::Resolution),
    ("timeline", SectionRole::Timeline),
    ("actions", SectionRole::Actions),
    ("lessons", SectionRole::Lessons),
    ("references", SectionRole::References),
];

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct RawCheck {
    #[serde(default)]
    rules: BTreeMap<String, String>,
    grace_days: Option<u16>,
    baseline: Option<String>,
    classifications: Option<Vec<String>>,
    #[serde(default)]
    required_blocks: BTreeMap<String, Vec<String>>,
    high_priority: Option<Vec<String>>,
    required_facts: Option<Vec<String>>,
    sections: Option<Vec<RawSections>>,
    #[serde(default)]
    deadlines: RawDeadlines,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawSections {
    kind: String,
    severity: Option<Value>,
    sections: Vec<String>,
}

impl RawCheck {
    /// Returns the settings once they are known to mean something.
    pub(super) fn checked(self, places: &Places<'_>, severities: &SeverityScale) -> Result<CheckConfig, Problem> {
        let default = CheckConfig::default();
        let level = |(code, name): (String, String)| {
            let known = RuleLevel::ALL.map(RuleLevel::as_str);
            match RuleLevel::from_name(&name) {
                Some(level) => Ok(StatedLevel { line: places.line(&["check", "rules", &code]), code, level }),
                None => Err(problem(&["rules", &code], &format!("level of `{code}`"), &name, &known)),
            }
        };
        let levels = self.rules.into_iter().map(level).collect::<Result<_, _>>()?;
        let lower = |words: Vec<String>| words.iter().map(|word| word.to_lowercase()).collect();
        let facts = match self.required_facts {
            Some(names) => names.iter().enumerate().map(Fact::stated).collect::<Result<_, _>>()?,
            None => default.facts,
        };
        let classifications = self.classifications.unwrap_or(default.classifications);
        let named = |name: &&String| classifications.iter().any(|it| it.eq_ignore_ascii_case(name));
        if let Some(unknown) = self.required_blocks.keys().find(|name| !named(name)) {
            let known: Vec<&str> = classifications.iter().map(String::as_str).collect();
            return Err(problem(&["required-blocks", unknown], "classification", unknown, &known));
        }
        let sections = match self.sections {
            Some(stated) => {
                stated.into_iter().zip(0..).map(|(it, at)| it.checked(at, severities)).collect::<Result<_, _>>()?
            }
            None => default.sections,
        };
        Ok(CheckConfig {
            levels,
            grace_days: self.grace_days.map_or(default.grace_days, i64::from),
            baseline: self.baseline.unwrap_or(default.baseline),
            classifications,
            required: self.required_blocks.into_iter().collect(),
            high_priority: self.high_priority.map_or(default.high_priority, lower),
            facts,
            sections,
            deadlines: self.deadlines.checked(severities)?,
        })
    }
}

impl RawSections {
    /// Checks the entry of this number, from 0.
    fn checked(self, number: usize, severities: &SeverityScale) -> Result<RequiredSections, Problem> {
        let number = number.to_string();
        let kinds = Kind::ALL.map(Kind::as_str);
        let kind = Kind::from_name(&self.kind)
            .ok_or_else(|| problem(&["sections", &number, "kind"], "kind", &self.kind, &kinds))?;
        let severity = |stated: Value| {
            let (text, known) = match stated {
                Value::Integer(level) => (level.to_string(), u8::try_from(level).ok().and_then(Severity::from_level)),
                Value::String(name) => (name.clone(), severities.named(&name)),
                other => (other.to_string(), None),
            };
            let hint = || format!("write a level from 1 to 5, or one of {}", severities.names());
            let way = way(&["check", "sections", &number, "severity"]);
            known.ok_or_else(|| (way, format!("`{text}` is no severity"), hint()))
        };
        let names = SECTIONS.map(|(name, _)| name);
        let role = |(at, name): (usize, &String)| {
            let known = SECTIONS.iter().find(|(it, _)| it == name).map(|(_, role)| *role);
            let way = ["sections", &number, "sections", &at.to_string()];
            known.ok_or_else(|| problem(&way, "section", name, &names))
        };
        let sections = self.sections.iter().enumerate().map(role).collect::<Result<_, _>>()?;
        Ok(RequiredSections { kind, severity: self.severity.map(severity).transpose()?, sections })
    }
}

fn problem(below_check: &[&str], what: &str, value: &str, known: &[&str]) -> Problem {
    let known: Vec<String> = known.iter().map(|it| format!("`{it}`")).collect();
    let way = way(&[&["check"], below_check].concat());
    (way, format!("`{value}` is no {what}"), format!("write one of {}", known.join(", ")))
}
