//! Findings as commands of GitHub Actions, which shows them beside the lines of a pull request.

use std::fmt::Write;

use crate::cli::paths::PathView;
use crate::diag::Level;
use crate::kb::CheckReport;

/// Returns the report, one finding a line.
pub(super) fn render(report: &CheckReport, paths: &PathView) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        let diagnostic = &finding.diagnostic;
        let command = match finding.level() {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "notice",
        };
        let mut place = format!("file={}", property(&paths.show(&finding.path)));
        if diagnostic.line > 0 {
            let _ = write!(place, ",line={}", diagnostic.line);
        }
        if let Some(source) = &finding.source {
            let _ = write!(place, ",col={},endColumn={}", source.column, source.end_column);
        }
        let hint = diagnostic.hint.as_ref().map_or_else(String::new, |hint| format!("\nhint: {hint}"));
        let message = data(&format!("{}{hint}", diagnostic.message));
        let _ = writeln!(out, "::{command} {place},title={}::{message}", property(diagnostic.code));
    }
    out
}

/// A line break would end the command, and what follows could be another.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_document_can_end_a_command() {
        assert_eq!(data("a\n::error::b\r%"), "a%0A::error::b%0D%25");
        assert_eq!(property("a,b:c"), "a%2Cb%3Ac");
    }
}
