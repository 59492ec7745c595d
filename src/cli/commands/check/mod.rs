//! `ris check`: what is wrong with the documents, and what to do about it.

mod explain;
mod fix;
mod github;
mod json;
mod junit;
mod sarif;
mod text;

use std::path::{Path, PathBuf};

use serde_json::json;

use self::fix::Fixes;
use crate::cli::error::{CommandError, Ended};
use crate::cli::paths::{PathView, given};
use crate::cli::{Context, Format, complete};
use crate::diag::Level;
use crate::kb::{CheckReport, CheckRequest, KnowledgeBase, OpenOptions, RuleLevel};
use crate::model::counted;

const EXAMPLES: &str = "\
Examples:
  ris check                                            every document
  ris check incidents/2026                             one folder
  ris check --only action-overdue                      one rule
  ris check --only report-due,report-overdue           reports still to be written, by the team's deadlines
  ris check --explain duration-contradiction           why, an example, the way out
  ris check --fix --diff                               make the safe edits, and show them
  ris check --write-baseline                           accept what is there; only new findings fail from now on
  ris check --format sarif > check.sarif               for code hosts; also json, junit and github

Exit codes: 0 nothing at deny level, 1 findings at deny level, 2 usage, configuration or I/O.";

/// So many files are checked without reading the others.
const FEW: usize = 64;

/// Find what is wrong with the documents: contradictions, open ends, dead links, secrets
///
/// Every rule has a code and a level: deny (fails), warn, note or allow; ris.toml changes levels and thresholds. A comment
/// `<!-- ris-allow code: reason -->` takes findings of its line, of the next line or, below the title, of the file back.
///
/// Needs no index. Files that are named one by one are checked alone; what is to be known of others comes from the index.
/// --format also takes sarif, junit and github. What is overdue is counted from the day in `time-zone` of ris.toml, or on this
/// machine where it is not set.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CheckArgs {
    /// Documents or folders to check; the whole knowledge base without any
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only findings of these rules, with commas; may be repeated
    #[arg(long, value_name = "CODE", value_delimiter = ',', help_heading = "Rules", add = complete::rules())]
    only: Vec<String>,
    /// Findings of these rules, or of all that warn, fail the check; may be repeated
    #[arg(long, value_name = "CODE|warnings", value_delimiter = ',', help_heading = "Rules", add = complete::rules())]
    deny: Vec<String>,
    /// Findings of these rules are not told; may be repeated
    #[arg(long, value_name = "CODE", value_delimiter = ',', help_heading = "Rules", add = complete::rules())]
    allow: Vec<String>,
    /// Say what a rule is for, with an example and the way out; list all rules without a code
    #[arg(long, value_name = "CODE", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["fix", "diff", "write_baseline"], help_heading = "Rules", add = complete::rules())]
    explain: Option<String>,
    /// Known findings that do not count; else .ris-baseline.json in the knowledge base, where it is there
    #[arg(long, value_name = "FILE", help_heading = "Baseline")]
    baseline: Option<PathBuf>,
    /// Write what is found as known findings, into --baseline or .ris-baseline.json
    #[arg(long, help_heading = "Baseline", conflicts_with_all = ["only", "fix", "diff", "paths"])]
    write_baseline: bool,
    /// Count known findings too
    #[arg(long, help_heading = "Baseline", conflicts_with = "baseline")]
    no_baseline: bool,
    /// Make the edits that are safe
    #[arg(long, help_heading = "Fixes")]
    fix: bool,
    /// Show the edits that are safe; makes none without --fix
    #[arg(long, help_heading = "Fixes")]
    diff: bool,
}

impl CheckArgs {
    /// Tells whether rules are explained.
    pub(crate) fn explains(&self) -> bool {
        self.explain.is_some()
    }

    /// Tells whether there is an answer beside the findings, or instead of them.
    pub(crate) fn shows_more(&self) -> bool {
        self.diff || self.write_baseline
    }
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &CheckArgs) -> Result<Ended, CommandError> {
    if let Some(code) = &args.explain {
        return explain::run(context, code);
    }
    let kb = open(context, args)?;
    let mut request = request(context, args, &kb)?;
    let skipped = skip(&kb, &mut request);
    let mut report = check(context, &kb, &request)?;
    let paths = PathView::new(kb.root(), &context.current_dir);
    if args.write_baseline {
        return write_baseline(context, args, &kb, &report);
    }
    let mut fixes = Fixes::default();
    if args.fix || args.diff {
        fixes = fix::run(context, args, &kb, &report, &paths)?;
        if fixes.fixed > 0 {
            report = check(context, &kb, &request)?;
        }
    }
    if context.ui.is_json() {
        report.notices.iter().for_each(|notice| context.ui.warning(notice));
    }
    match context.ui.format() {
        Format::Text | Format::Csv | Format::Ics => text::print(context, &report, &paths)?,
        Format::Json => context.ui.json(&self::json::render(&report, &paths, &fixes.edits, &skipped))?,
        Format::Sarif => context.ui.json(&sarif::render(&report, &paths))?,
        Format::Junit => context.ui.verbatim(&junit::render(&report, &paths))?,
        Format::Github => context.ui.verbatim(&github::render(&report, &paths))?,
    }
    if !context.ui.is_json() {
        report.notices.iter().for_each(|notice| context.ui.warning(notice));
    }
    for (path, why) in &skipped {
        context.ui.notice(&format!("{} was not checked: {why}.", paths.show(path)));
    }
    Ok(if report.findings.iter().any(|it| it.level() == Level::Error) { Ended::No } else { Ended::Done })
}

