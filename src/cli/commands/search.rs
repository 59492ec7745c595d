//! `ris search`: find documents by words, or by a pasted log.

use std::path::PathBuf;

use clap::ValueEnum;
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::{NO_DOCUMENTS, QueryArgs, limit, open_synced, search_log};
use crate::cli::Context;
use crate::cli::error::{CommandError, Ended};
use crate::cli::filters::Filters;
use crate::cli::hits;
use crate::cli::log_file;
use crate::cli::paths::PathView;
use crate::cli::text::{Line, Style, clean};
use crate::kb::{Correction, Found, KbError, KnowledgeBase, LogRequest, SearchRequest, SearchResults, Sort};
use crate::model::counted;

const EXAMPLES: &str = "\
Query:
  \"exact phrase\"  -without  this OR that  prefix*
  severity:high  status:open  kind:rca  service:api  tag:dns  owner:ana
  project:x  control:CC7.4  has:compliance  id:INC-2026-02
  before:2025-06  after:2025-01-31  in:2025-12  in:2025-Q4  in:2025-01..2025-03  year:2025
  any.front-matter.key:value

Examples:
  ris search 'connection refused'
  ris search '\"connection slots\" OR maxclients' --severity critical,high
  ris search -- redis -certificate
  ris search --log error.txt
  ris search --log error.txt --service redis-sessions
  tail -n 200 error.txt | ris search --log -";

/// Find documents by words, or by a pasted error or log
///
/// All words must occur; typos are forgiven where the exact word finds little. The index is brought up to date first.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SearchArgs {
    /// Words to look for
    #[arg(required_unless_present = "log", value_name = "QUERY")]
    query: Vec<String>,
    /// Find the incidents that the error, stack trace or log in FILE reminds of (- for stdin)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["query", "sort"])]
    log: Option<PathBuf>,
    /// Order of the hits: best, newest or most severe first
    #[arg(long, value_enum, default_value_t = HitSort::Relevance, value_name = "ORDER")]
    sort: HitSort,
    /// Number of hits to show; 0 for all [default: 10, with --log 5]
    #[arg(long, value_name = "N", value_parser = limit)]
    limit: Option<usize>,
    #[command(flatten)]
    sync: QueryArgs,
    #[command(flatten)]
    filters: Filters,
}

/// Order of hits.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum HitSort {
    Relevance,
    Date,
    Severity,
}

/// Hits shown where the user names no number.
const HITS: usize = 10;
/// Candidates shown for a log where the user names no number.
const CANDIDATES: usize = 5;

/// Columns of a query that is shown with its error.
const LONGEST_SHOWN: usize = 200;

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &SearchArgs) -> Result<Ended, CommandError> {
    if let Some(source) = &args.log {
        // Read the log before the files: a misspelt name should not cost a sync.
        let text = log_file::read(context, source)?;
        let kb = open_synced(context, &args.sync)?;
        let within = (!args.filters.is_empty()).then(|| within(&kb, &args.filters, "")).transpose()?;
        return search_log::run(context, &kb, &LogRequest { text, limit: args.limit.unwrap_or(CANDIDATES), within });
    }
    let kb = open_synced(context, &args.sync)?;
    search(context, &kb, args)
}

/// Returns the search for `query` in what the filters leave.
fn within(kb: &KnowledgeBase, filters: &Filters, query: &str) -> Result<SearchRequest, CommandError> {
    Ok(SearchRequest { facets: filters.facets(kb)?, ..SearchRequest::new(filters.narrow(query)) })
}

fn search(context: &mut Context, kb: &KnowledgeBase, args: &SearchArgs) -> Result<Ended, CommandError> {
    let query = args.query.join(" ");
    let mut request = within(kb, &args.filters, &query)?;
    request.limit = args.limit.unwrap_or(HITS);
    request.sort = match args.sort {
        HitSort::Relevance => Sort::Relevance,
        HitSort::Date => Sort::Date,
        HitSort::Severity => Sort::Severity,
    };
    let results = kb.search(&request).map_err(|error| explain(&request.query, error))?;
    for notice in &results.notices {
        context.ui.notice(notice);
    }
    let has_nothing = results.total == 0 && has_no_documents(kb);
    let hints = if results.total == 0 && !has_nothing { hints(kb, args, &query) } else { Vec::new() };
    if context.ui.is_json() {
        context.ui.json(&json!({
            "schema": 1, "query": query, "hints": hints, "total": results.total, "all_words": results.all_words, "hits": results.hits,
            "corrections": results.corrections, "relaxed": results.relaxed, "notices": results.notices,
        }))?;
    } else {
        print(context, kb, &results)?;
    }
    if results.total == 0 {
        let said = format!("No document matches `{query}`.");
        context.ui.notice(if has_nothing { NO_DOCUMENTS } else { &said });
        hints.iter().for_each(|hint| context.ui.hint(hint));
        return Ok(Ended::No);
    }
    Ok(Ended::Done)
}

