//! `ris index`: bring the index up to date, and account for every file.

use chrono::DateTime;
use serde_json::json;

use super::tell;
use crate::cli::Context;
use crate::cli::error::{CommandError, Ended};
use crate::cli::paths::PathView;
use crate::cli::text::{Line, Style};
use crate::cli::wrap::wrap_hanging;
use crate::kb::{FileProblem, IndexStatus, KnowledgeBase, Shortfall, SyncReport};
use crate::model::counted;

const EXAMPLES: &str = "\
Examples:
  ris index             read what is new or changed
  ris index --status    what became of every file, and how old the index is
  ris index --rebuild   start anew";

/// Bring the index up to date with the files, or account for every file
///
/// The other commands do this by themselves; run it to see what was read, what was not, and why.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct IndexArgs {
    /// Throw the index away and read every file again
    #[arg(long, conflicts_with = "status")]
    rebuild: bool,
    /// Change nothing; tell what became of every file and how old the index is
    #[arg(long)]
    status: bool,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &IndexArgs) -> Result<Ended, CommandError> {
    let kb = context.open()?;
    let (report, status) = if args.status {
        (None, kb.status()?)
    } else {
        let (report, status) = super::sync(context, args.rebuild, |options| kb.sync_and_account(options))?;
        tell(context, &report);
        (Some(report), status)
    };
    if context.ui.is_json() {
        let age = age_seconds(context, &status);
        let value = json!({"schema": 1, "sync": report, "status": status, "index_age_seconds": age});
        context.ui.json(&value)?;
        return Ok(Ended::Done);
    }
    if let Some(report) = &report {
        print_sync(context, report)?;
    }
    print_account(context, &status)?;
    if args.status {
        print_age(context, &status)?;
    }
    print_problems(context, &kb, &status.problems)?;
    Ok(Ended::Done)
}

fn print_sync(context: &mut Context, report: &SyncReport) -> Result<(), CommandError> {
    let text = format!(
        "{} added, {} changed, {} removed, {} unchanged",
        report.added, report.changed, report.removed, report.unchanged
    );
    let mut line = Line::styled(&text, Style::Strong);
    if let Some(reason) = &report.rebuilt {
        line.push(&format!(" (everything was read again: {reason})"), Style::Dim);
    }
    Ok(context.ui.line(&line)?)
}

pub(super) fn print_account(context: &mut Context, status: &IndexStatus) -> Result<(), CommandError> {
    let mut line = Line::plain(&format!("{} found = ", counted(status.found, "file", "files")));
    let parts = [
        (status.parsed, "parsed", Style::Good),
        (status.partial, "partial", Style::Warn),
        (status.rejected, "rejected", Style::Bad),
        (status.skipped, "skipped", Style::Plain),
    ];
    for (at, (count, word, style)) in parts.into_iter().enumerate() {
        line.push(if at == 0 { "" } else { " + " }, Style::Plain);
        line.push(&format!("{count} {word}"), if count == 0 { Style::Dim } else { style });
    }
    Ok(context.ui.line(&line)?)
}

fn print_age(context: &mut Context, status: &IndexStatus) -> Result<(), CommandError> {
    let text = match (age_seconds(context, status), status.synced_at.and_then(|at| DateTime::from_timestamp(at, 0))) {
        (Some(age), Some(at)) => {
            let at = at.format("%Y-%m-%d %H:%M UTC");
            format!("The index is {} old ({at}) and takes {}.", format_age(age), format_bytes(status.bytes))
        }
        _ => "There is no index yet; `ris index` builds it.".to_owned(),
    };
    context.ui.line(&Line::plain(&text))?;
    if status.behind > 0 && status.synced_at.is_some() {
        let behind = counted(status.behind, "file", "files");
        let why = status.why_all_are_behind.map_or_else(String::new, |it| format!(", since {it}"));
        let text = format!("It is behind the folder by {behind}{why}; `ris index` reads them.");
        context.ui.line(&Line::styled(&text, Style::Warn))?;
    }
    Ok(())
}

pub(super) fn print_problems(
    context: &mut Context,
    kb: &KnowledgeBase,
    problems: &[FileProblem],
) -> Result<(), CommandError> {
    if problems.is_empty() {
        return Ok(());
    }
    let paths = PathView::new(kb.root(), &context.current_dir);
    let width = context.ui.width();
    context.ui.blank()?;
    for problem in problems {
        let style = if problem.outcome == Shortfall::Rejected { Style::Bad } else { Style::Warn };
        let mut line = Line::styled(problem.outcome.as_str(), style).with(" ", Style::Plain);
        line.push(&paths.at(&problem.path, problem.line), Style::Link);
        line.push(&format!(": {}", problem.reason), Style::Plain);
        context.ui.lines(&wrap_hanging(&line, width, 2))?;
    }
    Ok(())
}

fn age_seconds(context: &Context, status: &IndexStatus) -> Option<i64> {
    status.synced_at.map(|at| (context.clock.now().timestamp() - at).max(0))
}

fn format_age(seconds: i64) -> String {
    match seconds {
        0..60 => counted(usize::try_from(seconds).unwrap_or(0), "second", "seconds"),
        60..7200 => counted(usize::try_from(seconds / 60).unwrap_or(0), "minute", "minutes"),
        7200..172_800 => format!("{} hours", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

fn format_bytes(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_and_sizes_are_readable() {
        let ages: Vec<String> = [0, 1, 59, 60, 7199, 7200, 172_800].into_iter().map(format_age).collect();
        assert_eq!(ages, ["0 seconds", "1 second", "59 seconds", "1 minute", "119 minutes", "2 hours", "2 days"]);
        assert_eq!([format_bytes(5), format_bytes(1025), format_bytes(3 << 20)], ["5 bytes", "2 KB", "3.0 MB"]);
    }
}
