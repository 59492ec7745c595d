//! The filters that `search` and `list` share, as flags.

use std::ffi::OsStr;

use chrono::NaiveDate;
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};

use super::complete;
use super::error::CommandError;
use crate::kb::{FacetField, KbError, KnowledgeBase, SearchRequest, is_period};
use crate::model::{Kind, Severity, StatusState, calendar_day, nearest};

/// Flags that narrow the documents down. Several values of one flag widen it, several flags narrow it.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct Filters {
    /// Only documents of this severity (also P0 to P4, SEV1 to SEV5, or as ris.toml says)
    #[arg(long, value_parser = SeverityName, value_delimiter = ',', value_name = "LEVEL", add = complete::severities())]
    severity: Vec<String>,
    /// Only documents of this status
    #[arg(long, value_parser = StatusState::ALL.map(StatusState::as_str), value_delimiter = ',', value_name = "STATUS")]
    status: Vec<String>,
    /// Only documents of this kind
    #[arg(long, value_parser = Kind::ALL.map(Kind::as_str), value_delimiter = ',', value_name = "KIND")]
    kind: Vec<String>,
    /// Only documents that name this service
    #[arg(long, value_delimiter = ',', value_name = "NAME", add = complete::services())]
    service: Vec<String>,
    /// Only documents with this root-cause tag
    #[arg(long, value_delimiter = ',', value_name = "TAG", add = complete::tags())]
    tag: Vec<String>,
    /// Only documents with this owner
    #[arg(long, value_name = "NAME", add = complete::owners())]
    owner: Option<String>,
    /// Only documents that map to this control (CC7.4, A.5.26, 164.308(a)(6)(ii))
    #[arg(long, value_name = "ID", add = complete::controls())]
    control: Option<String>,
    /// Only documents of this project
    #[arg(long, value_name = "NAME", add = complete::projects())]
    project: Option<String>,
    #[command(flatten)]
    period: PeriodArgs,
}

/// Flags that narrow incidents down to those of a period.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct PeriodArgs {
    /// Only incidents that began before this day (2025, 2025-12 or 2025-12-17)
    #[arg(long, value_name = "DATE", value_parser = days)]
    before: Option<String>,
    /// Only incidents that began after this day
    #[arg(long, value_name = "DATE", value_parser = days)]
    after: Option<String>,
    /// Only incidents that began in this year, half, quarter, month, day or range (2025-Q4, 2025-01..2025-03)
    #[arg(long = "in", value_name = "DATE", value_parser = days_or_range)]
    within: Option<String>,
}

impl PeriodArgs {
    /// Returns the conditions as a query; empty where there are none.
    pub(crate) fn query(&self) -> String {
        self.conditions().join(" ")
    }

    /// Tells whether every incident is meant.
    pub(crate) fn is_empty(&self) -> bool {
        self.conditions().is_empty()
    }

    fn conditions(&self) -> Vec<String> {
        conditions([("before", &self.before), ("after", &self.after), ("in", &self.within)])
    }
}

/// Reads a day as it is typed.
pub(crate) fn day(text: &str) -> Result<NaiveDate, String> {
    calendar_day(text).ok_or_else(|| "write a day of the calendar as 2026-11-20".to_owned())
}

/// Takes what names days.
fn days(text: &str) -> Result<String, String> {
    let hint = "write a day 2025-12-17, a month 2025-12, a quarter 2025-Q4, a half 2025-H2 or a year 2025";
    if is_period(text, false) { Ok(text.to_owned()) } else { Err(hint.to_owned()) }
}

/// Takes what names days, or the first and the last.
fn days_or_range(text: &str) -> Result<String, String> {
    if is_period(text, true) {
        Ok(text.to_owned())
    } else {
        days(text).map_err(|it| format!("{it}, or 2025-01..2025-03"))
    }
}

/// Returns a condition for each field that has a value.
fn conditions<const N: usize>(fields: [(&str, &Option<String>); N]) -> Vec<String> {
    let condition =
        |(field, value): (&str, &Option<String>)| Some(format!("{field}:\"{}\"", value.as_ref()?.replace('"', " ")));
    fields.into_iter().filter_map(condition).collect()
}

