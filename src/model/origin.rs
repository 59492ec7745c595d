//! Where a value was read, and whether a person wrote it.

use serde::{Deserialize, Serialize};

use crate::diag::Span;

/// The kind of place a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OriginKind {
    /// A key of the YAML or TOML block at the top, or of a YAML record.
    FrontMatter,
    /// A labelled line such as `**Severity:** high`.
    Label,
    /// A heading, or the text directly under a heading that names the field.
    Heading,
    /// A table cell.
    Table,
    /// A list item.
    List,
    /// An entry of the timeline.
    Timeline,
    /// The file's name or path.
    FileName,
    /// The git history.
    Git,
    /// Worked out by `ris`; no person stated it.
    Inferred,
}

impl OriginKind {
    /// Returns the stable kebab-case name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FrontMatter => "front-matter",
            Self::Label => "label",
            Self::Heading => "heading",
            Self::Table => "table",
            Self::List => "list",
            Self::Timeline => "timeline",
            Self::FileName => "file-name",
            Self::Git => "git",
            Self::Inferred => "inferred",
        }
    }
}

/// Where a value was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The kind of place.
    pub kind: OriginKind,
    /// Line in the file, counted from 1; 0 for values that have none (the file name).
    pub line: u32,
    /// Bytes in the decoded text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub span: Option<Span>,
}

impl Origin {
    /// Returns an origin without a byte span.
    #[must_use]
    pub fn new(kind: OriginKind, line: u32) -> Self {
        Self { kind, line, span: None }
    }

    /// Returns an origin with its bytes.
    #[must_use]
    pub fn at(kind: OriginKind, line: u32, span: Span) -> Self {
        Self { kind, line, span: Some(span) }
    }
}

/// A value, the text it was read from, and where that text stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extracted<T> {
    /// The value as understood.
    pub value: T,
    /// The text as written.
    pub raw: String,
    /// Where it was read.
    pub origin: Origin,
}

impl<T> Extracted<T> {
    /// Returns an extracted value.
    pub fn new(value: T, raw: impl Into<String>, origin: Origin) -> Self {
        Self { value, raw: raw.into(), origin }
    }

    /// Tells whether `ris` worked the value out rather than a person stating it.
    pub fn is_inferred(&self) -> bool {
        self.origin.kind == OriginKind::Inferred
    }
}
