//! Findings as one JSON object.

use serde::Serialize;
use serde_json::{Value, json};

use crate::cli::paths::PathView;
use crate::diag::Level;
use crate::kb::{CheckReport, Finding};
use crate::model::Each;

/// The report, keys in alphabetical order.
#[derive(Serialize)]
struct Report<'a, R> {
    counts: Value,
    documents: usize,
    /// Of `--fix` and `--diff` only.
    #[serde(skip_serializing_if = "<[Value]>::is_empty")]
    edits: &'a [Value],
    findings: R,
    gone: usize,
    known: usize,
    schema: u32,
    /// Paths that were named and are not checked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    skipped: Vec<Value>,
    suppressed: usize,
}

/// Returns the report.
pub(super) fn render<'a>(
    report: &'a CheckReport,
    paths: &'a PathView,
    edits: &'a [Value],
    skipped: &[(String, &str)],
) -> impl Serialize + use<'a> {
    let of = |level| report.findings.iter().filter(|it| it.level() == level).count();
    Report {
        counts: json!({"deny": of(Level::Error), "warn": of(Level::Warning), "note": of(Level::Note)}),
        documents: report.documents.len(),
        edits,
        findings: Each::of(&report.findings, |it| finding(it, paths)),
        gone: report.gone,
        known: report.known,
        schema: 1,
        skipped: skipped.iter().map(|(path, why)| json!({"path": paths.show(path), "reason": why})).collect(),
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
