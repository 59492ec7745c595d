//! The title: front matter, else the first heading with words of its own.

use super::Source;
use crate::model::{Extracted, Origin, OriginKind};
use crate::parse::labels::Zone;
use crate::parse::outline::{BlockKind, Section, SectionSource};
use crate::parse::vocabulary::{LabelRole, fold};

pub(super) fn extract(source: &Source<'_>) -> Option<Extracted<String>> {
    let stated = source.labelled_in(LabelRole::Title, &[Zone::FrontMatter]).find(|label| !label.value.is_empty());
    let stated = stated.map(|label| Extracted::new(label.value.to_owned(), label.value, label.origin));
    // What could be rescued of a broken block is worth less than a heading.
    let valid = source.split.front_matter.as_ref().is_some_and(|front_matter| front_matter.valid);
    if valid && stated.is_some() {
        return stated;
    }
    let read = from_comment(source).or_else(|| from_heading(source)).or(stated);
    read.or_else(|| from_label(source)).or_else(|| from_first_line(source)).or_else(|| from_kind(source))
}

/// A first heading that says only what kind of document this is (`# Root cause analysis`), where nothing says more.
fn from_kind(source: &Source<'_>) -> Option<Extracted<String>> {
    let first = source.outline.sections.iter().find(|section| section.source == SectionSource::Heading)?;
    let before = source.text.get(source.split.body_start..source.outline.blocks[first.blocks.start].src.start);
    let is_first = before.is_some_and(|before| before.trim().is_empty());
    if first.level != 1 || !is_first || !names_only_a_kind(source, first) {
        return None;
    }
    let text = source.outline.plain[first.title.clone()].trim().replace('\n', " ");
    let origin = Origin::at(OriginKind::Heading, first.line, first_span(source, first));
    Some(Extracted::new(text.clone(), text, origin))
}

