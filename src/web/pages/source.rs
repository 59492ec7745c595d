//! The source of a document, line by line, with what was found wrong beneath each line.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{Chrome, Located, locate, page};
use crate::diag::Diagnostic;
use crate::kb::{KnowledgeBase, Parsed};
use crate::model::FrontMatterFormat;
use crate::web::error::WebError;
use crate::web::links;
use crate::web::state::AppState;
use crate::web::view::{Part, message};

/// Lines shown; the rest is in the raw file.
const MAX_LINES: usize = 20_000;

#[derive(Template)]
#[template(path = "web/source.html")]
struct SourcePage {
    chrome: Chrome,
    title: String,
    path: String,
    document_url: String,
    raw_url: String,
    lines: Vec<Line>,
    whole_file: Vec<Note>,
    cut: bool,
}

struct Line {
    number: usize,
    text: String,
    notes: Vec<Note>,
}

struct Note {
    level: &'static str,
    message: Vec<Part>,
    hint: Option<Vec<Part>>,
}

/// Shows the source.
pub(in crate::web) async fn show(State(app): State<AppState>, Path(path): Path<String>) -> Result<Response, WebError> {
    let chrome = Chrome::new(&app, "document").live(&path);
    app.read(move |kb| {
        let path = match locate(kb, &path, |path| links::source(path, 0))? {
            Located::Here(path) => path,
            Located::Elsewhere(url) => return Ok(Redirect::to(&url).into_response()),
        };
        kb.locate_file(&path)?;
        let parsed = kb.read(&path)?;
        page(&fill(chrome, &parsed, &text_as_written(kb, &parsed)?))
    })
    .await
}

/// A YAML record is parsed as Markdown with the same lines; people want to see the file.
fn text_as_written(kb: &KnowledgeBase, parsed: &Parsed) -> Result<String, WebError> {
    let document = &parsed.document;
    match &document.front_matter {
        Some(front_matter) if front_matter.format == FrontMatterFormat::Record => {
            Ok(String::from_utf8_lossy(&kb.load_file(&document.path)?).into_owned())
        }
        _ => Ok(parsed.text.clone()),
    }
}

fn fill(chrome: Chrome, parsed: &Parsed, text: &str) -> SourcePage {
    let document = &parsed.document;
    let notes = |line: usize| -> Vec<Note> {
        document.diagnostics.iter().filter(|it| it.line as usize == line).map(note).collect()
    };
    let line =
        |(index, text): (usize, &str)| Line { number: index + 1, text: text.to_owned(), notes: notes(index + 1) };
    SourcePage {
        chrome,
        title: document.display_title().to_owned(),
        path: document.path.clone(),
        document_url: links::document(&document.path),
        raw_url: links::raw(&document.path),
        lines: text.lines().take(MAX_LINES).enumerate().map(line).collect(),
        whole_file: notes(0),
        cut: text.lines().nth(MAX_LINES).is_some(),
    }
}

fn note(diagnostic: &Diagnostic) -> Note {
    Note {
        level: diagnostic.level.as_str(),
        message: message(&diagnostic.message),
        hint: diagnostic.hint.as_deref().map(message),
    }
}
