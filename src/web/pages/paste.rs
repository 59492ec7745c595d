//! Paste an error, a stack trace or a log: "seen before, fixed by this".

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::{Chrome, page};
use crate::kb::{LogHit, LogRequest, LogResults};
use crate::model::Command;
use crate::web::error::WebError;
use crate::web::links;
use crate::web::markdown::{self, SafeHtml};
use crate::web::state::AppState;
use crate::web::view::{Part, SummaryView, date_words, message};

/// Bytes of a paste that are looked at: its last, which is where the trouble is.
const MAX_PASTE: usize = 1 << 20;
const LIMIT: usize = 10;
/// Shared words shown of one hit, and deciding words of the paste.
const MAX_WORDS: usize = 12;
/// Where no document has the message, hits below this part of the best score are folded away.
const FAINT: f32 = 0.3;
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
    notices: Vec<Vec<Part>>,
    hits: Vec<HitView>,
    /// Incidents that share words by chance beside one that has the message, or much less than the best one.
    faint: Vec<HitView>,
    /// Whether the best one has the message itself, not merely some of its words.
    is_seen: bool,
    /// The best one, where it has the message and is not over.
    ongoing: Option<Ongoing>,
}

/// An incident that is not over.
struct Ongoing {
    name: String,
    url: String,
    since: Option<String>,
}

struct HitView {
    document: SummaryView,
    shared: Vec<String>,
    /// Whether there are steps, shown or not.
    has_resolution: bool,
    /// Whether there are steps for other incidents of the document only.
    fixes_elsewhere: bool,
    commands: Vec<CommandView>,
    resolution: Option<SafeHtml>,
    /// Name of the document that the resolution stands in, where it is another one.
    resolution_of: Option<String>,
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
    let chrome = Chrome::new(&app, "paste").live("");
    app.read(move |kb| {
        let answer = if paste.log.trim().is_empty() {
            None
        } else {
            let text = last_megabyte(&paste.log);
            let is_cut = text.len() < paste.log.len();
            let mut results = kb.search_log(&LogRequest::new(text, LIMIT))?;
            results.notices.extend(is_cut.then(|| "The paste is long: its last megabyte was looked at.".to_owned()));
            Some(answer_view(&results))
        };
        let too_long_to_echo = paste.log.len() > MAX_ECHO;
        let log = if too_long_to_echo { String::new() } else { paste.log };
        page(&PastePage { chrome, log, too_long_to_echo, answer })
    })
    .await
}

/// Returns the whole lines at the end of a long text.
fn last_megabyte(text: &str) -> &str {
    let Some(from) = text.len().checked_sub(MAX_PASTE).filter(|from| *from > 0) else { return text };
    let rest = &text[text.ceil_char_boundary(from)..];
    rest.split_once('\n').map_or(rest, |(_, lines)| lines)
}

fn answer_view(results: &LogResults) -> Answer {
    let best = results.hits.first().map_or(0.0, |hit| hit.hit.score);
    let is_seen = results.hits.first().is_some_and(|hit| hit.same_message);
    let is_clear = |hit: &&LogHit| if is_seen { hit.same_message } else { hit.hit.score >= best * FAINT };
    let (clear, faint): (Vec<&LogHit>, _) = results.hits.iter().partition(is_clear);
    // What was looked for may be noise that the best one has not.
    let matched = results.hits.first().filter(|_| is_seen).map_or(&results.words, |hit| &hit.shared);
    Answer {
        words: first_words(matched),
        notices: results.notices.iter().map(|it| message(it)).collect(),
        ongoing: clear.first().filter(|hit| hit.same_message).and_then(|hit| ongoing(hit)),
        is_seen,
        hits: clear.into_iter().map(hit_view).collect(),
        faint: faint.into_iter().map(hit_view).collect(),
    }
}

fn first_words(words: &[String]) -> Vec<String> {
    words.iter().take(MAX_WORDS).cloned().collect()
}

/// Returns the lines of a text without what stands before and behind them, each between two line ends.
fn without_indents(text: &str) -> String {
    text.trim().lines().fold("\n".to_owned(), |lines, line| lines + line.trim() + "\n")
}

/// Returns what is known of the incident of the best hit, where it is not over.
fn ongoing(hit: &LogHit) -> Option<Ongoing> {
    let document = &hit.hit.document;
    let is_open = document.status.is_some_and(|status| !status.is_over());
    is_open.then(|| Ongoing {
        name: document.id.clone().unwrap_or_else(|| document.title.clone()),
        url: links::document(&document.path),
        since: document.date.as_deref().map(date_words),
    })
}

fn hit_view(hit: &LogHit) -> HitView {
    let path = hit.resolution_path.as_ref().unwrap_or(&hit.hit.document.path);
    let steps = hit.resolution.as_deref().unwrap_or_default();
    // The steps are shown whole. A command that stands in them, in a list or not, is not shown again: somebody might
    // run it twice.
    let steps = without_indents(steps);
    let elsewhere = hit.commands.iter().filter(|command| !steps.contains(&without_indents(&command.text)));
    let command = |command: &Command| CommandView {
        language: command.language.clone(),
        text: command.text.clone(),
        url: links::source(path, command.line),
        line: command.line,
    };
    let render = |text: &String| markdown::render(&markdown::Source::fragment(path, text)).html;
    HitView {
        document: SummaryView::from(&hit.hit),
        shared: first_words(&hit.shared),
        has_resolution: hit.resolution_line > 0,
        fixes_elsewhere: hit.fixes_elsewhere,
        commands: elsewhere.map(command).collect(),
        resolution: hit.resolution.as_ref().map(render),
        resolution_of: hit.resolution_path.clone(),
        resolution_url: links::passage(path, hit.resolution_line),
    }
}
