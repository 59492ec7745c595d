//! Status: the first reading of the header zone wins; a different one at the foot is kept beside it.

use super::Source;
use crate::model::{Document, Extracted, Kind, Origin, OriginKind, StatusState, TimelineMark};
use crate::parse::labels::{Labelled, Zone};
use crate::parse::outline::BlockKind;
use crate::parse::vocabulary::{LabelRole, StatusWord, Vocabulary, fold};
use crate::parse::when;

type Reading = Extracted<StatusState>;

/// Last words are at most so long.
const LONGEST_CLOSING: usize = 100;

/// An entry of a log has at most so many blocks.
const LONGEST_ENTRY: usize = 200;

pub(super) fn extract(source: &Source<'_>, document: &Document) -> (Option<Reading>, Vec<Reading>) {
    let read = |label: &Labelled<'_>| Some(Extracted::new(parse(label.value)?, label.value, label.origin));
    let zone = |zone: Zone| -> Vec<Reading> {
        let of_document = |label: &&Labelled<'_>| label.zone == zone && !is_of_log_entry(source, label);
        source.labelled(LabelRole::Status).filter(of_document).filter_map(read).collect()
    };
    let mut readings = zone(Zone::FrontMatter);
    readings.extend(from_flag(source).filter(|_| readings.is_empty()));
    readings.extend(zone(Zone::Header));
    if readings.is_empty() {
        readings.extend(source.labelled_in(LabelRole::StatusWeak, &[Zone::Header]).filter_map(read));
    }
    // A state that is none of those known is another than those that are (`Rejected` of one of several theories).
    let foreign = source.labelled(LabelRole::Status).any(|label| label.zone == Zone::Body && is_foreign(label.value));
    let body = from_body(zone(Zone::Body), foreign);
    let foot = zone(Zone::Footer);
    let speaks = |reading: &Reading| reading.origin.kind == OriginKind::Heading;
    if readings.is_empty() || body.as_ref().is_some_and(speaks) {
        readings.extend(body);
    }
    readings.extend(foot);
    if readings.is_empty() {
        let told = from_image(source).or_else(|| from_timeline(source, document)).or_else(|| from_title(document));
        readings.extend(told.or_else(|| from_foot(source)));
    }
    let mut readings = readings.into_iter();
    let Some(first) = readings.next() else { return (None, Vec::new()) };
    let others = readings.filter(|other| other.value != first.value).collect();
    (Some(first), others)
}

/// `[RESOLVED] Mail queue stuck`, `Mail queue stuck (resolved)`, `Mail queue stuck — resolved`.
fn from_title(document: &Document) -> Option<Reading> {
    let title = document.title.as_ref()?;
    let text = title.value.trim();
    let first = || text.strip_prefix(['[', '(']).and_then(|rest| rest.split_once([']', ')'])).map(|(inner, _)| inner);
    let last = || text.strip_suffix([']', ')']).and_then(|rest| rest.rsplit_once(['[', '('])).map(|(_, inner)| inner);
    let behind = || [" — ", " – ", " - ", ": "].iter().find_map(|it| text.rsplit_once(it)).map(|(_, rest)| rest);
    let said = [first(), last(), behind()].into_iter().flatten();
    let raw = said.into_iter().find(|it| read_whole(it).is_some())?;
    Some(Extracted::new(parse(raw)?, raw, title.origin))
}

