//! Identifiers: several words joined by connecting characters, or one word with humps; and words beyond ASCII.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::script::{humps, is_unspaced, is_word_char};
use super::{MAX_TERM, Pending, TokenKind, WordStream};
use crate::index::text::{fold_into, joined};

/// Most words of one identifier; what goes on longer is read as several.
const MAX_WORDS: usize = 48;

impl WordStream<'_> {
    /// Reads a word that is not plain ASCII, or all of an identifier where its whole was asked for, onto the pending
    /// list.
    pub(super) fn identifier(&mut self) {
        self.buffers.pending.clear();
        self.buffers.folded.clear();
        self.next = 0;
        let start = self.at;
        let is_ascii = self.find_words();
        let mut words = std::mem::take(&mut self.buffers.words);
        let end = words.last().map_or(start, |word| word.end);
        if is_ascii {
            self.ascii_identifier(&words, start..end);
        } else {
            self.other_identifier(&words, start..end);
        }
        self.at = end;
        words.clear();
        self.buffers.words = words;
    }

    /// Finds the words of the identifier that begins here, or the first of them; tells whether all of it is ASCII.
    fn find_words(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let (mut at, mut is_ascii) = (self.at, true);
        loop {
            let from = at;
            while let Some(&byte) = bytes.get(at) {
                if byte.is_ascii_alphanumeric() {
                    at += 1;
                } else if byte.is_ascii() {
                    break;
                } else {
                    let c = self.char_at(at);
                    if !is_word_char(c) {
                        break;
                    }
                    is_ascii = false;
                    at += c.len_utf8();
                }
            }
            self.buffers.words.push(from..at);
            match self.next_part(at) {
                Some(next) if self.buffers.wholes && self.buffers.words.len() < MAX_WORDS => at = next,
                _ => return is_ascii,
            }
        }
    }

    /// Folding keeps the length of ASCII, so the identifier is folded once and its tokens are pieces of that.
    fn ascii_identifier(&mut self, words: &[Range<usize>], span: Range<usize>) {
        let text = self.text;
        let first_position = self.position;
        let super::WordTokenizer { folded, pending, wholes, .. } = &mut *self.buffers;
        folded.push_str(&text[span.clone()]);
        folded.make_ascii_lowercase();
        let mut push = |token: Range<usize>, position, kind| {
            pending.push(Pending {
                text: token.start - span.start..token.end - span.start,
                span: token,
                position,
                kind,
            });
        };
        for word in words {
            let position = self.position;
            self.position += 1;
            if word.len() > MAX_TERM {
                continue;
            }
            push(word.clone(), position, TokenKind::Word);
            humps(&text.as_bytes()[word.clone()], |hump| {
                push(word.start + hump.start..word.start + hump.end, position, TokenKind::Hump);
            });
        }
        if *wholes && words.len() > 1 && span.len() <= MAX_TERM && is_name(text[span.clone()].as_bytes()) {
            push(span.clone(), first_position, TokenKind::Whole);
        }
    }

    fn other_identifier(&mut self, words: &[Range<usize>], span: Range<usize>) {
        let first_position = self.position;
        let mut unspaced = false;
        for word in words {
            unspaced |= self.other_word(word.clone());
        }
        if self.buffers.wholes && words.len() > 1 && !unspaced && span.len() <= MAX_TERM {
            self.push(span, first_position, TokenKind::Whole);
        }
    }

    /// Puts one word on the pending list; true where it has characters of a script without spaces.
    fn other_word(&mut self, span: Range<usize>) -> bool {
        let word = &self.text[span.clone()];
        if !word.chars().any(is_unspaced) {
            self.spaced_word(span);
            return false;
        }
        let mut from = span.start;
        let mut unspaced = word.chars().next().is_some_and(is_unspaced);
        for (at, c) in word.char_indices() {
            let at = span.start + at;
            // A mark belongs to what it stands on.
            if !is_combining_mark(c) && is_unspaced(c) != unspaced {
                self.run(from..at, unspaced);
                (from, unspaced) = (at, !unspaced);
            }
        }
        self.run(from..span.end, unspaced);
        true
    }

    fn run(&mut self, span: Range<usize>, unspaced: bool) {
        if unspaced {
            self.unspaced_run(span);
        } else if !span.is_empty() {
            self.spaced_word(span);
        }
    }

    fn spaced_word(&mut self, span: Range<usize>) {
        let position = self.position;
        self.position += 1;
        if span.len() > MAX_TERM {
            return;
        }
        self.push(span.clone(), position, TokenKind::Word);
        if self.text[span.clone()].is_ascii() {
            humps(&self.text.as_bytes()[span.clone()], |hump| {
                self.push(span.start + hump.start..span.start + hump.end, position, TokenKind::Hump);
            });
        }
    }

    fn unspaced_run(&mut self, span: Range<usize>) {
        // A mark behind its letter is a part of it, as where both are one character.
        let mut before = None;
        let mut starts = self.text[span.clone()].char_indices().filter_map(|(at, c)| {
            let joined = before.and_then(|before| joined(before, c));
            before = joined.or(Some(c));
            joined.is_none().then_some(span.start + at)
        });
        let (mut first, mut second) = (starts.next(), starts.next());
        while let Some(start) = first {
            let third = starts.next();
            let kind = if second.is_some() { TokenKind::Pair } else { TokenKind::Tail };
            self.push(start..third.unwrap_or(span.end), self.position, kind);
            self.position += 1;
            (first, second) = (second, third);
        }
    }

    fn push(&mut self, span: Range<usize>, position: usize, kind: TokenKind) {
        let folded = &mut self.buffers.folded;
        let from = folded.len();
        fold_into(&self.text[span.clone()], folded);
        if folded.len() > from {
            self.buffers.pending.push(Pending { text: from..folded.len(), span, position, kind });
        }
    }
}

/// Tells names from moments and plain numbers (`2025-12-17T08:00:00Z`, `10/12`), which are as well found by their
/// parts and would swell the dictionary. A network address is a name.
fn is_name(text: &[u8]) -> bool {
    let has_letters = text.iter().any(|byte| byte.is_ascii_alphabetic() && !matches!(byte, b'T' | b'Z' | b't' | b'z'));
    has_letters || text.split(|&byte| byte == b':').next().is_some_and(is_address)
}

fn is_address(text: &[u8]) -> bool {
    let parts = text.split(|&byte| byte == b'.');
    parts.clone().count() == 4 && parts.clone().all(|part| (1..=3).contains(&part.len()))
}
