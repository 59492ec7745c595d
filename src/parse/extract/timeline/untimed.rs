//! A timeline that states no times: its rows, items or sub-headings in the order written.

use super::columns::Columns;
use super::{Found, Piece};
use crate::parse::extract::Source;
use crate::parse::outline::{Block, BlockKind, Section, SectionSource};
use crate::parse::vocabulary::{HeadingRole, fold, without_number};
use crate::parse::when::When;

/// So many bullets or rows without times tell a story; fewer may be remarks.
const MIN_STORY: usize = 3;

/// Finds what stands below the headings that are called a timeline; the first that holds anything wins.
pub(super) fn gather(source: &Source<'_>) -> Vec<Piece> {
    let named = source.outline.sections.iter().filter(|section| {
        matches!(section.source, SectionSource::Heading | SectionSource::Label)
            && section.level != 1
            && section.own.has(HeadingRole::Timeline)
    });
    named.map(|section| of_section(source, section)).find(|pieces| pieces.len() >= 2).unwrap_or_default()
}

fn of_section(source: &Source<'_>, section: &Section) -> Vec<Piece> {
    let rows = rows(source, section);
    if !rows.is_empty() {
        return rows;
    }
    let items = items(source, section);
    if items.is_empty() { headings(source, section) } else { items }
}

/// The rows of tables whose first column is for times (`H+05`, `HH:MM`, `later that day`); or of a table that tells
/// events in order, below a heading that says nothing else.
fn rows(source: &Source<'_>, section: &Section) -> Vec<Piece> {
    let outline = source.outline;
    let own = outline.blocks[section.blocks.start].section;
    let mut columns: Option<(u32, Columns)> = None;
    let (mut timed, mut told) = (Vec::new(), Vec::new());
    for block in &outline.blocks[section.blocks.clone()] {
        let BlockKind::Row { header, table } = block.kind else { continue };
        if header {
            columns = Some((table, Columns::of_header(outline.cells(block), &source.when(None))));
            continue;
        }
        let Some((_, columns)) = columns.as_ref().filter(|(of, _)| *of == table) else { continue };
        let cells: Vec<&str> = outline.cells(block).collect();
        if columns.is_certain {
            let split = columns.split(&cells);
            timed.extend(split.map(|(raw, text)| entry(raw.into_owned(), text.into_owned(), block.line)));
        } else if columns.tells_events() && block.section == own && cells.iter().any(|cell| !cell.is_empty()) {
            told.push(entry(String::new(), told_in(&cells), block.line));
        }
    }
    match timed.is_empty() && told.len() >= MIN_STORY && is_name(source, section) {
        true => told,
        false => timed,
    }
}

fn told_in(cells: &[&str]) -> String {
    let cells: Vec<&str> = cells.iter().copied().filter(|cell| !cell.is_empty()).collect();
    cells.join(" — ")
}

/// Whether a heading says that it is a timeline and nothing else but what stands in brackets (`Timeline (condensed)`).
fn is_name(source: &Source<'_>, section: &Section) -> bool {
    let title = &source.outline.plain[section.title.clone()];
    let outside =
        title.trim_end().strip_suffix(')').and_then(|title| title.split_once(" (")).map(|(name, _)| fold(name));
    let name = without_number(outside.as_deref().unwrap_or(&section.folded));
    source.words.headings.whole(name).any(|role| role == HeadingRole::Timeline)
}

/// Where `T1`, `T2` number the steps that come after it, `T0` is no time either.
pub(super) fn unclock_steps(pieces: &mut [Piece]) {
    let is_step =
        |piece: &Piece| matches!(piece, Piece::Entry(found) if number(&found.raw).is_some_and(|number| number > 0));
    if !pieces.iter().any(is_step) {
        return;
    }
    for piece in pieces {
        if let Piece::Entry(found) = piece
            && number(&found.raw) == Some(0)
        {
            found.when = When::unknown();
        }
    }
}

/// Returns the number of a step (`T3`); `T+3` is a time.
fn number(raw: &str) -> Option<u8> {
    let digits = raw.strip_prefix('T')?;
    digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The items of the section itself: numbers, or three bullets and more below a heading that says nothing else. Those of
/// its sub-sections tell of one step only.
fn items(source: &Source<'_>, section: &Section) -> Vec<Piece> {
    let outline = source.outline;
    let own = outline.blocks[section.blocks.start].section;
    // `Detection: …` is an item of the story, whatever else its label means.
    let is_own = |block: &Block| {
        let section = outline.section_of(block);
        block.section == own || (section.source == SectionSource::Item && section.parent == Some(own))
    };
    let of = |numbers: bool| {
        let items =
            section.blocks.clone().map(|index| (index, &outline.blocks[index])).filter(move |(index, block)| {
                matches!(block.kind, BlockKind::Item { checked: None, ordered } if ordered == numbers)
                    && is_own(block)
                    && block.parent.is_none()
                    && !outline.is_empty_field(*index)
            });
        let texts = items.map(|(_, block)| (outline.text(block).trim().replace('\n', " "), block.line));
        texts.filter(|(text, _)| !is_form(text)).map(|(text, line)| entry(String::new(), text, line)).collect()
    };
    let numbers: Vec<Piece> = of(true);
    if !numbers.is_empty() {
        return numbers;
    }
    let bullets: Vec<Piece> = if is_name(source, section) { of(false) } else { Vec::new() };
    if bullets.len() >= MIN_STORY { bullets } else { Vec::new() }
}

fn headings(source: &Source<'_>, section: &Section) -> Vec<Piece> {
    let outline = source.outline;
    let own = outline.blocks[section.blocks.start].section;
    let below = outline.sections.get(own as usize + 1..).unwrap_or_default().iter();
    let inside = below.take_while(|it| it.blocks.start < section.blocks.end);
    let inner = inside.filter(|it| it.source == SectionSource::Heading && it.parent == Some(own));
    let steps = inner.filter(|it| !it.own.meets(super::gather::OTHER));
    let texts = steps.map(|it| (outline.plain[it.title.clone()].trim().replace('\n', " "), it.line));
    texts.filter(|(text, _)| !text.is_empty()).map(|(text, line)| entry(String::new(), text, line)).collect()
}

/// Whether nothing is filled in: no letters but those of the form for a time (`HH:MM:`).
fn is_form(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric());
    let is_time = ["HH", "hh", "YYYY"].iter().any(|it| text.contains(it));
    letters.all(|c| is_time && "HMSYDhms".contains(c))
}

fn entry(raw: String, text: String, line: u32) -> Piece {
    Piece::Entry(Found { when: When::unknown(), raw, text, line, key_event: false })
}