/// `![Resolved](green.png)` below `## Status` or behind `Status:`: what the image stands for is told by its text.
fn from_image(source: &Source<'_>) -> Option<Reading> {
    memchr::memmem::find(source.text.as_bytes(), b"![")?;
    let text_of = |line: u32| {
        let line = source.text[source.lines.start(line)..].lines().next()?;
        line.split_once("![").and_then(|(_, rest)| rest.split_once(']')).map(|(text, _)| text)
    };
    let blocks = &source.outline.blocks;
    let sections = source.outline.sections.iter().filter(|section| section.label.means(LabelRole::Status));
    let below = sections.filter_map(|section| {
        let block = blocks.get(section.blocks.start + 1)?;
        let is_image = block.kind == BlockKind::Paragraph && source.outline.text(block).trim().is_empty();
        is_image.then_some((block.line, OriginKind::Heading))
    });
    let empty = source.labelled(LabelRole::Status).filter(|label| label.value.is_empty() && label.zone != Zone::Body);
    let behind = empty.map(|label| (label.origin.line, label.origin.kind));
    below.chain(behind).find_map(|(line, kind)| {
        let text = text_of(line)?;
        Some(Extracted::new(parse(text)?, text, Origin::new(kind, line)))
    })
}

/// `✅ Incident resolved` in the last words of all, below the last rule.
fn from_foot(source: &Source<'_>) -> Option<Reading> {
    let blocks = &source.outline.blocks;
    let rule = blocks.iter().rposition(|block| block.kind == BlockKind::Rule)?;
    let foot = &blocks[rule + 1..];
    if foot.iter().any(|block| block.kind != BlockKind::Paragraph) {
        return None;
    }
    foot.iter().filter(|block| block.text.len() <= LONGEST_CLOSING).find_map(|block| {
        let text = source.outline.text(block).trim();
        let folded = fold(text);
        let (_, start, _) = source.words.status.first(&folded)?;
        let subject = folded[..start].trim_end();
        let incident = source.words.kinds.whole(subject).any(|kind| kind == Kind::Incident);
        let state = incident.then(|| parse(text)).flatten()?;
        Some(Extracted::new(state, text, Origin::new(OriginKind::Inferred, block.line)))
    })
}

/// A label inside an item below a line that is only a date says something of that entry of a log.
fn is_of_log_entry(source: &Source<'_>, label: &Labelled<'_>) -> bool {
    if label.origin.kind != OriginKind::List {
        return false;
    }
    let blocks = &source.outline.blocks;
    let at = blocks.partition_point(|block| block.line <= label.origin.line);
    if at == 0 || blocks[at - 1].parent.is_none() {
        return false;
    }
    let mut before = blocks[..at].iter().rev().take(LONGEST_ENTRY);
    let above = before.find(|block| block.parent.is_none() && !matches!(block.kind, BlockKind::Item { .. }));
    above.is_some_and(|block| {
        let text = source.outline.text(block).trim().trim_end_matches(':');
        let scanned = when::scan_start(text, &source.when(None));
        block.kind == BlockKind::Paragraph
            && scanned.is_some_and(|it| it.end == text.len() && it.when.date.is_some() && it.when.time.is_none())
    })
}

/// `resolved: true` in front matter, as status pages have it.
fn from_flag(source: &Source<'_>) -> Option<Reading> {
    source.labelled_in(LabelRole::Resolved, &[Zone::FrontMatter]).find_map(|label| {
        let state = match label.value {
            "true" => StatusState::Resolved,
            "false" => StatusState::Open,
            _ => return None,
        };
        Some(Extracted::new(state, label.value, label.origin))
    })
}

/// A heading speaks for the document, and so does a table of facts; labels do only where there is one of them or all
/// agree, since documents with several bugs give each its own.
fn from_body(readings: Vec<Reading>, foreign: bool) -> Option<Reading> {
    let heading = readings.iter().find(|reading| reading.origin.kind == OriginKind::Heading);
    if let Some(reading) = heading {
        return Some(reading.clone());
    }
    let agree = |of: &[&Reading]| of.iter().all(|other| other.value == of[0].value);
    let tables: Vec<&Reading> = readings.iter().filter(|reading| reading.origin.kind == OriginKind::Table).collect();
    if !tables.is_empty() && agree(&tables) {
        return Some(tables[0].clone());
    }
    let first = readings.first()?;
    (!foreign && readings.len() <= 2 && readings.iter().all(|other| other.value == first.value)).then(|| first.clone())
}

