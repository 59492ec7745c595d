//! Folding: how words are compared. Case, accents, punctuation and emoji do not count.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Appends `text` to `out` as lower-case words separated by single spaces; letters lose their accents, everything
/// that is no letter or digit separates words. An apostrophe inside a word is dropped.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    if is_plain(text) {
        let begin = out.len();
        out.push_str(text);
        out[begin..].make_ascii_lowercase();
        return;
    }
    let begin = out.len();
    let mut folder = Folder { bytes: std::mem::take(out).into_bytes(), begin, gap: false };
    folder.bytes.reserve(text.len() + 1);
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = if rest.is_ascii() { rest.len() } else { rest.bytes().take_while(u8::is_ascii).count() };
        let (run, behind) = rest.split_at(ascii);
        folder.ascii(run.as_bytes());
        let mut chars = behind.chars();
        chars.next().into_iter().for_each(|c| folder.character(c));
        rest = chars.as_str();
    }
    *out = String::from_utf8(folder.bytes).expect("whole characters were put behind text");
}

/// Tells whether nothing but case separates the text from its folded form: most labels and headings.
fn is_plain(text: &str) -> bool {
    let mut gap = true;
    let is_plain = text.bytes().all(|byte| {
        let doubled = gap && byte == b' ';
        gap = byte == b' ';
        !doubled && (gap || byte.is_ascii_alphanumeric())
    });
    is_plain && !gap
}

/// What an ASCII byte becomes: itself in lower case, nothing (the apostrophe), or a gap between words.
const ASCII: [u8; 128] = {
    let mut table = [GAP; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table[b'\'' as usize] = NOTHING;
    table
};
const GAP: u8 = 0;
const NOTHING: u8 = 1;

struct Folder {
    bytes: Vec<u8>,
    begin: usize,
    /// Something that separates words has come.
    gap: bool,
}

impl Folder {
    /// The common case.
    fn ascii(&mut self, run: &[u8]) {
        let mut at = self.bytes.len();
        let mut gap = self.gap;
        // A space stands for at least one byte that is dropped, which may have come before.
        self.bytes.resize(at + run.len() + 1, 0);
        for byte in run {
            match ASCII[usize::from(byte & 0x7F)] {
                GAP => gap = true,
                NOTHING => {}
                letter => {
                    if gap && at > self.begin {
                        self.bytes[at] = b' ';
                        at += 1;
                    }
                    gap = false;
                    self.bytes[at] = letter;
                    at += 1;
                }
            }
        }
        self.bytes.truncate(at);
        self.gap = gap;
    }

    fn character(&mut self, c: char) {
        match c {
            'ß' => self.ascii(b"ss"),
            'ø' | 'Ø' => self.ascii(b"o"),
            'ł' | 'Ł' => self.ascii(b"l"),
            'ı' => self.ascii(b"i"),
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
            '\0'..='\x7F' => self.ascii(&[c as u8]),
            _ if c.is_alphanumeric() => c.to_lowercase().for_each(|c| self.letter(c)),
            _ => self.gap = true,
        }
    }

    fn letter(&mut self, c: char) {
        if self.gap && self.bytes.len() > self.begin {
            self.bytes.push(b' ');
        }
        self.gap = false;
        self.bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

/// Returns `text` folded.
#[must_use]
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    fold_into(text, &mut out);
    out
}

/// Tells for most of what only separates words that it does.
pub(super) fn is_gap(c: char) -> bool {
    match c {
        '\0'..='\x7F' => ASCII[c as usize] == GAP,
        '\u{2019}' => false,
        _ => matches!(c, '«' | '»' | '\u{2010}'..='\u{205E}' | '\u{2190}'..='\u{2199}' | '\u{2600}'..='\u{2767}'),
    }
}

/// Returns the length of the shortest beginning of `text` that folds to `length` bytes or more, one character at least.
pub(crate) fn folded_from(text: &str, length: usize) -> usize {
    if text.is_ascii() {
        return folded_from_ascii(text.as_bytes(), length);
    }
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    let found = ends.partition_point(|end| fold(&text[..*end]).len() < length);
    ends.get(found).copied().unwrap_or(text.len())
}

fn folded_from_ascii(text: &[u8], length: usize) -> usize {
    let (mut count, mut gap) = (0, false);
    let reaches = |byte: &u8| {
        match ASCII[usize::from(byte & 0x7F)] {
            GAP => gap = true,
            NOTHING => {}
            _ => {
                count += 1 + usize::from(gap && count > 0);
                gap = false;
            }
        }
        count >= length
    };
    text.iter().position(reaches).map_or(text.len(), |at| at + 1)
}

/// Returns `text` folded, for words that last as long as the program: most are written folded.
pub(crate) fn fold_static(text: &'static str) -> &'static str {
    let is_folded = is_plain(text) && !text.bytes().any(|byte| byte.is_ascii_uppercase());
    if is_folded { text } else { fold(text).leak() }
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
