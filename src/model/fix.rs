//! One of several parts of a document that tell how something was fixed, and what it is the fix of.

use super::{Command, Extracted};
use crate::diag::Span;

/// A part of a document that tells how something was fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Its text, as Markdown.
    pub text: Extracted<String>,
    /// Its code blocks that are commands.
    pub commands: Vec<Command>,
    /// Bytes of what it is the fix of: the whole document, or one incident of several in it.
    pub scope: Span,
    /// How likely it is the fix: the lowest is.
    pub standing: FixStanding,
}

/// How likely a part of a document is the fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FixStanding {
    /// A section is called so.
    Heading,
    /// A list or paragraph has it as its label.
    Label,
    /// It stands among actions of which the heading says that they are done.
    Done,
    /// It stands among what is recommended.
    Planned,
    /// It is a label within a timeline, the impact or lessons.
    Aside,
}
