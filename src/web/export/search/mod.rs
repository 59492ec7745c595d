//! Search without a server: what the script of the search page loads, written as scripts, since a page that was opened from
//! a disk may load nothing else.
//!
//! `search/index.js` has a few letters of every document and which words are in which script; `search/w/` has the words;
//! `search/d/` has what a hit shows of each document.

mod shards;
mod words;

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use self::shards::{Inverted, digit};
use self::words::{Words, words};
use super::ExportError;
use super::crawl::Crawl;
use super::names::relative;
use crate::kb::{DocumentSummary, KbError, Parsed};
use crate::model::{Kind, StatusState};
use crate::web::view::kind_label;

/// Documents whose words are in memory at one time.
const BATCH: usize = 128;
/// Bytes of a text that passages are taken from.
const MAX_TEXT: usize = 24 << 10;
/// Commands of a resolution that a hit shows.
const MAX_COMMANDS: usize = 6;
/// Steps in which the length of a text is told, by which it grows to e times what it was.
const LENGTH_STEPS: f32 = 2.5;

/// Writes what is needed to search `documents`, whose pages are written and which are in the order in which equal hits stand.
/// Returns how many bytes that took.
pub(super) fn write(crawl: &Crawl, documents: &[DocumentSummary]) -> Result<usize, ExportError> {
    let bytes = AtomicUsize::new(0);
    let put = |path: &str, text: &str| {
        bytes.fetch_add(text.len(), Ordering::Relaxed);
        crawl.put(path, text.as_bytes())
    };
    let (mut inverted, mut lengths) = (Inverted::default(), Vec::with_capacity(documents.len()));
    for (at, batch) in documents.chunks(BATCH).enumerate() {
        let first = at * BATCH;
        let read = |(number, summary): (usize, &DocumentSummary)| -> Result<Words, ExportError> {
            let parsed = crawl.app().kb().read(&summary.path)?;
            let file = crawl.file_of(&summary.path);
            let shown = document(first + number, summary, &parsed, &file, &crawl.lines_of(&file));
            put(&format!("search/d/{}.js", first + number), &shown)?;
            Ok(words(summary, &parsed))
        };
        for (number, words) in on_two(batch, read).into_iter().enumerate() {
            let words = words?;
            lengths.push(words.length);
            inverted.add(u32::try_from(first + number).unwrap_or(u32::MAX), words.weights);
        }
    }
    let shards = inverted.shards();
    let prefixes: Vec<&str> = shards.iter().map(|(prefix, _)| prefix.as_str()).collect();
    put("search/index.js", &index(documents, &lengths, &prefixes))?;
    for (prefix, script) in &shards {
        put(&shards::file(prefix), script)?;
    }
    Ok(bytes.into_inner())
}

/// Does `work` for each on two threads; the answers are in order.
fn on_two<T: Sync, U: Send>(all: &[T], work: impl Fn((usize, &T)) -> U + Sync) -> Vec<U> {
    let half = all.len().div_ceil(2);
    let (front, back) = all.split_at(half);
    std::thread::scope(|scope| {
        let work = &work;
        let other =
            scope.spawn(move || back.iter().enumerate().map(|(at, it)| work((half + at, it))).collect::<Vec<_>>());
        let mut made: Vec<U> = front.iter().enumerate().map(work).collect();
        match other.join() {
            Ok(others) => made.extend(others),
            // A fault of ours, which is told as every other one.
            Err(fault) => std::panic::resume_unwind(fault),
        }
        made
    })
}

