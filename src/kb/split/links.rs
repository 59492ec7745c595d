//! Links of other documents to headings of a log that is split.

use percent_encoding::percent_decode_str;

use super::names::link_to;
use super::{Round, SplitDocument};
use crate::kb::edits::PlannedEdit;
use crate::kb::{KbError, KnowledgeBase};
use crate::model::{file_name, join_path, name_of};
use crate::parse::front_matter_of;
use crate::scaffold::retarget;
use crate::store::edit::{conflict_in, utf8};
use crate::store::fs;

/// Returns the edits by which links to headings of the log lead to the new documents. What cannot be edited is told.
pub(super) fn mended(
    kb: &KnowledgeBase,
    log: &str,
    rounds: &[Round],
    documents: &[SplitDocument],
    notices: &mut Vec<String>,
) -> Result<Vec<PlannedEdit>, KbError> {
    let mut edits = Vec::new();
    let is_own = |path: &str| path == log || documents.iter().any(|it| it.edit.path == path);
    for file in fs::walk(kb.root(), &kb.config())?.files.into_iter().filter(|it| !is_own(&it.path)) {
        // A file that cannot be read is told by `ris check`.
        let Ok(before) = fs::resolve(kb.root(), &file.path).and_then(|it| fs::read(&it, kb.config().max_file_size))
        else {
            continue;
        };
        if !may_name(&before, log) {
            continue;
        }
        let text = String::from_utf8_lossy(&before).into_owned();
        let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let start = front_matter_of(&file.path, &text[mark..]).0.map_or(0, |it| it.span.end);
        let new = |target: &str| moved(&file.path, log, rounds, target);
        for line in wiki_lines(&text, log) {
            notices.push(format!("{}:{line} names a heading of the log; it stays as it is.", file.path));
        }
        let Some(after) = retarget(&text[mark..], start, &new) else { continue };
        if utf8(&before).and_then(|_| conflict_in(&before)).is_err() {
            notices.push(format!("{} links to headings of the log and cannot be edited.", file.path));
            continue;
        }
        edits.push(PlannedEdit { path: file.path, before, after: format!("{}{after}", &text[..mark]) });
    }
    Ok(edits)
}

/// Tells whether a file may hold a link to a heading of the log.
fn may_name(bytes: &[u8], log: &str) -> bool {
    let has = |what: &str| memchr::memmem::find(bytes, what.as_bytes()).is_some();
    let name = file_name(log);
    let encoded = name.replace(' ', "%20");
    [format!("{name}#"), format!("{encoded}#"), format!("{}#", name_of(log))].iter().any(|it| has(it))
}

/// Returns the lines with `[[log#heading]]`.
fn wiki_lines(text: &str, log: &str) -> Vec<usize> {
    let name = format!("[[{}#", name_of(log));
    text.lines().enumerate().filter(|(_, line)| line.contains(&name)).map(|(at, _)| at + 1).collect()
}

/// Returns where a link of the document at `from` leads, where it named a heading of the log that moved.
fn moved(from: &str, log: &str, rounds: &[Round], target: &str) -> Option<String> {
    let (file, fragment) = target.split_once('#')?;
    let file = percent_decode_str(file).decode_utf8_lossy();
    if file.is_empty() || join_path(from, &file).as_deref() != Some(log) {
        return None;
    }
    let fragment = format!("#{fragment}");
    rounds.iter().find_map(|round| round.anchors.moved(&fragment, &|home| link_to(from, log, &round.paths, home)))
}
