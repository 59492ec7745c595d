//! The commands, one file each, and what those that ask the index share.

pub(super) mod actions;
pub(super) mod adopt;
pub(super) mod check;
pub(super) mod completions;
pub(super) mod controls;
mod edits;
pub(super) mod evidence;
pub(super) mod export;
pub(super) mod index;
pub(super) mod init;
pub(super) mod inspect;
pub(super) mod ledger;
pub(super) mod list;
pub(super) mod log;
pub(super) mod man;
pub(super) mod mcp;
pub(super) mod new;
pub(super) mod notices;
mod record;
pub(super) mod related;
pub(super) mod resolve;
pub(super) mod retention;
pub(super) mod review;
pub(super) mod search;
mod search_log;
pub(super) mod serve;
pub(super) mod show;
pub(super) mod split;
pub(super) mod stats;
pub(super) mod tags;
pub(super) mod verify;

use std::str::FromStr;
use std::time::Duration;

use clap::ValueEnum;

use super::Context;
use super::error::{CommandError, chain};
use super::table::Table;
use super::text::{Line, Style};
use super::wrap::{wrap, wrap_hanging};
use crate::kb::{KbError, KnowledgeBase, SyncOptions, SyncReport};
use crate::model::counted;

/// Flags of the commands that answer from the index.
#[derive(Debug, clap::Args)]
pub(crate) struct QueryArgs {
    /// Answer from the index as it is, without looking at the files first
    #[arg(long)]
    no_sync: bool,
}

impl QueryArgs {
    /// Returns the flags of a command that always looks at the files first.
    fn synced() -> Self {
        Self { no_sync: false }
    }
}

/// What lets a command fail that lists what is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOnOverdue {
    Overdue,
}

/// Reads how many of something are shown; 0 means all.
fn limit(text: &str) -> Result<usize, String> {
    whole(text).map(|limit| if limit == 0 { usize::MAX } else { limit })
}

/// Reads a number as it is typed.
fn whole<T: FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| "write a whole number".to_owned())
}

/// How long a command waits for another process that is writing the index.
const PATIENCE: Duration = Duration::from_secs(30);

/// Opens the knowledge base and brings its index up to date with the files. Where that fails (a read-only folder, a
/// full disk) the user is told and the answer comes from what is there.
fn open_synced(context: &mut Context, args: &QueryArgs) -> Result<KnowledgeBase, CommandError> {
    let kb = context.open()?;
    if !args.no_sync {
        bring_up_to_date(context, &kb);
    }
    Ok(kb)
}

/// Brings the index up to date; where that fails, the index as it is must do.
fn bring_up_to_date(context: &mut Context, kb: &KnowledgeBase) {
    match sync(context, false, |options| kb.sync_with(options)) {
        Ok(report) => tell(context, &report),
        Err(error) => context.ui.warning(&format!(
            "The index could not be brought up to date ({}); the answer comes from the index as it is.",
            chain(&error)
        )),
    }
}

/// Brings the index up to date, or builds it anew, with a progress bar.
fn sync<T>(
    context: &Context,
    rebuild: bool,
    run: impl FnOnce(&SyncOptions<'_>) -> Result<T, KbError>,
) -> Result<T, KbError> {
    let progress = context.ui.progress(if rebuild { "Rebuilding" } else { "Reading" });
    let reporter = context.ui.reporter();
    let options = SyncOptions {
        rebuild,
        patience: PATIENCE,
        progress: &|at| progress.update(at),
        notice: &|sentence| reporter(sentence),
    };
    run(&options)
}

/// Tells what a sync found wrong.
fn tell(context: &mut Context, report: &SyncReport) {
    if let Some(reason) = &report.rebuilt {
        context.ui.detail(&format!("Every file was read again: {reason}."));
    }
    let SyncReport { added, changed, removed, unchanged, .. } = report;
    context.ui.detail(&format!(
        "The index: {}, {changed} changed, {removed} gone, {unchanged} as before.",
        counted(*added, "file is new", "files are new")
    ));
    for notice in &report.notices {
        context.ui.warning(notice);
    }
}

/// Prints a table whose columns are as wide as they need to be, and below each of its rows lines of its own, for what is
/// there to be copied and never cut.
fn print_above(
    context: &mut Context,
    table: &Table,
    below: impl Iterator<Item = Vec<Line>>,
    indent: usize,
) -> Result<(), CommandError> {
    let mut lines = table.render(usize::MAX).into_iter();
    if !table.is_empty() {
        context.ui.lines(lines.next().as_slice())?;
    }
    for (line, below) in lines.zip(below) {
        context.ui.line(&line)?;
        context.ui.lines(&below.into_iter().map(|line| line.indented(indent)).collect::<Vec<_>>())?;
    }
    Ok(())
}

/// Prints rows with a place behind each, or below each where the terminal has no room for one of them: it is there to be
/// copied and never cut.
fn print_with_places(context: &mut Context, rows: Vec<(Vec<Line>, Line)>) -> Result<(), CommandError> {
    let width = context.ui.width();
    let mut table = Table::new();
    rows.iter().for_each(|(cells, place)| table.row(cells.iter().chain([place]).cloned().collect()));
    let lines = table.render(usize::MAX);
    if lines.iter().all(|line| line.width() <= width) {
        return Ok(context.ui.lines(&lines)?);
    }
    for (cells, place) in rows {
        let mut head = Line::new();
        for cell in cells.into_iter().filter(|it| !it.is_empty()) {
            head.push(if head.is_empty() { "" } else { "  " }, Style::Plain);
            head.append(cell);
        }
        context.ui.lines(&wrap_hanging(&head, width, 2))?;
        context.ui.line(&place.indented(2))?;
    }
    Ok(())
}

/// Returns a title and a path to stand below a row; the title only where a narrow terminal has no room for it beside the
/// facts.
fn below(title: Option<&str>, path: &str, width: usize) -> Vec<Line> {
    let title = title.map(|title| wrap(&Line::styled(title, Style::Strong), width));
    title.into_iter().flatten().chain([Line::styled(path, Style::Link)]).collect()
}

/// What is told of an empty knowledge base.
const NO_DOCUMENTS: &str = "There are no documents in this knowledge base.";
