//! A timeline that no heading names: lists, tables, lines or sub-headings that begin with times of day.

use rustc_hash::FxHashMap;

use super::gather::{Gatherer, entries};
use super::{Found, Piece, updates};
use crate::parse::extract::Source;
use crate::parse::outline::{Block, BlockKind, Section, SectionSource};
use crate::parse::vocabulary::HeadingRole;
use crate::parse::when;

/// So many lines of one paragraph begin with a time of day, at least, where they are entries.
const MIN_LINES: usize = 3;

/// A list has room for so many items from the beginning.
const USUAL_MEMBERS: usize = 8;

/// Returns the entries of the longest one; nothing where none has two.
pub(super) fn longest(source: &Source<'_>) -> Vec<Piece> {
    let mut all = joined(lists(source));
    all.extend(by_headings(source));
    all.extend(by_lines(source));
    all.extend(by_stamps(source));
    all.push(updates::gather(source));
    let best = all.into_iter().max_by_key(|pieces| (entries(pieces), std::cmp::Reverse(first_line(pieces))));
    best.filter(|pieces| entries(pieces) >= 2).unwrap_or_default()
}

/// Lists and tables in the order written.
fn lists(source: &Source<'_>) -> Vec<Vec<Piece>> {
    let outline = source.outline;
    let mut groups: Vec<(Option<u32>, u32, Vec<usize>)> = Vec::new();
    for (index, block) in outline.blocks.iter().enumerate() {
        let table = match block.kind {
            BlockKind::Item { checked: None, .. } => 0,
            BlockKind::Row { table, .. } => table,
            _ => continue,
        };
        if outline.section_of(block).roles.has(HeadingRole::Actions) {
            continue;
        }
        let same = groups.iter_mut().rev().take(8).find(|(parent, of, members)| {
            *of == table
                && *parent == block.parent
                && members.last().is_some_and(|last| outline.blocks[*last].section == block.section)
        });
        match same {
            Some((_, _, members)) => members.push(index),
            None => {
                let mut members = Vec::with_capacity(USUAL_MEMBERS);
                members.push(index);
                groups.push((block.parent, table, members));
            }
        }
    }
    let of = |(_, table, members): (_, u32, Vec<usize>)| {
        of_members(source, &members).or_else(|| if table == 0 { of_days(source, &members) } else { None })
    };
    groups.into_iter().filter_map(of).collect()
}

/// A list that stands where it is told what happened, each item of which begins with a full date.
fn of_days(source: &Source<'_>, members: &[usize]) -> Option<Vec<Piece>> {
    let outline = source.outline;
    let first = members.first().map(|index| &outline.blocks[*index])?;
    if first.parent.is_some() || !outline.section_of(first).own.has(HeadingRole::Summary) {
        return None;
    }
    let begins_with_digit =
        |index: &usize| outline.text(&outline.blocks[*index]).starts_with(|c: char| c.is_ascii_digit());
    // What stands behind another paragraph is a list of its own.
    let count = members.iter().enumerate().take_while(|(at, index)| {
        let from = at.checked_sub(1).map_or(**index, |before| members[before] + 1);
        outline.blocks[from..**index].iter().all(|block| block.parent.is_some())
    });
    let members = &members[..count.count()];
    if members.len() < MIN_LINES || !members.iter().all(begins_with_digit) {
        return None;
    }
    let mut gatherer = Gatherer::new(source);
    members.iter().for_each(|index| gatherer.item(*index));
    let pieces = gatherer.finish();
    let is_dated = |piece: &Piece| matches!(piece, Piece::Entry(found) if found.when.date.is_some_and(|it| it.year.is_some() && it.day.is_some()));
    (pieces.len() == members.len() && pieces.iter().all(is_dated)).then_some(pieces)
}

/// Detection, response and resolution may each have their own list: where one goes on after the other, and none says of
/// which day it is, they are one story.
fn joined(lists: Vec<Vec<Piece>>) -> Vec<Vec<Piece>> {
    let mut all: Vec<Vec<Piece>> = Vec::new();
    let mut open = false;
    for list in lists {
        // Where the last one is undated, so is all that was joined to it.
        let undated = is_undated(&list);
        match all.last_mut().filter(|before| open && undated && goes_on(before, &list)) {
            Some(before) => before.extend(list),
            None => all.push(list),
        }
        open = undated;
    }
    all
}

fn found(piece: &Piece) -> Option<&Found> {
    if let Piece::Entry(found) = piece { Some(found) } else { None }
}

fn is_undated(pieces: &[Piece]) -> bool {
    pieces.iter().all(|piece| !matches!(piece, Piece::Date(_) | Piece::Year(_)))
        && pieces.iter().filter_map(found).all(|found| found.when.date.is_none() && found.when.time.is_some())
}

fn goes_on(before: &[Piece], after: &[Piece]) -> bool {
    let (last, first) = (before.iter().rev().find_map(found), after.iter().find_map(found));
    last.zip(first).is_some_and(|(last, first)| last.when.time <= first.when.time)
}

