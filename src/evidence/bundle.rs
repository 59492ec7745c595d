//! The content of a bundle: which files it has, and what stands in them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::bag::{BagFile, sha256};
use super::part::Part;
use super::redact::{redact_page, redact_table};
use super::{Evidence, Profile, oscal, readme, summary};
use crate::csv::Table;

impl Evidence<'_> {
    /// Returns the payload of the bag, sorted by path.
    ///
    /// # Errors
    /// Where a page cannot be rendered, which would be a fault of the program.
    pub fn payload(&self) -> Result<Vec<BagFile>, askama::Error> {
        let mut parts = self.incident_files();
        let digests = digests(&parts);
        parts.extend(self.lists(&digests));
        parts.push(self.page("data/population/population.json", "population", summary::population(self)));
        parts.push(self.page("data/oscal/assessment-results.json", "oscal", oscal::results(self, &parts)));
        parts.push(Part::text("data/README.md", "readme", readme::markdown(self)?));
        parts.push(Part::text("data/README.html", "readme", readme::html(self)?));
        parts.sort_by(|a, b| a.file.path.cmp(&b.file.path));
        let index = self.page("data/bundle.json", "index", summary::index(self, &parts));
        parts.push(index);
        parts.sort_by(|a, b| a.file.path.cmp(&b.file.path));
        Ok(parts.into_iter().map(|part| part.file).collect())
    }

    fn page(&self, path: &str, role: &'static str, mut page: Value) -> Part {
        if self.about.profile == Profile::Redacted {
            redact_page(&mut page);
        }
        Part::json(path, role, &page)
    }

    pub(super) fn table(&self, path: &str, role: &'static str, mut table: Table) -> Part {
        if self.about.profile == Profile::Redacted {
            redact_table(&mut table);
        }
        Part::text(path, role, table.csv())
    }
}

fn digests(parts: &[Part]) -> BTreeMap<String, String> {
    let of = |part: &Part| part.source.as_ref().map(|(path, _)| (path.clone(), sha256(&part.file.bytes)));
    parts.iter().filter_map(of).collect()
}