/// Takes any text for a severity and shows the five words: what else names one is known with the settings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SeverityName;

impl TypedValueParser for SeverityName {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Severity::ALL.into_iter().map(|it| PossibleValue::new(it.word()))))
    }
}

/// Returns the severities that are named.
pub(crate) fn severities(kb: &KnowledgeBase, names: &[String]) -> Result<Vec<Severity>, CommandError> {
    let each = names.iter().map(|name| kb.severity(name));
    each.collect::<Result<_, _>>().map_err(|refused| KbError::Refused(refused).into())
}

impl Filters {
    /// Returns the chosen values of the fields that can be counted.
    ///
    /// # Errors
    /// Where a severity is named that is none.
    pub(crate) fn facets(&self, kb: &KnowledgeBase) -> Result<Vec<(FacetField, Vec<String>)>, CommandError> {
        let chosen = [
            (FacetField::Severity, severities(kb, &self.severity)?.iter().map(Severity::to_string).collect()),
            (FacetField::Status, self.status.clone()),
            (FacetField::Kind, self.kind.clone()),
            (FacetField::Service, self.service.clone()),
            (FacetField::Tag, self.tag.clone()),
        ];
        Ok(chosen.into_iter().filter(|(_, values)| !values.is_empty()).collect())
    }

    /// Returns `query` with the filters that are no facets behind it; they hold for every side of an `OR`.
    pub(crate) fn narrow(&self, query: &str) -> String {
        let mut conditions =
            conditions([("owner", &self.owner), ("control", &self.control), ("project", &self.project)]);
        conditions.extend(self.period.conditions());
        let query = query.trim();
        match (query.is_empty(), conditions.is_empty()) {
            (_, true) => query.to_owned(),
            (true, false) => conditions.join(" "),
            (false, false) if query.split_whitespace().any(|word| word == "OR") => {
                format!("({query}) {}", conditions.join(" "))
            }
            (false, false) => format!("{query} {}", conditions.join(" ")),
        }
    }

    /// Returns advice, a sentence each, for services and tags that no document has.
    pub(crate) fn unknown_names(&self, kb: &KnowledgeBase) -> Vec<String> {
        let named = [(FacetField::Service, &self.service), (FacetField::Tag, &self.tag)];
        if named.iter().all(|(_, names)| names.is_empty()) {
            return Vec::new();
        }
        let everything = SearchRequest { limit: 0, with_facets: true, ..SearchRequest::new("") };
        let Ok(results) = kb.search(&everything) else { return Vec::new() };
        let known = |field| results.facets.iter().find(|it| it.field == field).map(|it| it.values.as_slice());
        let mut advice = Vec::new();
        for (field, names) in named {
            let known: Vec<&str> = known(field).unwrap_or_default().iter().map(|(name, _)| name.as_str()).collect();
            advice.extend(names.iter().filter_map(|name| unknown(field, name, &known)));
        }
        advice
    }

    /// Tells whether nothing is filtered.
    pub(crate) fn is_empty(&self) -> bool {
        let counted = [&self.severity, &self.status, &self.kind, &self.service, &self.tag];
        counted.iter().all(|it| it.is_empty()) && self.narrow("").is_empty()
    }
}

/// Returns what to say of `name`, if it is none of the `known` ones.
fn unknown(field: FacetField, name: &str, known: &[&str]) -> Option<String> {
    let folded = name.to_lowercase();
    if known.iter().any(|it| it.to_lowercase() == folded) {
        return None;
    }
    let nearest = nearest(name, known.iter().copied());
    let question = nearest.map(|it| format!("; did you mean `{it}`?")).unwrap_or_else(|| ".".to_owned());
    Some(format!("No document names the {} `{name}`{question}", field.as_str()))
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn a_day_has_a_year_of_four_digits() {
        assert!(day(" 2026-01-05 ").is_ok());
        for no_day in ["+12026-01-05", "-0001-01-05", "0000-01-05", "2026-13-01", "5.1.2026"] {
            assert!(day(no_day).is_err(), "{no_day}");
        }
    }
}
