//! Front matter: every key a document carries, known or not.

use crate::diag::Span;

/// The line above what `ris` inferred and a person is to accept. A block that begins with it is front matter, though nothing
/// in it is stated yet.
pub const OFFER: &str = "# Inferred by ris, not stated. Take the `# ` away from what is right, delete the rest.";

/// The notation of the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FrontMatterFormat {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
    /// The whole file is one YAML record.
    Record,
}

/// One scalar of the block under its dotted path; a list gives one entry an element, all with the same path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatterEntry {
    /// Dotted path, for example `compliance.soc2.evidence-type`.
    pub path: String,
    /// The scalar as text; `true`, `7`, dates and the like are not converted.
    pub value: String,
    /// Whether the entry is an element of a list.
    pub in_list: bool,
    /// Line in the file, counted from 1.
    pub line: u32,
    /// Bytes of the value in the decoded text, where known.
    pub span: Option<Span>,
}

impl FrontMatterEntry {
    /// Tells whether the entry stands at `path`, compared without regard to case and with `_` equal to `-`.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        same_key(&self.path, path)
    }
}

/// The block as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// Notation.
    pub format: FrontMatterFormat,
    /// Bytes of the whole block with its fences.
    pub span: Span,
    /// False where the block is not valid: its entries are then what could be rescued line by line.
    pub valid: bool,
    /// Entries in the order written.
    pub entries: Vec<FrontMatterEntry>,
}

impl FrontMatter {
    /// Returns the first entry at `path`, compared without regard to case and with `_` equal to `-`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&FrontMatterEntry> {
        self.entries.iter().find(|entry| entry.is_at(path))
    }

    /// Returns every entry at `path` (the elements of a list, or a single scalar).
    pub fn all<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a FrontMatterEntry> + 'a {
        self.entries.iter().filter(move |entry| entry.is_at(path))
    }
}

fn same_key(a: &str, b: &str) -> bool {
    let fold = |byte: u8| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
    a.len() == b.len() && a.bytes().zip(b.bytes()).all(|(x, y)| fold(x) == fold(y))
}