/// Returns the script with what is known of every document before any is opened.
fn index(documents: &[DocumentSummary], lengths: &[usize], prefixes: &[&str]) -> String {
    let each = |letter: &dyn Fn(&DocumentSummary) -> char| documents.iter().map(letter).collect::<String>();
    let statuses: Vec<&str> = StatusState::ALL.iter().map(|it| it.as_str()).collect();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|it| kind_label(*it)).collect();
    let place = |found: Option<usize>| found.map_or('-', digit);
    let length = |words: usize| digit(((words as f32 + 1.0).ln() * LENGTH_STEPS) as usize);
    let about = json!({
        "length": lengths.iter().map(|it| length(*it)).collect::<String>(),
        "severity": each(&|it| it.severity.map_or('-', |severity| digit(usize::from(severity.level())))),
        "status": each(&|it| place(it.status.and_then(|status| StatusState::ALL.iter().position(|one| *one == status)))),
        "kind": each(&|it| place(Kind::ALL.iter().position(|kind| *kind == it.kind))),
        "years": years(documents),
        "statuses": statuses,
        "kinds": kinds,
        "words": prefixes,
    });
    format!("ris.index({about});\n")
}

/// Returns how many documents of each year follow each other.
fn years(documents: &[DocumentSummary]) -> Vec<(String, usize)> {
    let mut runs: Vec<(String, usize)> = Vec::new();
    for document in documents {
        let year = super::lists::year(document);
        match runs.last_mut().filter(|(last, _)| *last == year) {
            Some((_, count)) => *count += 1,
            None => runs.push((year.to_owned(), 1)),
        }
    }
    runs
}

/// Returns the script with what a hit shows of a document.
fn document(number: usize, summary: &DocumentSummary, parsed: &Parsed, file: &str, lines: &[u32]) -> String {
    let text = parsed.text.get(parsed.document.body_start..).unwrap_or_default();
    let text = without_targets(&text[..text.floor_char_boundary(MAX_TEXT)]);
    let first = parsed.text[..parsed.document.body_start.min(parsed.text.len())].matches('\n').count() + 1;
    let mut shown = json!({
        "title": summary.title, "url": relative("search.html", file), "path": summary.path, "text": text, "line": first,
        "passages": lines,
    });
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            shown[name] = value;
        }
    };
    set("id", summary.id.as_ref().map(|it| json!(it)));
    set("date", summary.date.as_ref().map(|it| json!(it)));
    set("severity", summary.severity.map(|it| json!(it.word())));
    set("status", summary.status.map(|it| json!(it.as_str())));
    set("services", (!summary.services.is_empty()).then(|| json!(summary.services)));
    let commands: Vec<&str> = parsed.document.commands.iter().take(MAX_COMMANDS).map(|it| it.text.as_str()).collect();
    set("commands", (!commands.is_empty()).then(|| json!(commands)));
    format!("ris.document({number},{shown});\n")
}

/// Returns Markdown with the words of its links and images alone, which are what people read; every line stays one.
fn without_targets(text: &str) -> String {
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("](") {
        let (words, target) = rest.split_at(at);
        let end = target.find([')', '\n']).filter(|end| target.as_bytes()[*end] == b')');
        plain.push_str(words);
        let line = plain.rfind('\n').map_or(0, |at| at + 1);
        match (end, plain[line..].rfind('[')) {
            (Some(end), Some(open)) => {
                let is_image = plain[..line + open].ends_with('!');
                plain.replace_range(line + open - usize::from(is_image)..=line + open, "");
                rest = &target[end + 1..];
            }
            _ => {
                plain.push_str("](");
                rest = &target[2..];
            }
        }
    }
    plain + rest
}

impl From<KbError> for ExportError {
    fn from(error: KbError) -> Self {
        Self::Kb(error)
    }
}

#[cfg(test)]
mod tests {
    use super::without_targets;

    #[test]
    fn passages_have_no_targets_of_links() {
        let text = "See [INC-1](../a.md), ![a plot](p.png)\n[x]: y, a[0](\nf](b) and 漢[字](z)字";
        assert_eq!(without_targets(text), "See INC-1, a plot\n[x]: y, a[0](\nf](b) and 漢字字");
        assert_eq!(without_targets("no links"), "no links");
    }
}
