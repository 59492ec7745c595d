//! `ris ledger`: what became of action items, told by the commits.

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::json;

use super::actions::{ClassName, blocks, classes_of, owner_of};
use super::{QueryArgs, open_synced, whole};
use crate::cli::error::{CommandError, Ended};
use crate::cli::paths::PathView;
use crate::cli::table::Table;
use crate::cli::text::{Line, Style};
use crate::cli::{Context, complete};
use crate::kb::{Ledger, LedgerEntry, LedgerKind, LedgerRequest, LedgerTotals, Window};
use crate::model::{counted, short_id};

const EXAMPLES: &str = "\
Examples:
  ris ledger 2026-H1                          what happened to action items in half a year
  ris ledger --only done --owner halloran     what somebody got done, and how long it took
  ris ledger --only dropped --fail-on dropped --quiet   exits with 1 if an open item was taken out";

/// Columns that day, event, author, commit and a readable action need beside the place.
const FACTS: usize = 90;

/// Show what became of action items, as the commits tell: written, done, put off, handed over, dropped
///
/// Every version of every document is compared with the one before it. An item is known by its id, else by its words; one that
/// was reworded is still the same where most of its words are. Dropped is what was taken out of its document, or deleted
/// with it, while it was open. Days are those of the commits, in UTC; how long an item took is counted from the commit that wrote it
/// down, and not told where the history begins with that. What is not committed yet stands first.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LedgerArgs {
    /// When it happened: 2026, 2026-H1, 2026-Q3, 2026-05, or two with `..` between; ever without one
    #[arg(value_name = "PERIOD", value_parser = super::evidence::period)]
    period: Option<Window>,
    /// Only what happened so; the numbers are of everything
    #[arg(long, value_parser = kind(), value_delimiter = ',', value_name = "WHAT")]
    only: Vec<LedgerKind>,
    /// Only items of this owner, by name, a word of it or a handle (halloran is @phalloran); `nobody` for items without one
    #[arg(long, value_name = "NAME", add = complete::owners())]
    owner: Option<String>,
    /// Only items of this class; `all` for every class
    #[arg(long, value_enum, value_delimiter = ',', default_value = "action", value_name = "CLASS")]
    class: Vec<ClassName>,
    /// Number of entries to show; 0 for all
    #[arg(long, default_value_t = 50, value_name = "N", value_parser = whole::<usize>)]
    limit: usize,
    /// Exit with 1 if anything happened so
    #[arg(long, value_enum, value_name = "WHAT")]
    fail_on: Option<FailOnKind>,
    #[command(flatten)]
    query: QueryArgs,
}

/// What lets the command fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOnKind {
    Dropped,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &LedgerArgs) -> Result<Ended, CommandError> {
    let kb = open_synced(context, &args.query)?;
    let request = LedgerRequest {
        window: args.period,
        kinds: args.only.clone(),
        owner: args.owner.as_deref().map(owner_of),
        classes: classes_of(&args.class),
        offset: 0,
        limit: if args.limit == 0 { usize::MAX } else { args.limit },
    };
    let progress = context.ui.progress("Reading commits");
    let found = kb.ledger(&request, &|at| progress.update(at))?;
    drop(progress);
    if context.ui.is_json() {
        let mut fields = json!(found);
        fields["schema"] = json!(1);
        context.ui.json(&fields)?;
    } else {
        let paths = PathView::new(kb.root(), &context.current_dir);
        print(context, &found, args.period, &paths)?;
    }
    if let Some(lack) = found.lack {
        context.ui.warning(&format!("The commits may not tell all: {lack}."));
    }
    if found.elsewhere > 0 {
        let documents = counted(found.elsewhere, "document lies", "documents lie");
        context.ui.notice(&format!("{documents} in a repository within or not in git: their commits are not read."));
    }
    if found.total == 0 {
        context.ui.notice("Nothing of this kind happened to an action item.");
    }
    Ok(match args.fail_on {
        Some(FailOnKind::Dropped) if found.totals.dropped > 0 => Ended::No,
        None if found.total == 0 => Ended::No,
        _ => Ended::Done,
    })
}

