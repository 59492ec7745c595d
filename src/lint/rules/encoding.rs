//! Bytes that the reader had to repair: written back as UTF-8 where nothing is lost by it.

use crate::diag::Diagnostic;
use crate::lint::{Draft, Fix, LintContext};

/// Adds the fix: the file as the reader reads it.
pub(in crate::lint) fn reencode(_: &LintContext<'_>, _: &Diagnostic, draft: &mut Draft) {
    draft.fix(Fix::reencode("write the file as UTF-8, as it is read"));
}

/// Adds the fix to what is mojibake for certain.
pub(in crate::lint) fn mojibake(_: &LintContext<'_>, _: &Diagnostic, draft: &mut Draft) {
    draft.fix(Fix::reencode("turn the sequences back into the characters that they were"));
}
