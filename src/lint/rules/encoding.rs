//! Bytes that the reader had to repair: written back as UTF-8 where nothing is lost by it.

use crate::diag::Diagnostic;
use crate::lint::{Draft, Fix, LintContext};

/// Adds the fix: the file as the reader reads it.
pub(in crate::lint) fn reencode(cx: &LintContext<'_>, _: &Diagnostic, draft: &mut Draft) {
    if is_read_whole(cx) {
        draft.fix(Fix::reencode("write the file as UTF-8, as it is read"));
    }
}

/// Adds the fix to what is mojibake for certain.
pub(in crate::lint) fn mojibake(cx: &LintContext<'_>, _: &Diagnostic, draft: &mut Draft) {
    if is_read_whole(cx) {
        draft.fix(Fix::reencode("turn the sequences back into the characters that they were"));
    }
}

/// Tells whether every byte of the file became a character; written back, the others would be gone for good.
fn is_read_whole(cx: &LintContext<'_>) -> bool {
    !cx.document.diagnostics.iter().any(|it| it.code.starts_with("invalid-utf"))
}
