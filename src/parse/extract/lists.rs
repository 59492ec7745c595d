//! Services and owners: short lists that people write in many ways.

use std::borrow::Cow;

use super::Source;
use crate::model::{Extracted, Origin, OriginKind};
use crate::parse::labels::{Labelled, Zone};
use crate::parse::outline::{BlockKind, Outline, Section};
use crate::parse::vocabulary::{HeadingRole, LabelRole, Vocabulary};
use crate::words::trimmed;

/// At most this many values are kept of one field.
const MAX_VALUES: usize = 24;

type Values = Vec<Extracted<String>>;

/// Affected services: labels, front matter and the lists below `Affected …` headings.
pub(super) fn services(source: &Source<'_>) -> Values {
    let mut values = Vec::new();
    let outline = source.outline;
    // Blocks stand in the order of their lines.
    let is_item = |line: u32| {
        let first = outline.blocks.partition_point(|block| block.line < line);
        let mut here = outline.blocks[first..].iter().take_while(|block| block.line == line);
        here.any(|block| matches!(block.kind, BlockKind::Item { .. }))
    };
    let told = |label: &&Labelled<'_>| label.zone <= Zone::Header || !label.value.trim_end().ends_with('.');
    let weak = source.labelled_in(LabelRole::ServicesWeak, &[Zone::FrontMatter, Zone::Header]);
    for label in source.labelled(LabelRole::Services).filter(told).chain(weak) {
        // The items below an `Affected services` heading are read by their names, further down.
        if label.origin.kind != OriginKind::Heading || !is_item(label.origin.line) {
            add_all(&mut values, label.value, label.origin);
        }
    }
    let items =
        outline.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Item { .. }) && block.parent.is_none());
    // The items of a list stand in one section.
    let mut known = None;
    for block in items {
        let section = outline.section_of(block);
        let affected = match known {
            Some((of, affected)) if of == block.section => affected,
            _ => lists_affected(source, section),
        };
        known = Some((block.section, affected));
        let names_list = outline.blocks[section.blocks.start].src == block.src;
        if affected && !names_list {
            let name = item_name(outline, block);
            add(&mut values, name, Origin::new(OriginKind::List, block.line));
        }
    }
    values
}

/// Tells whether what stands in a section was affected, by its heading.
fn lists_affected(source: &Source<'_>, section: &Section) -> bool {
    let named =
        section.roles.has(HeadingRole::Affected) || source.words.label(&section.folded).means(LabelRole::Services);
    named && !section.folded.starts_with("not ")
}

/// The name at the head of an item: its first code span, bold run, or text up to a separator.
fn item_name<'a>(outline: &'a Outline, block: &crate::parse::outline::Block) -> &'a str {
    let text = outline.text(block);
    let first = |runs: &[std::ops::Range<usize>]| runs.first().filter(|run| run.start <= block.text.start + 4).cloned();
    if let Some(run) = first(outline.code_in(&block.text)).or_else(|| first(outline.strong_in(&block.text))) {
        return outline.plain[run].trim_end_matches(':');
    }
    let end = text.find([':', '(', '\n', '—', '–', ',']).or_else(|| text.find(" - ")).unwrap_or(text.len());
    &text[..end]
}

/// Owners, authors and responders.
pub(super) fn owners(source: &Source<'_>) -> Values {
    let mut values = Vec::new();
    // `Resolved by: rolling back the deploy` tells how, not who.
    let who = |label: &&Labelled<'_>| !label.means(LabelRole::Resolution) || is_name(label.value);
    for label in source.labelled(LabelRole::Owners).filter(|label| names_people(label)).filter(who) {
        let named = if label.origin.kind == OriginKind::Heading { behind_role(label.value) } else { label.value };
        add_all(&mut values, named, label.origin);
    }
    values
}

