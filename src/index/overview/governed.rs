//! What evidence is made from: documents as far as the store keeps them, so that none is read again.

use std::sync::Arc;

use super::table::Table;
use super::view::Overview;
use crate::diag::Span;
use crate::index::entry::{Governed, StoredData};
use crate::index::error::IndexError;
use crate::index::search::load;
use crate::model::{
    Document, Extracted, FrontMatter, FrontMatterEntry, FrontMatterFormat, Moment, Origin, OriginKind, PartialDate,
    ZoneOrigin,
};

impl Overview<'_> {
    /// Returns the documents of `rows`, in their order: with id, title, kind and day, and with what they state about
    /// compliance; nothing else of them is kept.
    pub(crate) fn governed(&self, rows: &[usize]) -> Result<Vec<Document>, IndexError> {
        let read = |at: &usize| {
            let stored = load(self.open, &self.searcher, self.rows[*at].address);
            stored.map(document).map_err(|error| self.open.fail(error))
        };
        rows.iter().map(read).collect()
    }

    /// Returns the records of possible breaches, as [`Self::governed`] does; read once a commit, since home asks each time.
    pub(crate) fn assessed(&self) -> Result<Arc<Vec<Document>>, IndexError> {
        Table::assessed(self, |rows| self.governed(rows))
    }
}

/// Where a value was read is known to the file alone.
fn from<T>(value: T, raw: &str) -> Extracted<T> {
    Extracted::new(value, raw, Origin::new(OriginKind::FileName, 0))
}

fn document(stored: StoredData) -> Document {
    let summary = stored.summary;
    let mut document = Document::empty(summary.path, from(summary.kind, ""));
    document.outcome = summary.outcome;
    document.id = summary.id.map(|id| from(id, ""));
    document.title = Some(from(summary.title, ""));
    document.date = summary.date.and_then(|date| Some(from(PartialDate::from_displayed(&date)?, &date)));
    document.owners = summary.owners.into_iter().map(|name| from(name, "")).collect();
    if let Some(governed) = stored.governed {
        let Governed { compliance, days, resolved, assessment } = *governed;
        document.compliance = compliance;
        document.days = days;
        document.times.resolved = resolved.map(|day| from(on(day), ""));
        document.front_matter = (!assessment.is_empty()).then(|| front_matter(assessment));
    }
    document
}

/// Returns a block of nothing but these keys and values.
fn front_matter(stated: Vec<(String, String)>) -> FrontMatter {
    let entry = |(path, value)| FrontMatterEntry { path, value, in_list: false, line: 0, span: None };
    let entries = stated.into_iter().map(entry).collect();
    FrontMatter { format: FrontMatterFormat::Yaml, span: Span::default(), valid: true, entries }
}

fn on(day: chrono::NaiveDate) -> Moment {
    Moment { date: Some(day), time: None, offset: None, zone: ZoneOrigin::Unknown, approximate: false }
}
