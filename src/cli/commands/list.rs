//! `ris list`: documents as a table.

use clap::ValueEnum;
use serde_json::json;

use super::{NO_DOCUMENTS, QueryArgs, open_synced, print_above, whole};
use unicode_width::UnicodeWidthStr;

use crate::cli::Context;
use crate::cli::error::{CommandError, Ended};
use crate::cli::facts::{severity_line, status_style};
use crate::cli::filters::Filters;
use crate::cli::paths::PathView;
use crate::cli::table::Table;
use crate::cli::text::{Line, Style, truncate};
use crate::kb::{DocumentSummary, SearchRequest, SearchResults, Sort};
use crate::model::counted;

const EXAMPLES: &str = "\
Examples:
  ris list --status open,investigating
  ris list --severity critical,high --after 2025-06 --sort severity
  ris list --kind rca --format json";

/// List documents, newest incident first
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    /// Order of the documents: newest or most severe first
    #[arg(long, value_enum, default_value_t = ListSort::Date, value_name = "ORDER")]
    sort: ListSort,
    /// Number of documents to show; 0 for all
    #[arg(long, default_value_t = 50, value_name = "N", value_parser = whole::<usize>)]
    limit: usize,
    #[command(flatten)]
    query: QueryArgs,
    #[command(flatten)]
    filters: Filters,
}

/// Columns of date, severity, status and actions done, with the gaps behind them.
const FACTS: usize = 12 + 10 + 15 + 7;
/// Columns between title and key.
const GAP: usize = 2;
/// With less room for the title, the key goes onto a line of its own.
const NARROWEST_TITLE: usize = 28;
/// Columns before a key on a line of its own: below the severity.
const KEY_INDENT: usize = 12;

/// Order of a list.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ListSort {
    Date,
    Severity,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &ListArgs) -> Result<Ended, CommandError> {
    let kb = open_synced(context, &args.query)?;
    let mut request = SearchRequest::new(args.filters.narrow(""));
    request.facets = args.filters.facets(&kb)?;
    request.limit = if args.limit == 0 { usize::MAX } else { args.limit };
    request.sort = match args.sort {
        ListSort::Date => Sort::Date,
        ListSort::Severity => Sort::Severity,
    };
    let results = kb.search(&request)?;
    for notice in &results.notices {
        context.ui.notice(notice);
    }
    let mut hints = Vec::new();
    if results.total == 0 {
        hints = args.filters.unknown_names(&kb);
        hints.extend(kb.search_advice(&args.filters.narrow("")).unwrap_or_default());
    }
    if context.ui.is_json() {
        let documents: Vec<_> = results.hits.iter().map(|hit| &hit.document).collect();
        context.ui.json(&json!({"schema": 1, "total": results.total, "documents": documents, "notices": results.notices, "hints": hints}))?;
    } else {
        let paths = PathView::new(kb.root(), &context.current_dir);
        print(context, &results, &paths)?;
    }
    if results.total == 0 {
        context.ui.notice(if args.filters.is_empty() { NO_DOCUMENTS } else { "No document matches these filters." });
        hints.iter().for_each(|hint| context.ui.hint(hint));
        return Ok(Ended::No);
    }
    Ok(Ended::Done)
}

fn print(context: &mut Context, results: &SearchResults, paths: &PathView) -> Result<(), CommandError> {
    let width = context.ui.width();
    let documents: Vec<&DocumentSummary> = results.hits.iter().map(|hit| &hit.document).collect();
    let keys: Vec<String> = documents.iter().map(|it| it.id.clone().unwrap_or_else(|| paths.show(&it.path))).collect();
    let longest = keys.iter().map(|key| key.width()).max().unwrap_or(0);
    let title = width.saturating_sub(FACTS + GAP + longest);
    if documents.is_empty() {
        return Ok(());
    }
    if title >= NARROWEST_TITLE {
        print_wide(context, &documents, &keys, title)?;
    } else {
        print_narrow(context, &documents, &keys)?;
    }
    if results.hits.len() < results.total {
        let all = counted(results.total, "document", "documents");
        context.ui.notice(&format!("{} of {all} shown; --limit 0 shows all.", results.hits.len()));
    }
    Ok(())
}

/// One line a document.
fn print_wide(
    context: &mut Context,
    documents: &[&DocumentSummary],
    keys: &[String],
    title: usize,
) -> Result<(), CommandError> {
    let mut table = Table::new().header(&["date", "severity", "status", "done", "title", "id or path"]);
    for (document, key) in documents.iter().zip(keys) {
        let mut row = facts(document);
        row.push(Line::styled(&truncate(&document.title, title), Style::Strong));
        row.push(Line::styled(key, Style::Link));
        table.row(row);
    }
    Ok(context.ui.lines(&table.render(usize::MAX))?)
}

/// Two lines a document: the key, which is there to be copied, is never cut.
fn print_narrow(context: &mut Context, documents: &[&DocumentSummary], keys: &[String]) -> Result<(), CommandError> {
    let title = context.ui.width().saturating_sub(FACTS);
    let mut table = Table::new().header(&["date", "severity", "status", "done", "title"]);
    for document in documents {
        let mut row = facts(document);
        row.push(Line::styled(&truncate(&document.title, title), Style::Strong));
        table.row(row);
    }
    print_above(context, &table, keys.iter().map(|key| vec![Line::styled(key, Style::Link)]), KEY_INDENT)
}

fn facts(document: &DocumentSummary) -> Vec<Line> {
    let severity = document.severity.map_or_else(Line::new, severity_line);
    let status = document.status.map_or_else(Line::new, |state| Line::styled(state.as_str(), status_style(state)));
    let done = match document.actions_total {
        0 => String::new(),
        total => format!("{}/{total}", total - document.actions_open.min(total)),
    };
    vec![Line::plain(document.date.as_deref().unwrap_or_default()), severity, status, Line::plain(&done)]
}
