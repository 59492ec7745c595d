//! `ris notices`: who must be told of possible breaches, by when, and who was.

use serde_json::json;

use super::{FailOnOverdue, QueryArgs, below, open_synced, print_above, whole};
use crate::cli::error::{CommandError, Ended};
use crate::cli::paths::PathView;
use crate::cli::table::Table;
use crate::cli::text::{Line, Style};
use crate::cli::{Context, Format};
use crate::kb::notices::{NoticeRow, NoticeState};
use crate::model::counted;

const EXAMPLES: &str = "\
Examples:
  ris notices                                 who must be told, by when, and who was
  ris notices --within 7 --fail-on overdue    for a daily job: exits with 1 if anybody should have been told
  ris notices --format csv > notices.csv
  ris notices --format ics > notices.ics      for a calendar";

/// List who must be told of possible breaches, by when, and who was
///
/// A document with `breach-assessment:` in its front matter is the record of a possible breach. Its clocks are those of
/// HIPAA, or of its `regimes:`; each counts from the discovery, or from what its rule names where that is stated, and
/// stops at `notified-NAME:`. The last day itself is on time; today is the day in `time-zone` of ris.toml, or on this machine
/// where it is not set. None of it is legal advice.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct NoticesArgs {
    /// Only notices still to be given
    #[arg(long)]
    open: bool,
    /// Only notices past their day and not given
    #[arg(long, conflicts_with = "open")]
    overdue: bool,
    /// Only notices still to be given within so many days, or overdue
    #[arg(long, value_name = "DAYS", value_parser = whole::<u32>, conflicts_with_all = ["open", "overdue"])]
    within: Option<u32>,
    /// Exit with 1 if any notice is in this state, or may be: something that its clock hangs on is missing or cannot be read
    #[arg(long, value_enum, value_name = "STATE")]
    fail_on: Option<FailOnOverdue>,
    /// Number of notices to show as text; 0 for all
    #[arg(long, default_value_t = 50, value_name = "N", value_parser = whole::<usize>)]
    limit: usize,
    #[command(flatten)]
    query: QueryArgs,
}

/// Columns before what stands below a row.
const INDENT: usize = 12;

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &NoticesArgs) -> Result<Ended, CommandError> {
    let kb = open_synced(context, &args.query)?;
    let paths = PathView::new(kb.root(), &context.current_dir);
    let mut found = kb.notices()?;
    let count = |state| found.rows.iter().filter(|row| row.state == state).count();
    let (overdue, open, total) = (count(NoticeState::Overdue), count(NoticeState::Open), found.rows.len());
    found.rows.retain(|row| match (args.within, args.overdue) {
        (Some(days), _) => row.is_open() && -row.days_late <= i64::from(days),
        (_, true) => row.state == NoticeState::Overdue,
        _ => !args.open || row.is_open(),
    });
    match context.ui.format() {
        Format::Csv => context.ui.raw(found.table().csv().as_bytes())?,
        Format::Ics => {
            context.ui.raw(kb.calendar_of_notices("Breach notices", &found.rows, &|_, _| None).as_bytes())?;
        }
        Format::Json => {
            let fields = json!({"schema": 1, "total": total, "open": open, "overdue": overdue, "notices": found.rows, "unclear": found.unclear});
            context.ui.json(&fields)?;
        }
        _ => print(context, &found.rows, args.limit, &paths)?,
    }
    if found.rows.is_empty() && found.unclear.is_empty() {
        context.ui.notice(match args {
            _ if total == 0 => "No document asks for a notice of a breach.",
            NoticesArgs { overdue: true, .. } => "No notice is overdue.",
            NoticesArgs { within: Some(_), .. } => "No notice is due in these days.",
            _ => "No notice is still to be given.",
        });
    }
    if total > 0 {
        let asked = counted(total, "notice is asked for", "notices are asked for");
        context.ui.notice(&format!("{asked}: {overdue} overdue (!), {open} still to be given in time."));
    }
    if found.rows.iter().any(|row| !row.compared) {
        context.ui.notice("? marks a rule that was not compared with its text: ask counsel.");
    }
    for record in &found.unclear {
        let shown = paths.show(&record.document.path);
        context.ui.warning(&format!("A clock may be left out of {shown}: {}.", record.reasons.join("; ")));
    }
    let failed = match args.fail_on {
        Some(FailOnOverdue::Overdue) => overdue > 0 || !found.unclear.is_empty(),
        None => found.rows.is_empty(),
    };
    Ok(if failed { Ended::No } else { Ended::Done })
}

fn print(context: &mut Context, rows: &[NoticeRow], limit: usize, paths: &PathView) -> Result<(), CommandError> {
    let most = if limit == 0 { usize::MAX } else { limit };
    let mut table = Table::new().header(&["due", "", "who is told", "rule"]);
    rows.iter().take(most).for_each(|row| table.row(cells(row)));
    let width = context.ui.width().saturating_sub(INDENT);
    let lines = rows.iter().map(|row| below(Some(&row.document.title), &paths.show(&row.document.path), width));
    print_above(context, &table, lines, INDENT)?;
    if rows.len() > most {
        context.ui.notice(&format!("{most} of {} shown; --limit 0 shows all.", rows.len()));
    }
    Ok(())
}

fn cells(row: &NoticeRow) -> Vec<Line> {
    let style = match row.state {
        NoticeState::Overdue | NoticeState::Late => Style::Bad,
        NoticeState::Open => Style::Warn,
        NoticeState::Given => Style::Good,
        NoticeState::Waived => Style::Dim,
    };
    let mark = if row.state == NoticeState::Overdue { " !" } else { "" };
    let unsure = if row.compared { "" } else { " ?" };
    vec![
        Line::styled(&format!("{}{mark}", row.due), style),
        Line::styled(&row.standing(|told| told.to_string()), style),
        Line::plain(row.recipient),
        Line::plain(&format!("{}, {}{unsure}", row.regime, row.citation)),
    ]
}
