//! `ris review`: which reviews are due, and recording one.

use chrono::NaiveDate;
use serde_json::json;

use super::edits::{WriteArgs, accepted, show};
use super::show::{list_candidates, unknown};
use super::{FailOnOverdue, QueryArgs, below, open_synced, print_above, print_with_places, whole};
use crate::cli::error::{CommandError, Ended};
use crate::cli::filters::day;
use crate::cli::paths::PathView;
use crate::cli::table::Table;
use crate::cli::text::{Line, Style, truncate};
use crate::cli::{Context, Format, complete};
use crate::kb::reviews::{Lack, ReviewRow, table};
use crate::kb::{Found, KnowledgeBase, ReviewRequest};
use crate::model::counted;
use clap::builder::NonEmptyStringValueParser;

const EXAMPLES: &str = "\
Examples:
  ris review --overdue                       what should have been reviewed by now
  ris review --within 30 --fail-on overdue   for a weekly job: exits with 1 if anything is overdue
  ris review INC-2026-02 --by 'D. Achterberg'            how that would be recorded, as a diff
  ris review INC-2026-02 --by 'D. Achterberg' --write    record it, after showing it
  ris review --format csv > reviews.csv
  ris review --format ics > reviews.ics      for a calendar";

/// List the reviews that documents promise, the most overdue first, or record one
///
/// A review is due on the day that is stated, or else one period after the last review, or after the document was made;
/// of several frequencies the shortest counts. The day itself is on time. With --by a review is recorded by the smallest
/// edit of the document: shown as a diff, and written only with --write. A late review stays late. Today is the day in
/// `time-zone` of ris.toml, or on this machine where it is not set.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ReviewArgs {
    /// Only this document, by id, path or file name; the one to record a review of
    #[arg(value_name = "ID|PATH", value_parser = NonEmptyStringValueParser::new(), add = complete::documents())]
    document: Option<String>,
    /// Only reviews past their day
    #[arg(long)]
    overdue: bool,
    /// Only reviews past their day or due within so many days
    #[arg(long, value_name = "DAYS", value_parser = whole::<u32>, conflicts_with = "overdue")]
    within: Option<u32>,
    /// Exit with 1 if any review is in this state
    #[arg(long, value_enum, value_name = "STATE", conflicts_with = "by")]
    fail_on: Option<FailOnOverdue>,
    /// Number of reviews to show as text; 0 for all
    #[arg(long, default_value_t = 50, value_name = "N", value_parser = whole::<usize>)]
    limit: usize,
    #[command(flatten)]
    query: QueryArgs,
    #[command(flatten)]
    record: RecordArgs,
}

/// Flags that record a review.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Recording a review")]
pub(crate) struct RecordArgs {
    /// Who reviewed the document
    #[arg(long, value_name = "NAME", requires = "document", add = complete::owners())]
    by: Option<String>,
    /// The day on which the review took place; today without it
    #[arg(long, value_name = "DAY", value_parser = day, requires = "by")]
    on: Option<NaiveDate>,
    /// What came of it
    #[arg(long, value_name = "TEXT", requires = "by")]
    note: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

/// Columns before the title: day, how late, frequency, last review.
const FACTS: usize = 14 + 15 + 20 + 12;
/// Columns before a place on a line of its own: below how late.
const INDENT: usize = 14;
/// A title gets at least these.
const NARROWEST: usize = 19;

impl ReviewArgs {
    /// Tells whether a review is recorded.
    pub(crate) fn records(&self) -> bool {
        self.record.by.is_some()
    }
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &ReviewArgs) -> Result<Ended, CommandError> {
    let kb = open_synced(context, &args.query)?;
    let paths = PathView::new(kb.root(), &context.current_dir);
    let path = match args.document.as_deref().map(|key| kb.find_report(key).map(|found| (key, found))).transpose()? {
        None => None,
        Some((_, Found::One(document))) => Some(document.path),
        Some((key, Found::Many(documents))) => {
            list_candidates(context, key, &documents, &paths)?;
            return Ok(Ended::No);
        }
        Some((key, Found::None(nearest))) => return Err(unknown(key, &nearest)),
    };
    match (path, &args.record.by) {
        (Some(path), Some(by)) => record(context, &kb, &args.record, path, by.clone(), &paths),
        (path, _) => list(context, &kb, args, path.as_deref(), &paths),
    }
}

fn list(
    context: &mut Context,
    kb: &KnowledgeBase,
    args: &ReviewArgs,
    path: Option<&str>,
    paths: &PathView,
) -> Result<Ended, CommandError> {
    let mut rows = kb.reviews()?;
    rows.retain(|row| path.is_none_or(|path| row.document.path == path));
    let overdue = rows.iter().filter(|row| row.is_overdue()).count();
    let undated = rows.iter().filter(|row| row.due.is_none()).count();
    let total = rows.len();
    let latest = if args.overdue { Some(-1) } else { args.within.map(i64::from) };
    rows.retain(|row| latest.is_none_or(|most| row.days_late.is_some_and(|late| -late <= most)));
    match context.ui.format() {
        Format::Csv => context.ui.raw(table(&rows).csv().as_bytes())?,
        Format::Ics => context.ui.raw(kb.calendar_of_reviews("Reviews", &rows, &|_, _| None).as_bytes())?,
        Format::Json => context.ui.json(&json!({
            "schema": 1, "total": total, "overdue": overdue, "undated": undated, "reviews": rows,
        }))?,
        _ => print(context, &rows, args.limit, paths)?,
    }
    if rows.is_empty() {
        context.ui.notice(match (path, total) {
            (Some(_), 0) => "This document promises no review.",
            (None, 0) => "No document promises a review.",
            _ if args.overdue => "No review is overdue.",
            _ => "No review is due in these days.",
        });
    }
    if path.is_none() || total > 0 {
        context.ui.notice(&format!(
            "{} promised: {overdue} overdue (!), {undated} without a due date. A ~ marks a day computed from a frequency.",
            counted(total, "review is", "reviews are")
        ));
    }
    let failed = match args.fail_on {
        Some(FailOnOverdue::Overdue) => overdue > 0,
        None => rows.is_empty(),
    };
    Ok(if failed { Ended::No } else { Ended::Done })
}

fn print(context: &mut Context, rows: &[ReviewRow], limit: usize, paths: &PathView) -> Result<(), CommandError> {
    let width = context.ui.width();
    let most = if limit == 0 { usize::MAX } else { limit };
    let (dated, undated): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.due.is_some());
    let title = width.checked_sub(FACTS).filter(|room| *room >= NARROWEST);
    let mut table = Table::new().header(&["due", "", "every", "last", "document"]);
    dated.iter().take(most).for_each(|row| table.row(cells(row, title)));
    let lines = dated.iter().map(|row| {
        let own_line = title.is_none().then_some(row.document.title.as_str());
        below(own_line, &paths.show(&row.document.path), width.saturating_sub(INDENT))
    });
    print_above(context, &table, lines, INDENT)?;
    if dated.len() > most {
        context.ui.notice(&format!("{most} of {} shown; --limit 0 shows all.", dated.len()));
    }
    if undated.is_empty() {
        return Ok(());
    }
    if !dated.is_empty() {
        context.ui.blank()?;
    }
    context.ui.line(&Line::styled("Promised, but no due date can be computed", Style::Title))?;
    let mut rows = Vec::new();
    for row in undated.iter().take(most) {
        let every = Line::plain(row.frequency.as_deref().unwrap_or_default());
        let why = Line::styled(row.lack.map_or("", why), Style::Warn);
        rows.push((vec![every, why], Line::styled(&paths.show(&row.document.path), Style::Link)));
    }
    print_with_places(context, rows)
}

