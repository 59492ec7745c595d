//! References to other documents: relative links, wiki links, ids.

use super::Source;
use super::id::leading_id;
use crate::model::{Reference, ReferenceKind};
use crate::parse::vocabulary::{HeadingRole, LabelRole};

/// Prefixes of document ids that are references wherever they stand.
const KNOWN: [&str; 10] = ["RIS", "INC", "ADR", "KB", "RCA", "PIR", "PM", "DRILL", "NM", "SESSION"];
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
    for block in &outline.blocks {
        let related = outline.section_of(block).roles.has(HeadingRole::References);
        for range in outline.text_lines(block) {
            let text = &outline.plain[range.clone()];
            if !text.contains('-') && !text.contains("[[") {
                continue;
            }
            let line = outline.line_at(block, range.start, source.lines);
            wiki_links(text, line, &mut references);
            ids(text, line, related, own_id, &mut references);
        }
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
    let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let document = matches!(extension.as_str(), "md" | "markdown" | "mdx" | "erb" | "yaml" | "yml");
    (document && !scheme && !path.starts_with("//") && !path.contains(' ') && path.len() < 300).then_some(path)
}

fn wiki_links(text: &str, line: u32, references: &mut Vec<Reference>) {
    for part in text.split("[[").skip(1) {
        if let Some((inner, _)) = part.split_once("]]") {
            let target = inner.split(['|', '#']).next().unwrap_or(inner).trim();
            if !target.is_empty() && target.len() < 200 {
                push(references, ReferenceKind::Wiki, target, line);
            }
        }
    }
}

/// Ids in the text. In a section of references any id counts, even one without digits if it has three parts in
/// capitals; elsewhere only ids of a known series or of the document's own.
fn ids(text: &str, line: u32, related: bool, own_id: Option<&str>, references: &mut Vec<Reference>) {
    let own_prefix = own_id.and_then(|id| id.split(['-', '_']).next()).unwrap_or_default();
    for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ']' | '['))) {
        let word = word.trim_matches(['.', '-', '_']);
        if word.len() < 5 || !word.as_bytes()[0].is_ascii_uppercase() || word.contains(['/', '[', ']', '.']) {
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
            push(references, ReferenceKind::Id, word, line);
        }
    }
}

fn push(references: &mut Vec<Reference>, kind: ReferenceKind, target: &str, line: u32) {
    let known = references.iter().any(|it| it.target.eq_ignore_ascii_case(target));
    if !known && references.len() < MAX_REFERENCES {
        references.push(Reference { kind, target: target.to_owned(), line });
    }
}