/// Whether a value that may say who or how says who: a name begins with a capital, an `@` or a letter without case, and
/// has no more than a few words.
pub(super) fn is_name(value: &str) -> bool {
    let first = value.trim_start_matches(['*', '_', '"', '[']).chars().next();
    let few = value.split([',', ';', '&', '(']).all(|part| part.split_whitespace().count() <= 5);
    few && !value.contains('`') && first.is_some_and(|c| c == '@' || (c.is_alphabetic() && !c.is_lowercase()))
}

/// `Lead: Ana` below a heading for the people.
fn behind_role(value: &str) -> &str {
    match value.split_once([':', '：']) {
        Some((role, name)) if role.len() <= 40 && !name.trim().is_empty() => name,
        _ => value,
    }
}

/// A value of front matter or of a short line names people; a sentence does not.
fn names_people(label: &Labelled<'_>) -> bool {
    label.value.len() <= 160 && !label.value.trim_end().ends_with('.')
}

fn add_all(values: &mut Values, text: &str, origin: Origin) {
    let whole = trimmed(text);
    let inner = whole.trim_start_matches(['[', '(']).trim_end_matches([']', ')']);
    let source = if inner.len() + 2 == whole.len() && whole.starts_with('[') { inner } else { text };
    // `[Your Name]` is a template's.
    if source.len() < whole.len() && source.contains(' ') && !source.contains([',', ';', '@']) {
        return;
    }
    let mut depth = 0_usize;
    let split = source.split(|c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, ',' | ';' | '、' | '|' | '\n')
    });
    for part in split {
        // ` and ` has two spaces.
        match part.bytes().filter(|byte| *byte == b' ').count() {
            0 | 1 => add_part(values, part, origin),
            _ => part.split(" and ").for_each(|part| add_part(values, part, origin)),
        }
    }
}

fn add_part(values: &mut Values, part: &str, origin: Origin) {
    // `@ana @bo`
    if part.trim_start().starts_with('@') && part.split_whitespace().all(|word| word.starts_with('@')) {
        part.split_whitespace().for_each(|handle| add(values, handle, origin));
    } else {
        add(values, part, origin);
    }
}

/// Returns a text without the addresses of its links: front matter is not rendered (`[@ana](https://…)`, `<https://…>`).
fn without_addresses(text: &str) -> Cow<'_, str> {
    let mut kept = Cow::Borrowed(text);
    if memchr::memchr(b':', text.as_bytes()).is_none() {
        return kept;
    }
    while let Some(at) = kept.find("://") {
        let linked = kept[..at].rfind("](").zip(kept[at..].find(')')).map(|(from, end)| (from, at + end + 1));
        let bare = || kept[..at].rfind('<').zip(kept[at..].find('>')).map(|(from, end)| (from, at + end + 1));
        let Some((from, end)) = linked.or_else(bare) else { break };
        let open = kept[..from].rfind('[').filter(|_| linked.is_some());
        let name = &kept[open.map_or(from, |at| at + 1)..from];
        kept = Cow::Owned([&kept[..open.unwrap_or(from)], name, &kept[end..]].concat());
    }
    kept
}

fn add(values: &mut Values, text: &str, origin: Origin) {
    let plain = without_addresses(text);
    // `Ana Ruiz <ana@example.org>`
    let name = plain.split_once('<').filter(|(name, mail)| !name.trim().is_empty() && mail.contains('@'));
    let plain = name.map_or(&*plain, |(name, _)| name);
    let value = trimmed(trimmed(plain).trim_matches(['`', '"', '\'', '*', '_', '.', '<', '>']));
    let unsaid = value.is_empty()
        || value.len() > 80
        || !value.chars().any(char::is_alphanumeric)
        || Vocabulary::get().says_nothing(value);
    if !unsaid && values.len() < MAX_VALUES && !values.iter().any(|it| it.value.eq_ignore_ascii_case(value)) {
        values.push(Extracted::new(value.to_owned(), trimmed(text), origin));
    }
}
