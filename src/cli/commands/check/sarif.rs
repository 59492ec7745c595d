//! Findings as SARIF 2.1.0, which code hosts show beside the lines of a change.

use std::path::Path;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Value, json};

use crate::cli::paths::PathView;
use crate::kb::{CheckReport, Finding, RULES, Rule, RuleLevel, explain, slashed};
use crate::model::Each;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// What may not stand in the path of an address.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b':');

#[derive(Serialize)]
struct Report<R> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [Run<R>; 1],
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<R> {
    column_kind: &'static str,
    results: R,
    tool: Value,
}

/// Returns the report; it names every rule that has findings.
pub(super) fn render(report: &CheckReport, paths: &PathView) -> impl Serialize {
    let found = |rule: &&Rule| report.findings.iter().any(|it| it.diagnostic.code == rule.code);
    let rules: Vec<&Rule> = RULES.iter().filter(found).collect();
    let tool = json!({"driver": {
        "name": "ris",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
    }});
    let results = Each::of(&report.findings, move |it| result(it, &rules, paths));
    Report { schema: SCHEMA, runs: [Run { column_kind: "unicodeCodePoints", results, tool }], version: "2.1.0" }
}

fn descriptor(rule: &Rule) -> Value {
    let text = explain(rule.code).map_or(rule.summary, |it| it.text);
    let level = match rule.level {
        RuleLevel::Allow => "none",
        RuleLevel::Note => "note",
        RuleLevel::Warn => "warning",
        RuleLevel::Deny => "error",
    };
    json!({
        "id": rule.code,
        "shortDescription": {"text": rule.summary},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": [rule.subject.as_str()]},
    })
}

fn result(finding: &Finding, rules: &[&Rule], paths: &PathView) -> Value {
    let diagnostic = &finding.diagnostic;
    let level = finding.level().as_str();
    let hint = diagnostic.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
    let mut place = json!({"artifactLocation": {"uri": uri(&slashed(Path::new(&paths.show(&finding.path))))}});
    if diagnostic.line > 0 {
        place["region"] = region(finding);
    }
    json!({
        "ruleId": diagnostic.code,
        "ruleIndex": rules.iter().position(|rule| rule.code == diagnostic.code),
        "level": level,
        "message": {"text": format!("{}{hint}", diagnostic.message)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"ris/v1": finding.fingerprint},
    })
}

fn region(finding: &Finding) -> Value {
    let mut region = json!({"startLine": finding.diagnostic.line});
    if let Some(source) = &finding.source {
        region["startColumn"] = source.column.into();
        region["endColumn"] = source.end_column.max(source.column).into();
        region["snippet"] = json!({"text": source.text});
    }
    region
}

/// Returns a path as the reference that SARIF asks for.
fn uri(path: &str) -> String {
    let escaped = utf8_percent_encode(path, ESCAPED).to_string();
    if path.starts_with('/') { format!("file://{escaped}") } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("incidents/a b.md"), "incidents/a%20b.md");
        assert_eq!(uri("a/50%.md"), "a/50%25.md");
        assert_eq!(uri("a\\b.md"), "a%5Cb.md");
        assert_eq!(uri("/x/ä.md"), "file:///x/%C3%A4.md");
    }
}
