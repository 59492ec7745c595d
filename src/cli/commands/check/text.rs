//! Findings for people: the source line underlined, a hint, and how many there are.

use crate::cli::Context;
use crate::cli::error::CommandError;
use crate::cli::paths::PathView;
use crate::cli::report::Report;
use crate::cli::text::{Line, Style};
use crate::diag::Level;
use crate::kb::CheckReport;
use crate::model::counted;

/// Prints the report.
pub(super) fn print(context: &mut Context, report: &CheckReport, paths: &PathView) -> Result<(), CommandError> {
    for finding in &report.findings {
        let path = paths.show(&finding.path);
        context.ui.report(&Report { path: &path, source: finding.source.as_ref(), diagnostic: &finding.diagnostic })?;
        context.ui.blank()?;
    }
    context.ui.line(&summary(report))?;
    Ok(())
}

fn summary(report: &CheckReport) -> Line {
    let of = |level| report.findings.iter().filter(|it| it.level() == level).count();
    let documents = counted(report.documents.len(), "document", "documents");
    let mut line = Line::styled(&format!("{documents} checked: "), Style::Strong);
    if report.findings.is_empty() {
        line.push(if report.known > 0 { "nothing new" } else { "nothing found" }, Style::Good);
    } else {
        let counts = [
            (counted(of(Level::Error), "error", "errors"), of(Level::Error), Style::Bad),
            (counted(of(Level::Warning), "warning", "warnings"), of(Level::Warning), Style::Warn),
            (counted(of(Level::Note), "note", "notes"), of(Level::Note), Style::Plain),
        ];
        for (at, (text, count, style)) in counts.into_iter().enumerate() {
            line.push(if at == 0 { "" } else { ", " }, Style::Plain);
            line.push(&text, if count == 0 { Style::Dim } else { style });
        }
    }
    let fixable = report.findings.iter().filter(|it| it.fix.is_some()).count();
    let asides = [
        (fixable, "can be fixed by --fix"),
        (report.suppressed, "suppressed"),
        (report.known, "known"),
        (report.gone, "of the baseline gone"),
    ];
    for (count, what) in asides.into_iter().filter(|(count, _)| *count > 0) {
        line.push(&format!(" · {count} {what}"), Style::Dim);
    }
    line
}
