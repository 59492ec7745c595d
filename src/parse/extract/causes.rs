//! Inferred root-cause tags: what the sections about causes, contributing factors and lessons speak for.
//!
//! Precision comes first: a tag that a reader would not agree with is worse than one that is missing.

use std::ops::Range;

use super::{Source, inferred};
use crate::model::{Document, Kind, OriginKind, RootCauseTag, TagWords};
use crate::parse::labels::Labelled;
use crate::parse::outline::{Block, BlockKind, Outline};
use crate::parse::vocabulary::{HeadingRole, LabelRole, RoleSet};
use crate::taxonomy::Clauses;

/// At most this many tags are inferred for one document, and phrases kept for each.
const MAX_TAGS: usize = 8;
const MAX_EVIDENCE: usize = 4;
/// At most this many bytes of sections are looked at, and as many of labels.
const MAX_BYTES: usize = 24_000;

/// Adds the tags that `document` speaks for and does not state.
pub(super) fn infer(source: &Source<'_>, document: &mut Document) {
    if document.kind.value == Kind::Other {
        return;
    }
    let clauses = passages(source);
    let mut found: Vec<RootCauseTag> = Vec::new();
    for inference in source.taxonomy.infer(&source.outline.plain, &clauses, document.language) {
        let tag = &inference.tag.name;
        if document.tags.iter().any(|it| it.tag == *tag) {
            continue;
        }
        let evidence = evidence(source, &inference.range);
        match found.iter_mut().find(|it| it.tag == *tag) {
            Some(known) => add_evidence(&mut known.because, evidence),
            None => found.push(RootCauseTag {
                tag: tag.clone(),
                raw: String::new(),
                origin: inferred(evidence.line),
                because: vec![evidence],
            }),
        }
    }
    found.truncate(MAX_TAGS);
    document.tags.append(&mut found);
}

/// Keeps the longer one of words that lie in each other.
fn add_evidence(because: &mut Vec<TagWords>, new: TagWords) {
    let same_place = |it: &TagWords| it.line == new.line || it.words == new.words;
    if because.iter().any(|it| same_place(it) && it.words.contains(&new.words)) {
        return;
    }
    because.retain(|it| !(same_place(it) && new.words.contains(&it.words)));
    if because.len() < MAX_EVIDENCE {
        because.push(new);
    }
}

/// Collects the passages that say why it happened and what was learnt.
fn passages(source: &Source<'_>) -> Clauses {
    let outline = source.outline;
    let mut clauses = Clauses::default();
    let speaks: Vec<bool> = outline.sections.iter().map(|section| speaks(section.roles)).collect();
    let mut bytes = 0;
    for block in outline.blocks.iter().filter(|block| speaks[block.section as usize] && is_prose(block)) {
        bytes += block.text.len();
        if bytes > MAX_BYTES {
            break;
        }
        clauses.add(&outline.plain, block.text.clone());
    }
    let mut left = MAX_BYTES;
    for label in source.labelled(LabelRole::RootCause).filter(|label| !speaks[label.section as usize]) {
        if let Some(range) = place(outline, label) {
            let end = outline.plain.floor_char_boundary(range.end.min(range.start + left));
            left -= end - range.start;
            clauses.add(&outline.plain, range.start..end);
        }
        if left == 0 {
            break;
        }
    }
    clauses
}

/// Returns where the value of a label stands in the plain text; front matter has no place there.
fn place(outline: &Outline, label: &Labelled<'_>) -> Option<Range<usize>> {
    if label.value.is_empty() || label.origin.kind == OriginKind::FrontMatter {
        return None;
    }
    let next = outline.blocks.partition_point(|block| block.line <= label.origin.line);
    let block = outline.blocks[..next].iter().rev().find(|block| outline.text(block).contains(label.value))?;
    let start = block.text.start + outline.text(block).find(label.value)?;
    Some(start..start + label.value.len())
}

fn speaks(roles: RoleSet) -> bool {
    (roles.has(HeadingRole::RootCause) || roles.has(HeadingRole::Lessons))
        && !roles.has(HeadingRole::WentWell)
        && !roles.has(HeadingRole::Actions)
        && !roles.has(HeadingRole::Prevention)
}

/// A box is something to do, a heading is repeated by what stands below it, and code is no prose.
fn is_prose(block: &Block) -> bool {
    matches!(
        block.kind,
        BlockKind::Paragraph | BlockKind::Item { checked: None, .. } | BlockKind::Row { header: false, .. }
    )
}

fn evidence(source: &Source<'_>, range: &Range<usize>) -> TagWords {
    let outline = source.outline;
    let mut words = String::with_capacity(range.len());
    for word in outline.plain[range.clone()].split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    let block = outline.blocks.partition_point(|block| block.text.start <= range.start).saturating_sub(1);
    let line = outline.blocks.get(block).map_or(0, |block| outline.line_at(block, range.start, source.lines));
    TagWords { words, line }
}

#[cfg(test)]
mod tests {
    use crate::model::RootCauseTag;
    use crate::parse::{ParseOptions, parse};

    fn tags(path: &str, text: &str) -> Vec<RootCauseTag> {
        parse(path, text.as_bytes(), &ParseOptions::default()).document.tags
    }

    fn inferred(text: &str) -> Vec<String> {
        let tags = tags("INC-1.md", &format!("# An incident\n\n**Severity:** high\n\n{text}"));
        tags.into_iter().filter(RootCauseTag::is_inferred).map(|it| it.tag).collect()
    }

    #[test]
    fn only_what_is_about_causes_and_lessons_counts() {
        assert_eq!(inferred("## Root cause\n\nThe disk was full.\n"), ["disk-full"]);
        assert_eq!(inferred("## Contributing factors\n\n- No alert\n"), ["missing-alert"]);
        assert_eq!(inferred("## Lessons learned\n\n### What went wrong\n\n- No alert\n"), ["missing-alert"]);
        assert_eq!(inferred("**Root cause:** the disk was full\n"), ["disk-full"]);
        assert_eq!(inferred("| Root cause | The disk was full |\n|---|---|\n| a | b |\n"), ["disk-full"]);
        for text in [
            "## Impact\n\nThe disk was full.\n",
            "## Lessons learned\n\n### What went well\n\n- No data loss: the disk was full only here\n",
            "## Action items\n\n- [ ] Alert when the disk is full, no alert today\n",
            "## Root cause\n\n```\nno space left on device\n```\n",
            "## Root cause\n\n- [ ] Find out whether the disk was full\n",
        ] {
            assert_eq!(inferred(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_page_that_is_no_incident_gets_none() {
        let text = "# Postmortem template\n\n## Root cause\n\nThe disk was full.\n";
        assert_eq!(tags("template.md", text), []);
    }

    #[test]
    fn what_is_stated_is_not_inferred_again_and_keeps_its_words() {
        let text = "---\ntags: [No space left, our-own]\n---\n# Incident\n\n## Root cause\n\nThe disk was full, nobody \
                    was\nalerted.\n";
        let found: Vec<(String, String, bool)> =
            tags("INC-1.md", text).into_iter().map(|it| (it.tag.clone(), it.raw.clone(), it.is_inferred())).collect();
        let expected = [
            ("disk-full".to_owned(), "No space left".to_owned(), false),
            ("our-own".to_owned(), "our-own".to_owned(), false),
            ("missing-alert".to_owned(), String::new(), true),
        ];
        assert_eq!(found, expected);
        let because = &tags("INC-1.md", text)[2].because;
        assert_eq!((because[0].words.as_str(), because[0].line), ("nobody was alerted", 8));
    }
}
