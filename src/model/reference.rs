//! References from one document to another.

use percent_encoding::percent_decode_str;

use super::{join_path, name_of};

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

/// What a reference leads to, told by its text and the path of its document alone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ReferenceKey {
    /// A file, by its path below the root.
    Path(String),
    /// An id, or the name of a file without its extension.
    Name(String),
}

impl ReferenceKey {
    /// Returns the path or the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Path(text) | Self::Name(text) => text,
        }
    }
}

impl Reference {
    /// Returns what this reference, written in the document at `from`, leads to; `None` for a link that leaves the
    /// knowledge base.
    #[must_use]
    pub fn key(&self, from: &str) -> Option<ReferenceKey> {
        match self.kind {
            ReferenceKind::Id => Some(ReferenceKey::Name(self.target.clone())),
            ReferenceKind::Link => {
                let target = percent_decode_str(&self.target).decode_utf8_lossy();
                join_path(from, &target).map(ReferenceKey::Path)
            }
            ReferenceKind::Wiki => Some(ReferenceKey::Name(name_of(&self.target).to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(kind: ReferenceKind, target: &str) -> Option<String> {
        let reference = Reference { kind, target: target.to_owned(), line: 1 };
        reference.key("2025/12/a.md").map(|key| key.as_str().to_owned())
    }

    #[test]
    fn keys_are_paths_below_the_root_or_names() {
        assert_eq!(key(ReferenceKind::Link, "../11/b%20c.md").as_deref(), Some("2025/11/b c.md"));
        assert_eq!(key(ReferenceKind::Link, "/index.md").as_deref(), Some("index.md"));
        assert_eq!(key(ReferenceKind::Link, "../../../etc/x.md"), None);
        assert_eq!(key(ReferenceKind::Wiki, "notes/INC-7.md").as_deref(), Some("INC-7"));
        assert_eq!(key(ReferenceKind::Id, "INC-7").as_deref(), Some("INC-7"));
    }
}
