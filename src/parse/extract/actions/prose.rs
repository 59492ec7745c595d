//! Action items told in prose: lines and paragraphs that are marked, instruct, or commit to something.

use std::ops::Range;

use super::{marks, token};
use crate::parse::extract::Source;
use crate::parse::outline::{Block, BlockKind};
use crate::parse::vocabulary::{LabelRole, Tense, fold, is_unsegmented};

/// So many paragraphs are looked at for the line that announces them.
const NEAR: usize = 20;

/// How people mark work to do in running text.
pub(super) const TODO: &str = "TODO";

/// A label that names work is at most so long.
const LONGEST_NAME: usize = 40;

/// Returns where the items of a paragraph stand in the plain text: each of its lines, or all of it, or nothing.
pub(super) fn items(source: &Source<'_>, block: &Block) -> Vec<Range<usize>> {
    let outline = source.outline;
    let lines: Vec<_> = outline.text_lines(block).collect();
    let text = |line: &Range<usize>| &outline.plain[line.clone()];
    if lines.iter().all(|line| marks::leading_mark(text(line)).is_some()) {
        return lines;
    }
    // A line that goes on begins with a small letter; where every line begins anew, each says a thing of its own.
    let listed = lines.len() > 1 && lines.iter().all(|line| begins_anew(text(line)));
    let telling = |line: &&Range<usize>| is_labelled(source, text(line)) || is_instruction(source, text(line));
    if listed && lines.iter().filter(telling).count() * 2 >= lines.len() {
        return lines.into_iter().filter(|line| !text(line).trim_end().ends_with([':', '：'])).collect();
    }
    let text = outline.text(block);
    if is_instruction(source, text) || tells_outcome(source, text) { vec![block.text.clone()] } else { Vec::new() }
}

/// Returns where the work stands that a line names by a label (`Action point: watch the queue`, `**TODO** watch it`).
pub(super) fn named(source: &Source<'_>, line: &Range<usize>) -> Option<Range<usize>> {
    let text = &source.outline.plain[line.clone()];
    if let Some(rest) = text.strip_prefix(TODO)
        && source.outline.strong_in(line).first().is_some_and(|run| run.start == line.start)
    {
        let work = rest.trim_start_matches([' ', ':', '：']);
        let apart = work.len() < rest.len();
        return (apart && is_long_enough(&fold(work))).then(|| line.end - work.len()..line.end);
    }
    let (name, rest) = token::split_at_near_colon(text, LONGEST_NAME)?;
    let names = source.words.may_name_work(name) && source.words.label_of(name).means(LabelRole::Actions);
    (names && instructs(source, rest.trim_start())).then(|| line.end - rest.trim_start().len()..line.end)
}

/// Whether a paragraph announces a list of what its writers are going to do, and the list does say so
/// (`To keep this from happening again, we will:`).
pub(super) fn promises(source: &Source<'_>, index: usize) -> bool {
    let outline = source.outline;
    let text = outline.text(&outline.blocks[index]).trim_end();
    if !text.ends_with([':', '：']) {
        return false;
    }
    let sentence = text.rsplit(['.', '!', '?', '。']).next().unwrap_or(text);
    let promises = &source.words.promises;
    if !promises.may_be_in(sentence) || promises.first(&fold(sentence)).is_none() {
        return false;
    }
    let of_list = |block: &&Block| matches!(block.kind, BlockKind::Item { .. }) || block.parent.is_some();
    let items = || {
        let list = outline.blocks[index + 1..].iter().take(NEAR).take_while(of_list);
        list.filter(|block| block.parent.is_none())
    };
    let telling = items().filter(|item| is_instruction(source, outline.text(item))).count();
    telling * 2 >= items().count() && telling > 0
}

/// Whether a paragraph sums up the list before it: the last words of a section, without a mark of their own.
pub(super) fn closes_a_list(source: &Source<'_>, index: usize) -> bool {
    let blocks = &source.outline.blocks;
    let block = &blocks[index];
    let beside = |it: &&Block| it.section == block.section;
    let is_item = |it: &Block| matches!(it.kind, BlockKind::Item { .. });
    marks::leading_mark(source.outline.text(block)).is_none()
        && blocks[..index].iter().rev().take(NEAR).take_while(beside).any(is_item)
        && !blocks[index + 1..].iter().take(NEAR).take_while(beside).any(|it| it.parent.is_none() && is_item(it))
}

