//! `ris check`: what is wrong with the documents, and what to do about it.

use std::path::PathBuf;

use super::counted;
use crate::cli::Context;
use crate::cli::error::{CommandError, Ended};
use crate::cli::paths::PathView;
use crate::cli::report::Report;
use crate::cli::text::{Line, Style};
use crate::diag::Level;
use crate::kb::{CheckReport, CheckRequest};

const EXAMPLES: &str = "\
Examples:
  ris check                                            all documents
  ris check incidents/2026                             one folder";

/// Find what is wrong with the documents: contradictions, open ends, dead links, secrets
///
/// Exits with 1 where a finding is at deny level. Needs no index.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CheckArgs {
    /// Documents or folders to check; all of the knowledge base without any
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &CheckArgs) -> Result<Ended, CommandError> {
    let kb = context.open()?;
    let mut request = CheckRequest::default();
    for path in &args.paths {
        request.paths.extend(kb.documents_at(&context.current_dir.join(path))?);
    }
    let progress = context.ui.progress("Checking");
    let report = kb.check(&request, &|at| progress.update(at))?;
    drop(progress);
    let paths = PathView::new(kb.root(), &context.current_dir);
    print(context, &report, &paths)?;
    Ok(if report.findings.iter().any(|it| it.level() == Level::Error) { Ended::No } else { Ended::Done })
}

fn print(context: &mut Context, report: &CheckReport, paths: &PathView) -> Result<(), CommandError> {
    for finding in &report.findings {
        let path = paths.show(&finding.path);
        let source = finding.source.as_ref();
        context.ui.report(&Report { path: &path, source, diagnostic: &finding.diagnostic })?;
        context.ui.blank()?;
    }
    let of = |level| report.findings.iter().filter(|it| it.level() == level).count();
    let counts = [
        counted(of(Level::Error), "error", "errors"),
        counted(of(Level::Warning), "warning", "warnings"),
        counted(of(Level::Note), "note", "notes"),
    ];
    let documents = counted(report.documents, "document", "documents");
    context.ui.line(&Line::styled(&format!("{documents} checked: {}", counts.join(", ")), Style::Strong))?;
    Ok(())
}
