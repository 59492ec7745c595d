//! `ris show`: one document, rendered for a terminal.

use std::borrow::Cow;
use std::path::Path;

use super::{QueryArgs, open_synced, record};
use crate::cli::error::{CommandError, Ended};
use crate::cli::facts::{severity_line, status_style, summary_line};
use crate::cli::markdown::{self, CodeLayout};
use crate::cli::paths::PathView;
use crate::cli::table::Table;
use crate::cli::text::{Line, Style};
use crate::cli::wrap::wrap;
use crate::cli::{Context, complete};
use crate::kb::{DocumentSummary, Found, KbError, LastCommit, Parsed, inspect_file, last_commit};
use crate::model::{Document, Extracted, FrontMatterFormat, Inspected, Kind, RootCauseTag, shell_path};
use clap::builder::NonEmptyStringValueParser;

const EXAMPLES: &str = "\
Examples:
  ris show INC-2026-02
  ris show incidents/2026/INC-2026-08-portal-502.md
  ris show INC-2026-02 --raw > copy.md";

/// Show a document, found by id, path or file name
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ShowArgs {
    /// Id, path or file name of the document
    #[arg(value_name = "ID|PATH", value_parser = NonEmptyStringValueParser::new(), add = complete::documents())]
    key: String,
    /// Print the file as it is
    #[arg(long, conflicts_with = "format")]
    raw: bool,
    #[command(flatten)]
    query: QueryArgs,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &ShowArgs) -> Result<Ended, CommandError> {
    let Shown { parsed, path, siblings } = match load(context, args)? {
        Ok(loaded) => loaded,
        Err(ended) => return Ok(ended),
    };
    if args.raw {
        let file = context.current_dir.join(&path);
        let bytes =
            std::fs::read(&file).map_err(|error| CommandError::caused(&format!("cannot read `{path}`"), &error))?;
        context.ui.raw(&bytes)?;
    } else if context.ui.is_json() {
        context.ui.json(&Inspected(&parsed.document))?;
    } else {
        print(context, &parsed, &path, &siblings)?;
    }
    Ok(Ended::Done)
}

/// A document, its path from the current folder, and the paths of the other documents of its incident.
struct Shown {
    parsed: Parsed,
    path: String,
    siblings: Vec<String>,
}

/// A document, or how the command ends without one.
type Loaded = Result<Shown, Ended>;

fn load(context: &mut Context, args: &ShowArgs) -> Result<Loaded, CommandError> {
    // A file that is there needs no index, and may lie outside of any knowledge base.
    let file = context.current_dir.join(&args.key);
    if file.is_file() {
        let parsed = inspect_file(Path::new(&args.key))?;
        return Ok(Ok(Shown { parsed, path: args.key.clone(), siblings: Vec::new() }));
    }
    let kb = open_synced(context, &args.query)?;
    let paths = PathView::new(kb.root(), &context.current_dir);
    match kb.find(&args.key)? {
        Found::One(document) => {
            let parsed = kb.read(&document.path)?;
            let siblings = kb.same_incident_as(&parsed.document)?;
            let siblings = siblings.iter().map(|it| paths.show(&it.document.path)).collect();
            Ok(Ok(Shown { parsed, path: paths.show(&document.path), siblings }))
        }
        Found::Many(documents) => {
            list_candidates(context, &args.key, &documents, &paths)?;
            Ok(Err(Ended::No))
        }
        Found::None(nearest) => Err(unknown(&args.key, &nearest)),
    }
}

/// Shows the documents that go by one name.
pub(super) fn list_candidates(
    context: &mut Context,
    key: &str,
    documents: &[DocumentSummary],
    paths: &PathView,
) -> Result<(), CommandError> {
    if context.ui.is_json() {
        context.ui.json(&serde_json::json!({"schema": 1, "candidates": documents}))?;
    } else {
        for document in documents {
            context.ui.line(&Line::styled(&document.title, Style::Title))?;
            context.ui.line(&summary_line(document).indented(2))?;
            context.ui.line(&Line::styled(&paths.show(&document.path), Style::Link).indented(2))?;
        }
    }
    let count = documents.len();
    context.ui.notice(&format!("{count} documents go by `{key}`; name the one you mean by its path."));
    Ok(())
}

/// Returns the error for a name that no document has.
pub(super) fn unknown(key: &str, nearest: &[String]) -> CommandError {
    KbError::NoSuchDocument { key: key.to_owned(), nearest: nearest.to_vec() }.into()
}

