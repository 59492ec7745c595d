//! `ris evidence`: what an auditor asks for, from one commit.

use std::path::PathBuf;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::cli::Context;
use crate::cli::error::{CommandError, Ended};
use crate::cli::facts::{severity_line, status_style};
use crate::cli::filters::day;
use crate::cli::table::Table;
use crate::cli::text::{Line, Style};
use crate::cli::wrap::{wrap, wrap_hanging};
use crate::kb::{
    Check, CheckResult, EvidenceReport, EvidenceRequest, EvidenceRow, PlacedBy, Profile, Window, WrittenBundle,
};
use crate::model::{counted, shell_path, short_id};

const EXAMPLES: &str = "\
Examples:
  ris evidence 2026-H1                              who belongs to it, what is missing; writes nothing
  ris evidence 2025-07..2026-06 --out ../audit      the bundle
  ris evidence 2026 --out ../audit --sign ~/.ssh/id_ed25519 --zip     signed, and as one file to hand over
  ris evidence 2026 --out ../audit --only INC-2026-02,INC-2026-05     the sample that the auditor chose
  ris evidence 2026-H1 --compare pager.csv          is what the pager knows all here?
  ris verify ../audit/ris-evidence-2026-v1          check it, as the auditor would

Exit codes:
  0  done, and every check passed
  1  done, and a check failed: the bundle says which
  2  usage, configuration or I/O";

/// Details of one check told on a terminal.
const MAX_DETAILS: usize = 12;

/// Collect evidence for an auditor: every incident of a period, and proof that none is missing
///
/// Everything comes from one git commit, never from files as they lie: the list of all incidents of the period, the
/// documents of each and the commits that changed them, action items with the commit that made them done, where every
/// other file went, and what was checked: gaps in the numbers, deleted documents, incidents without a day. Shows the
/// account; --out writes it as a BagIt bag (RFC 8493) that can be checked without ris. What a pattern can tell to be a
/// secret or data of a patient is taken out.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EvidenceArgs {
    /// The period: 2026, 2026-H1, 2026-Q3, 2026-05, or two days or periods with `..` between
    #[arg(value_name = "PERIOD", value_parser = period)]
    period: Window,
    /// Make the bundle as a new folder in this one, which is made with those above it where it is missing; a bundle that is there is never changed, the next gets a new version
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Enclose the documents of these incidents only; the list stays complete
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    only: Vec<String>,
    /// Compare with another system's list of incidents: a CSV file with a column `id`, and `title` and `date`
    #[arg(long, value_name = "FILE")]
    compare: Option<PathBuf>,
    /// Sign it with this SSH key, by ssh-keygen
    #[arg(long, value_name = "KEY", requires = "out")]
    sign: Option<PathBuf>,
    /// Pack it as one ZIP file too, beside the folder: the same bytes for the same bundle
    #[arg(long, requires = "out")]
    zip: bool,
    /// Commit, branch or tag to take it from, instead of what is checked out
    #[arg(long, value_name = "REVISION")]
    commit: Option<String>,
    /// Leave documents as git has them, with what looks sensitive
    #[arg(long)]
    full: bool,
    /// With --full: who accepts that what looks sensitive stays in; the bundle names them
    #[arg(long, value_name = "NAME", requires = "full")]
    accept_sensitive: Option<String>,
    /// Write it though files were changed and not committed; the bundle says so
    #[arg(long)]
    allow_uncommitted: bool,
    /// Day as of which delays are told, instead of that of the commit
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<NaiveDate>,
    /// Who collects it, instead of the name in git's settings
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

/// Reads a period as it is typed.
pub(super) fn period(text: &str) -> Result<Window, String> {
    if Window::is_backwards(text) {
        return Err("it ends before it begins".to_owned());
    }
    Window::parse(text).ok_or_else(|| "write 2026, 2026-H1, 2026-Q3, 2026-05 or 2026-01-15..2026-03-31".to_owned())
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &EvidenceArgs) -> Result<Ended, CommandError> {
    let kb = context.open()?;
    let request = request(args);
    kb.check_evidence(args.out.as_deref(), args.sign.as_deref())?;
    let progress = context.ui.progress("Reading");
    let report = kb.evidence(&request, &|at| progress.update(at))?;
    drop(progress);
    if !context.ui.is_json() {
        print(context, &report)?;
    }
    let write = || kb.write_evidence(&report, &request, args.sign.as_deref(), args.zip);
    let written = request.out.is_some().then(write).transpose();
    if context.ui.is_json() {
        // What was found is told though it could not be written.
        context.ui.json(&as_json(&report, written.as_ref().ok().and_then(Option::as_ref)))?;
    }
    if let Some(written) = written? {
        let folder = written.folder;
        let (files, bytes) = report.size();
        context.ui.notice(&format!(
            "{} was made: {}, {} kB{}.",
            folder.display(),
            counted(files, "file", "files"),
            bytes.div_ceil(1000),
            if args.sign.is_some() { ", signed" } else { "" }
        ));
        if let Some(file) = &written.archive {
            context.ui.notice(&format!("{} is the same as one file.", file.display()));
        }
        context.ui.notice(&format!(
            "Check it with `ris verify {}`; its data/README.html is for the auditor.",
            shell_path(&folder.display().to_string())
        ));
    } else {
        context.ui.notice("Nothing was written; --out DIR makes the bundle.");
    }
    let failed = report.checks.iter().any(|check| check.result == CheckResult::Fail);
    Ok(if failed { Ended::No } else { Ended::Done })
}

