//! Root-cause tags: the words by which incidents are linked.

use super::{Origin, OriginKind};

/// A tag, stated by a person or inferred from phrases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RootCauseTag {
    /// The tag's name in the taxonomy, or its own in kebab-case where the taxonomy does not know it.
    pub tag: String,
    /// The text as written; empty for inferred tags.
    pub raw: String,
    /// Where it was stated; `inferred` where `ris` worked it out.
    pub origin: Origin,
    /// The words that gave an inferred tag; empty for stated ones.
    pub because: Vec<TagWords>,
}

/// Words of the document that speak for a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagWords {
    /// The words as written, on one line.
    pub words: String,
    /// Line in the file, counted from 1.
    pub line: u32,
}

impl RootCauseTag {
    /// Tells whether `ris` worked the tag out rather than a person stating it.
    #[must_use]
    pub fn is_inferred(&self) -> bool {
        self.origin.kind == OriginKind::Inferred
    }
}