fn is_foreign(value: &str) -> bool {
    value.chars().any(char::is_alphanumeric) && Vocabulary::get().status.first(&fold(value)).is_none()
}

/// A key event that is nothing but `Resolved 2020-02-12 12:07` says that the incident is resolved.
fn from_timeline(source: &Source<'_>, document: &Document) -> Option<Reading> {
    let resolved = document.times.resolved.as_ref()?;
    // `End: 16:30` says when it ended, not that somebody called it resolved.
    let line = source.text[source.lines.start(resolved.origin.line)..].lines().next()?;
    let state = parse(line).filter(|state| matches!(state, StatusState::Resolved | StatusState::Closed))?;
    // `Time resolved: 16:30` is a field of a form; `Resolved 16:30` was written of this incident.
    let cell = line.trim_start().strip_prefix('|').and_then(|row| row.split('|').next());
    let label = cell.or_else(|| line.split_once([':', '：']).map(|(label, _)| label)).unwrap_or("");
    let role = source.words.label(&fold(label)).means(LabelRole::Resolved);
    if role && read_whole(label).is_none() {
        return None;
    }
    let origin = Origin::new(resolved.origin.kind, resolved.origin.line);
    let said = match resolved.origin.kind {
        OriginKind::List => true,
        OriginKind::Label | OriginKind::Table => role,
        _ => false,
    };
    (said && (resolved.value.time.is_some() || role)).then(|| Extracted::new(state, resolved.raw.clone(), origin))
}

/// Reads a status value; `None` for states of the text (draft, approved) and for what is no status.
pub(super) fn parse(value: &str) -> Option<StatusState> {
    // What ends with a colon is a label of its own.
    if value.trim_end().ends_with([':', '：'])
        || (value.starts_with(['[', '<', '{']) && value.contains(['|', '/']))
        || offers_a_choice(value)
    {
        return None;
    }
    // `Open → Resolved`, `was open, now resolved`: the last one is what it is. Most values are a word or two.
    if value.is_ascii() && !value.bytes().any(|byte| matches!(byte, b'>' | b'w')) {
        return read(value);
    }
    let changes = ["→", "⇒", "➡", "->", "=>", " now "].iter().filter_map(|sign| value.rsplit_once(sign));
    let last = changes.map(|(_, after)| after).min_by_key(|after| after.len());
    last.and_then(|after| read_whole(after).and_then(state_of)).or_else(|| read(value))
}

/// `Open / Mitigated / Resolved`: three states or more, all different, are those to choose from; so are words for both
/// what goes on and what is over, and nothing else (`open, in review, closed`).
fn offers_a_choice(value: &str) -> bool {
    if value.len() > 100 || !value.bytes().any(|byte| matches!(byte, b'/' | b'|' | b',')) {
        return false;
    }
    let words: Option<Vec<StatusWord>> = value.split(['/', '|', ',']).map(read_whole).collect();
    let goes_on = |word: &StatusWord| matches!(word, StatusWord::Open | StatusWord::Investigating);
    let is_over = |word: &StatusWord| matches!(word, StatusWord::Resolved | StatusWord::Deployed | StatusWord::Closed);
    if words.is_some_and(|words| words.iter().any(goes_on) && words.iter().any(is_over)) {
        return true;
    }
    let states: Vec<Option<StatusState>> = value.split(['/', '|']).map(read).collect();
    let differ = |(at, state): (usize, &Option<StatusState>)| state.is_some() && !states[..at].contains(state);
    states.len() >= 3 && states.iter().enumerate().all(differ)
}

/// Reads a text that is nothing but a status word.
fn read_whole(text: &str) -> Option<StatusWord> {
    let folded = fold(text);
    let whole = |(_, start, end): &(StatusWord, usize, usize)| *start == 0 && *end == folded.len();
    Vocabulary::get().status.all(&folded).find(whole).map(|(word, _, _)| word)
}

