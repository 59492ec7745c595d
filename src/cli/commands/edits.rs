//! Showing planned edits as a unified diff, and writing those that are accepted.

use std::collections::HashSet;
use std::path::PathBuf;

use crate::cli::Context;
use crate::cli::error::CommandError;
use crate::cli::paths::{PathView, given};
use crate::cli::text::{Line, Span, Style};
use crate::kb::{DiffLine, KnowledgeBase, PlannedEdit};

/// Flags of the commands that change documents.
#[derive(Debug, clap::Args)]
pub(super) struct WriteArgs {
    /// Write the change into the documents, after showing it and asking
    #[arg(long)]
    pub(super) write: bool,
    /// Do not ask
    #[arg(long, short = 'y', requires = "write")]
    pub(super) yes: bool,
}

/// Prints the unified diff of a planned edit.
pub(super) fn show(context: &mut Context, edit: &PlannedEdit, paths: &PathView) -> Result<(), CommandError> {
    Ok(context.ui.lines(&lines(edit, paths))?)
}

/// Returns the unified diff of a planned edit for programs.
pub(super) fn diff(edit: &PlannedEdit, paths: &PathView) -> String {
    let text = |line: &Line| line.spans().iter().map(Span::text).chain(["\n"]).collect::<String>();
    lines(edit, paths).iter().map(text).collect()
}

fn lines(edit: &PlannedEdit, paths: &PathView) -> Vec<Line> {
    let path = paths.in_repository(&edit.path);
    let before = if edit.is_new() { "/dev/null".to_owned() } else { format!("a/{path}") };
    let head = [format!("--- {before}"), format!("+++ b/{path}")];
    let mut lines = head.map(|line| Line::styled(&line, Style::Strong)).to_vec();
    let diff = edit.diff();
    if diff.is_empty() {
        lines.push(Line::styled("the same text, its bytes written as UTF-8", Style::Dim));
    }
    lines.extend(diff.into_iter().map(|line| match line {
        DiffLine::Place(text) => Line::styled(text.trim_end(), Style::Code),
        DiffLine::Same(text) => Line::plain(&format!(" {text}")),
        DiffLine::Gone(text) => Line::styled(&format!("-{text}"), Style::Bad),
        DiffLine::New(text) => Line::styled(&format!("+{text}"), Style::Good),
    }));
    lines
}

/// Asks whether to write; `--yes` is the answer where it was given.
pub(super) fn accepted(context: &mut Context, args: &WriteArgs, question: &str) -> Result<bool, CommandError> {
    if args.yes {
        return Ok(true);
    }
    context.ui.confirm(question)?.ok_or_else(|| {
        CommandError::new("nothing was written: there is no terminal to ask on")
            .hint("add `--yes` to write without asking")
    })
}

/// Returns the documents that the paths name, or that lie below them; each once, however often it is named.
pub(super) fn documents(context: &Context, kb: &KnowledgeBase, paths: &[PathBuf]) -> Result<Vec<String>, CommandError> {
    let mut seen = HashSet::new();
    let mut documents = Vec::new();
    for path in paths {
        let found = kb.documents_at(&given(&context.current_dir, path)?)?;
        documents.extend(found.into_iter().filter(|it| seen.insert(it.clone())));
    }
    Ok(documents)
}

/// Writes the edits; returns how many were written. One that fails is told and does not stop the others.
pub(super) fn write(context: &mut Context, kb: &KnowledgeBase, edits: &[PlannedEdit]) -> usize {
    let mut written = 0;
    for edit in edits {
        match kb.write_edit(edit) {
            Ok(()) => written += 1,
            Err(error) => context.ui.error(&error.into()),
        }
    }
    written
}
