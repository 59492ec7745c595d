//! `[profiles.NAME]`: the compliance block that new documents get, by project and classification.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::Problem;
use super::place::{Places, way};
use crate::model::Period;

/// A profile, checked as far as its form goes; whether its controls exist is checked where it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// The projects it is for; for all where empty.
    pub projects: Vec<String>,
    /// The classifications it is for; for all where empty.
    pub classifications: Vec<String>,
    /// What it states: dotted paths below `compliance`, in the order shown.
    pub fields: Vec<(String, ProfileValue)>,
    /// Line of `ris.toml`.
    pub line: usize,
}

/// A value of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfileValue {
    /// `7-years`.
    Text(String),
    /// `true`.
    Flag(bool),
    /// `["CC7.3", "CC7.4"]`.
    List(Vec<String>),
}

/// Profiles as written.
pub(super) type RawProfiles = BTreeMap<String, Table>;

/// Profiles that match equally well.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the profiles {} of `ris.toml` match equally well", names(.0))]
pub(crate) struct Undecided(pub Vec<String>);

fn names(profiles: &[String]) -> String {
    profiles.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ")
}

/// Checks all profiles.
pub(super) fn check(raw: RawProfiles, places: &Places<'_>) -> Result<Vec<Profile>, Problem> {
    raw.into_iter().map(|(name, table)| profile(name, &table, places)).collect()
}

fn profile(name: String, table: &Table, places: &Places<'_>) -> Result<Profile, Problem> {
    let fail = |steps: &[&str], (message, hint): (String, &str)| {
        let way = way(&[&["profiles", &name], steps].concat());
        (way, format!("profile `{name}`: {message}"), hint.to_owned())
    };
    let (mut projects, mut classifications, mut fields) = (Vec::new(), Vec::new(), Vec::new());
    for (key, value) in table {
        match (key.as_str(), value) {
            ("projects" | "classifications", value) => {
                let wrong = || (format!("`{key}` is no list of names"), "write [\"a\", \"b\"]");
                let list = list(value).ok_or_else(|| fail(&[key], wrong()))?;
                *(if key == "projects" { &mut projects } else { &mut classifications }) = list;
            }
            (framework, Value::Table(block)) => {
                for (key, value) in block {
                    let value = field(key, value).map_err(|told| fail(&[framework, key], told))?;
                    fields.push((format!("{framework}.{key}"), value));
                }
            }
            (key, value) => fields.push((key.to_owned(), field(key, value).map_err(|told| fail(&[key], told))?)),
        }
    }
    let line = places.line(&["profiles", &name]);
    Ok(Profile { projects, classifications, fields, line, name })
}

fn field(key: &str, value: &Value) -> Result<ProfileValue, (String, &'static str)> {
    let value = match value {
        Value::String(text) => ProfileValue::Text(text.clone()),
        Value::Integer(number) => ProfileValue::Text(number.to_string()),
        Value::Boolean(flag) => ProfileValue::Flag(*flag),
        other => ProfileValue::List(list(other).ok_or_else(|| {
            (format!("`{key}` is no text and no list"), "write a text, true, false or a list of texts")
        })?),
    };
    match (key, &value) {
        ("retention-period" | "retention", ProfileValue::Text(text)) if Period::parse(text).is_none() => {
            Err((format!("`{text}` is no period"), "write `7-years`, `90-days`, `P7Y` or `indefinite`"))
        }
        ("review-frequency", ProfileValue::Text(text))
            if Period::parse_frequency(text).is_none() && text != "on-change" =>
        {
            Err((
                format!("`{text}` does not say how often"),
                "write `monthly`, `quarterly`, `semi-annual`, `annual` or `on-change`",
            ))
        }
        ("controls", ProfileValue::Text(text)) => Ok(ProfileValue::List(vec![text.clone()])),
        _ => Ok(value),
    }
}

fn list(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|it| it.as_str().map(str::to_owned)).collect()
}

impl Profile {
    /// Returns the controls with their frameworks.
    pub fn controls(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields
            .iter()
            .filter_map(|(path, value)| match (path.rsplit_once('.'), value) {
                (Some((framework, "controls")), ProfileValue::List(ids)) => Some((framework, ids)),
                _ => None,
            })
            .flat_map(|(framework, ids)| ids.iter().map(move |id| (framework, id.as_str())))
    }

    /// Tells how well the profile suits a document; `None` where it is for others.
    fn suits(&self, project: Option<&str>, classification: Option<&str>) -> Option<u8> {
        let one_of = |names: &[String], name: Option<&str>| match (names.is_empty(), name) {
            (true, _) => Some(0),
            (false, Some(name)) => names.iter().any(|it| it.eq_ignore_ascii_case(name)).then_some(1),
            (false, None) => None,
        };
        Some(2 * one_of(&self.projects, project)? + one_of(&self.classifications, classification)?)
    }
}

/// Returns the profile for a document: the one that names project and classification before the one that names the
/// project, that before the one that names the classification, and that before one that names neither.
///
/// # Errors
/// Where several suit equally well.
pub(crate) fn choose<'a>(
    profiles: &'a [Profile],
    project: Option<&str>,
    classification: Option<&str>,
) -> Result<Option<&'a Profile>, Undecided> {
    let rated: Vec<(u8, &Profile)> =
        profiles.iter().filter_map(|it| Some((it.suits(project, classification)?, it))).collect();
    let Some(best) = rated.iter().map(|it| it.0).max() else { return Ok(None) };
    let chosen: Vec<&Profile> = rated.into_iter().filter(|it| it.0 == best).map(|it| it.1).collect();
    match chosen.as_slice() {
        [one] => Ok(Some(one)),
        // Among those that are for everything, the name decides.
        several => match several.iter().find(|it| it.name == "default") {
            Some(default) => Ok(Some(default)),
            None => Err(Undecided(several.iter().map(|it| it.name.clone()).collect())),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::{Config, ConfigError, choose_profile};

    fn parse(text: &str) -> Result<Config, ConfigError> {
        Config::parse(Path::new("ris.toml"), text)
    }

    #[test]
    fn the_profile_that_names_more_is_chosen() {
        let text = "[profiles.default]\nreview-frequency = 'quarterly'\n[profiles.claims]\nprojects = ['claims']\n\
                    [profiles.claims.soc2]\ncontrols = ['CC7.3']\n[profiles.secret]\nclassifications = ['restricted']\n";
        let profiles = parse(text).unwrap().profiles;
        let name = |project, classification| {
            choose_profile(&profiles, project, classification).unwrap().map(|it| it.name.as_str())
        };
        assert_eq!(name(None, None), Some("default"));
        assert_eq!(name(Some("claims"), None), Some("claims"));
        assert_eq!(name(Some("other"), Some("Restricted")), Some("secret"));
        assert_eq!(name(Some("claims"), Some("restricted")), Some("claims"));
        let claims = profiles.iter().find(|it| it.name == "claims").unwrap();
        assert_eq!((claims.line, claims.controls().collect::<Vec<_>>()), (3, vec![("soc2", "CC7.3")]));
        let error = parse("[profiles.a]\nretention-period = '0-years'").unwrap_err();
        assert_eq!(error.message, "profile `a`: `0-years` is no period");
    }
}
