//! Findings as one JSON object.

use serde::Serialize;
use serde_json::{Value, json};

use crate::cli::paths::PathView;
use crate::diag::Level;
use crate::kb::{CheckReport, Finding};
use crate::model::Each;

/// The report, keys in alphabetical order.
#[derive(Serialize)]
struct Report<R> {
    counts: Value,
    documents: usize,
    findings: R,
    gone: usize,
    known: usize,
    schema: u32,
    suppressed: usize,
}

/// Returns the report.
pub(super) fn render(report: &CheckReport, paths: &PathView) -> impl Serialize {
    let of = |level| report.findings.iter().filter(|it| it.level() == level).count();
    Report {
        counts: json!({"deny": of(Level::Error), "warn": of(Level::Warning), "note": of(Level::Note)}),
        documents: report.documents.len(),
        findings: Each::of(&report.findings, |it| finding(it, paths)),
        gone: report.gone,
        known: report.known,
        schema: 1,
        suppressed: report.suppressed,
    }
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
