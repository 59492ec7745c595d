//! References to other documents: relative links, wiki links, ids.

use super::Source;
use super::id::leading_id;
use crate::model::{Reference, ReferenceKind, is_document_name};
use crate::parse::vocabulary::{HeadingRole, LabelRole};

/// Prefixes of document ids that are references wherever they stand.
const KNOWN: [&str; 10] = ["RIS", "INC", "ADR", "KB", "RCA", "PIR", "PM", "DRILL", "NM", "SESSION"];
/// A wiki link is closed within so many bytes.
const LONGEST_LINK: usize = 512;
/// At most this many references are kept.
const MAX_REFERENCES: usize = 400;

pub(super) fn extract(source: &Source<'_>, own_id: Option<&str>) -> Vec<Reference> {
    let mut references = Vec::new();
    front_matter(source, &mut references);
    for link in &source.outline.links {
        if let Some(target) = relative_document(&link.target) {
            push(&mut references, ReferenceKind::Link, &target.replace("%20", " "), link.line);
        }
    }
    let outline = source.outline;
    let plain = outline.plain.as_bytes();
    let has_wiki_links = memchr::memchr_iter(b'[', plain).any(|at| plain.get(at + 1) == Some(&b'['));
    let own_prefix = own_id.and_then(|id| id.split(['-', '_']).next()).unwrap_or_default();
    let mut hyphens = memchr::memchr_iter(b'-', plain).peekable();
    for block in &outline.blocks {
        let is_hyphened = hyphens.peek().is_some_and(|at| *at < block.text.end);
        if !is_hyphened && !has_wiki_links {
            continue;
        }
        let text = outline.text(block);
        let line = |at: usize| outline.line_at(block, block.text.start + at, source.lines);
        if has_wiki_links && text.contains("[[") {
            wiki_links(text, &line, &mut references);
        }
        let related = outline.section_of(block).roles.has(HeadingRole::References);
        let inside = std::iter::from_fn(|| hyphens.next_if(|at| *at < block.text.end));
        let inside = inside.filter_map(|at| at.checked_sub(block.text.start));
        ids(text, inside, &line, related, (own_id, own_prefix), &mut references);
    }
    references
}

fn front_matter(source: &Source<'_>, references: &mut Vec<Reference>) {
    for label in source.labelled(LabelRole::References).filter(|label| label.value.len() < 160) {
        let front_matter = label.zone == crate::parse::labels::Zone::FrontMatter;
        for part in label.value.split([',', ';']).map(str::trim).filter(|_| front_matter) {
            match relative_document(part) {
                Some(path) => push(references, ReferenceKind::Link, path, label.origin.line),
                None if !part.is_empty() && !part.contains("://") => {
                    push(references, ReferenceKind::Id, part.trim_matches(['[', ']', '"']), label.origin.line);
                }
                None => {}
            }
        }
    }
}

/// Returns the path of a relative link to a document, without its fragment.
fn relative_document(target: &str) -> Option<&str> {
    let path = target.split(['#', '?']).next()?;
    let scheme = path.split('/').next().is_some_and(|head| head.contains(':'));
    (is_document_name(path) && !scheme && !path.starts_with("//") && !path.contains(' ') && path.len() < 300)
        .then_some(path)
}

fn wiki_links(text: &str, line: &dyn Fn(usize) -> u32, references: &mut Vec<Reference>) {
    for (at, _) in text.match_indices("[[") {
        let inner = &text[at + 2..text.floor_char_boundary(at + LONGEST_LINK)];
        let Some((inner, _)) = inner.split_once("]]") else { continue };
        let target = inner.split(['|', '#']).next().unwrap_or(inner).trim();
        if !target.is_empty() && target.len() < 200 && !target.contains('\n') {
            push(references, ReferenceKind::Wiki, target, line(at));
        }
    }
}

/// Ids in the text, around its hyphens. In a section of references any id counts, even one without digits if it has three parts in
/// capitals; elsewhere only ids of a known series or of the document's own.
fn ids(
    text: &str,
    hyphens: impl Iterator<Item = usize>,
    line: &dyn Fn(usize) -> u32,
    related: bool,
    (own_id, own_prefix): (Option<&str>, &str),
    references: &mut Vec<Reference>,
) {
    let bytes = text.as_bytes();
    let mut from = 0;
    for hyphen in hyphens {
        // An id has capitals only: most words with a hyphen are none.
        let is_lower = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
        if hyphen < from || is_lower(hyphen.wrapping_sub(1)) || is_lower(hyphen + 1) {
            continue;
        }
        let start = hyphen - bytes[..hyphen].iter().rev().take_while(|byte| is_word(**byte)).count();
        let end = hyphen + bytes[hyphen..].iter().take_while(|byte| is_word(**byte)).count();
        // A word is looked at once, however many hyphens it has.
        from = end;
        let first = bytes[start..hyphen].iter().find(|byte| !matches!(byte, b'.' | b'-' | b'_'));
        if first.is_some_and(|first| !first.is_ascii_uppercase()) {
            continue;
        }
        let word = text[start..end].trim_matches(['.', '-', '_']);
        if word.len() < 5 || !word.as_bytes()[0].is_ascii_uppercase() || word.contains(['/', '.']) {
            continue;
        }
        let id = leading_id(word).filter(|id| id.len() == word.len());
        let prefix = word.split(['-', '_']).next().unwrap_or(word);
        let series = prefix.trim_end_matches(|c: char| c.is_ascii_digit());
        let known = KNOWN.contains(&series) || (!own_prefix.is_empty() && prefix == own_prefix);
        let words_only = related
            && word.split('-').count() >= 3
            && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
        let wanted = (id.is_some() && (known || related)) || words_only;
        if wanted && own_id.is_none_or(|own| !own.eq_ignore_ascii_case(word)) {
            push(references, ReferenceKind::Id, word, line(start));
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/')
}

fn push(references: &mut Vec<Reference>, kind: ReferenceKind, target: &str, line: u32) {
    let known = references.iter().any(|it| it.target.eq_ignore_ascii_case(target));
    if !known && references.len() < MAX_REFERENCES {
        references.push(Reference { kind, target: target.to_owned(), line });
    }
}
