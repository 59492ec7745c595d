//! References from one document to another.

/// How a reference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReferenceKind {
    /// An id in the text or in front matter (`RIS-ENV-VAR-DRIFT-20251217`).
    Id,
    /// A relative link to a file.
    Link,
    /// A wiki link, `[[target]]`.
    Wiki,
}

impl ReferenceKind {
    /// Returns the name used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Link => "link",
            Self::Wiki => "wiki",
        }
    }
}

/// A mention of another document. Whether it resolves is known only inside a knowledge base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// How it is written.
    pub kind: ReferenceKind,
    /// The id, the relative path (without fragment) or the wiki target.
    pub target: String,
    /// Line in the file, counted from 1.
    pub line: u32,
}
