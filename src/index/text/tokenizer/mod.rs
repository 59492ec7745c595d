//! The tokenizer: words of any script, identifiers whole and in parts, pairs of characters where a script has no
//! spaces.
//!
//! It runs over every byte of every document, so plain ASCII words take a path without allocation or decoding.
//! What it yields is unstemmed: forms of one word are joined when a query is read (see `stem`), which keeps the index
//! small and its terms fit for prefixes, typos and highlighting.

use std::ops::Range;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::char::is_combining_mark;

use crate::index::text::fold::fold_into;

/// Longest term kept, in bytes; beyond it stand encoded blobs that nobody searches for.
const MAX_TERM: usize = 96;
/// Most connecting characters between two parts of one identifier (`://` has three).
const MAX_CONNECTOR: usize = 3;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A word, alone or as a part of an identifier: each has a position of its own.
    Word,
    /// A hump of a camel-case word, at the word's position.
    Hump,
    /// A whole identifier of several words, at the position of the first.
    Whole,
    /// Two neighbouring characters of a script without spaces.
    Pair,
    /// The last character of a run of such a script, so that single characters can be found as prefixes.
    Tail,
}

/// A token with its text, for those who do not stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Folded text.
    pub(crate) text: String,
    /// What it is.
    pub(crate) kind: TokenKind,
    /// Bytes in the text it was read from.
    pub(crate) span: Range<usize>,
    /// Position among the words.
    pub(crate) position: usize,
}

/// Returns every token of `text`.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut tokenizer = WordTokenizer::default();
    let mut stream = tokenizer.words(text);
    let mut pieces = Vec::new();
    while stream.advance() {
        let token = stream.token();
        pieces.push(Piece {
            text: token.text.clone(),
            kind: stream.kind(),
            span: token.offset_from..token.offset_to,
            position: token.position,
        });
    }
    pieces
}

#[derive(Debug, Clone)]
struct Pending {
    text: Range<usize>,
    span: Range<usize>,
    position: usize,
    kind: TokenKind,
}

/// The tokenizer; keeps its buffers from text to text.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordTokenizer {
    token: Token,
    folded: String,
    pending: Vec<Pending>,
}

impl WordTokenizer {
    /// Returns the tokens of `text`.
    pub(crate) fn words<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        self.pending.clear();
        self.folded.clear();
        WordStream { text, at: 0, position: 0, next: 0, kind: TokenKind::Word, buffers: self }
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.words(text)
    }
}

/// The tokens of one text.
#[derive(Debug)]
pub(crate) struct WordStream<'a> {
    text: &'a str,
    at: usize,
    position: usize,
    /// First of the pending tokens not yet given out.
    next: usize,
    kind: TokenKind,
    buffers: &'a mut WordTokenizer,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            if self.next < self.buffers.pending.len() {
                self.give_pending();
                return true;
            }
            if !self.skip_to_word() {
                return false;
            }
            if self.plain_word() {
                return true;
            }
        }
    }

    fn token(&self) -> &Token {
        &self.buffers.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.buffers.token
    }
}

