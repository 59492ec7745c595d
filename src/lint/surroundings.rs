//! The rest of the knowledge base, as far as rules ask for it.

use chrono::NaiveDate;

use crate::model::{Kind, SectionRole, Severity, StatusState};

/// What is known of another document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// Path relative to the root.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// Its own id.
    pub id: Option<String>,
    /// The day of its incident.
    pub date: Option<NaiveDate>,
    /// How serious its incident was.
    pub severity: Option<Severity>,
    /// Its status.
    pub status: Option<StatusState>,
    /// It tells the cause.
    pub has_cause: bool,
    /// It tells how the incident was resolved.
    pub has_resolution: bool,
    /// It has action items.
    pub has_actions: bool,
}

impl Neighbour {
    /// Tells whether it is known to have what a section of this role tells.
    #[must_use]
    pub fn tells(&self, role: SectionRole) -> bool {
        match role {
            SectionRole::RootCause => self.has_cause,
            SectionRole::Resolution => self.has_resolution,
            SectionRole::Actions => self.has_actions,
            _ => false,
        }
    }
}

/// The rest of the knowledge base. Answers from what is at hand: all documents of this run, or the index.
pub trait Surroundings: Sync {
    /// Returns the path of the first document of `kind` but that at `path` which carries `id` as its own, and how many
    /// more there are.
    fn also_with_id(&self, id: &str, kind: Kind, path: &str) -> Option<(String, usize)>;

    /// Tells whether `name` is the id of a document or of an incident, or the name of a document's file; `None` where
    /// nothing is known of other documents.
    fn is_known_name(&self, name: &str) -> Option<bool>;

    /// Tells whether `id` is the id of another document than that at `path`, or of the incident that another belongs to;
    /// `None` where nothing is known of other documents.
    fn is_incident(&self, id: &str, path: &str) -> Option<bool>;

    /// Tells whether there is a file or folder at `path` (relative to the root, `/` between folders).
    fn exists(&self, path: &str) -> bool;

    /// Tells whether the document at `path` has a heading or anchor called `anchor`; `None` where it cannot be read, or is
    /// none.
    fn has_anchor(&self, path: &str, anchor: &str) -> Option<bool>;

    /// Tells whether `is` holds for any other document about the same incident as the document at `path`.
    fn any_of_incident(&self, path: &str, is: &dyn Fn(&Neighbour) -> bool) -> bool;

    /// Returns the known name or path that is nearest to `name`, where one is near.
    fn nearest(&self, name: &str) -> Option<String>;
}
