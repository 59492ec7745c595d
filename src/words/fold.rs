//! Folding: how words are compared. Case, accents, punctuation and emoji do not count.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::letters::spaced_words;

/// Appends `text` to `out` as lower-case words separated by single spaces; letters lose their accents, everything
/// that is no letter or digit separates words. An apostrophe inside a word is dropped.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    out.reserve(text.len() + 1);
    let begin = out.len();
    let mut folder = Folder { out, begin, gap: false };
    let mut rest = text;
    while !rest.is_empty() {
        rest = folder.ascii(rest);
        let mut chars = rest.chars();
        chars.next().into_iter().for_each(|c| folder.character(c));
        rest = chars.as_str();
    }
    out[begin..].make_ascii_lowercase();
}

/// What a byte of a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter or digit of ASCII.
    Letter,
    Gap,
    /// The apostrophe.
    Nothing,
    /// Part of a character that one byte does not tell.
    Beyond,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Gap; 256];
    let mut byte = 0;
    while byte < 256 {
        if byte >= 128 {
            classes[byte] = Class::Beyond;
        } else if (byte as u8).is_ascii_alphanumeric() {
            classes[byte] = Class::Letter;
        }
        byte += 1;
    }
    classes[b'\'' as usize] = Class::Nothing;
    classes
};

fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

/// Puts folded text behind what is there; letters of ASCII keep their case until the end.
struct Folder<'a> {
    out: &'a mut String,
    /// Where the folded text begins in `out`.
    begin: usize,
    /// Something that separates words has come.
    gap: bool,
}

impl Folder<'_> {
    /// Takes the text up to the first character that is none of ASCII and returns the rest: the common case.
    fn ascii<'t>(&mut self, text: &'t str) -> &'t str {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            match class(*byte) {
                Class::Letter => {
                    // They stand folded but for their case.
                    let length = spaced_words(&bytes[at..]);
                    self.put(&text[at..at + length]);
                    at += length;
                    continue;
                }
                Class::Gap => self.gap = true,
                Class::Nothing => {}
                Class::Beyond => return &text[at..],
            }
            at += 1;
        }
        ""
    }

    fn put(&mut self, words: &str) {
        if self.gap && self.out.len() > self.begin {
            self.out.push(' ');
        }
        self.gap = false;
        self.out.push_str(words);
    }

    fn character(&mut self, c: char) {
        match c {
            'ß' => self.put("ss"),
            'ø' | 'Ø' => self.put("o"),
            'ł' | 'Ł' => self.put("l"),
            'ı' => self.put("i"),
            '’' => {}
            // What needs no look-up in the tables of Unicode: most of a text in any language.
            'а'..='и' | 'к'..='я' | '\u{4E00}'..='\u{9FFF}' => self.letter(c),
            _ if is_gap(c) => self.gap = true,
            // Decomposing each alone is enough: only marks could change places, and they are dropped.
            _ => std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)).for_each(|c| self.part(c)),
        }
    }

    /// Takes a character that is decomposed.
    fn part(&mut self, c: char) {
        match c {
            // Cyrillic, jamo, kana and Han letters without case.
            'а'..='я' | '\u{1100}'..='\u{11FF}' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '\u{4E00}'..='\u{9FFF}' => {
                self.letter(c);
            }
            '\0'..='\x7F' => _ = self.ascii(c.encode_utf8(&mut [0; 4])),
            _ if c.is_alphanumeric() => c.to_lowercase().for_each(|c| self.letter(c)),
            _ => self.gap = true,
        }
    }

    fn letter(&mut self, c: char) {
        self.put(c.encode_utf8(&mut [0; 4]));
    }
}

/// Returns `text` folded.
#[must_use]
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    fold_into(text, &mut out);
    out
}

/// Tells whether a character is one of the common ones that only separate words; others may separate them too.
pub(super) fn is_gap(c: char) -> bool {
    match c {
        '\0'..='\x7F' => class(c as u8) == Class::Gap,
        '\u{2019}' => false,
        _ => matches!(c, '«' | '»' | '\u{2010}'..='\u{205E}' | '\u{2190}'..='\u{2199}' | '\u{2600}'..='\u{2767}'),
    }
}

/// Returns the length of the shortest beginning of `text` that folds to `length` bytes or more, one character at least.
pub(crate) fn folded_from(text: &str, length: usize) -> usize {
    if text.is_ascii() {
        return folded_from_ascii(text.as_bytes(), length);
    }
    let mut out = String::with_capacity(length + 8);
    let mut folder = Folder { out: &mut out, begin: 0, gap: false };
    for (at, c) in text.char_indices() {
        match c.is_ascii() {
            true => _ = folder.ascii(&text[at..=at]),
            false => folder.character(c),
        }
        if folder.out.len() >= length {
            return at + c.len_utf8();
        }
    }
    text.len()
}

fn folded_from_ascii(text: &[u8], length: usize) -> usize {
    if length == 0 {
        return text.len().min(1);
    }
    // How long the text up to `at` is when folded, and whether a space comes next in it.
    let (mut folded, mut gap) = (0, false);
    let mut at = 0;
    while at < text.len() {
        if class(text[at]) != Class::Letter {
            gap |= class(text[at]) == Class::Gap;
            at += 1;
            continue;
        }
        // No more is looked at than is asked for.
        let words = spaced_words(&text[at..text.len().min(at + length - folded + 1)]);
        folded += usize::from(gap && folded > 0);
        if folded + words >= length {
            let end = at + length.saturating_sub(folded).max(1);
            // A space comes with the letter behind it.
            return end + usize::from(text[end - 1] == b' ');
        }
        folded += words;
        at += words;
        gap = false;
    }
    text.len()
}

/// Returns `text` folded, for words that last as long as the program: most are written folded.
pub(crate) fn fold_static(text: &'static str) -> &'static str {
    let is_lower = !text.is_empty() && !text.bytes().any(|byte| byte.is_ascii_uppercase());
    if is_lower && spaced_words(text.as_bytes()) == text.len() { text } else { fold(text).leak() }
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
        assert_eq!(fold(" A  b-C'D 'E' Éf ÀB'c— 1 x"), "a b cd e ef abc 1 x");
    }

    #[test]
    fn folds_behind_what_is_there() {
        for (text, expected) in [("", "a b"), ("-C D-", "a bc d"), ("'s", "a bs"), ("é f", "a be f"), ("...", "a b")] {
            let mut out = String::from("a b");
            fold_into(text, &mut out);
            assert_eq!(out, expected);
        }
        assert_eq!(fold_static("root cause"), "root cause");
        assert_eq!(fold_static("Root  cause "), "root cause");
    }

    #[test]
    fn the_way_back_is_that_of_folding() {
        for text in ["The  *Disk's* Quota, was (full)", "Größe - é ß", "", "--", "a"] {
            for length in 0..=fold(text).len() + 1 {
                let end = folded_from(text, length);
                let long_enough = |end: usize| fold(&text[..end]).len() >= length;
                let shorter = text.char_indices().map(|(at, _)| at).filter(|at| *at > 0 && *at < end);
                assert!(long_enough(end) || end == text.len(), "{text} {length}");
                assert!(!shorter.into_iter().any(long_enough), "{text} {length}");
            }
        }
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
