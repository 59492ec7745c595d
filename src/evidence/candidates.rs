//! Documents that count as no incident and may be one: what nobody stated to be something else must not vanish.

use std::collections::BTreeSet;

use super::numbering::{numbers_of, series_of};
use super::{Case, Population, SourceFile, Standing};
use crate::model::{Document, Kind, OriginKind};

/// A document that counts as no incident, and what speaks for one of the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate<'a> {
    pub(super) path: &'a str,
    /// Its day, where it has one.
    day: Option<String>,
    /// What it has that incidents have.
    signs: Vec<String>,
}

impl Candidate<'_> {
    /// Returns what is told of it.
    pub(super) fn sentence(&self) -> String {
        let day = self.day.as_ref().map_or_else(|| "has no day".to_owned(), |day| format!("is of {day}"));
        format!(
            "{} {day} and has {}, and counts as no incident: state `kind: incident`, or what else it is",
            self.path,
            self.signs.join(" and ")
        )
    }
}

impl Population<'_> {
    /// Returns the documents among `files` that belong to no incident, are not stated to be something else, and have an
    /// id as incidents have, or a day and a severity, a status or a duration.
    pub(super) fn candidates<'f>(&self, files: &'f [SourceFile]) -> Vec<Candidate<'f>> {
        let documents = || self.placed.iter().flat_map(|it| &it.case.documents);
        let placed: BTreeSet<&str> = documents().map(|document| document.path.as_str()).collect();
        let numbers: BTreeSet<String> =
            documents().flat_map(|document| numbers_of(document)).map(str::to_lowercase).collect();
        let series: BTreeSet<String> = numbers.iter().filter_map(|id| series_of(id)).collect();
        let free = files.iter().filter_map(SourceFile::document).filter(|it| !placed.contains(it.path.as_str()));
        let candidate = |document: &'f Document| {
            let id = numbers_of(document).find(|id| series_of(id).is_some_and(|it| series.contains(&it)));
            // Notes on an incident bear its number; the incident itself is in the list.
            let id = id.filter(|id| !numbers.contains(&id.to_lowercase()));
            let case = Case { documents: vec![document] };
            let day = case.membership().map(|(date, _)| date.to_string());
            let mut signs: Vec<String> = id.map(|id| format!("the id {id}")).into_iter().collect();
            if day.is_some() {
                signs.extend(facts(document).map(str::to_owned));
            }
            let is_near = matches!(case.standing(&self.window), Standing::InPeriod | Standing::Undated);
            (is_near && !signs.is_empty()).then_some(Candidate { path: &document.path, day, signs })
        };
        free.filter(|document| is_unstated(document)).filter_map(candidate).collect()
    }
}

/// Tells whether a document counts as no incident though nobody said what it is.
fn is_unstated(document: &Document) -> bool {
    let kind = &document.kind;
    match kind.value {
        Kind::Other => {
            matches!(kind.origin.kind, OriginKind::Inferred | OriginKind::FileName | OriginKind::Heading)
        }
        // A long list of tasks makes a plan of a document; a title that says so states it.
        Kind::FixPlan => kind.origin.kind == OriginKind::Inferred,
        _ => false,
    }
}

fn facts(document: &Document) -> impl Iterator<Item = &'static str> {
    let found = [
        (document.severity.is_some(), "a severity"),
        (document.status.is_some(), "a status"),
        (!document.durations.stated.is_empty(), "a duration"),
    ];
    found.into_iter().filter(|(has, _)| *has).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Content, Window};
    use crate::parse::{ParseOptions, parse};

    fn told(documents: &[(&str, &str)], period: &str) -> Vec<String> {
        let file = |(path, text): &(&str, &str)| SourceFile {
            path: (*path).to_owned(),
            blob: String::new(),
            content: Content::Document(Box::new(parse(path, text.as_bytes(), &ParseOptions::default()).document)),
        };
        let files: Vec<SourceFile> = documents.iter().map(file).collect();
        let is_incident = |document: &&Document| document.kind.value == Kind::Incident;
        let incidents = files.iter().filter_map(SourceFile::document).filter(is_incident);
        let cases = incidents.map(|document| Case { documents: vec![document] }).collect();
        let population = Population::new(Window::parse(period).unwrap(), cases);
        population.candidates(&files).iter().map(Candidate::sentence).collect()
    }

    const ONE: (&str, &str) = ("one.md", "---\nkind: incident\nid: INC-2024-01\ndate: 2024-01-05\n---\n# Pool empty\n");

    #[test]
    fn a_document_of_a_series_of_incidents_may_be_one() {
        let bare = "---\nid: INC-2025-12\ndate: 2025-12-20\n---\n# Backup job hung\n\nIt hung at night.\n";
        let undated = "---\nid: INC-2025-12\n---\n# Backup job hung\n\nNobody knows why.\n";
        let files = [ONE, ("INC-2025-12.md", bare)];
        assert_eq!(
            told(&files, "2025"),
            ["INC-2025-12.md is of 2025-12-20 and has the id INC-2025-12, and counts as no incident: state \
              `kind: incident`, or what else it is"]
        );
        assert_eq!(told(&files, "2024"), [""; 0], "of another period");
        assert!(told(&[ONE, ("x.md", undated)], "2025")[0].starts_with("x.md has no day and has the id INC-2025-12"));
        assert_eq!(told(&[("INC-2025-12.md", bare)], "2025"), [""; 0], "no incident is numbered so");
        for stated in ["other", "runbook", "incident"] {
            let text = bare.replace("date:", &format!("kind: {stated}\ndate:"));
            assert_eq!(told(&[ONE, ("INC-2025-12.md", &text)], "2025"), [""; 0], "stated: {stated}");
        }
        let notes = ("INC-2024-01-notes.md", "# Notes\n\nDate: 2024-01-06\n\ntext\n");
        assert_eq!(told(&[ONE, notes], "2024"), [""; 0], "the incident of that number is in the list");
    }

    #[test]
    fn a_day_and_what_only_incidents_have_speak_for_one() {
        let text = "On 28th February, flags went down for about 3 hours, from 15:30 to 18:10 UTC.\n";
        let found = told(&[("2024-02-28-decide is down.md", text)], "2024-02");
        assert!(found[0].contains("is of 2024-02-28 and has a duration"), "{found:?}");
        assert_eq!(told(&[("2024-02-28-notes.md", "# Notes\n\nWe met.\n")], "2024-02"), [""; 0]);
    }

    #[test]
    fn a_long_list_of_tasks_is_a_plan_only_where_a_title_says_so() {
        let tasks = "- [ ] a task\n".repeat(12);
        let text = |title: &str| format!("---\nid: INC-2024-02\ndate: 2024-01-07\n---\n# {title}\n\n{tasks}");
        assert_eq!(told(&[ONE, ("a.md", &text("Backup job hung"))], "2024").len(), 1);
        assert_eq!(told(&[ONE, ("a.md", &text("Fix plan for backups"))], "2024"), [""; 0]);
    }
}
