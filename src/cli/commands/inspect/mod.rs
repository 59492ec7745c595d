//! `ris inspect`: what was read from a file, from which line, and what is wrong with it. Needs no knowledge base.

mod facts;
mod parts;

use std::path::{Path, PathBuf};

use unicode_width::UnicodeWidthStr;

use crate::cli::Context;
use crate::cli::error::{CommandError, Ended};
use crate::cli::report::Report;
use crate::cli::text::{Line, Style};
use crate::cli::wrap::wrap;
use crate::diag::{Level, SourceLine};
use crate::kb::{Parsed, inspect_file};
use crate::model::{Document, Inspected, Outcome, counted};

const EXAMPLES: &str = "\
Examples:
  ris inspect incidents/2026/INC-2026-08-portal-502.md
  ris inspect incidents/2026/*.md --format json | jq .severity";

/// Show what is read from a file, from which line, and what is wrong with it
///
/// Works on any file, inside a knowledge base or not. Every value is `stated` by a person or `inferred` by ris.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct InspectArgs {
    /// Files to read
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Diagnostics shown of one file; JSON has them all.
const MOST_DIAGNOSTICS: usize = 50;

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &InspectArgs) -> Result<Ended, CommandError> {
    let mut ended = Ended::Done;
    let mut first = true;
    for file in &args.files {
        let parsed = match read(file) {
            Ok(parsed) => parsed,
            Err(error) => {
                context.ui.error(&error);
                ended = Ended::Failed;
                continue;
            }
        };
        if context.ui.is_json() {
            context.ui.json(&Inspected(&parsed.document))?;
            continue;
        }
        if !std::mem::take(&mut first) {
            context.ui.blank()?;
            context.ui.line(&Line::styled(&"─".repeat(context.ui.width()), Style::Dim))?;
        }
        print(context, &parsed)?;
    }
    Ok(ended)
}

/// Reads one file; its path is shown as the user gave it.
fn read(file: &Path) -> Result<Parsed, CommandError> {
    let path = file.to_string_lossy().into_owned();
    if file.is_dir() {
        let error = CommandError::new(format!("`{path}` is a folder"));
        return Err(error.hint("name the files in it, or account for all of them with `ris index --status`"));
    }
    let mut parsed = inspect_file(file)?;
    parsed.document.path = path;
    Ok(parsed)
}

fn print(context: &mut Context, parsed: &Parsed) -> Result<(), CommandError> {
    let width = context.ui.width();
    let document = &parsed.document;
    context.ui.lines(&wrap(&Line::styled(document.display_title(), Style::Title), width))?;
    context.ui.lines(&wrap(&head(document), width))?;
    let place = Place::new(&document.path, width);
    let sections = [
        ("", facts::facts(document, &place)),
        ("Times", facts::times(document, &place)),
        ("Durations", parts::durations(document, &place)),
        ("Timeline", parts::timeline(document)),
        ("Action items", parts::action_items(document)),
        ("References", parts::references(document)),
        ("Compliance", parts::compliance(document, &place)),
        ("Sections", if context.ui.is_verbose() { parts::sections(document) } else { Default::default() }),
    ];
    for (title, table) in sections {
        if table.is_empty() {
            continue;
        }
        context.ui.blank()?;
        if !title.is_empty() {
            context.ui.line(&Line::styled(title, Style::Title).with(&parts::count(document, title), Style::Dim))?;
        }
        for line in table.render(width.saturating_sub(2)) {
            context.ui.line(&line.indented(2))?;
        }
    }
    print_diagnostics(context, parsed)
}

fn head(document: &Document) -> Line {
    let (outcome, style) = match document.outcome {
        Outcome::Parsed => ("parsed", Style::Good),
        Outcome::Partial => ("read in part", Style::Warn),
        Outcome::Rejected => ("rejected", Style::Bad),
    };
    let mut line = Line::styled(&document.path, Style::Link).with(" · ", Style::Dim).with(outcome, style);
    if let Some(language) = document.language {
        line.push(" · ", Style::Dim);
        line.push(&format!("language {language}"), Style::Plain);
    }
    line
}

fn print_diagnostics(context: &mut Context, parsed: &Parsed) -> Result<(), CommandError> {
    let document = &parsed.document;
    let mut diagnostics: Vec<_> = document.diagnostics.iter().collect();
    if diagnostics.is_empty() {
        return Ok(());
    }
    diagnostics.sort_by_key(|it| it.line);
    let of = |level| diagnostics.iter().filter(|it| it.level == level).count();
    let counts = [
        counted(of(Level::Error), "error", "errors"),
        counted(of(Level::Warning), "warning", "warnings"),
        counted(of(Level::Note), "note", "notes"),
    ];
    context.ui.blank()?;
    let title = Line::styled("Diagnostics", Style::Title).with(&format!("  {}", counts.join(", ")), Style::Dim);
    context.ui.line(&title)?;
    for diagnostic in diagnostics.iter().take(MOST_DIAGNOSTICS) {
        context.ui.blank()?;
        let source = SourceLine::find(&parsed.text, diagnostic.line, diagnostic.span);
        context.ui.report(&Report { path: &document.path, source: source.as_ref(), diagnostic })?;
    }
    if let more @ 1.. = diagnostics.len().saturating_sub(MOST_DIAGNOSTICS) {
        context.ui.blank()?;
        context.ui.line(&Line::styled(&format!("… and {more} more; --format json has them all"), Style::Dim))?;
    }
    Ok(())
}

/// How the place of a value is shown: `file:line`, the file by its name alone where the path takes too much of the
/// line, and by nothing where its name does too (the path stands under the title).
pub(super) struct Place {
    file: String,
}

impl Place {
    fn new(path: &str, width: usize) -> Self {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let file = [path, name].into_iter().find(|it| it.width() * 5 <= width).unwrap_or_default();
        Self { file: file.to_owned() }
    }

    /// Returns `file:line`, or the file alone where the value has no line.
    pub(super) fn at(&self, line: u32) -> Line {
        let text = match (line, self.file.as_str()) {
            (0, file) => file.to_owned(),
            (line, file) => format!("{file}:{line}"),
        };
        Line::styled(&text, Style::Dim)
    }
}
