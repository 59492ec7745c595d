//! Findings: what a rule reports, and what becomes of it.

use crate::diag::{Diagnostic, Level, SourceLine, Span};

use super::Fix;
use super::surroundings::Surroundings;

/// What decides, with the rest of the knowledge base in view, whether a draft stands; it may change it.
pub(super) type Verdict = Box<dyn FnOnce(&dyn Surroundings, &mut Draft) -> bool + Send>;

/// A finding as a rule reports it, before levels, suppressions and the other documents have their say.
pub struct Draft {
    pub(super) code: &'static str,
    pub(super) line: u32,
    pub(super) span: Option<Span>,
    pub(super) message: String,
    pub(super) hint: Option<String>,
    pub(super) fix: Option<Fix>,
    pub(super) subject: Option<String>,
    pub(super) verdict: Option<Verdict>,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("code", &self.code).field("line", &self.line).finish_non_exhaustive()
    }
}

impl Draft {
    pub(super) fn new(code: &'static str, line: u32, message: String) -> Self {
        Self { code, line, span: None, message, hint: None, fix: None, subject: None, verdict: None }
    }

    /// Adds the bytes of the decoded text to underline.
    pub fn span(&mut self, span: impl Into<Option<Span>>) -> &mut Self {
        self.span = span.into();
        self
    }

    /// Adds advice.
    pub fn hint(&mut self, hint: impl Into<String>) -> &mut Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds a safe edit.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        self.fix = Some(fix);
        self
    }

    /// Adds what the finding is about, by which a baseline knows it again (the default is the text of its line).
    pub fn subject(&mut self, subject: impl Into<String>) -> &mut Self {
        self.subject = Some(subject.into());
        self
    }

    /// Lets the rest of the knowledge base decide: the finding stands where `verdict` returns true. `verdict` may change
    /// the finding (a hint that names the nearest id).
    pub fn only_if(
        &mut self,
        verdict: impl FnOnce(&dyn Surroundings, &mut Self) -> bool + Send + 'static,
    ) -> &mut Self {
        self.verdict = Some(Box::new(verdict));
        self
    }
}

/// What the rules have found in one document.
#[derive(Debug, Default)]
pub struct Findings {
    pub(super) code: &'static str,
    pub(super) drafts: Vec<Draft>,
}

impl Findings {
    /// Reports something at `line` (from 1; 0 for the file as a whole). The message is lower case, without a period,
    /// identifiers in backticks, and never holds what must not be shown.
    pub fn push(&mut self, line: u32, message: impl Into<String>) -> &mut Draft {
        self.drafts.push(Draft::new(self.code, line, message.into()));
        self.drafts.last_mut().expect("one was pushed")
    }
}

/// A finding that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Path relative to the knowledge base.
    pub path: String,
    /// Code, level, message, hint and place.
    pub diagnostic: Diagnostic,
    /// Its line, with whatever must not be shown replaced.
    pub source: Option<SourceLine>,
    /// A safe edit that does away with it.
    pub fix: Option<Fix>,
    /// What tells it from other findings of the same code and path; survives a move to another line.
    pub fingerprint: String,
}

impl Finding {
    /// Raises it to an error.
    pub(crate) fn deny(&mut self) {
        self.diagnostic.level = Level::Error;
    }

    /// Returns its level.
    #[must_use]
    pub fn level(&self) -> Level {
        self.diagnostic.level
    }
}
