//! `ris stats`: what happened in a period, counted.

use serde_json::json;

use super::{QueryArgs, open_synced};
use crate::cli::Context;
use crate::cli::error::{CommandError, Ended};
use crate::cli::facts::severity_style;
use crate::cli::table::Table;
use crate::cli::text::{Line, Style};
use crate::kb::{Bucket, ByName, Insights, InsightsRequest, Period, Unit, Window};
use crate::model::{Severity, counted, format_minutes};

const EXAMPLES: &str = "\
Examples:
  ris stats
  ris stats 2026-H1
  ris stats 2025 --all              every cause and every service
  ris stats 2025-07..2026-06 --format json";

/// Names of causes and services shown where not all are asked for.
const MAX_NAMES: usize = 8;

/// Count incidents of a period: by time and severity, cause and service; times to detect and resolve; action items
///
/// Several documents about one event count once; drills and near misses do not. Medians stand with the number of incidents
/// that they rest on.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct StatsArgs {
    /// The period in which they began: 2026, 2026-H1, 2026-Q3, 2026-05, or two with `..` between; all without one
    #[arg(value_name = "PERIOD", value_parser = super::evidence::period)]
    period: Option<Window>,
    /// Show every cause and every service, not the most frequent alone
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    query: QueryArgs,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &StatsArgs) -> Result<Ended, CommandError> {
    let kb = open_synced(context, &args.query)?;
    let period = args.period.map_or_else(Period::default, |it| Period { from: Some(it.start), to: Some(it.end) });
    let found = kb.insights(&InsightsRequest { period, dots: 0 })?;
    if context.ui.is_json() {
        context.ui.json(&json!({ "schema": 1, "insights": found }))?;
    } else {
        print(context, &found, if args.all { usize::MAX } else { MAX_NAMES })?;
    }
    if found.incidents == 0 {
        context.ui.notice(match args.period {
            Some(_) => "No incident began in the period.",
            None => "No document is about an incident.",
        });
    }
    Ok(if found.incidents == 0 { Ended::No } else { Ended::Done })
}

fn print(context: &mut Context, found: &Insights, most: usize) -> Result<(), CommandError> {
    let width = context.ui.width();
    let of = counted(found.documents, "document", "documents");
    let head = Line::styled(&counted(found.incidents, "incident", "incidents"), Style::Strong);
    context.ui.line(&head.with(&format!("  in {of}; {} without a day", found.undated), Style::Dim))?;
    let (causes, services) = (names("cause", &found.causes, most), names("service", &found.services, most));
    for table in [by_time(found), times(found), causes, services, work(found)] {
        if !table.is_empty() {
            context.ui.blank()?;
            context.ui.lines(&table.render(width))?;
        }
    }
    Ok(())
}

fn by_time(found: &Insights) -> Table {
    let mut head = vec!["began"];
    head.extend(Severity::ALL.map(Severity::word));
    head.extend(["not rated", "all"]);
    let mut table = (1..head.len()).fold(Table::new().header(&head), Table::right);
    for bucket in &found.buckets {
        let count = |count: u32, style| if count == 0 { Line::new() } else { Line::styled(&count.to_string(), style) };
        let levels =
            Severity::ALL.into_iter().zip(bucket.by_severity).map(|(it, number)| count(number, severity_style(it)));
        let mut row = vec![Line::plain(&name(bucket, found.unit))];
        row.extend(levels);
        row.extend([count(bucket.unrated, Style::Plain), Line::styled(&bucket.count().to_string(), Style::Strong)]);
        table.row(row);
    }
    table
}

fn name(bucket: &Bucket, unit: Unit) -> String {
    match unit {
        Unit::Month => bucket.from.format("%Y-%m").to_string(),
        Unit::Quarter | Unit::Year => Window { start: bucket.from, end: bucket.to }.name(),
    }
}

fn times(found: &Insights) -> Table {
    let mut table =
        Table::new().header(&["time to", "median", "incidents", "stated", "without"]).right(2).right(3).right(4);
    for it in found.times.iter().filter(|it| it.n > 0) {
        let median = it.median.map_or_else(String::new, |minutes| format_minutes(minutes.round() as i64));
        let numbers = [it.n, it.stated, it.without].map(|number| Line::plain(&number.to_string()));
        table.row(
            [Line::plain(it.kind.as_str()), Line::styled(&median, Style::Strong)].into_iter().chain(numbers).collect(),
        );
    }
    table
}

fn names(what: &str, by: &ByName, most: usize) -> Table {
    let mut table = Table::new().header(&[what, "incidents"]).right(1);
    for it in by.names.iter().take(most) {
        table.row(vec![Line::plain(&it.name), Line::plain(&it.incidents.to_string())]);
    }
    let more = by.names.len().saturating_sub(most) + by.more;
    if more > 0 {
        table.row(vec![Line::styled(&format!("{more} more"), Style::Dim), Line::new()]);
    }
    if by.without > 0 && !table.is_empty() {
        table.row(vec![Line::styled("none named", Style::Dim), Line::styled(&by.without.to_string(), Style::Dim)]);
    }
    table
}

fn work(found: &Insights) -> Table {
    let mut table = Table::new().header(&["action items of", "done", "open"]).right(1).right(2);
    for it in found.completion.iter().filter(|it| it.done + it.open > 0) {
        let bucket = Window { start: it.from, end: it.to };
        let open = Line::styled(&it.open.to_string(), if it.open > 0 { Style::Warn } else { Style::Plain });
        table.row(vec![Line::plain(&bucket.name()), Line::plain(&it.done.to_string()), open]);
    }
    table
}