fn request(args: &EvidenceArgs) -> EvidenceRequest {
    EvidenceRequest {
        window: args.period,
        revision: args.commit.clone(),
        profile: if args.full { Profile::Full } else { Profile::Redacted },
        sample: args.only.clone(),
        by: args.by.clone(),
        as_of: args.as_of,
        allow_uncommitted: args.allow_uncommitted,
        accepted_by: args.accept_sensitive.clone(),
        compare: args.compare.clone(),
        out: args.out.clone(),
    }
}

fn print(context: &mut Context, report: &EvidenceReport) -> Result<(), CommandError> {
    let about = &report.about;
    let width = context.ui.width();
    let commit = short_id(&about.source.commit);
    let head = Line::styled(&format!("Incidents {}", about.period), Style::Strong)
        .with(&format!("  commit {commit} of {}", about.source.commit_time), Style::Dim);
    context.ui.lines(&wrap_hanging(&head, width, 2))?;
    context.ui.blank()?;
    for (rows, title) in [
        (&report.members, "Incidents of the period"),
        (&report.carried_in, "Of earlier days, not over when it began"),
        (&report.undated, "Without a day, so in no period"),
        (&report.others, "Near misses and exercises"),
    ] {
        if !rows.is_empty() || std::ptr::eq(rows, &report.members) {
            context.ui.line(&Line::styled(&format!("{title}: {}", rows.len()), Style::Strong))?;
            if std::ptr::eq(rows, &report.members) {
                print_unknown_end(context, rows, width)?;
            }
            context.ui.lines(&table(rows).render(width))?;
            context.ui.blank()?;
        }
    }
    for check in &report.checks {
        for line in check_lines(check, width) {
            context.ui.line(&line)?;
        }
    }
    Ok(())
}

fn print_unknown_end(context: &mut Context, rows: &[EvidenceRow], width: usize) -> Result<(), CommandError> {
    let unknown = rows.iter().filter(|row| row.open_at_end.is_none()).count();
    if unknown > 0 {
        let text = format!("Not known whether over at the end of the period: {unknown}");
        context.ui.lines(&wrap(&Line::styled(&text, Style::Dim), width))?;
    }
    Ok(())
}

fn table(rows: &[EvidenceRow]) -> Table {
    let mut table = Table::new().flexible(3);
    for row in rows {
        let severity = row.severity.map(severity_line);
        let status = row.status.map(|it| Line::styled(it.as_str(), status_style(it)));
        let mut title = Line::styled(&row.title, Style::Strong);
        if row.open_at_end == Some(true) {
            title.push(" · open at the end", Style::Warn);
        }
        let day = Line::plain(row.day.as_deref().unwrap_or("no day"));
        table.row(vec![day, severity.unwrap_or_default(), status.unwrap_or_default(), title]);
        let began = row.began.as_ref().filter(|began| row.day.as_ref().is_some_and(|day| day != *began));
        let began = began.map(|began| format!("{}, began {began}", row.by.map_or("", PlacedBy::as_str)));
        let name = (row.name != row.title).then(|| row.name.clone());
        let below: Vec<String> = name.into_iter().chain(began).collect();
        if !below.is_empty() {
            table.row(vec![Line::new(), Line::new(), Line::new(), Line::styled(&below.join(" · "), Style::Dim)]);
        }
    }
    table
}

/// Returns the lines that tell how a check ended.
pub(super) fn check_lines(check: &Check, width: usize) -> Vec<Line> {
    const MARGIN: usize = 9;
    let (mark, style) = match check.result {
        CheckResult::Pass => ("passed", Style::Good),
        CheckResult::Fail => ("FAILED", Style::Bad),
        CheckResult::NotRun => ("not run", Style::Dim),
    };
    let below = if check.result == CheckResult::Fail { Style::Strong } else { Style::Dim };
    let mut lines = wrap(&Line::plain(check.question), width.saturating_sub(MARGIN));
    let more = check.details.len().saturating_sub(MAX_DETAILS);
    let more = (more > 0).then(|| format!("and {more} more; --format json tells all"));
    for detail in check.details.iter().take(MAX_DETAILS).chain(&more) {
        let detail = Line::styled(detail, below);
        lines.extend(
            wrap_hanging(&detail, width.saturating_sub(MARGIN + 2), 2).into_iter().map(|line| line.indented(2)),
        );
    }
    let marked = |(at, line): (usize, Line)| {
        if at > 0 {
            return line.indented(MARGIN);
        }
        let mut head = Line::styled(mark, style);
        head.pad(MARGIN);
        head.append(line);
        head
    };
    lines.into_iter().enumerate().map(marked).collect()
}

fn as_json(report: &EvidenceReport, written: Option<&WrittenBundle>) -> Value {
    let rows = |rows: &[EvidenceRow]| {
        let row = |row: &EvidenceRow| {
            json!({
                "name": row.name, "title": row.title, "day": row.day, "day_by": row.by.map_or("", PlacedBy::as_str),
                "began": row.began,
                "severity": row.severity, "status": row.status.map(|it| it.as_str()),
                "open_at_end": row.open_at_end, "documents": row.documents,
            })
        };
        rows.iter().map(row).collect::<Vec<_>>()
    };
    json!({
        "schema": 1, "about": report.about, "files": report.files, "incidents": rows(&report.members),
        "carried_in": rows(&report.carried_in), "undated": rows(&report.undated),
        "near_misses_and_drills": rows(&report.others), "checks": report.checks, "uncommitted": report.uncommitted,
        "bundle": written.map(|it| &it.folder), "archive": written.and_then(|it| it.archive.as_ref()),
    })
}
