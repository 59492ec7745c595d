//! What a page of a copy says of itself.

use crate::kb::Copied;
use crate::model::short_id;
use crate::web::view::{count, date_words};

/// What a page says of the copy that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CopyNote {
    /// The day, for programs.
    pub(crate) machine: String,
    /// The day in words.
    pub(crate) day: String,
    /// Short id of the commit.
    pub(crate) commit: Option<String>,
    /// There are files that differ from it.
    pub(crate) changed_since: bool,
    /// How many documents it holds, in words, where these are not all.
    pub(crate) part: Option<String>,
    /// How many values were taken out, in words, where there were any.
    pub(crate) masked: Option<String>,
}

impl CopyNote {
    /// Returns what is said of a copy.
    pub(crate) fn of(copied: &Copied) -> Self {
        let machine = copied.on.to_string();
        Self {
            day: date_words(&machine),
            machine,
            commit: copied.commit.as_ref().map(|it| short_id(&it.id).to_owned()),
            changed_since: copied.commit.as_ref().is_some_and(|it| it.changed_since),
            part: copied.is_part.then(|| count(copied.documents, "document")),
            masked: (copied.masked > 0).then(|| count(copied.masked, "value")),
        }
    }
}