/// Reads what happened, by its stable name.
fn kind() -> impl TypedValueParser<Value = LedgerKind> {
    let names = PossibleValuesParser::new(LedgerKind::ALL.map(LedgerKind::as_str));
    names.map(|name| {
        let named = LedgerKind::ALL.into_iter().find(|it| it.as_str() == name);
        named.expect("the parser knows no other name")
    })
}

fn print(context: &mut Context, found: &Ledger, period: Option<Window>, paths: &PathView) -> Result<(), CommandError> {
    let width = context.ui.width();
    let until = found.commit.as_deref().map_or_else(|| "no commit".to_owned(), |it| format!("commit {}", short_id(it)));
    let span = period.map_or_else(String::new, |it| format!(", {it}"));
    context
        .ui
        .line(&Line::styled(&format!("Action items{span}"), Style::Strong).with(&format!("  {until}"), Style::Dim))?;
    context.ui.blank()?;
    context.ui.lines(&numbers(&found.totals).render(width))?;
    if found.entries.is_empty() {
        return Ok(());
    }
    context.ui.blank()?;
    let rows: Vec<Vec<Line>> = found.entries.iter().map(|entry| row(entry, paths)).collect();
    let longest = rows.iter().filter_map(|row| row.last()).map(Line::width).max().unwrap_or(0);
    if width < FACTS + longest {
        context.ui.lines(&blocks(rows, width))?;
    } else {
        let mut table =
            Table::new().header(&["on", "what", "days", "by", "commit", "action", "where"]).right(2).flexible(5);
        rows.into_iter().for_each(|row| table.row(row));
        context.ui.lines(&table.render(width))?;
    }
    if found.entries.len() < found.total {
        let all = counted(found.total, "entry", "entries");
        context.ui.notice(&format!("{} of {all} shown; --limit 0 shows all.", found.entries.len()));
    }
    Ok(())
}

fn numbers(totals: &LedgerTotals) -> Table {
    let settled = match totals.written_settled {
        0 => String::new(),
        count => format!("{count} of them done or cancelled when they were written"),
    };
    let took = totals
        .median_days
        .map_or_else(String::new, |days| format!("median {days} days after they were written (n = {})", totals.timed));
    let open = format!("{} before", totals.open_before);
    let rows = [
        ("written", totals.written, settled, Style::Plain),
        ("done", totals.done, took, Style::Good),
        ("cancelled", totals.cancelled, String::new(), Style::Plain),
        ("reopened", totals.reopened, String::new(), Style::Warn),
        ("put off", totals.put_off, String::new(), Style::Warn),
        ("dropped", totals.dropped, "taken out while open".to_owned(), Style::Bad),
        ("open", totals.open_after, open, Style::Strong),
    ];
    let mut table = Table::new().right(1);
    for (name, count, more, style) in rows {
        let style = if count == 0 { Style::Plain } else { style };
        let more = if count == 0 && name != "open" { String::new() } else { more };
        let count = Line::styled(&count.to_string(), style);
        table.row(vec![Line::plain(name), count, Line::styled(&more, Style::Dim)]);
    }
    table
}

fn row(entry: &LedgerEntry, paths: &PathView) -> Vec<Line> {
    let style = match entry.what {
        LedgerKind::Done => Style::Good,
        LedgerKind::Dropped => Style::Bad,
        LedgerKind::Reopened | LedgerKind::DueMoved => Style::Warn,
        LedgerKind::Cancelled => Style::Dim,
        LedgerKind::Written | LedgerKind::Handed | LedgerKind::Moved => Style::Plain,
    };
    let place = entry.line.map_or_else(|| paths.show(&entry.path), |line| paths.at(&entry.path, line));
    vec![
        Line::plain(&entry.on.to_string()),
        Line::styled(&entry.words(|path| paths.show(path)), style),
        Line::plain(entry.by.as_deref().unwrap_or_default()),
        Line::styled(entry.commit.as_deref().map_or("not committed", short_id), Style::Dim),
        Line::styled(&entry.text, Style::Strong),
        Line::styled(&place, Style::Link),
    ]
}
