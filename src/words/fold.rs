//! Folding: how words are compared. Case, accents, punctuation and emoji do not count.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Appends `text` to `out` as lower-case words separated by single spaces; letters lose their accents, everything
/// that is no letter or digit separates words. An apostrophe inside a word is dropped.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    let begin = out.len();
    let mut gap = false;
    let mut push = |out: &mut String, c: char| {
        // Cyrillic, jamo, kana and Han letters without case: no look-up in the tables of Unicode.
        let certain =
            matches!(c, 'а'..='я' | '\u{1100}'..='\u{11FF}' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '\u{4E00}'..='\u{9FFF}');
        if certain || c.is_alphanumeric() {
            if gap && out.len() > begin {
                out.push(' ');
            }
            gap = false;
            if certain {
                out.push(c);
            } else {
                out.extend(c.to_lowercase());
            }
        } else if !matches!(c, '\'' | '’') {
            gap = true;
        }
    };
    if text.is_ascii() {
        fold_ascii(text, out);
    } else {
        for c in text.chars() {
            match c {
                // What needs no look-up in the tables of Unicode: most of a text in any language.
                '\0'..='\x7F' | 'а'..='и' | 'к'..='я' | '\u{4E00}'..='\u{9FFF}' => push(out, c),
                'ß' => {
                    push(out, 's');
                    push(out, 's');
                }
                'ø' | 'Ø' => push(out, 'o'),
                'ł' | 'Ł' => push(out, 'l'),
                'ı' => push(out, 'i'),
                // Decomposing each alone is enough: only marks could change places, and they are dropped.
                _ => std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)).for_each(|c| push(out, c)),
            }
        }
    }
}

/// The common case, word by word.
fn fold_ascii(text: &str, out: &mut String) {
    out.reserve(text.len());
    let begin = out.len();
    let mut glue = false;
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        let skipped = &rest[..start];
        let word = &rest[start..];
        let length = word.bytes().take_while(u8::is_ascii_alphanumeric).count();
        glue &= skipped.bytes().all(|byte| byte == b'\'');
        if !glue && out.len() > begin {
            out.push(' ');
        }
        let at = out.len();
        out.push_str(&word[..length]);
        out[at..].make_ascii_lowercase();
        glue = true;
        rest = &word[length..];
    }
}

/// Returns `text` folded.
#[must_use]
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Tells whether a match at `start..end` of folded `text` begins and ends at word boundaries. Scripts that do not
/// separate words (Han, kana, Hangul, Thai) have a boundary everywhere.
#[must_use]
pub(crate) fn is_whole_word(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let inside_first = text[start..end].chars().next();
    let inside_last = text[start..end].chars().next_back();
    let glued = |a: Option<char>, b: Option<char>| {
        a.is_some_and(char::is_alphanumeric)
            && b.is_some_and(char::is_alphanumeric)
            && !a.is_some_and(is_unsegmented)
            && !b.is_some_and(is_unsegmented)
    };
    !glued(before, inside_first) && !glued(inside_last, after)
}

/// Tells whether `c` belongs to a script that does not put spaces between words.
#[must_use]
pub(crate) fn is_unsegmented(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1100..=0x11FF | 0x3040..=0x30FF | 0x3130..=0x318F | 0x3400..=0x9FFF
        | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_accents_punctuation_and_emoji() {
        assert_eq!(fold("✅ **Causa Raíz:**"), "causa raiz");
        assert_eq!(fold("What didn't go well?"), "what didnt go well");
        assert_eq!(fold("Maßnahmen — Übersicht"), "massnahmen ubersicht");
        assert_eq!(fold("  "), "");
        assert_eq!(fold("Ödön ÿ ÷ æble þ ð çà ñ Řád İ"), "odon y æble þ ð ca n rad i");
    }

    #[test]
    fn the_short_way_is_that_of_unicode() {
        for c in ('\u{80}'..'\u{3400}').chain('\u{9F00}'..'\u{B000}') {
            if matches!(c, 'ß' | 'ø' | 'Ø' | 'ł' | 'Ł' | 'ı' | '’') {
                continue;
            }
            let letters = c.to_string().nfd().filter(|c| !is_combining_mark(*c)).collect::<String>();
            let expected: String =
                letters.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            assert_eq!(fold(&c.to_string()).replace(' ', ""), expected, "{c:?}");
        }
    }

    #[test]
    fn knows_word_boundaries() {
        let text = "because root cause";
        assert!(!is_whole_word(text, 2, 7));
        assert!(is_whole_word(text, 13, 18));
        assert!(is_whole_word("根本原因分析", 0, 12));
    }
}
