//! The language of a document, by its stop words and its script.

use super::Source;
use crate::parse::outline::BlockKind;

/// Words looked at; enough to be sure, few enough to be quick.
const WORDS: usize = 120;

/// Languages whose numeric dates begin with the day wherever they are spoken, or nearly so.
const DAY_FIRST: [&str; 16] =
    ["cs", "da", "de", "es", "fi", "fr", "id", "it", "nb", "nl", "pl", "pt", "ru", "tr", "uk", "vi"];

/// Tells whether `10/01/2025` is the tenth of January in a language, by its code.
pub(super) fn is_day_first(language: &str) -> bool {
    DAY_FIRST.contains(&language)
}

/// Returns the ISO 639-1 code where it is clear.
pub(super) fn detect(source: &Source<'_>) -> Option<&'static str> {
    let outline = source.outline;
    let prose = outline
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Row { .. }))
        .map(|block| outline.text(block));
    let mut counts = vec![0_usize; source.words.language_count()];
    let (mut seen, mut kana, mut hangul, mut han, mut thai) = (0, 0, 0, 0, 0);
    let mut lower = String::new();
    for word in prose.flat_map(words) {
        match word.chars().next().map_or(0, u32::from) {
            0x3040..=0x30FF => kana += 1,
            0xAC00..=0xD7AF => hangul += 1,
            0x4E00..=0x9FFF => han += 1,
            0x0E00..=0x0E7F => thai += 1,
            _ if word.len() <= 12 && source.words.may_be_stopword(word) => {
                lower.clear();
                if word.is_ascii() {
                    lower.push_str(word);
                    lower.make_ascii_lowercase();
                } else {
                    lower.extend(word.chars().flat_map(char::to_lowercase));
                }
                for language in source.words.stopword_languages(&lower) {
                    counts[*language] += 1;
                }
            }
            _ => {}
        }
        seen += 1;
        if seen >= WORDS {
            break;
        }
    }
    if let Some(script) = by_script(seen, [kana, hangul, han, thai]) {
        return Some(script);
    }
    let best = (0..counts.len()).max_by_key(|index| counts[*index])?;
    let second = (0..counts.len()).filter(|index| *index != best).map(|index| counts[index]).max().unwrap_or(0);
    let clear = counts[best] >= 4 && counts[best] * 12 >= seen && counts[best] > second;
    clear.then(|| source.words.language_code(best))
}

/// Returns the runs of letters.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some((_, width)) = character(text, at).filter(|(is_letter, _)| !is_letter) {
            at += width;
        }
        let start = at;
        while let Some((_, width)) = character(text, at).filter(|(is_letter, _)| *is_letter) {
            at += width;
        }
        (at > start).then(|| &text[start..at])
    })
}

#[derive(Clone, Copy)]
enum Class {
    Letter,
    Other,
    /// Part of a character that only the tables of Unicode know.
    Beyond,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        if byte >= 128 {
            classes[byte] = Class::Beyond;
        } else if (byte as u8).is_ascii_alphabetic() {
            classes[byte] = Class::Letter;
        }
        byte += 1;
    }
    classes
};

/// Tells of the character at byte `at` whether it is a letter, and how many bytes it has.
#[inline]
fn character(text: &str, at: usize) -> Option<(bool, usize)> {
    match CLASSES[usize::from(*text.as_bytes().get(at)?)] {
        Class::Letter => Some((true, 1)),
        Class::Other => Some((false, 1)),
        Class::Beyond => text[at..].chars().next().map(|c| (c.is_alphabetic(), c.len_utf8())),
    }
}

fn by_script(seen: usize, [kana, hangul, han, thai]: [usize; 4]) -> Option<&'static str> {
    let share = |count: usize| count * 5 >= seen && count >= 3;
    if share(kana) || (kana >= 2 && share(kana + han)) {
        Some("ja")
    } else if share(hangul) {
        Some("ko")
    } else if share(han) {
        Some("zh")
    } else if share(thai) {
        Some("th")
    } else {
        None
    }
}