fn read(value: &str) -> Option<StatusState> {
    // A sentence that happens to hold a status word further on is no status.
    let folded = fold(value.get(..120).unwrap_or(value));
    let (word, start, _) = Vocabulary::get().status.first(&folded)?;
    // Letters of other scripts take up to nine bytes each once folded.
    if start > if folded.is_ascii() { 40 } else { 160 } {
        return None;
    }
    // `Not implemented yet`, `not fully resolved`
    if word != StatusWord::Document && Vocabulary::get().negates(&folded[..start]) {
        return Some(StatusState::Open);
    }
    // `Fix deployed, monitoring`
    let watched = || Vocabulary::get().status.all(&folded[start..]).any(|(word, _, _)| word == StatusWord::Mitigated);
    if word == StatusWord::Deployed && watched() { Some(StatusState::Mitigated) } else { state_of(word) }
}

fn state_of(word: StatusWord) -> Option<StatusState> {
    match word {
        StatusWord::Open => Some(StatusState::Open),
        StatusWord::Investigating => Some(StatusState::Investigating),
        StatusWord::Mitigated => Some(StatusState::Mitigated),
        StatusWord::Resolved | StatusWord::Deployed => Some(StatusState::Resolved),
        StatusWord::Closed => Some(StatusState::Closed),
        StatusWord::Document => None,
    }
}

/// Returns what a mark word means as a timeline mark.
pub(super) fn mark(word: crate::parse::vocabulary::MarkWord) -> TimelineMark {
    use crate::parse::vocabulary::MarkWord;
    match word {
        MarkWord::Started => TimelineMark::Started,
        MarkWord::Detected => TimelineMark::Detected,
        MarkWord::Mitigated => TimelineMark::Mitigated,
        MarkWord::Resolved => TimelineMark::Resolved,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_states_and_leaves_states_of_the_text_alone() {
        for (value, expected) in [
            ("RESOLVED ✅", Some(StatusState::Resolved)),
            ("RESOLVED (Local), TOOLS READY (Production pending access)", Some(StatusState::Resolved)),
            ("RESOLUTION IN PROGRESS", Some(StatusState::Open)),
            ("IDENTIFIED - BLOCKING", Some(StatusState::Open)),
            ("Closed - Awaiting backend model deployment", Some(StatusState::Closed)),
            ("COMPLETED", Some(StatusState::Resolved)),
            ("RESUELTO", Some(StatusState::Resolved)),
            ("Partially resolved", Some(StatusState::Mitigated)),
            ("Not fully resolved", Some(StatusState::Open)),
            ("Almost resolved", Some(StatusState::Mitigated)),
            ("nicht vollständig behoben", Some(StatusState::Open)),
            ("pas encore résolu", Some(StatusState::Open)),
            ("未完了", Some(StatusState::Open)),
            ("복구 미완료", Some(StatusState::Open)),
            ("Open → Resolved", Some(StatusState::Resolved)),
            ("Was open, now resolved", Some(StatusState::Resolved)),
            ("Resolved → see INC-2026-05", Some(StatusState::Resolved)),
            ("Open / Investigating / Resolved", None),
            ("open | closed", None),
            ("en cours, ouvert, évalué, fermé", None),
            ("Fixed, deployed", Some(StatusState::Resolved)),
            ("Most fixes have been deployed. Monitoring the queue.", Some(StatusState::Mitigated)),
            ("Resolved, monitoring", Some(StatusState::Resolved)),
            ("Resolved / closed", Some(StatusState::Resolved)),
            ("Open, waiting for the vendor", Some(StatusState::Open)),
            ("🔄 DIAGNOSIS COMPLETE - VERIFICATION REQUIRED", None),
            ("Action items complete", None),
            ("Complete, action items in progress", Some(StatusState::Resolved)),
            ("Draft", None),
            ("Approved", None),
            ("", None),
        ] {
            assert_eq!(parse(value), expected, "{value}");
        }
    }
}