/// `.. title: Server down` in a comment at the top, where some makers of sites have what others have in front matter.
fn from_comment<'a>(source: &Source<'a>) -> Option<Extracted<String>> {
    let body = source.text.get(source.split.body_start..)?;
    let comment = body.trim_start().strip_prefix("<!--")?;
    let (comment, _) = comment.split_once("-->")?;
    let titled = |(line, number): (&'a str, u32)| Some((line.trim_start().strip_prefix(".. title:")?.trim(), number));
    let first = source.text.len() - body.trim_start().len();
    let (title, line) = comment.split('\n').zip(source.lines.line(first)..).find_map(titled)?;
    (!title.is_empty()).then(|| Extracted::new(title.to_owned(), title, Origin::new(OriginKind::FrontMatter, line)))
}

fn from_label(source: &Source<'_>) -> Option<Extracted<String>> {
    let label = source.labelled_in(LabelRole::Title, &[Zone::Header]).find(|label| !label.value.is_empty())?;
    Some(Extracted::new(label.value.to_owned(), label.value, label.origin))
}

/// Where no heading is a title, a first line that stands alone and names an incident is it.
fn from_first_line(source: &Source<'_>) -> Option<Extracted<String>> {
    let outline = source.outline;
    let first = outline.blocks.first().filter(|block| block.kind == BlockKind::Paragraph)?;
    let (text, rest) = outline.text(first).trim().split_once('\n').unwrap_or((outline.text(first).trim(), ""));
    let text = text.trim();
    let alone = text.len() <= 120 && !text.contains("://") && !text.ends_with(['.', '!', '?', ':', ',']);
    // With more lines below it, the next one has to be the name of a section.
    let next = fold(rest.lines().next().unwrap_or_default());
    let alone = alone && (rest.is_empty() || source.words.headings.whole(&next).next().is_some());
    if !alone || source.words.kinds.first(&fold(text)).is_none() {
        return None;
    }
    let origin = Origin::new(OriginKind::Inferred, first.line);
    Some(Extracted::new(text.to_owned(), text, origin))
}

/// The first heading of level 1; where there is none, the first heading of all. A heading that only names a section
/// (`Overview`, `Metadata`) is no title; one that only says `Title:` has it below.
fn from_heading(source: &Source<'_>) -> Option<Extracted<String>> {
    let headings = || source.outline.sections.iter().filter(|section| section.source == SectionSource::Heading);
    // Of several headings, one that labels a value (`# Duration: 2 hours`) is none either.
    let labels_value = |section: &Section| crate::parse::labels::is_field_heading(source.outline, section);
    let first_h1 = headings()
        .find(|section| section.level == 1)
        .filter(|h1| !labels_value(h1) || headings().next().is_none_or(|first| first.line == h1.line));
    let first = first_h1.or_else(|| headings().find(|section| !is_only_a_date(source, section)))?;
    // `## What is the impact?` asks what its section tells.
    if first.level > 1 && source.outline.plain[first.title.clone()].trim_end().ends_with('?') {
        return None;
    }
    let titled =
        source.outline.plain[first.title.clone()].split_once(':').is_some_and(|(_, rest)| !rest.trim().is_empty());
    if !titled && source.words.label(&first.folded).means(LabelRole::Title) {
        return below(source, first);
    }
    // `# Root cause analysis` with the words below `## Incident title`.
    let called = || headings().find(|it| source.words.label(&it.folded).means(LabelRole::Title));
    if is_generic(source, first) {
        return called().and_then(|section| below(source, section));
    }
    let text = source.outline.plain[first.title.clone()].replace('\n', " ");
    // `# Incident INC-001` and `# Post-incident review` with the words below `## Title`, or behind `Title:`.
    if names_only_a_kind(source, first) {
        let title = called().and_then(|section| below(source, section)).or_else(|| from_label(source));
        if title.is_some() {
            return title;
        }
    }
    // What kind of document it is, with words behind it, yields to a title that is called one.
    if begins_with_section_name(source, first)
        && let Some(title) = from_label(source)
    {
        return Some(title);
    }
    let text = strip_title_label(source, text.trim());
    let origin = Origin::at(OriginKind::Heading, first.line, first_span(source, first));
    (!text.is_empty()).then(|| Extracted::new(text.to_owned(), text, origin))
}

/// `Root cause analysis (RCA) — north pump`
fn begins_with_section_name(source: &Source<'_>, section: &Section) -> bool {
    let title = &source.outline.plain[section.title.clone()];
    let name = if title.contains('(') { title.split_once(" (") } else { None };
    name.is_some_and(|(name, _)| source.words.headings.whole(&fold(name)).next().is_some())
}

/// Words that say what kind of document this is, and perhaps a number, no more.
fn names_only_a_kind(source: &Source<'_>, section: &Section) -> bool {
    let is_number = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let kinds: Vec<_> = source.words.kinds.all(&section.folded).collect();
    let known = |start: usize, end: usize| kinds.iter().any(|(_, from, to)| *from <= start && end <= *to);
    let mut at = 0;
    let mut words = section.folded.split(' ').peekable();
    while let Some(word) = words.next() {
        let (start, end) = (at, at + word.len());
        at = end + 1;
        // `INC-001` is two words: the letters before the number belong to it.
        let prefix = word.len() <= 5 && words.peek().is_some_and(|next| is_number(next));
        if !is_number(word) && !prefix && !known(start, end) {
            return false;
        }
    }
    !section.folded.is_empty()
}

/// `March 18, 2022` above the news of that day names nothing.
fn is_only_a_date(source: &Source<'_>, section: &Section) -> bool {
    let text = source.outline.plain[section.title.clone()].trim();
    let scanned = crate::parse::when::scan_start(text, &source.when(None));
    scanned.is_some_and(|it| {
        it.when.date.is_some() && !text[it.end..].contains(|c: char| c.is_alphabetic() || c.is_numeric())
    })
}

fn first_span(source: &Source<'_>, section: &Section) -> crate::diag::Span {
    let src = &source.outline.blocks[section.blocks.start].src;
    crate::diag::Span::new(src.start, src.end)
}

/// `Title: Something broke` is titled `Something broke`.
fn strip_title_label<'a>(source: &Source<'_>, text: &'a str) -> &'a str {
    match text.split_once(':') {
        Some((label, rest)) if label.len() < 20 && source.words.label_of(label).means(LabelRole::Title) => rest.trim(),
        _ => text,
    }
}

/// A heading that names a section, and nothing else, is no title.
fn is_generic(source: &Source<'_>, section: &Section) -> bool {
    if section.folded.is_empty() {
        return true;
    }
    let title = &source.outline.plain[section.title.clone()];
    // What stands in brackets only qualifies; words behind them are the title's own (`Analysis (RCA) — mail queue`).
    let ends = title.trim_end().ends_with([')', ']', ':']);
    let outside = if ends { title.split_once(" (").map(|(name, _)| fold(name)) } else { None };
    let name = outside.as_deref().unwrap_or(&section.folded);
    let names_section = source.words.headings.whole(name).next().is_some();
    let labels_value = title.contains(':')
        && section.folded.split(' ').count() <= 8
        && crate::parse::labels::is_field_heading(source.outline, section);
    names_section || labels_value
}

fn below(source: &Source<'_>, section: &Section) -> Option<Extracted<String>> {
    let next = source.outline.blocks.get(section.blocks.start + 1)?;
    if !matches!(next.kind, BlockKind::Heading(_) | BlockKind::Paragraph) {
        return None;
    }
    let text = source.outline.text(next).lines().next()?.trim().to_owned();
    (!text.is_empty()).then(|| Extracted::new(text.clone(), text, Origin::new(OriginKind::Heading, next.line)))
}
