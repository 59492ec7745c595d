//! The comment at the head of a template: what the template is for, and the variables that are its own.
//!
//! ```text
//! {#
//! kind: incident
//! about: What happened, as far as it is known.
//! variables:
//!   ticket: Number of the ticket.
//!   steps: {about: What was done., default: []}
//! #}
//! ```

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::error::TemplateError;
use crate::model::{Kind, StatusState};

/// A variable of a template.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// What it is where nobody sets it.
    pub default: Value,
}

/// What the head of a template says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Head {
    pub(super) kind: Kind,
    pub(super) status: Option<StatusState>,
    pub(super) about: String,
    pub(super) variables: Vec<Variable>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawHead {
    kind: Option<String>,
    status: Option<String>,
    about: Option<String>,
    variables: Option<RawVariables>,
}

#[derive(Debug)]
struct RawVariables(Vec<(String, RawVariable)>);

#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "a variable is a text that says what it is, or `{about: …, default: …}`"
)]
enum RawVariable {
    About(String),
    Full {
        #[serde(default)]
        about: String,
        #[serde(default)]
        default: Value,
    },
}

impl<'de> Deserialize<'de> for RawVariables {
    /// Keeps the order in which the variables are written, which is the one in which they are shown.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = RawVariables;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("names of variables, each with what it is")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawVariables, A::Error> {
                let mut variables = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    variables.push(entry);
                }
                Ok(RawVariables(variables))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// Reads the head of the template `name`; a template without one is of the kind that its name says.
pub(super) fn read(template: &str, name: &str, text: &str) -> Result<Head, TemplateError> {
    let comment = text.strip_prefix("{#").and_then(|rest| rest.split_once("#}")).map(|(comment, _)| comment);
    let yaml = comment.unwrap_or_default().trim_start_matches('-').trim_end_matches('-');
    let raw = if yaml.trim().is_empty() { RawHead::default() } else { parse(template, yaml)? };
    let kind = match raw.kind.as_deref() {
        Some(word) => Kind::from_name(word).ok_or_else(|| {
            let names = Kind::ALL.map(|kind| format!("`{}`", kind.as_str())).join(", ");
            TemplateError::new(template, line_of(yaml, "kind:"), format!("there is no kind `{word}`"))
                .hint(format!("the kinds are {names}"))
        })?,
        None => Kind::from_name(name).unwrap_or(Kind::Incident),
    };
    let status = match raw.status.as_deref() {
        Some(word) => Some(StatusState::from_name(word).ok_or_else(|| {
            let names = StatusState::ALL.map(|it| format!("`{}`", it.as_str())).join(", ");
            TemplateError::new(template, line_of(yaml, "status:"), format!("there is no status `{word}`"))
                .hint(format!("the states are {names}"))
        })?),
        None => None,
    };
    let variables = raw.variables.map(|it| it.0).unwrap_or_default();
    let variables = variables.into_iter().map(|(name, it)| match it {
        RawVariable::About(about) => Variable { name, about, default: "".into() },
        RawVariable::Full { about, default: Value::Null } => Variable { name, about, default: "".into() },
        RawVariable::Full { about, default } => Variable { name, about, default },
    });
    Ok(Head { kind, status, about: raw.about.unwrap_or_default().trim().to_owned(), variables: variables.collect() })
}

fn parse(template: &str, yaml: &str) -> Result<RawHead, TemplateError> {
    serde_yaml::from_str(yaml).map_err(|error| {
        let line = error.location().map_or(1, |at| usize::try_from(at.line()).unwrap_or(1));
        let text = error.without_snippet().to_string();
        let message = format!("its head cannot be read: {}", text.lines().next().unwrap_or_default());
        TemplateError::new(template, line, message)
            .hint("the head holds `kind:`, `status:`, `about:` and `variables:`, as YAML between `{#` and `#}`")
    })
}

fn line_of(yaml: &str, start: &str) -> usize {
    yaml.lines().position(|line| line.trim_start().starts_with(start)).map_or(1, |at| at + 1)
}