impl WordStream<'_> {
    /// Returns what the current token is.
    pub(crate) fn kind(&self) -> TokenKind {
        self.kind
    }

    fn give_pending(&mut self) {
        let WordTokenizer { token, folded, pending } = &mut *self.buffers;
        let item = &pending[self.next];
        token.text.clear();
        token.text.push_str(&folded[item.text.clone()]);
        token.offset_from = item.span.start;
        token.offset_to = item.span.end;
        token.position = item.position;
        self.kind = item.kind;
        self.next += 1;
    }

    fn skip_to_word(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if byte.is_ascii_alphanumeric() {
                return true;
            }
            if byte.is_ascii() {
                self.at += 1;
                continue;
            }
            let c = self.char_at(self.at);
            if c.is_alphanumeric() {
                return true;
            }
            self.at += c.len_utf8();
        }
        false
    }

    /// Reads a word at the current place: true where it is plain ASCII and stands alone, so that the token is ready;
    /// false where it (or nothing, for oversized ones) was put on the pending list.
    fn plain_word(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut end = start;
        let mut humps = false;
        let mut previous_lower = false;
        while let Some(&byte) = bytes.get(end) {
            if !byte.is_ascii_alphanumeric() {
                break;
            }
            humps |= previous_lower && byte.is_ascii_uppercase();
            previous_lower = byte.is_ascii_lowercase();
            end += 1;
        }
        let stands_alone = match bytes.get(end) {
            None => true,
            Some(&byte) if is_connector(byte) => !self.continues_after(end),
            Some(&byte) => byte.is_ascii() || !is_word_char(self.char_at(end)),
        };
        if humps || !stands_alone || end - start > MAX_TERM {
            self.identifier();
            return false;
        }
        let token = &mut self.buffers.token;
        token.text.clear();
        token.text.push_str(&self.text[start..end]);
        token.text.make_ascii_lowercase();
        token.offset_from = start;
        token.offset_to = end;
        token.position = self.position;
        self.kind = TokenKind::Word;
        self.position += 1;
        self.at = end;
        true
    }

    /// Tells whether a further part of an identifier follows the connecting characters at `at`.
    fn continues_after(&self, at: usize) -> bool {
        self.next_part(at).is_some()
    }

    /// Returns where the next part of an identifier begins after the connecting characters at `at`.
    fn next_part(&self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut end = at;
        while end - at < MAX_CONNECTOR && bytes.get(end).is_some_and(|&byte| is_connector(byte)) {
            end += 1;
        }
        let &byte = bytes.get(end)?;
        let follows = byte.is_ascii_alphanumeric() || (!byte.is_ascii() && self.char_at(end).is_alphanumeric());
        (end > at && follows).then_some(end)
    }

    /// Reads an identifier, or a word that is not plain ASCII, onto the pending list.
    fn identifier(&mut self) {
        self.buffers.pending.clear();
        self.buffers.folded.clear();
        self.next = 0;
        let first_position = self.position;
        let start = self.at;
        let (mut words, mut paired) = (0_usize, false);
        loop {
            let end = self.word_end(self.at);
            paired |= self.word(self.at..end);
            words += 1;
            match self.next_part(end) {
                Some(next) => self.at = next,
                None => {
                    self.at = end;
                    break;
                }
            }
        }
        if words > 1 && !paired && self.at - start <= MAX_TERM {
            self.push(start..self.at, first_position, TokenKind::Whole);
        }
    }

    fn word_end(&self, start: usize) -> usize {
        let rest = &self.text[start..];
        rest.char_indices().find(|&(_, c)| !is_word_char(c)).map_or(self.text.len(), |(at, _)| start + at)
    }

    /// Puts one word of an identifier on the pending list; true where it has characters of a script without spaces.
    fn word(&mut self, span: Range<usize>) -> bool {
        let word = &self.text[span.clone()];
        if word.is_ascii() || !word.chars().any(is_unspaced) {
            self.spaced_word(span);
            return false;
        }
        let mut from = span.start;
        let mut unspaced = word.chars().next().is_some_and(is_unspaced);
        for (at, c) in word.char_indices().chain(std::iter::once((word.len(), ' '))) {
            let at = span.start + at;
            // A mark belongs to what it stands on.
            let here = if is_combining_mark(c) && at < span.end { unspaced } else { is_unspaced(c) };
            if here != unspaced || at == span.end {
                if unspaced {
                    self.unspaced_run(from..at);
                } else {
                    self.spaced_word(from..at);
                }
                (from, unspaced) = (at, here);
            }
        }
        true
    }

    fn spaced_word(&mut self, span: Range<usize>) {
        if span.is_empty() {
            return;
        }
        let position = self.position;
        self.position += 1;
        if span.len() > MAX_TERM {
            return;
        }
        self.push(span.clone(), position, TokenKind::Word);
        let humps = humps(&self.text[span.clone()]);
        if humps.len() > 1 {
            for hump in humps {
                if hump.len() > 1 {
                    self.push(span.start + hump.start..span.start + hump.end, position, TokenKind::Hump);
                }
            }
        }
    }

    fn unspaced_run(&mut self, span: Range<usize>) {
        let starts: Vec<usize> = self.text[span.clone()].char_indices().map(|(at, _)| span.start + at).collect();
        for (nth, &start) in starts.iter().enumerate() {
            let end = starts.get(nth + 2).copied().unwrap_or(span.end);
            let kind = if nth + 1 < starts.len() { TokenKind::Pair } else { TokenKind::Tail };
            self.push(start..end, self.position, kind);
            self.position += 1;
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

    fn char_at(&self, at: usize) -> char {
        self.text[at..].chars().next().unwrap_or(' ')
    }
}

fn is_connector(byte: u8) -> bool {
    matches!(byte, b'.' | b'_' | b'-' | b'/' | b':' | b'@' | b'\\' | b'+' | b'#' | b'~')
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && (is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}' | '\u{ad}')))
}

/// Tells whether `c` belongs to a script that is written without spaces, or whose words take endings so freely
/// that pairs of characters find more (Hangul).
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3134f}')
}

/// Returns the humps of a camel-case word (`HTTPServerError` has `HTTP`, `Server`, `Error`).
fn humps(word: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    let mut humps = Vec::new();
    let mut from = 0;
    for nth in 1..chars.len() {
        let (at, c) = chars[nth];
        let previous = chars[nth - 1].1;
        let next_lower = chars.get(nth + 1).is_some_and(|&(_, next)| next.is_lowercase());
        let rises = c.is_uppercase() && previous.is_lowercase();
        let falls = c.is_uppercase() && previous.is_uppercase() && next_lower && from > 0;
        let acronym = c.is_uppercase() && previous.is_uppercase() && next_lower && from == 0 && nth > 1;
        if rises || falls || acronym {
            humps.push(from..at);
            from = at;
        }
    }
    humps.push(from..word.len());
    humps
}

#[cfg(test)]
mod tests;
