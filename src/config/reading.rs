//! `[reading]` of `ris.toml`: what words and codes of severity mean, and the order of numeric dates.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::{Spanned, Value};

use super::documents::Fault;
use crate::model::{Severity, nearest};
use crate::parse::{Conventions, DateOrder, SeverityScale};

const ORDERS: [(&str, DateOrder); 2] = [("day-first", DateOrder::DayFirst), ("month-first", DateOrder::MonthFirst)];

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct RawReading {
    #[serde(default)]
    severities: BTreeMap<String, Spanned<Value>>,
    date_order: Option<Spanned<String>>,
}

impl RawReading {
    pub(super) fn check(self) -> Result<Conventions, Fault> {
        let mut severities = SeverityScale::default();
        for (written, value) in self.severities {
            let at = value.span().start;
            let severity = severity(value.get_ref()).map_err(|(message, hint)| (at, message, hint))?;
            severities.add(&written, severity).map_err(|(message, hint)| (at, message, hint))?;
        }
        let date_order = self.date_order.map(|it| order(&it)).transpose()?;
        Ok(Conventions { severities, date_order })
    }
}

/// Reads one of the five words, or its level.
fn severity(value: &Value) -> Result<Severity, (String, String)> {
    let (text, level) = match value {
        Value::String(text) => (text.trim().to_lowercase(), text.trim().parse().ok()),
        Value::Integer(number) => (number.to_string(), u8::try_from(*number).ok()),
        other => (other.to_string(), None),
    };
    let known = Severity::from_word(&text).or_else(|| level.and_then(Severity::from_level));
    known.ok_or_else(|| {
        let hint = match nearest(&text, Severity::ALL.map(Severity::word)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let words = Severity::ALL.map(|it| format!("`{it}`")).join(", ");
                format!("write one of {words}, or 1 (critical) to 5 (info)")
            }
        };
        (format!("`{text}` is no severity"), hint)
    })
}

fn order(text: &Spanned<String>) -> Result<DateOrder, Fault> {
    let written = text.get_ref().trim();
    let known = ORDERS.iter().find(|(name, _)| *name == written).map(|(_, order)| *order);
    known.ok_or_else(|| {
        let hint = match nearest(written, ORDERS.map(|(name, _)| name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write `day-first` (02/05/2024 is 2 May) or `month-first`".to_owned(),
        };
        (text.span().start, format!("`{written}` is no order of dates"), hint)
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::{Config, ConfigError};

    fn read(text: &str) -> Result<Config, ConfigError> {
        Config::parse(Path::new("ris.toml"), &format!("[reading]\n{text}"))
    }

    #[test]
    fn words_codes_and_the_order_of_dates_are_read() {
        let config =
            read("severities = { P1 = 'Critical', 'Sev A' = 1, P4 = '4' }\ndate-order = 'month-first'").unwrap();
        let terms = [("P1", Severity::Critical), ("Sev A", Severity::Critical), ("P4", Severity::Low)];
        assert_eq!(config.conventions.severities.terms(), terms);
        assert_eq!(config.conventions.date_order, Some(DateOrder::MonthFirst));
        assert_eq!(*config.parse_options().conventions, *config.conventions);
        assert_eq!(*read("").unwrap().conventions, Conventions::default());
    }

    #[test]
    fn what_means_nothing_is_told_with_its_line() {
        for (text, line, message, hint) in [
            ("severities = { P1 = 'critcal' }", 2, "`critcal` is no severity", "did you mean `critical`?"),
            ("[reading.severities]\nP1 = 1\nP2 = 6", 5, "`6` is no severity", "write one of `critical`, "),
            ("severities = { P1 = true }", 2, "`true` is no severity", "write one of `critical`, "),
            ("severities = { high = 'low' }", 2, "`high` is itself a severity and cannot mean `low`", "leave it out"),
            (
                "severities = { P1 = 1, 'p 1' = 2 }",
                2,
                "`p 1` and `P1` are the same and mean two severities",
                "leave one",
            ),
            ("\ndate-order = 'day-frist'", 3, "`day-frist` is no order of dates", "did you mean `day-first`?"),
            ("date-order = 'DMY'", 2, "`DMY` is no order of dates", "write `day-first` (02/05/2024 is 2 May)"),
        ] {
            let text = text.replace("[reading.severities]", "\n[reading.severities]");
            let error = read(&text).unwrap_err();
            assert_eq!((error.line, error.message.as_str()), (line, message), "{text}");
            assert!(error.hint.as_deref().is_some_and(|it| it.starts_with(hint)), "{text}: {:?}", error.hint);
        }
        let error = read("severites = {}").unwrap_err();
        assert_eq!((error.line, error.hint.as_deref()), (2, Some("did you mean `severities`?")));
    }

    #[test]
    fn other_conventions_are_another_reading() {
        let mark = |text: &str| read(text).unwrap().read_by();
        let none = mark("");
        assert_eq!(none, mark("severities = {}"));
        assert_ne!(none, mark("severities = { P1 = 1 }"));
        assert_ne!(mark("severities = { P1 = 1 }"), mark("severities = { P1 = 2 }"));
        assert_ne!(mark("date-order = 'day-first'"), mark("date-order = 'month-first'"));
        assert_eq!(mark("severities = { P1 = 1, P2 = 2 }"), mark("severities = { P2 = 'high', P1 = 'critical' }"));
    }
}
