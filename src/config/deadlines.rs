//! `[check.deadlines]` of `ris.toml`: how soon a team wants reports written and action items done.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Value;

use super::Problem;
use super::place::way;
use crate::model::Severity;
use crate::parse::SeverityScale;

/// The longest deadline, in days.
const MOST: u16 = 3650;

/// How many days a team gives itself, by the severity of the incident; none for a severity that is not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Deadlines {
    report: [Option<u16>; 5],
    actions: [Option<u16>; 5],
}

impl Deadlines {
    /// Returns the working days, from Monday to Friday, in which a report must be written once the incident is over.
    #[must_use]
    pub fn report(&self, severity: Severity) -> Option<u16> {
        self.report[usize::from(severity.level()) - 1]
    }

    /// Returns the days in which action items must be done, from the day on which the incident began.
    #[must_use]
    pub fn actions(&self, severity: Severity) -> Option<u16> {
        self.actions[usize::from(severity.level()) - 1]
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct RawDeadlines {
    #[serde(default)]
    report: BTreeMap<String, Value>,
    #[serde(default)]
    actions: BTreeMap<String, Value>,
}

impl RawDeadlines {
    /// Returns the deadlines; severities may be written in the team's words.
    pub(super) fn checked(self, severities: &SeverityScale) -> Result<Deadlines, Problem> {
        let days = |name: &str, stated: BTreeMap<String, Value>| {
            let mut days = [None; 5];
            for (written, value) in stated {
                let at = way(&["check", "deadlines", name, &written]);
                let Some(severity) = severities.named(&written) else {
                    let hint = format!("write a level from 1 to 5, or one of {}", severities.names());
                    return Err((at, format!("`{written}` is no severity"), hint));
                };
                let number = value.as_integer().and_then(|it| u16::try_from(it).ok());
                let Some(number) = number.filter(|it| (1..=MOST).contains(it)) else {
                    let hint = format!("write a number of days from 1 to {MOST}");
                    return Err((at, format!("`{value}` is no number of days"), hint));
                };
                let place = &mut days[usize::from(severity.level()) - 1];
                if place.replace(number).is_some() {
                    return Err((at, format!("`{written}` has two deadlines"), "leave one of them out".to_owned()));
                }
            }
            Ok(days)
        };
        Ok(Deadlines { report: days("report", self.report)?, actions: days("actions", self.actions)? })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::{Config, ConfigError};

    fn read(text: &str) -> Result<Deadlines, ConfigError> {
        let text = format!("[reading]\nseverities = {{ P1 = 'critical' }}\n[check.deadlines]\n{text}");
        Config::parse(Path::new("ris.toml"), &text).map(|config| config.check.deadlines)
    }

    #[test]
    fn days_are_read_by_severity() {
        let deadlines = read("report = { P1 = 5, high = 10 }\nactions = { '3' = 90 }").unwrap();
        assert_eq!(deadlines.report(Severity::Critical), Some(5));
        assert_eq!(deadlines.report(Severity::High), Some(10));
        assert_eq!((deadlines.report(Severity::Medium), deadlines.actions(Severity::Medium)), (None, Some(90)));
        assert_eq!(read("").unwrap(), Deadlines::default());
    }

    #[test]
    fn what_means_nothing_is_told_with_its_line() {
        for (text, line, message) in [
            ("report = { huge = 5 }", 4, "`huge` is no severity"),
            ("actions = { high = 0 }", 4, "`0` is no number of days"),
            ("\nactions = { high = 'soon' }", 5, "`\"soon\"` is no number of days"),
            ("report = { high = 5 }\nactions = { critical = 9, P1 = 5 }", 5, "`critical` has two deadlines"),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!((error.line, error.message.as_str()), (line, message), "{text}");
        }
        assert_eq!(read("reports = {}").unwrap_err().hint.as_deref(), Some("did you mean `report`?"));
    }
}
