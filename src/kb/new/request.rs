//! What is known of a document before it is drafted: set field by field, each checked as it comes.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{GitWindow, Refused};
use crate::model::{Severity, StatusState, add_new, calendar_day, nearest};
use crate::parse::SeverityScale;

/// The fields that can be set by name, besides the variables of a template.
const FIELDS: [&str; 16] = [
    "title",
    "id",
    "path",
    "date",
    "severity",
    "status",
    "services",
    "owners",
    "tags",
    "root-causes",
    "controls",
    "project",
    "incident",
    "classification",
    "profile",
    "like",
];

/// What a new document is to be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewRequest {
    /// Name of the template.
    pub template: String,
    /// Title; may be empty where a log gives one.
    pub title: String,
    /// The id, instead of one by the pattern.
    pub id: Option<String>,
    /// The path, instead of one by the pattern.
    pub path: Option<String>,
    /// Day of the incident.
    pub date: Option<NaiveDate>,
    /// Severity.
    pub severity: Option<Severity>,
    /// Status, instead of that of the template.
    pub status: Option<StatusState>,
    /// Affected services.
    pub services: Vec<String>,
    /// Owners.
    pub owners: Vec<String>,
    /// Root-cause tags.
    pub tags: Vec<String>,
    /// Controls: `soc2:CC7.3` or `CC7.3`.
    pub controls: Vec<String>,
    /// Project.
    pub project: Option<String>,
    /// Id of the incident that it belongs to.
    pub incident: Option<String>,
    /// Classification.
    pub classification: Option<String>,
    /// Profile of `ris.toml`, instead of the one that suits.
    pub profile: Option<String>,
    /// Id or path of an incident that this one is like.
    pub like: Option<String>,
    /// Text of a log.
    pub log: Option<String>,
    /// A repository whose commits are drafted into the timeline.
    pub git: Option<GitWindow>,
    /// Variables of the template.
    pub variables: Map<String, Value>,
}

impl NewRequest {
    /// Sets a field, or a variable of the template, by its name; a severity by the words and codes of `severities`. What was
    /// set before stays, lists grow.
    ///
    /// # Errors
    /// Where the value cannot be one of that field.
    pub fn set(&mut self, name: &str, value: &Value, severities: &SeverityScale) -> Result<(), Refused> {
        let key = name.trim().to_ascii_lowercase().replace('_', "-");
        if !FIELDS.contains(&key.as_str()) {
            self.variables.insert(name.trim().to_owned(), value.clone());
            return Ok(());
        }
        match key.as_str() {
            "services" => add_new(&mut self.services, texts(name, value)?),
            "owners" => add_new(&mut self.owners, texts(name, value)?),
            "tags" | "root-causes" => add_new(&mut self.tags, texts(name, value)?),
            "controls" => add_new(&mut self.controls, texts(name, value)?),
            "severity" => self.severity = Some(severity(&text(name, value)?, severities)?),
            _ => self.set_text(&key, &text(name, value)?)?,
        }
        Ok(())
    }

    fn set_text(&mut self, key: &str, text: &str) -> Result<(), Refused> {
        let some = || Some(text.to_owned()).filter(|it| !it.is_empty());
        match key {
            "title" => self.title = text.to_owned(),
            "id" => self.id = some(),
            "path" => self.path = some(),
            "project" => self.project = some(),
            "incident" => self.incident = some(),
            "classification" => self.classification = some(),
            "profile" => self.profile = some(),
            "like" => self.like = some(),
            "date" => self.date = Some(date(text)?),
            "status" => self.status = Some(status(text)?),
            _ => unreachable!("`set` asks for fields only"),
        }
        Ok(())
    }

    /// Returns the names that [`NewRequest::set`] knows besides variables.
    #[must_use]
    pub fn fields() -> &'static [&'static str] {
        &FIELDS
    }
}

