//! Root-cause tags: the words by which incidents are linked.

use super::Origin;

/// A tag, stated by a person or inferred from phrases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RootCauseTag {
    /// Kebab-case tag.
    pub tag: String,
    /// Where it was stated; `inferred` where `ris` worked it out.
    pub origin: Origin,
    /// The phrases that gave an inferred tag; empty for stated ones.
    pub because: Vec<String>,
}
