//! A rule: its code, its weight, its subject and the function that looks for it.

use super::{Draft, Findings, LintContext, RuleLevel};
use crate::diag::Diagnostic;

/// What a rule is about; rules of one subject stand in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Whether the file can be read.
    File,
    /// How the characters of the file are written.
    Encoding,
    /// The front matter.
    FrontMatter,
    /// Ids and names.
    Identity,
    /// Sections that must be there.
    Sections,
    /// Days, times and durations.
    Dates,
    /// Status and what it promises.
    Status,
    /// Action items.
    Actions,
    /// References and links.
    References,
    /// Markdown that will not render as meant.
    Markdown,
    /// Controls, retention, reviews, classification.
    Compliance,
    /// Secrets in the text.
    Secrets,
    /// Data about patients.
    Phi,
    /// Choice of words.
    Wording,
    /// Suppressions of findings.
    Suppressions,
}

impl Subject {
    /// Every subject, in the order shown.
    pub const ALL: [Self; 15] = [
        Self::File,
        Self::Encoding,
        Self::FrontMatter,
        Self::Identity,
        Self::Sections,
        Self::Dates,
        Self::Status,
        Self::Actions,
        Self::References,
        Self::Markdown,
        Self::Compliance,
        Self::Secrets,
        Self::Phi,
        Self::Wording,
        Self::Suppressions,
    ];

    /// Returns the stable kebab-case name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Encoding => "encoding",
            Self::FrontMatter => "front-matter",
            Self::Identity => "identity",
            Self::Sections => "sections",
            Self::Dates => "dates",
            Self::Status => "status",
            Self::Actions => "actions",
            Self::References => "references",
            Self::Markdown => "markdown",
            Self::Compliance => "compliance",
            Self::Secrets => "secrets",
            Self::Phi => "phi",
            Self::Wording => "wording",
            Self::Suppressions => "suppressions",
        }
    }
}

/// How a rule finds what it looks for.
#[derive(Clone, Copy)]
pub enum Check {
    /// A function that looks at one document.
    Document(fn(&LintContext<'_>, &mut Findings)),
    /// The reader of documents reports it.
    Reader,
    /// The reader of documents reports it; the function adds what only a check knows (a fix, a place).
    ReaderWith(fn(&LintContext<'_>, &Diagnostic, &mut Draft)),
    /// The run itself reports it (suppressions).
    Run,
}

/// One rule.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Stable kebab-case code.
    pub code: &'static str,
    /// Weight where the settings say nothing.
    pub level: RuleLevel,
    /// What it is about.
    pub subject: Subject,
    /// How it looks.
    pub check: Check,
    /// What it finds, in one line.
    pub summary: &'static str,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rule").field("code", &self.code).field("level", &self.level).finish_non_exhaustive()
    }
}
