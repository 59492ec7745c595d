//! The incident's status, set by the smallest edit wherever the report states one.

use crate::kb::edits::replace_in_line;
use crate::kb::{KbError, KnowledgeBase, Parsed, PlannedEdit};
use crate::model::{Document, Extracted, OriginKind, StatusState, capitalised};
use crate::parse::parse;
use crate::store::edit::{Change, EditError, conflict_in, edit};
use crate::store::fs;

/// Plans the changes by which the incident states `state`: in the document that stands for it, the first of `sources`, and
/// in every other report of it that states less.
pub(super) fn plan_all(
    kb: &KnowledgeBase,
    sources: &[Parsed],
    state: StatusState,
) -> Result<Vec<PlannedEdit>, KbError> {
    let states = |it: &Document| it.kind.value.is_report() && it.status.is_some();
    let wanted = sources.iter().map(|it| &it.document).enumerate().filter(|(at, it)| *at == 0 || states(it));
    let plans = wanted.map(|(_, it)| plan(kb, &it.path, state)).collect::<Result<Vec<_>, _>>()?;
    Ok(plans.into_iter().flatten().collect())
}

/// Plans the change by which the document at `path` states `state`; `None` where it is as far already.
fn plan(kb: &KnowledgeBase, path: &str, state: StatusState) -> Result<Option<PlannedEdit>, KbError> {
    let before = fs::read(&fs::resolve(kb.root(), path)?, kb.config().max_file_size)?;
    let document = kb.read(path)?.document;
    if document.status.as_ref().is_some_and(|it| it.value >= state) {
        return Ok(None);
    }
    let fail = |error| KbError::Edit { path: path.to_owned(), error };
    conflict_in(&before).map_err(fail)?;
    let after = changed(path, &before, &document, state).map_err(fail)?;
    let read = parse(path, after.as_bytes(), &kb.current_config().parse_options()).document;
    let stated = read.status.as_ref().is_some_and(|it| it.value == state);
    if !stated || read.title != document.title && read.status.is_none() {
        let line = document.status.as_ref().map_or(0, |it| it.origin.line as usize);
        return Err(fail(refuse(line, format!("the status cannot be set to `{}`", state.as_str()))));
    }
    Ok(Some(PlannedEdit { path: path.to_owned(), before, after }))
}

fn refuse(line: usize, message: String) -> EditError {
    EditError { line, message, hint: "set it by hand, then run the command again with `--again`".to_owned() }
}

/// Sets every reading that says something else: one at the foot would contradict the one at the head.
fn changed(path: &str, before: &[u8], document: &Document, state: StatusState) -> Result<String, EditError> {
    let text = std::str::from_utf8(before).map_err(|_| refuse(0, "the file is not UTF-8".to_owned()))?;
    let mut text = text.to_owned();
    let mut changes = Vec::new();
    let stated: Vec<&Extracted<StatusState>> = document.status.iter().chain(&document.other_statuses).collect();
    for status in stated.iter().filter(|it| it.value < state) {
        if status.origin.kind == OriginKind::FrontMatter {
            changes.push(Change::Set { key: key_at(document, status.origin.line), value: like(&status.raw, state) });
            continue;
        }
        let line = status.origin.line as usize;
        let words = words_of(&status.raw);
        text = replace_in_line(&text, line, words, &like(words, state))
            .ok_or_else(|| refuse(line, format!("`{words}` does not stand once on this line")))?;
    }
    if stated.is_empty() {
        changes.push(Change::Set { key: "status".to_owned(), value: state.as_str().to_owned() });
    }
    edit(path, text.as_bytes(), &changes)
}

fn key_at(document: &Document, line: u32) -> String {
    let entries = document.front_matter.iter().flat_map(|block| &block.entries);
    entries.into_iter().find(|entry| entry.line == line).map_or("status", |entry| entry.path.as_str()).to_owned()
}

/// Returns the words of a status without the remark behind them: `OPEN` of `OPEN, one item is left`.
fn words_of(raw: &str) -> &str {
    let raw = raw.trim_matches(|c: char| !c.is_alphanumeric());
    let end = raw.find(|c: char| !(c.is_alphanumeric() || c == ' ' || c == '-')).unwrap_or(raw.len());
    let words = raw[..end].trim();
    words.split(" - ").next().unwrap_or(words)
}

/// Writes the state as the old one is written.
fn like(old: &str, state: StatusState) -> String {
    let word = state.as_str();
    let letters = || old.chars().filter(|c| c.is_alphabetic());
    if letters().count() > 1 && letters().all(char::is_uppercase) {
        return word.to_uppercase();
    }
    if letters().next().is_some_and(char::is_uppercase) {
        return capitalised(word);
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_is_written_as_the_old_one_is() {
        for (raw, words, expected) in [
            ("OPEN, rotation still to come", "OPEN", "RESOLVED"),
            ("🔴 In progress", "In progress", "Resolved"),
            ("investigating", "investigating", "resolved"),
            ("Mitigated (see below)", "Mitigated", "Resolved"),
        ] {
            assert_eq!(words_of(raw), words);
            assert_eq!(like(words, StatusState::Resolved), expected);
        }
    }
}
