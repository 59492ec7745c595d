//! `ris log`: one entry more in the timeline of the incident that is going on.

use serde_json::json;

use super::edits::show;
use super::show::{list_candidates, unknown};
use super::{QueryArgs, open_synced};
use crate::cli::error::{CommandError, Ended};
use crate::cli::paths::PathView;
use crate::cli::text::{Line, Style};
use crate::cli::wrap::wrap_hanging;
use crate::cli::{Context, complete};
use crate::kb::{DocumentSummary, Found, KnowledgeBase, LogEntry, MomentError};
use crate::model::shell_word;
use clap::builder::NonEmptyStringValueParser;

const EXAMPLES: &str = "\
Examples:
  ris log 'keep-alive raised to 65 s on one pod'
  ris log --at '08:40 UTC' 'first 502 after the deployment'
  ris log --at 'yesterday 23:50' 'paged by the synthetic login'
  ris log --at '10 min ago' --dry-run 'asked the vendor'
  ris log --id INC-2026-07 'limits lowered again'";

/// Add a time-stamped entry to the timeline of the open incident
///
/// The entry gets the form that the timeline has (row, item, line or heading) and its place in the order of time; a
/// document without a timeline gets one. Several people can do it at once. Without --id there must be one incident that
/// is open or under investigation (or else one that is only mitigated). Times are in the zone of the timeline, else in the
/// one that ris.toml names, UTC if it names none.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LogArgs {
    /// What happened
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,
    /// The incident: id, path or file name of its report
    #[arg(long, value_name = "ID|PATH", value_parser = NonEmptyStringValueParser::new(), add = complete::documents())]
    id: Option<String>,
    /// When, if not now: '17:40', '17:40 UTC', 'yesterday 23:50', '10 min ago', '2026-11-20 17:40'
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Show the change and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    query: QueryArgs,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &LogArgs) -> Result<Ended, CommandError> {
    let kb = context.open()?;
    let unread = |error| not_a_moment(args.at.as_deref(), &error);
    // A time that is none should not cost a sync; whether it is past, the clock of the timeline tells.
    if let Err(error @ MomentError::Unreadable) = kb.moment(args.at.as_deref()) {
        return Err(unread(error));
    }
    let kb = open_synced(context, &args.query)?;
    let paths = PathView::new(kb.root(), &context.current_dir);
    let Some(document) = incident(context, &kb, args, &paths)? else { return Ok(Ended::No) };
    let at = kb.moment_in(&document.path, args.at.as_deref()).map_err(unread)?;
    let text = args.text.join(" ");
    let entry = if args.dry_run { kb.plan_log(&document.path, at, &text)? } else { kb.log(&document.path, at, &text)? };
    if context.ui.is_json() {
        context.ui.json(&json!({
            "schema": 1, "path": document.path, "id": document.id, "line": entry.line, "entry": entry.entry,
            "at": entry.at.to_rfc3339(), "written": !args.dry_run, "sensitive": entry.sensitive,
        }))?;
    } else if args.dry_run {
        show(context, &entry.edit, &paths)?;
    } else {
        print(context, &document, &entry, &paths)?;
    }
    if !entry.sensitive.is_empty() {
        let what = entry.sensitive.join(", ");
        context.ui.warning(&format!(
            "The entry holds what must not stand in a document: {what}. Take it out before it is committed."
        ));
    }
    if args.dry_run {
        context.ui.notice("Nothing was written.");
    }
    Ok(Ended::Done)
}

fn not_a_moment(text: Option<&str>, error: &MomentError) -> CommandError {
    let text = text.unwrap_or_default();
    match error {
        MomentError::Unreadable => CommandError::new(format!("`{text}` is no time"))
            .hint("write it like '17:40', '17:40 UTC', 'yesterday 23:50', '10 min ago' or '2026-11-20 17:40'"),
        MomentError::Future(at) => {
            CommandError::new(format!("`{text}` is still to come ({})", at.format("%Y-%m-%d %H:%M %:z")))
                .hint("a timeline tells what happened; what is to be done goes into the action items")
        }
    }
}

/// Returns the document that the entry goes into; `None` where the user must say which.
fn incident(
    context: &mut Context,
    kb: &KnowledgeBase,
    args: &LogArgs,
    paths: &PathView,
) -> Result<Option<DocumentSummary>, CommandError> {
    if let Some(key) = &args.id {
        return match kb.find_report(key)? {
            Found::One(document) => Ok(Some(*document)),
            Found::Many(documents) => list_candidates(context, key, &documents, paths).map(|()| None),
            Found::None(nearest) => Err(unknown(key, &nearest)),
        };
    }
    let mut open = kb.open_incidents()?;
    match open.len() {
        1 => Ok(open.pop()),
        0 => Err(CommandError::no("no incident is open")
            .hint("`ris new incident` begins one; `--id` adds to one that is resolved")),
        _ => Err(several(&open)),
    }
}

/// Returns what names one of several incidents alone.
fn name<'a>(it: &'a DocumentSummary, open: &[DocumentSummary]) -> &'a str {
    let alone = |id: &&str| {
        open.iter().filter(|other| other.id.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(id))).count() == 1
    };
    it.id.as_deref().filter(alone).unwrap_or(&it.path)
}

fn several(open: &[DocumentSummary]) -> CommandError {
    let mut message = format!("{} incidents are open", open.len());
    for it in open {
        let date = it.date.as_deref().unwrap_or_default();
        message.push_str(&format!("\n  {}  {date}  {}", name(it, open), it.title));
    }
    let first = open.first().map_or("ID", |it| name(it, open));
    CommandError::no(message).hint(format!("say which, for example `--id {}`", shell_word(first)))
}

fn print(
    context: &mut Context,
    document: &DocumentSummary,
    entry: &LogEntry,
    paths: &PathView,
) -> Result<(), CommandError> {
    let width = context.ui.width();
    let mut title = Line::styled("Logged in ", Style::Good);
    title.push(&document.title, Style::Title);
    context.ui.lines(&wrap_hanging(&title, width, 2))?;
    let line = u32::try_from(entry.line).unwrap_or(0);
    context.ui.line(&Line::styled(&paths.at(&document.path, line), Style::Link).indented(2))?;
    let lines = wrap_hanging(&Line::plain(&entry.entry), width.saturating_sub(2), 2);
    Ok(context.ui.lines(&lines.into_iter().map(|line| line.indented(2)).collect::<Vec<_>>())?)
}