fn why(lack: Lack) -> &'static str {
    match lack {
        Lack::Start => "nothing to count from: state `created` or `last-reviewed`",
        Lack::Frequency => "does not say how often",
        Lack::ByEvent => "when something happens",
    }
}

fn cells(row: &ReviewRow, title: Option<usize>) -> Vec<Line> {
    let late = row.days_late.unwrap_or_default();
    let style = if late > 0 { Style::Bad } else { Style::Plain };
    let mark = match (late > 0, row.stated) {
        (true, true) => " !",
        (true, false) => " !~",
        (false, true) => "",
        (false, false) => " ~",
    };
    let due = row.due.map(|day| day.to_string()).unwrap_or_default();
    let when = match late {
        0 => "today".to_owned(),
        1.. => format!("{late} days late"),
        _ => format!("in {} days", -late),
    };
    let last = row.last.map(|day| day.to_string()).unwrap_or_default();
    vec![
        Line::styled(&format!("{due}{mark}"), style),
        Line::styled(&when, style),
        Line::plain(&row.frequency_words()),
        Line::plain(&last),
        title.map_or_else(Line::new, |room| Line::styled(&truncate(&row.document.title, room), Style::Strong)),
    ]
}

/// Shows how a review is recorded, and records it where that is wanted.
fn record(
    context: &mut Context,
    kb: &KnowledgeBase,
    args: &RecordArgs,
    path: String,
    by: String,
    paths: &PathView,
) -> Result<Ended, CommandError> {
    let request = ReviewRequest { path, by, on: args.on, note: args.note.clone() };
    let planned = kb.plan_review(&request)?;
    let shown = paths.show(&planned.edit.path);
    if !context.ui.is_json() {
        show(context, &planned.edit, paths)?;
    }
    planned.notices.iter().for_each(|notice| context.ui.warning(notice));
    let changed = planned.edit.changes_anything();
    let written =
        args.write.write && changed && accepted(context, &args.write, &format!("Record the review in {shown}?"))?;
    if written {
        kb.write_edit(&planned.edit)?;
    }
    if context.ui.is_json() {
        context.ui.json(&json!({
            "schema": 1, "path": planned.edit.path, "by": request.by, "on": planned.on, "next": planned.next,
            "notices": planned.notices, "changed": changed, "written": written,
        }))?;
    }
    if !changed {
        context.ui.notice(&format!("{shown} says so already."));
        return Ok(Ended::Done);
    }
    if !args.write.write {
        context.ui.notice(&format!("--write records it in {shown}."));
        return Ok(Ended::Done);
    }
    if !written {
        context.ui.notice("Nothing was written.");
        return Ok(Ended::No);
    }
    let next = planned.next.map_or_else(String::new, |day| format!(" The next one is due on {day}."));
    context.ui.notice(&format!("The review was recorded in {shown}.{next}"));
    Ok(Ended::Done)
}