/// Whether a paragraph is one of two or more that a line with a colon before them announces
/// (`These measures were taken:`).
pub(super) fn is_announced(source: &Source<'_>, index: usize) -> bool {
    let blocks = &source.outline.blocks;
    let plain = |block: &&Block| {
        block.kind == BlockKind::Paragraph && block.parent.is_none() && block.section == blocks[index].section
    };
    let announces = |block: &Block| source.outline.text(block).trim_end().ends_with([':', '：']);
    let mut before = blocks[..index].iter().rev().take(NEAR).take_while(plain);
    let Some(at) = before.position(announces) else { return false };
    let behind = blocks[index + 1..].iter().take(NEAR).take_while(plain).take_while(|block| !announces(block)).count();
    !announces(&blocks[index]) && at + 1 + behind >= 2
}

/// Whether a paragraph is one of two or more that each begin with what is to be done, in bold
/// (`**Alerts on free space.** We page at …`).
pub(super) fn is_led_by_bold(source: &Source<'_>, index: usize) -> bool {
    let outline = source.outline;
    let blocks = &outline.blocks;
    let leads = |block: &Block| {
        block.kind == BlockKind::Paragraph
            && block.parent.is_none()
            && block.section == blocks[index].section
            && outline.strong_in(&block.text).first().is_some_and(|run| {
                let bold = &outline.plain[run.clone()];
                run.start == block.text.start
                    && run.end < block.text.end
                    && bold.ends_with(['.', '。'])
                    && bold.contains(|c: char| c == ' ' || is_unsegmented(c))
            })
    };
    leads(&blocks[index])
        && (blocks[..index].iter().rev().take(NEAR).any(leads) || blocks[index + 1..].iter().take(NEAR).any(leads))
}

/// Whether a paragraph ends with what came of it, in brackets (`Nobody is called at night. (added a rota)`).
fn tells_outcome(source: &Source<'_>, text: &str) -> bool {
    let Some(inner) = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('(')) else { return false };
    source.words.tense(&fold(inner.1)) == Tense::Past
}

fn begins_anew(line: &str) -> bool {
    let first = line.chars().find(|c| c.is_alphanumeric());
    line.split_whitespace().nth(1).is_some() && first.is_some_and(|c| c.is_uppercase() || c.is_numeric())
        || first.is_some_and(is_unsegmented)
}

/// `Monitoring and alerts: watch the queue`.
fn is_labelled(source: &Source<'_>, line: &str) -> bool {
    label(source, line).is_some_and(|rest| is_long_enough(&fold(rest)))
}

/// Returns what stands behind a short label that is no field's.
fn label<'a>(source: &Source<'_>, line: &'a str) -> Option<&'a str> {
    let (name, rest) = token::split_at_near_colon(line, 60)?;
    let short = name.split_whitespace().count() <= 5;
    (short && !rest.starts_with('/') && source.words.label_of(name).is_empty()).then_some(rest)
}

/// Tells whether a text gives an instruction or commits to something; explanations do not. A label may stand before it.
pub(super) fn is_instruction(source: &Source<'_>, text: &str) -> bool {
    instructs(source, text) || label(source, text).is_some_and(|rest| instructs(source, rest))
}

fn instructs(source: &Source<'_>, text: &str) -> bool {
    if text.trim_end().ends_with([':', '?', '：', '？']) {
        return false;
    }
    let words = source.words;
    let sentence = first_sentence(text);
    if !words.may_instruct(sentence) && !words.will.may_be_in(sentence) {
        return false;
    }
    let folded = fold(sentence);
    if !is_long_enough(&folded) {
        return false;
    }
    let first = folded.split(' ').next().unwrap_or_default();
    let commits = || words.will.first(&folded).is_some_and(|(_, start, _)| start < 60);
    words.instructs(&folded) || (!words.quantifiers.contains(first) && commits())
}

/// Returns a text up to its first full stop or the like, which is found by its first byte.
fn first_sentence(text: &str) -> &str {
    let may_end = |byte: &u8| matches!(byte, b'.' | b'!' | b'?' | 0xE3 | 0xEF);
    let mut from = 0;
    while let Some(at) = text.as_bytes()[from..].iter().position(may_end).map(|at| from + at) {
        let rest = text[at..].strip_prefix(['.', '!', '?', '。', '！', '？']);
        if let Some(rest) = rest {
            return &text[..text.len() - rest.len()];
        }
        from = at + 1;
    }
    text
}

/// Three words say something; so do six letters where no spaces separate words.
fn is_long_enough(folded: &str) -> bool {
    folded.split(' ').nth(2).is_some() || folded.chars().filter(|c| is_unsegmented(*c)).count() >= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_sentence_has_its_full_stop() {
        for text in ["Add it. Then", "見直す。次", "ok！x", "no end、", "", ".", "a…b？c", "ｆｕｌｌ"] {
            let ends = |c: char| matches!(c, '.' | '!' | '?' | '。' | '！' | '？');
            assert_eq!(first_sentence(text), text.split_inclusive(ends).next().unwrap_or(text), "{text}");
        }
    }
}