/// Sections whose sub-headings are times of day.
fn by_headings<'a>(source: &'a Source<'a>) -> impl Iterator<Item = Vec<Piece>> + 'a {
    let outline = source.outline;
    let cx = source.when(None);
    let timed = move |section: &&Section| {
        let text = outline.plain[section.title.clone()].trim();
        section.source == SectionSource::Heading
            && text.bytes().any(|byte| byte.is_ascii_digit())
            && (when::scan_start(text, &cx).is_some_and(|scanned| scanned.when.time.is_some())
                || super::places::after_a_word(text, &cx).is_some())
    };
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    let parents: Vec<u32> = outline.sections.iter().filter(timed).filter_map(|section| section.parent).collect();
    parents.iter().for_each(|parent| *counts.entry(*parent).or_default() += 1);
    // Each once, where its first time of day stands: those of two levels come in turns.
    let several = parents.into_iter().filter(move |parent| counts.remove(parent).is_some_and(|count| count >= 2));
    several.map(|parent| Gatherer::new(source).section(&outline.sections[parent as usize]))
}

/// Paragraphs whose lines begin with times of day.
fn by_lines<'a>(source: &'a Source<'a>) -> impl Iterator<Item = Vec<Piece>> + 'a {
    let outline = source.outline;
    let cx = source.when(None);
    let timed = move |block: &&Block| {
        let text = outline.text(block);
        let lines = || text.lines();
        block.kind == BlockKind::Paragraph
            && block.parent.is_none()
            && memchr::memchr_iter(b'\n', text.as_bytes()).nth(MIN_LINES - 2).is_some()
            && !outline.section_of(block).roles.has(HeadingRole::Actions)
            && lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).count() >= MIN_LINES
            && lines().filter(|line| when::scan_start(line, &cx).is_some_and(|it| it.when.time.is_some())).count()
                >= MIN_LINES
    };
    outline.blocks.iter().filter(timed).map(|block| {
        let mut gatherer = Gatherer::new(source);
        gatherer.paragraph(block);
        gatherer.finish()
    })
}

/// Paragraphs with a date and a time alone on their first or last line, as status pages have them, one section each.
fn by_stamps(source: &Source<'_>) -> Vec<Vec<Piece>> {
    let outline = source.outline;
    let cx = source.when(None);
    let mut groups: Vec<(u32, Vec<Piece>)> = Vec::new();
    for block in outline.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph && block.parent.is_none()) {
        let text = outline.text(block);
        let Some((when, raw, rest)) = stamp(text, &cx) else { continue };
        let entry = Found {
            when,
            raw: raw.to_owned(),
            text: rest.trim().replace('\n', " "),
            line: block.line,
            key_event: false,
        };
        match groups.last_mut().filter(|(of, _)| *of == block.section) {
            Some((_, pieces)) => pieces.push(Piece::Entry(entry)),
            None => groups.push((block.section, vec![Piece::Entry(entry)])),
        }
    }
    groups.into_iter().map(|(_, pieces)| pieces).collect()
}

/// Splits the line that is nothing but a date and a time from the text above or below it.
fn stamp<'t>(text: &'t str, cx: &when::Context<'_>) -> Option<(when::When, &'t str, &'t str)> {
    // Most paragraphs are one line.
    let first_break = memchr::memchr(b'\n', text.as_bytes())?;
    let (above, last) = text.rsplit_once('\n')?;
    let (first, below) = (&text[..first_break], &text[first_break + 1..]);
    [(last, above), (first, below)].into_iter().find_map(|(line, rest)| {
        let digit = line.len() <= 60 && line.bytes().any(|byte| byte.is_ascii_digit());
        let scanned = digit.then(|| when::scan_start(line, cx)).flatten()?;
        let whole = line[scanned.end..].trim_matches(['*', '_', ':', ' ', '.', ')', ']']).is_empty();
        (whole && scanned.when.time.is_some() && scanned.when.date.is_some()).then_some((scanned.when, line, rest))
    })
}

fn of_members(source: &Source<'_>, members: &[usize]) -> Option<Vec<Piece>> {
    let outline = source.outline;
    let enough = |timed: usize| timed >= 2 && timed * 10 >= members.len() * 6;
    let likely = members.iter().filter(|index| {
        let block = &outline.blocks[**index];
        match block.kind {
            BlockKind::Row { .. } => holds_digit(outline.text(block).as_bytes()),
            _ => may_be_timed(outline.text(block)),
        }
    });
    if !enough(likely.count()) {
        return None;
    }
    let mut gatherer = Gatherer::new(source);
    for index in members {
        let block = &outline.blocks[*index];
        match block.kind {
            BlockKind::Row { header, table } => gatherer.row(block, header, table),
            _ if may_be_timed(outline.text(block)) => gatherer.item(*index),
            _ => {}
        }
    }
    let pieces = gatherer.finish();
    let timed = pieces.iter().filter(|piece| matches!(piece, Piece::Entry(found) if found.when.time.is_some()));
    enough(timed.count()).then_some(pieces)
}

/// A look at many bytes at once.
fn holds_digit(text: &[u8]) -> bool {
    text.iter().fold(false, |any, byte| any | byte.is_ascii_digit())
}

/// A cheap look before reading: a time of day has a digit, and stands at the beginning or at the end.
fn may_be_timed(text: &str) -> bool {
    let bytes = text.as_bytes();
    holds_digit(&bytes[..bytes.len().min(40)])
        || (bytes.len() < 120 && holds_digit(&bytes[bytes.len().saturating_sub(24)..]))
}

fn first_line(pieces: &[Piece]) -> u32 {
    pieces.iter().find_map(|piece| if let Piece::Entry(found) = piece { Some(found.line) } else { None }).unwrap_or(0)
}