fn text(name: &str, value: &Value) -> Result<String, Refused> {
    match value {
        Value::String(text) => Ok(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Value::Number(number) => Ok(number.to_string()),
        Value::Null => Ok(String::new()),
        _ => Err(Refused::new(format!("`{name}` is one text")).hint(format!("write {name}=TEXT, in JSON a string"))),
    }
}

/// A list, or one text with commas.
fn texts(name: &str, value: &Value) -> Result<Vec<String>, Refused> {
    let all = match value {
        Value::Array(values) => values.iter().map(|it| text(name, it)).collect::<Result<Vec<_>, _>>()?,
        other => text(name, other)?.split(',').map(|it| it.trim().to_owned()).collect(),
    };
    Ok(all.into_iter().filter(|it| !it.is_empty()).collect())
}

fn date(text: &str) -> Result<NaiveDate, Refused> {
    calendar_day(text).ok_or_else(|| Refused::new(format!("`{text}` is no day")).hint("write it as 2026-01-15"))
}

/// Returns the severity that somebody names.
pub(in crate::kb) fn severity(text: &str, scale: &SeverityScale) -> Result<Severity, Refused> {
    scale.named(text).ok_or_else(|| {
        let hint = match nearest(text, scale.words()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the severities are {}", scale.names()),
        };
        Refused::new(format!("`{text}` is no severity")).hint(hint)
    })
}

fn status(text: &str) -> Result<StatusState, Refused> {
    StatusState::from_name(&text.to_ascii_lowercase()).ok_or_else(|| {
        let names = StatusState::ALL.map(|it| format!("`{}`", it.as_str())).join(", ");
        Refused::new(format!("`{text}` is no status")).hint(format!("the states are {names}"))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_are_checked_and_variables_kept() {
        let built_in = SeverityScale::default();
        let mut request = NewRequest::default();
        for (name, value) in [
            ("title", json!("Redis\n refused us")),
            ("severity", json!("High")),
            ("services", json!("a, b")),
            ("services", json!(["b", "c"])),
            ("root_causes", json!("disk-full")),
            ("date", json!("2026-01-05")),
            ("ticket", json!({"key": 1})),
        ] {
            request.set(name, &value, &built_in).unwrap();
        }
        assert_eq!((request.title.as_str(), request.severity), ("Redis refused us", Some(Severity::High)));
        for code in ["p1", "P1", "SEV2", "sev-2", "2", "HIGH"] {
            request.set("severity", &json!(code), &built_in).unwrap();
            assert_eq!(request.severity, Some(Severity::High), "{code}");
        }
        assert_eq!((request.services.join(" "), request.tags.join(" ")), ("a b c".into(), "disk-full".into()));
        assert_eq!(request.variables["ticket"], json!({"key": 1}));
        for (name, value) in [
            ("date", json!("5.1.2026")),
            ("date", json!("+12026-01-05")),
            ("date", json!("0000-01-05")),
            ("severity", json!("bad")),
            ("severity", json!("SEV0")),
            ("severity", json!("P5")),
            ("status", json!("done")),
            ("title", json!(["a"])),
            ("services", json!([["a"]])),
        ] {
            assert!(request.set(name, &value, &built_in).is_err_and(|it| it.hint.is_some()), "{name}");
        }
    }

    #[test]
    fn a_severity_goes_by_the_settings() {
        let mut scale = SeverityScale::default();
        scale.add("P1", Severity::Critical).unwrap();
        scale.add("Showstopper", Severity::Critical).unwrap();
        let mut request = NewRequest::default();
        for name in ["p1", "showstopper", "critical"] {
            request.set("severity", &json!(name), &scale).unwrap();
            assert_eq!(request.severity, Some(Severity::Critical), "{name}");
        }
        let hint = |name: &str| severity(name, &scale).unwrap_err().hint.unwrap();
        assert_eq!(hint("showstoper"), "did you mean `Showstopper`?");
        assert!(hint("P7").ends_with("by ris.toml `P1` (critical), `Showstopper` (critical)"), "{}", hint("P7"));
    }
}
