//! A document as evidence.

use serde::Serialize;

use crate::compliance::Framework;
use crate::csv::Cell;
use crate::model::{Document, Kind};

/// A document and the incident that it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The document.
    pub document: &'a Document,
    /// Path of the document that stands for its incident; its own where it stands alone.
    pub incident: &'a str,
}

impl Record<'_> {
    /// Tells whether the document is part of something that happened: not of an exercise, a near miss, a policy.
    #[must_use]
    pub fn is_of_incident(&self) -> bool {
        match self.document.kind.value {
            Kind::Incident | Kind::Rca | Kind::Resolution => true,
            Kind::FixPlan => self.incident != self.document.path,
            Kind::Drill | Kind::NearMiss | Kind::Other => false,
        }
    }
}

/// The document that a row is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Path of the document.
    pub path: String,
    /// Its id, or its path where it has none.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: &'static str,
    /// Path of the document that stands for its incident.
    pub incident: String,
}

impl Named {
    pub(super) fn of(record: &Record<'_>) -> Self {
        let document = record.document;
        Self {
            path: document.path.clone(),
            name: name(document).to_owned(),
            title: document.display_title().to_owned(),
            kind: document.kind.value.as_str(),
            incident: record.incident.to_owned(),
        }
    }

    /// Returns the cells `path`, `id`, `title`, `kind` and `incident` of a table.
    pub(super) fn cells(&self) -> [Cell; 5] {
        [&self.path, &self.name, &self.title, self.kind, &self.incident].map(Cell::from)
    }
}

/// Returns the id of a document, or its path where it has none.
pub(super) fn name(document: &Document) -> &str {
    document.id.as_ref().map_or(&document.path, |id| &id.value)
}

/// Returns what is stated, and the name of the framework that it is stated for.
pub(super) fn scoped(stated: Option<&str>, framework: Option<&str>) -> String {
    let name = |key| Framework::from_key(key).map_or(key, |it| it.name());
    format!("{} {}", stated.unwrap_or_default(), framework.map(name).unwrap_or_default()).trim().to_owned()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::parse::{ParseOptions, parse};

    /// Returns a document with this front matter; a report unless it says otherwise.
    pub(crate) fn document(path: &str, front_matter: &str) -> Document {
        let kind = if front_matter.contains("kind:") { "" } else { "kind: incident\n" };
        let text = format!("---\n{kind}{front_matter}---\n# Queue stuck\n\nThe queue was stuck.\n");
        parse(path, text.as_bytes(), &ParseOptions::default()).document
    }

    /// Returns each document as the record of an incident of its own.
    pub(crate) fn records(documents: &[Document]) -> Vec<Record<'_>> {
        documents.iter().map(|document| Record { document, incident: &document.path }).collect()
    }

    #[test]
    fn a_plan_is_of_an_incident_where_it_belongs_to_one() {
        let plan = document("plan.md", "kind: fix-plan\n");
        assert!(!Record { document: &plan, incident: "plan.md" }.is_of_incident());
        assert!(Record { document: &plan, incident: "report.md" }.is_of_incident());
    }
}
