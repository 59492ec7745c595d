//! `ris related`: what a document is like, and why.

use serde_json::json;

use super::{QueryArgs, limit, open_synced, show};
use crate::cli::error::{CommandError, Ended};
use crate::cli::facts::summary_line;
use crate::cli::paths::PathView;
use crate::cli::text::{Line, Style};
use crate::cli::wrap::{wrap, wrap_hanging};
use crate::cli::{Context, complete};
use crate::kb::{DocumentSummary, Found, RelatedDocument, RelatedResults};
use clap::builder::NonEmptyStringValueParser;

const EXAMPLES: &str = "\
Examples:
  ris related INC-2026-02
  ris related 2026/INC-2026-08-portal-502.md --limit 3
  ris related INC-2026-02 --format json";

/// Find incidents related to a document, and say why
///
/// Incidents are related by root-cause tags (rare ones count more), affected services, rare names such as error
/// classes, hosts and settings, rare words, and references in either direction. Documents about the same incident are
/// listed apart.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RelatedArgs {
    /// Id, path or file name of the document
    #[arg(value_name = "ID|PATH", value_parser = NonEmptyStringValueParser::new(), add = complete::documents())]
    key: String,
    /// Number of incidents to show; 0 for all
    #[arg(long, default_value = "10", value_name = "N", value_parser = limit)]
    limit: usize,
    #[command(flatten)]
    query: QueryArgs,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &RelatedArgs) -> Result<Ended, CommandError> {
    let kb = open_synced(context, &args.query)?;
    let paths = PathView::new(kb.root(), &context.current_dir);
    let document = match kb.find(&args.key)? {
        Found::One(document) => document,
        Found::Many(documents) => {
            show::list_candidates(context, &args.key, &documents, &paths)?;
            return Ok(Ended::No);
        }
        Found::None(nearest) => return Err(show::unknown(&args.key, &nearest)),
    };
    let results = kb.related(&kb.read(&document.path)?, args.limit)?;
    results.notices.iter().for_each(|notice| context.ui.notice(notice));
    if context.ui.is_json() {
        context.ui.json(&as_json(&document, &results))?;
    } else {
        print(context, &document, &results, &paths)?;
    }
    if results.related.is_empty() {
        context.ui.notice("No other incident shares a cause, a service, a rare name or a reference with this one.");
    }
    Ok(if results.related.is_empty() && results.same_incident.is_empty() { Ended::No } else { Ended::Done })
}

fn as_json(document: &DocumentSummary, results: &RelatedResults) -> serde_json::Value {
    let related = results.related.iter().map(|it| {
        let mut value = json!(it);
        let sentences: Vec<String> = it.reasons.iter().map(crate::kb::Reason::sentence).collect();
        value["because"] = json!(sentences.join("; "));
        value
    });
    json!({
        "schema": 1,
        "document": document,
        "same_incident": results.same_incident,
        "related": related.collect::<Vec<_>>(),
        "notices": results.notices,
    })
}

fn print(
    context: &mut Context,
    document: &DocumentSummary,
    results: &RelatedResults,
    paths: &PathView,
) -> Result<(), CommandError> {
    let width = context.ui.width();
    let mut title = Line::styled("Related to ", Style::Dim);
    title.push(&document.title, Style::Title);
    context.ui.lines(&wrap(&title, width))?;
    if !results.same_incident.is_empty() {
        context.ui.blank()?;
        context.ui.line(&Line::styled("Of the same incident", Style::Title))?;
        for it in &results.same_incident {
            let mut line = Line::plain(&it.title);
            line.push(&format!("  {}", paths.show(&it.path)), Style::Link);
            let lines = wrap_hanging(&line, width.saturating_sub(2), 2);
            context.ui.lines(&lines.into_iter().map(|line| line.indented(2)).collect::<Vec<_>>())?;
        }
    }
    for (number, it) in results.related.iter().enumerate() {
        context.ui.blank()?;
        print_related(context, it, number + 1, paths)?;
    }
    Ok(())
}

fn print_related(
    context: &mut Context,
    it: &RelatedDocument,
    number: usize,
    paths: &PathView,
) -> Result<(), CommandError> {
    let width = context.ui.width();
    let mut title = Line::styled(&format!("{number}. "), Style::Dim);
    title.push(&it.document.title, Style::Title);
    let mut lines = wrap_hanging(&title, width, 3);
    lines.push(summary_line(&it.document).indented(3));
    lines.push(Line::styled(&paths.show(&it.document.path), Style::Link).indented(3));
    for also in &it.also {
        lines.push(Line::styled("and ", Style::Dim).with(&paths.show(&also.path), Style::Link).indented(3));
    }
    let inner = width.saturating_sub(3);
    for reason in &it.reasons {
        lines.extend(wrap_hanging(&Line::plain(&reason.sentence()), inner, 2).into_iter().map(|line| line.indented(3)));
    }
    if let Some(warning) = unfinished(it) {
        lines.extend(wrap(&Line::styled(&warning, Style::Bad), inner).into_iter().map(|line| line.indented(3)));
    }
    Ok(context.ui.lines(&lines)?)
}

/// The work that might have prevented the incident asked about.
fn unfinished(it: &RelatedDocument) -> Option<String> {
    match it.unfinished {
        0 => None,
        1 => Some("1 action item of this earlier incident with the same cause is still open.".to_owned()),
        many => Some(format!("{many} action items of this earlier incident with the same cause are still open.")),
    }
}
