//! `[check]` of `ris.toml`: levels and thresholds of `ris check`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::level::RuleLevel;
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

    fn stated(name: &str) -> Result<Self, Problem> {
        let known = Self::ALL.into_iter().find(|it| it.as_str() == name);
        known.ok_or_else(|| problem("required-facts", "fact", name, &Self::ALL.map(Self::as_str)))
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
        }
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
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawSections {
    kind: String,
    severity: Option<RawSeverity>,
    sections: Vec<String>,
}

/// A level, or a word or code.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum RawSeverity {
    Level(i64),
    Name(String),
}

/// What is wrong with a setting: the text to find its line by, the message, the advice.
pub(super) type Problem = (String, String, String);

impl RawCheck {
    /// Returns the settings once they are known to mean something.
    pub(super) fn checked(
        self,
        line_of: &dyn Fn(&str) -> usize,
        severities: &SeverityScale,
    ) -> Result<CheckConfig, Problem> {
        let default = CheckConfig::default();
        let level = |(code, name): (String, String)| {
            let known = RuleLevel::ALL.map(RuleLevel::as_str);
            match RuleLevel::from_name(&name) {
                Some(level) => Ok(StatedLevel { line: line_of(&code), code, level }),
                None => Err(problem(&code, &format!("level of `{code}`"), &name, &known)),
            }
        };
        let levels = self.rules.into_iter().map(level).collect::<Result<_, _>>()?;
        let lower = |words: Vec<String>| words.iter().map(|word| word.to_lowercase()).collect();
        let facts = match self.required_facts {
            Some(names) => names.iter().map(|name| Fact::stated(name)).collect::<Result<_, _>>()?,
            None => default.facts,
        };
        let classifications = self.classifications.unwrap_or(default.classifications);
        let named = |name: &&String| classifications.iter().any(|it| it.eq_ignore_ascii_case(name));
        if let Some(unknown) = self.required_blocks.keys().find(|name| !named(name)) {
            let known: Vec<&str> = classifications.iter().map(String::as_str).collect();
            return Err(problem("required-blocks", "classification", unknown, &known));
        }
        let sections = match self.sections {
            Some(stated) => stated.into_iter().map(|it| it.checked(severities)).collect::<Result<_, _>>()?,
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
        })
    }
}

impl RawSections {
    fn checked(self, severities: &SeverityScale) -> Result<RequiredSections, Problem> {
        let kinds = Kind::ALL.map(Kind::as_str);
        let kind = Kind::from_name(&self.kind).ok_or_else(|| problem("kind", "kind", &self.kind, &kinds))?;
        let severity = |stated: RawSeverity| {
            let (text, known) = match stated {
                RawSeverity::Level(level) => {
                    (level.to_string(), u8::try_from(level).ok().and_then(Severity::from_level))
                }
                RawSeverity::Name(name) => (name.clone(), severities.named(&name)),
            };
            let hint = || format!("write a level from 1 to 5, or one of {}", severities.names());
            known.ok_or_else(|| ("severity".to_owned(), format!("`{text}` is no severity"), hint()))
        };
        let names = SECTIONS.map(|(name, _)| name);
        let role = |name: &String| {
            let known = SECTIONS.iter().find(|(it, _)| it == name).map(|(_, role)| *role);
            known.ok_or_else(|| problem("sections", "section", name, &names))
        };
        let sections = self.sections.iter().map(role).collect::<Result<_, _>>()?;
        Ok(RequiredSections { kind, severity: self.severity.map(severity).transpose()?, sections })
    }
}

fn problem(key: &str, what: &str, value: &str, known: &[&str]) -> Problem {
    let known: Vec<String> = known.iter().map(|it| format!("`{it}`")).collect();
    (key.to_owned(), format!("`{value}` is no {what}"), format!("write one of {}", known.join(", ")))
}

/// Returns the line, from 1, of the first `key` within `[check]` and the tables below it; 0 where it is not found.
pub(super) fn line_of(text: &str, key: &str) -> usize {
    let mut inside = false;
    for (line, number) in text.lines().map(str::trim_start).zip(1..) {
        if line.starts_with('[') {
            inside = line.trim_start_matches('[').starts_with("check");
        }
        let named = line.trim_start_matches(['"', '\'']).strip_prefix(key);
        if inside && named.is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with('=')) {
            return number;
        }
    }
    0
}