fn print(context: &mut Context, parsed: &Parsed, path: &str, siblings: &[String]) -> Result<(), CommandError> {
    let width = context.ui.width();
    let document = &parsed.document;
    context.ui.lines(&wrap(&Line::styled(document.display_title(), Style::Title), width))?;
    context.ui.line(&Line::styled(path, Style::Link))?;
    let mut facts = facts(document);
    for (at, sibling) in siblings.iter().enumerate() {
        let name = if at == 0 { "see also" } else { "" };
        facts.row(vec![Line::styled(name, Style::Dim), Line::styled(sibling, Style::Link)]);
    }
    match last_commit(&context.current_dir.join(path)) {
        Ok(Some(last)) => facts.row(vec![Line::styled("last commit", Style::Dim), commit_line(&last)]),
        Ok(None) => {}
        // The document can be read without.
        Err(error) => {
            let hint = error.hint().map(|hint| format!("; {hint}")).unwrap_or_default();
            context.ui.warning(&format!("The last commit cannot be told: {error}{hint}."));
        }
    }
    if !facts.is_empty() {
        context.ui.blank()?;
        let lines: Vec<Line> = facts.render(width.saturating_sub(2)).into_iter().map(|line| line.indented(2)).collect();
        context.ui.lines(&lines)?;
    }
    context.ui.blank()?;
    context.ui.lines(&markdown::render(&body(parsed), width, CodeLayout::Indented))?;
    let worst = document.diagnostics.iter().filter(|it| it.level > crate::diag::Level::Note).count();
    if worst > 0 {
        let odd = if worst == 1 {
            "1 thing about this file is odd"
        } else {
            &format!("{worst} things about this file are odd")
        };
        let name = if worst == 1 { "it" } else { "them" };
        context.ui.notice(&format!("{odd}; `ris inspect {}` names {name}.", shell_path(path)));
    }
    Ok(())
}

fn facts(document: &Document) -> Table {
    let mut table = Table::new();
    let mut add = |name: &str, value: Line| table.row(vec![Line::styled(name, Style::Dim), value]);
    let plain = |value: &Option<Extracted<String>>| value.as_ref().map(|it| Line::plain(&it.value));
    if document.kind.value != Kind::Incident {
        add("kind", Line::plain(document.kind.value.as_str()));
    }
    if let Some(id) = plain(&document.id) {
        add("id", id);
    }
    if let Some(date) = &document.date {
        add("date", Line::plain(&date.value.to_string()));
    }
    if let Some(severity) = &document.severity {
        add("severity", severity_line(severity.value));
    }
    if let Some(status) = &document.status {
        add("status", Line::styled(status.value.as_str(), status_style(status.value)));
    }
    let joined = |values: &[Extracted<String>]| {
        let values: Vec<&str> = values.iter().map(|it| it.value.as_str()).collect();
        (!values.is_empty()).then(|| Line::plain(&values.join(", ")))
    };
    if let Some(services) = joined(&document.services) {
        add("services", services);
    }
    if let Some(owners) = joined(&document.owners) {
        add("owners", owners);
    }
    if !document.tags.is_empty() {
        add("tags", tags_line(&document.tags));
    }
    if let Some(project) = plain(&document.project) {
        add("project", project);
    }
    table
}

/// Returns who changed the file last, when and why.
fn commit_line(last: &LastCommit) -> Line {
    let Some(commit) = &last.commit else { return Line::styled("none yet", Style::Warn) };
    let line = Line::plain(&format!("{}, {}: {}", commit.at.format("%Y-%m-%d"), commit.author, commit.subject));
    if last.changed_since { line.with("; changed since", Style::Warn) } else { line }
}

/// Returns the tags, those that were inferred told apart.
fn tags_line(tags: &[RootCauseTag]) -> Line {
    let joined = |inferred: bool| {
        let of_kind = tags.iter().filter(|it| it.is_inferred() == inferred);
        of_kind.map(|it| it.tag.as_str()).collect::<Vec<_>>().join(", ")
    };
    let (stated, inferred) = (joined(false), joined(true));
    let line = Line::plain(&stated);
    if inferred.is_empty() {
        return line;
    }
    let gap = if stated.is_empty() { "" } else { "; " };
    line.with(&format!("{gap}inferred: "), Style::Warn).with(&inferred, Style::Plain)
}

/// Keys of a record that the facts above the body show already.
const SHOWN: [&str; 11] =
    ["id", "title", "kind", "date", "severity", "status", "services", "owners", "project", "tags", "root-causes"];

/// Returns the Markdown below the front matter, without the heading that repeats the title; a YAML record has none and
/// is set as Markdown.
fn body(parsed: &Parsed) -> Cow<'_, str> {
    if let Some(record) = parsed.document.front_matter.as_ref().filter(|it| it.format == FrontMatterFormat::Record) {
        return Cow::Owned(record::to_markdown(record, &SHOWN));
    }
    let body = parsed.text.get(parsed.document.body_start..).unwrap_or(&parsed.text);
    let trimmed = body.trim_start();
    let (first, rest) = trimmed.split_once('\n').unwrap_or((trimmed, ""));
    match first.strip_prefix("# ") {
        Some(heading) if heading.trim() == parsed.document.display_title() => Cow::Borrowed(rest),
        _ => Cow::Borrowed(body),
    }
}
