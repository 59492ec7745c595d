//! The values that templates are filled with.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

/// What every template may use: name, meaning, and whether it is a list.
pub(crate) const COMMON: [(&str, &str, bool); 24] = [
    ("front_matter", "the front matter without its fences: write it between two lines of `---`", false),
    ("id", "id of the document", false),
    ("title", "title, on one line", false),
    ("kind", "kind of the document", false),
    ("date", "day of the incident, as 2026-01-15", false),
    ("time", "time of day of writing, as 14:05", false),
    ("zone", "zone of `time` and of the timeline, as UTC", false),
    ("today", "day of writing, as 2026-01-15", false),
    ("severity", "critical, high, medium, low or info", false),
    ("status", "open, investigating, mitigated, resolved or closed", false),
    ("project", "project", false),
    ("incident", "id of the incident that the document belongs to", false),
    ("classification", "classification of the document", false),
    ("services", "affected services", true),
    ("owners", "people who look after it", true),
    ("tags", "root-cause tags", true),
    ("controls", "controls, as soc2:CC7.3", true),
    ("timeline", "entries of the timeline, each with `time` and `text`", true),
    ("error", "the error of a log, several lines", false),
    ("hosts", "hosts that a log names", true),
    ("related", "related incidents, each with `id`, `title`, `link`, `date`, `because` and `open_actions`", true),
    ("like", "the incident named by --like: `id`, `title` and `link`; empty without", false),
    ("questions", "questions that helped in the incident named by --like", true),
    ("commits", "where the timeline drafted from git comes from; empty without", false),
];

/// Values by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Values {
    map: BTreeMap<String, Value>,
}

impl Values {
    /// Sets a value.
    pub fn set(&mut self, name: &str, value: impl Serialize) {
        self.map.insert(name.to_owned(), json!(value));
    }

    /// Returns a value.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.map.get(name)
    }

    /// Returns the values, with those that are not set empty.
    pub(super) fn with_defaults(&self) -> BTreeMap<String, Value> {
        let mut all = self.map.clone();
        for (name, _, is_list) in COMMON {
            all.entry(name.to_owned()).or_insert_with(|| if is_list { json!([]) } else { json!("") });
        }
        all
    }
}