fn print(context: &mut Context, kb: &KnowledgeBase, results: &SearchResults) -> Result<(), CommandError> {
    let paths = PathView::new(kb.root(), &context.current_dir);
    let width = context.ui.width();
    for correction in &results.corrections {
        context.ui.line(&corrected(correction, !results.hits.is_empty()))?;
    }
    let relaxed = results.relaxed && !results.hits.is_empty();
    if relaxed {
        let said = match results.all_words {
            0 => "No document has all of these words; those with some of them follow.".to_owned(),
            n => {
                format!("{} all of these words; those with some follow.", counted(n, "document has", "documents have"))
            }
        };
        context.ui.line(&Line::plain(&said))?;
    }
    if (relaxed || !results.corrections.is_empty()) && !results.hits.is_empty() {
        context.ui.blank()?;
    }
    for (at, hit) in results.hits.iter().enumerate() {
        context.ui.lines(&hits::render(hit, at + 1, &paths, width))?;
        context.ui.blank()?;
    }
    if results.total > 0 {
        let shown = results.hits.len();
        let mut total = counted(results.total, "document matches", "documents match");
        if shown < results.total {
            total.push_str(&format!("; the best {shown} are shown (--limit N for more)"));
        }
        context.ui.line(&Line::styled(&total, Style::Dim))?;
    }
    Ok(())
}

/// Returns the error of a query, with the place that is meant below it where the query is short enough to show.
fn explain(query: &str, error: KbError) -> CommandError {
    let Some(place) = error.query_error() else { return error.into() };
    let (Some(before), Some(marked)) = (query.get(..place.span.start), query.get(place.span.clone())) else {
        return error.into();
    };
    if query.width() > LONGEST_SHOWN || query.contains(['\n', '\r']) {
        return error.into();
    }
    let caret = format!("{}{}", " ".repeat(clean(before).width()), "^".repeat(clean(marked).width().max(1)));
    let pointed = CommandError::new(format!("cannot understand the query: {place}\n  {query}\n  {caret}"));
    error.hint().into_iter().fold(pointed, CommandError::hint)
}

fn corrected(correction: &Correction, any: bool) -> Line {
    let word = &correction.word;
    let (mut line, showing) = match correction.found {
        0 if !any => (Line::plain(&format!("No document has `{word}`")), "; nothing matches with "),
        0 => (Line::plain(&format!("No document has `{word}`")), "; showing "),
        1 => (Line::plain(&format!("1 document has `{word}`")), "; also showing "),
        found => (Line::plain(&format!("{found} documents have `{word}`")), "; also showing "),
    };
    if !correction.used.is_empty() {
        line.push(showing, Style::Plain);
        for (at, word) in correction.used.iter().enumerate() {
            line.push(if at == 0 { "" } else { ", " }, Style::Plain);
            line.push(&format!("`{word}`"), Style::Match);
        }
    }
    line.push(if any || correction.used.is_empty() { "." } else { " either." }, Style::Plain);
    line
}

fn has_no_documents(kb: &KnowledgeBase) -> bool {
    kb.search(&SearchRequest { limit: 0, ..SearchRequest::new("") }).is_ok_and(|all| all.total == 0)
}

/// Returns what could be done where no document matches.
fn hints(kb: &KnowledgeBase, args: &SearchArgs, query: &str) -> Vec<String> {
    let advice = kb.search_advice(&args.filters.narrow(query)).unwrap_or_default();
    if !advice.is_empty() {
        return advice;
    }
    let one = |hint: &str| vec![hint.to_owned()];
    if !args.filters.is_empty() {
        let mut hints = args.filters.unknown_names(kb);
        hints.push("leave the filters out to search every document.".to_owned());
        hints
    } else if query.split_whitespace().count() > 1 {
        one("all words must occur; use fewer words, or OR between them.")
    } else if let Some(id) = nearest_id(kb, query) {
        one(&format!("did you mean `{id}`?"))
    } else if query.chars().all(char::is_alphabetic) {
        one("a word's beginning with a star finds more: `conn*`.")
    } else {
        Vec::new()
    }
}

/// Returns the id or path that is most like a word with digits, such as `inc-2026-2`.
fn nearest_id(kb: &KnowledgeBase, word: &str) -> Option<String> {
    if word.contains(':') {
        return None;
    }
    let Ok(Found::None(nearest)) = kb.find(word) else { return None };
    nearest.into_iter().next().filter(|_| word.bytes().any(|byte| byte.is_ascii_digit()))
}
