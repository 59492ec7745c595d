//! Paste an error, a stack trace or a log: "seen before, fixed by this".

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::{Chrome, page};
use crate::kb::{LogHit, LogRequest, LogResults};
use crate::web::error::WebError;
use crate::web::links;
use crate::web::markdown::{self, SafeHtml};
use crate::web::state::AppState;
use crate::web::view::SummaryView;

const MAX_PASTE: usize = 1 << 20;
const LIMIT: usize = 10;
/// Shared words shown of one hit, and deciding words of the paste.
const MAX_WORDS: usize = 12;
/// A paste above this many bytes is not sent back in the form.
const MAX_ECHO: usize = 20_000;

#[derive(Template)]
#[template(path = "web/paste.html")]
struct PastePage {
    chrome: Chrome,
    log: String,
    too_long_to_echo: bool,
    answer: Option<Answer>,
}

struct Answer {
    words: Vec<String>,
    hits: Vec<HitView>,
}

struct HitView {
    document: SummaryView,
    shared: Vec<String>,
    commands: Vec<CommandView>,
    resolution: Option<SafeHtml>,
    resolution_url: String,
}

struct CommandView {
    language: String,
    text: String,
    url: String,
    line: u32,
}

/// The form.
#[derive(Deserialize)]
pub(in crate::web) struct Paste {
    #[serde(default)]
    log: String,
}

/// Shows the empty form.
pub(in crate::web) async fn form(State(app): State<AppState>) -> Result<Response, WebError> {
    let chrome = Chrome::new(&app, "paste").live("");
    page(&PastePage { chrome, log: String::new(), too_long_to_echo: false, answer: None })
}

/// Answers a paste.
pub(in crate::web) async fn answer(
    State(app): State<AppState>,
    Form(paste): Form<Paste>,
) -> Result<Response, WebError> {
    if paste.log.len() > MAX_PASTE {
        return Err(WebError::TooLarge("A paste may hold one megabyte. Send the part around the first error.".into()));
    }
    let chrome = Chrome::new(&app, "paste").live("");
    app.read(move |kb| {
        let answer = if paste.log.trim().is_empty() {
            None
        } else {
            let results = kb.search_log(&LogRequest { text: paste.log.clone(), limit: LIMIT })?;
            Some(answer_view(&results))
        };
        let too_long_to_echo = paste.log.len() > MAX_ECHO;
        let log = if too_long_to_echo { String::new() } else { paste.log };
        page(&PastePage { chrome, log, too_long_to_echo, answer })
    })
    .await
}

fn answer_view(results: &LogResults) -> Answer {
    let words = |words: &[String]| words.iter().take(MAX_WORDS).cloned().collect();
    let hit = |hit: &LogHit| {
        let path = &hit.hit.document.path;
        HitView {
            document: SummaryView::from(&hit.hit),
            shared: words(&hit.shared),
            commands: hit
                .commands
                .iter()
                .map(|command| CommandView {
                    language: command.language.clone(),
                    text: command.text.clone(),
                    url: links::source(path, command.line),
                    line: command.line,
                })
                .collect(),
            resolution: hit
                .resolution
                .as_ref()
                .map(|text| markdown::render(&markdown::Source::fragment(path, text)).html),
            resolution_url: links::passage(path, hit.resolution_line),
        }
    };
    Answer { words: words(&results.words), hits: results.hits.iter().map(hit).collect() }
}