/// Opens the knowledge base that the user named, else the one that the first path lies in, else the one around here.
fn open(context: &mut Context, args: &CheckArgs) -> Result<KnowledgeBase, CommandError> {
    let first = args.paths.first().filter(|_| context.kb.is_none());
    let full = first.and_then(|path| context.current_dir.join(path).canonicalize().ok());
    match full.and_then(|path| KnowledgeBase::root_above(&path)) {
        Some(root) => {
            let options =
                OpenOptions { root: Some(root), current_dir: context.current_dir.clone(), clock: context.clock };
            Ok(KnowledgeBase::open(&options)?)
        }
        None => context.open(),
    }
}

fn request(context: &Context, args: &CheckArgs, kb: &KnowledgeBase) -> Result<CheckRequest, CommandError> {
    let mut request = CheckRequest {
        only: args.only.clone(),
        deny_warnings: args.deny.iter().any(|it| it == "warnings"),
        baseline: args.baseline.as_ref().map(|path| context.current_dir.join(path)),
        ignore_baseline: args.no_baseline || args.write_baseline,
        ..CheckRequest::default()
    };
    let denied = args.deny.iter().filter(|it| *it != "warnings").map(|code| (code.clone(), RuleLevel::Deny));
    let allowed = args.allow.iter().map(|code| (code.clone(), RuleLevel::Allow));
    request.levels = denied.chain(allowed).collect();
    let full = |path: &Path| context.current_dir.join(path);
    request.named = !args.paths.is_empty() && args.paths.len() <= FEW && args.paths.iter().all(|it| full(it).is_file());
    // The root itself means everything, which lets the baseline tell what is gone; it may hold nothing.
    let is_whole = |path: &PathBuf| full(path).canonicalize().ok() == kb.root().canonicalize().ok();
    let (whole, paths): (Vec<&PathBuf>, Vec<&PathBuf>) = args.paths.iter().partition(|path| is_whole(path));
    for path in paths {
        let found = kb.checked_at(&given(&context.current_dir, path)?)?;
        if found.is_empty() {
            return Err(CommandError::new(format!("there is no document in `{}`", path.display()))
                .hint("`include` and `exclude` in ris.toml say what counts as a document"));
        }
        request.paths.extend(found);
    }
    if !whole.is_empty() {
        request.paths.clear();
    }
    request.paths.sort();
    request.paths.dedup();
    Ok(request)
}

/// Takes out what a check of the whole folder leaves out as well: hooks name every file of a commit.
fn skip(kb: &KnowledgeBase, request: &mut CheckRequest) -> Vec<(String, &'static str)> {
    let why = |path: &String| kb.unchecked(path).map(|why| (path.clone(), why));
    let skipped: Vec<_> = request.paths.iter().filter_map(why).collect();
    request.paths.retain(|path| kb.unchecked(path).is_none());
    // No path at all would mean every document.
    request.named |= request.paths.is_empty() && !skipped.is_empty();
    skipped
}

fn check(context: &Context, kb: &KnowledgeBase, request: &CheckRequest) -> Result<CheckReport, CommandError> {
    let progress = context.ui.progress("Checking");
    Ok(kb.check(request, &|at| progress.update(at))?)
}

fn write_baseline(
    context: &mut Context,
    args: &CheckArgs,
    kb: &KnowledgeBase,
    report: &CheckReport,
) -> Result<Ended, CommandError> {
    let named = args.baseline.as_ref().map(|path| context.current_dir.join(path));
    let (path, count) = kb.write_baseline(report, named.as_deref())?;
    let shown = path.strip_prefix(&context.current_dir).unwrap_or(&path).display().to_string();
    if context.ui.is_json() {
        context.ui.json(&json!({"schema": 1, "baseline": shown, "known": count}))?;
    }
    let findings = counted(count, "finding is", "findings are");
    context.ui.notice(&format!("{findings} known from now on; commit `{shown}`."));
    Ok(Ended::Done)
}
