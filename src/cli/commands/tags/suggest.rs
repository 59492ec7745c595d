//! `ris tags suggest`: what documents could state, and why.

use std::path::PathBuf;

use serde_json::json;

use crate::cli::commands::edits::{WriteArgs, accepted, documents, show, write};
use crate::cli::error::{CommandError, Ended};
use crate::cli::paths::PathView;
use crate::cli::text::{Line, Style};
use crate::cli::{Context, complete};
use crate::kb::{KnowledgeBase, PlannedEdit, Suggestion};
use crate::model::{RootCauseTag, counted};

const EXAMPLES: &str = "\
Examples:
  ris tags suggest incidents/2025/INC-2025-04-dns-resolver.md
  ris tags suggest incidents --format json
  ris tags suggest incidents --tag missing-alert --write
  ris tags suggest incidents/2025/INC-2025-04-dns-resolver.md --write --yes";

/// Show the tags that documents could state, with the words that speak for each
///
/// With --write the tags go into the front matter: by the smallest edit, shown as a diff first.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct SuggestArgs {
    /// Documents, or folders of documents
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only this tag; may be given more than once
    #[arg(long, value_delimiter = ',', value_name = "TAG", add = complete::tags())]
    tag: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

/// Runs the command.
pub(super) fn run(context: &mut Context, args: &SuggestArgs) -> Result<Ended, CommandError> {
    let kb = context.open()?;
    let paths = PathView::new(kb.root(), &context.current_dir);
    let suggestions = suggestions(context, &kb, args)?;
    if !context.ui.is_json() {
        for suggestion in &suggestions {
            print(context, suggestion, &paths)?;
        }
    }
    let (written, ended) = match (suggestions.is_empty(), args.write.write) {
        (true, _) => {
            context.ui.notice("Nothing speaks for a tag that is not stated already.");
            (0, Ended::No)
        }
        (false, true) => state(context, &kb, args, &suggestions, &paths)?,
        (false, false) => (0, Ended::Done),
    };
    if context.ui.is_json() {
        let shown: Vec<_> = suggestions.iter().map(to_json).collect();
        context.ui.json(&json!({"schema": 1, "suggestions": shown, "written": written}))?;
    }
    Ok(ended)
}

/// Returns the suggestions of all documents that have any.
fn suggestions(context: &Context, kb: &KnowledgeBase, args: &SuggestArgs) -> Result<Vec<Suggestion>, CommandError> {
    let taxonomy = kb.taxonomy();
    let wanted: Vec<String> = args.tag.iter().map(|tag| taxonomy.canonical(tag)).collect();
    let mut found = Vec::new();
    for document in documents(context, kb, &args.paths)? {
        let mut suggestion = kb.suggest_tags(&document)?;
        suggestion.inferred.retain(|it| wanted.is_empty() || wanted.contains(&it.tag));
        if !suggestion.inferred.is_empty() {
            found.push(suggestion);
        }
    }
    Ok(found)
}

fn to_json(suggestion: &Suggestion) -> serde_json::Value {
    let because = |it: &RootCauseTag| -> Vec<_> {
        it.because.iter().map(|it| json!({"words": it.words, "line": it.line})).collect()
    };
    let inferred: Vec<_> =
        suggestion.inferred.iter().map(|it| json!({"tag": it.tag, "because": because(it)})).collect();
    json!({"path": suggestion.path, "title": suggestion.title, "stated": suggestion.stated, "suggested": inferred})
}

fn print(context: &mut Context, suggestion: &Suggestion, paths: &PathView) -> Result<(), CommandError> {
    context.ui.line(&Line::styled(&suggestion.title, Style::Title))?;
    context.ui.line(&Line::styled(&paths.show(&suggestion.path), Style::Link).indented(2))?;
    if !suggestion.stated.is_empty() {
        let stated = format!("stated: {}", suggestion.stated.join(", "));
        context.ui.line(&Line::styled(&stated, Style::Dim).indented(2))?;
    }
    for tag in &suggestion.inferred {
        context.ui.line(&Line::styled(&tag.tag, Style::Strong).indented(2))?;
        for evidence in &tag.because {
            let place = format!("line {}: ", evidence.line);
            let line = Line::styled(&place, Style::Dim).with(&format!("“{}”", evidence.words), Style::Plain);
            context.ui.line(&line.indented(4))?;
        }
    }
    Ok(())
}

/// Writes what was suggested and is accepted.
fn state(
    context: &mut Context,
    kb: &KnowledgeBase,
    args: &SuggestArgs,
    suggestions: &[Suggestion],
    paths: &PathView,
) -> Result<(usize, Ended), CommandError> {
    let mut planned: Vec<PlannedEdit> = Vec::new();
    let mut ended = Ended::Done;
    for suggestion in suggestions {
        let tags: Vec<String> = suggestion.inferred.iter().map(|it| it.tag.clone()).collect();
        match kb.plan_tags(&suggestion.path, &tags) {
            Ok(edit) => planned.push(edit),
            Err(error) => {
                context.ui.error(&error.into());
                ended = Ended::Failed;
            }
        }
    }
    if !context.ui.is_json() {
        for edit in &planned {
            context.ui.blank()?;
            show(context, edit, paths)?;
        }
    }
    let documents = counted(planned.len(), "document", "documents");
    if planned.is_empty() || !accepted(context, &args.write, &format!("Write this into {documents}?"))? {
        context.ui.notice("Nothing was written.");
        return Ok((0, if planned.is_empty() { ended } else { Ended::No }));
    }
    let written = write(context, kb, &planned);
    context.ui.notice(&format!("Tags were stated in {}.", counted(written, "document", "documents")));
    Ok((written, if written < planned.len() { Ended::Failed } else { ended }))
}
