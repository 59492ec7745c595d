//! Findings as one JSON object.

use serde_json::{Value, json};

use crate::cli::paths::PathView;
use crate::diag::Level;
use crate::kb::{CheckReport, Finding};

/// Returns the report.
pub(super) fn render(report: &CheckReport, paths: &PathView) -> Value {
    let of = |level| report.findings.iter().filter(|it| it.level() == level).count();
    json!({
        "schema": 1,
        "documents": report.documents.len(),
        "counts": {"deny": of(Level::Error), "warn": of(Level::Warning), "note": of(Level::Note)},
        "suppressed": report.suppressed,
        "known": report.known,
        "gone": report.gone,
        "findings": report.findings.iter().map(|it| finding(it, paths)).collect::<Vec<_>>(),
    })
}

fn finding(finding: &Finding, paths: &PathView) -> Value {
    let diagnostic = &finding.diagnostic;
    let place = finding.source.as_ref();
    json!({
        "code": diagnostic.code,
        "level": level(finding.level()),
        "path": paths.show(&finding.path),
        "document": finding.path,
        "line": (diagnostic.line > 0).then_some(diagnostic.line),
        "column": place.map(|it| it.column),
        "end_column": place.map(|it| it.end_column),
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "source": place.map(|it| it.text.as_str()),
        "fix": finding.fix.as_ref().map(|fix| fix.title.as_str()),
        "fingerprint": finding.fingerprint,
    })
}

/// Returns the level by the name that settings use.
fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "deny",
        Level::Warning => "warn",
        Level::Note => "note",
    }
}
