//! Findings as JUnit XML, which most CI systems show as tests: a document is a test, a finding at deny level a failure.

use std::fmt::Write;

use crate::cli::paths::PathView;
use crate::diag::Level;
use crate::kb::{CheckReport, Finding};

/// Returns the report.
pub(super) fn render(report: &CheckReport, paths: &PathView) -> String {
    let by_path = report.by_path();
    let failures = by_path.values().filter(|all| all.iter().any(|it| it.level() == Level::Error)).count();
    let tests = report.documents.len();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(out, "<testsuites name=\"ris check\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">");
    let _ = writeln!(out, "  <testsuite name=\"ris check\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">");
    for document in &report.documents {
        let shown = escaped(&paths.show(document));
        let findings = by_path.get(document.as_str()).copied().unwrap_or_default();
        if findings.is_empty() {
            let _ = writeln!(out, "    <testcase name=\"{shown}\" classname=\"ris\"/>");
            continue;
        }
        let _ = writeln!(out, "    <testcase name=\"{shown}\" classname=\"ris\">");
        let (denied, others): (Vec<&Finding>, Vec<&Finding>) =
            findings.iter().partition(|it| it.level() == Level::Error);
        if let Some(first) = denied.first() {
            let message = escaped(&first.diagnostic.message);
            let text: String = denied.iter().map(|it| described(it, paths)).collect();
            let code = first.diagnostic.code;
            let _ = writeln!(out, "      <failure message=\"{message}\" type=\"{code}\">{text}</failure>");
        }
        if !others.is_empty() {
            let text: String = others.iter().map(|it| described(it, paths)).collect();
            let _ = writeln!(out, "      <system-out>{text}</system-out>");
        }
        out.push_str("    </testcase>\n");
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn described(finding: &Finding, paths: &PathView) -> String {
    let diagnostic = &finding.diagnostic;
    let level = finding.level().as_str();
    let hint = diagnostic.hint.as_ref().map_or_else(String::new, |hint| format!("\n  hint: {hint}"));
    let place = paths.at(&finding.path, diagnostic.line);
    escaped(&format!("{level}[{}]: {}\n  {place}{hint}\n", diagnostic.code, diagnostic.message))
}

/// Returns `text` for attributes and content; characters that XML cannot hold are replaced.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_of_a_document_can_end_the_xml() {
        assert_eq!(escaped("a<b>&\"\u{1b}[0m"), "a&lt;b&gt;&amp;&quot;\u{fffd}[0m");
    }
}
