//! The updates of a status page: paragraphs that begin with a state and end with the time, as status pages kept in a
//! repository have them.

use super::{Found, Piece};
use crate::parse::extract::{Source, in_one_line};
use crate::parse::outline::{Block, BlockKind};
use crate::parse::vocabulary::fold;
use crate::parse::when::{self, When};
use crate::words::Needle;

/// What a stamp begins with.
const STAMP: Needle = Needle::new("{{", 0);

/// A state and its sign take so many bytes at most.
const LONGEST_STATE: usize = 40;

/// The line above an update takes so many bytes at most.
const LONGEST_HEAD: usize = 80;

/// What a status page of one kind writes before the time of an update.
const TRACK: &str = "{{< track ";

/// Returns the updates, in the order written.
pub(super) fn gather(source: &Source<'_>) -> Vec<Piece> {
    let blocks = &source.outline.blocks;
    let paragraphs = blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Paragraph);
    let found = paragraphs.flat_map(|(at, block)| {
        let several = tracked(source, block);
        let one = || signed(source, block).or_else(|| boxed(source, at, block)).or_else(|| headed(source, at, block));
        if several.is_empty() { one().into_iter().collect() } else { several }
    });
    found.map(Piece::Entry).collect()
}

/// `… {{< track "2020-05-30 14:23:00" >}}`, perhaps several times in one paragraph, whatever stands before.
fn tracked(source: &Source<'_>, block: &Block) -> Vec<Found> {
    let outline = source.outline;
    let text = outline.text(block);
    let (mut found, mut from) = (Vec::new(), 0);
    // Most paragraphs have no brace.
    if memchr::memchr(b'{', text.as_bytes()).is_none() {
        return found;
    }
    for at in memchr::memmem::find_iter(text.as_bytes(), TRACK) {
        // A second one inside the first is none.
        let Some(told) = text.get(from..at) else { continue };
        let stamp = &text[at + TRACK.len()..];
        let Some(end) = stamp.find("}}") else { break };
        let start = from + told.len() - told.trim_start().len();
        from = at + TRACK.len() + end + 2;
        let stamp = stamp[..end].trim_matches([' ', '"', '>']);
        let line = outline.line_at(block, block.text.start + start, source.lines);
        let scanned = when::scan_start(stamp, &source.when(None));
        found.extend(scanned.and_then(|it| entry(it.when, stamp, told.to_owned(), line)));
    }
    found
}

/// `*Resolved* - All is well again. {{< track "2023-07-23 03:22:15" >}}`, `**Monitoring** - … Jul 23, 2023 - 03:18 UTC`
fn signed(source: &Source<'_>, block: &Block) -> Option<Found> {
    let outline = source.outline;
    let text = outline.text(block).trim();
    let state = text[..text.floor_char_boundary(LONGEST_STATE)].split_once([':', '-', '–', '—'])?.0.trim();
    let (told, stamp) = STAMP.rsplit(text).unwrap_or((text, ""));
    // `*Update* - …` is no state, but a stamp says what it is.
    let is_word = !stamp.is_empty() && !state.contains(' ');
    let status = &source.words.status;
    let is_state = || status.may_be_in(state) && status.first(&fold(state)).is_some_and(|(_, start, _)| start == 0);
    if !is_word && !is_state() {
        return None;
    }
    let stamp = stamp.trim_start_matches(|c: char| !c.is_ascii_digit()).trim_end_matches([' ', '"', '>', '%', '}']);
    let (when, raw, text) = match stamp {
        "" => when::scan_end(text, &source.when(None)).map(|(when, at)| (when, &text[at..], &text[..at]))?,
        stamp => (when::scan_start(stamp, &source.when(None))?.when, stamp, told),
    };
    entry(when, raw, text.to_owned(), block.line)
}

/// `::: update Resolved | 2021-05-03T22:51:55Z`, and what stands below up to `:::`
fn boxed(source: &Source<'_>, at: usize, block: &Block) -> Option<Found> {
    let outline = source.outline;
    let (head, below) = outline.text(block).split_once('\n').unwrap_or((outline.text(block), ""));
    let head = head.strip_prefix(":::")?;
    let (when, start) = when::scan_end(head, &source.when(None))?;
    let state = head[..start].trim_matches(|c: char| !c.is_alphanumeric());
    let state = state.strip_prefix("update ").unwrap_or(state);
    let next = outline.blocks.get(at + 1).filter(|it| below.trim().is_empty() && it.kind == BlockKind::Paragraph);
    let told = next.map_or(below, |it| outline.text(it)).trim_end_matches([':', '\n', ' ']);
    entry(when, &head[start..], format!("{state}: {told}"), block.line)
}

/// `**2020-05-31 14:09 Update 3**` above what is told, or `**UPDATE (3 May 2024):**` before it.
fn headed(source: &Source<'_>, at: usize, block: &Block) -> Option<Found> {
    let outline = source.outline;
    let text = outline.text(block);
    let run = outline.strong_in(&block.text).first().filter(|run| run.start == block.text.start)?;
    let head = &text[..run.len()];
    if head.len() > LONGEST_HEAD || !head.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let cx = source.when(None);
    let from = when::find_date(head, &cx)?.1.start;
    let scanned = when::scan_start(&head[from..], &cx)?;
    let range = from..from + scanned.end;
    let said = fold(&[&head[..range.start], " ", &head[range.end..]].concat());
    let word = said.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    if !source.words.updates.contains(word) || scanned.when.date?.year.is_none() {
        return None;
    }
    let behind = text[run.len()..].trim_start_matches([':', '：', ' ', '\n', '-', '–', '—']);
    let next = outline.blocks.get(at + 1).filter(|it| behind.is_empty() && it.kind == BlockKind::Paragraph);
    let told = in_one_line(next.map_or(behind, |it| outline.text(it)).trim()).into_owned();
    Some(Found { when: scanned.when, raw: head[range].to_owned(), text: told, line: block.line, key_event: false })
}

fn entry(when: When, raw: &str, text: String, line: u32) -> Option<Found> {
    let dated = when.date.is_some() && when.time.is_some();
    let text = in_one_line(text.trim()).into_owned();
    dated.then(|| Found { when, raw: raw.trim().to_owned(), text, line, key_event: false })
}
