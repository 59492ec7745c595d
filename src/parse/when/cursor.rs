//! A copyable position in a text, with the few steps that all scanners of times share. Backtracking is a copy.

use unicode_normalization::char::is_combining_mark;

use crate::words::ascii_letters;

/// A byte position in `text`, always on a character boundary.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Returns the cursor at byte `at`, which must be a character boundary.
    pub(super) fn moved(self, at: usize) -> Self {
        Self { text: self.text, at }
    }

    pub(super) fn rest(self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn byte(self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Returns the byte `n` places ahead.
    pub(super) fn ahead(self, n: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + n).copied()
    }

    pub(super) fn peek(self) -> Option<char> {
        match self.byte()? {
            b if b.is_ascii() => Some(char::from(b)),
            _ => self.rest().chars().next(),
        }
    }

    pub(super) fn before(self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// Steps over one character.
    pub(super) fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let hit = self.byte() == Some(byte);
        self.at += usize::from(hit);
        hit
    }

    pub(super) fn eat_char(&mut self, any: &[char]) -> bool {
        let hit = self.peek().is_some_and(|c| any.contains(&c));
        if hit {
            self.bump();
        }
        hit
    }

    /// Reads a run of at most nine ASCII digits: its value and its length.
    pub(super) fn digits(&mut self) -> Option<(u32, usize)> {
        let (mut value, mut run) = (0, 0);
        while let Some(digit) = self.ahead(run).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10) {
            if run == 9 {
                return None;
            }
            value = value * 10 + u32::from(digit);
            run += 1;
        }
        self.at += run;
        (run > 0).then_some((value, run))
    }

    /// Skips spaces of every kind but line ends; returns whether there were any.
    pub(super) fn blanks(&mut self) -> bool {
        let start = self.at;
        loop {
            match self.byte() {
                Some(b' ' | b'\t') => self.at += 1,
                Some(byte) if !byte.is_ascii() && self.peek().is_some_and(is_blank) => self.bump(),
                _ => return self.at > start,
            }
        }
    }

    /// Steps over a hyphen or dash.
    pub(super) fn dash(&mut self) -> bool {
        let hit = self.peek().is_some_and(is_dash);
        if hit {
            self.bump();
        }
        hit
    }

    /// Returns the run of ASCII letters here, perhaps empty; `None` where more letters may follow.
    #[inline]
    pub(super) fn ascii_word(self) -> Option<&'a [u8]> {
        let rest = &self.text.as_bytes()[self.at..];
        let len = ascii_letters(rest);
        rest.get(len).is_none_or(u8::is_ascii).then(|| &rest[..len])
    }

    /// Reads a run of letters.
    pub(super) fn letters(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let len = match self.ascii_word() {
            Some(word) => word.len(),
            None => rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len()),
        };
        self.at += len;
        (len > 0).then(|| &rest[..len])
    }

    /// Returns whether neither letter, digit nor underscore follows.
    pub(super) fn at_word_end(self) -> bool {
        !self.peek().is_some_and(|c| c.is_alphanumeric() || c == '_')
    }

    /// Returns whether a digit follows.
    pub(super) fn at_digit(self) -> bool {
        self.byte().is_some_and(|b| b.is_ascii_digit())
    }
}

/// Tells for most dashes, quotes and arrows at once that they are none of the letters of Unicode.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{205E}' | '\u{2190}'..='\u{23FF}')
}

pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' | '\u{3000}')
}

/// Hyphen-minus, the Unicode hyphens and dashes, and the minus sign.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Tells whether a character is part of a word: a letter, or a mark on one, as the tones of Thai and what joins letters of
/// Hindi are.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || is_combining_mark(c)
}

/// Scripts written without spaces between words: a word ends where its dictionary form ends.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}
