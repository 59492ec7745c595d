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

/// Returns the updates, in the order written.
pub(super) fn gather(source: &Source<'_>) -> Vec<Piece> {
    let blocks = &source.outline.blocks;
    let paragraphs = blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Paragraph);
    let found = paragraphs.filter_map(|(at, block)| signed(source, block).or_else(|| boxed(source, at, block)));
    found.map(Piece::Entry).collect()
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

fn entry(when: When, raw: &str, text: String, line: u32) -> Option<Found> {
    let dated = when.date.is_some() && when.time.is_some();
    let text = in_one_line(text.trim()).into_owned();
    dated.then(|| Found { when, raw: raw.trim().to_owned(), text, line, key_event: false })
}
