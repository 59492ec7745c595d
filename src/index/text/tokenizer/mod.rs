//! The tokenizer: words of any script, identifiers whole and in parts, pairs of characters where a script has no
//! spaces.
//!
//! In the index an identifier is its words side by side, read one by one: its whole is found as a phrase. A term of its own for every
//! identifier would cost a quarter of the time of indexing, since nearly each is new, and find nothing more. Queries and
//! pastes, where the whole matters as one thing, ask for it.
//!
//! It runs over every byte of every document, so plain ASCII words take a path without allocation or decoding.
//! What it yields is unstemmed: forms of one word are joined when a query is read (see `stem`), which keeps the index
//! small and its terms fit for prefixes, typos and highlighting.

mod identifier;
mod script;

use std::ops::Range;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use script::is_word_char;

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
    /// A whole identifier of several words, at the position of the first; only where it was asked for.
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

/// Returns every token of `text`, whole identifiers included.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut tokenizer = WordTokenizer { wholes: true, ..WordTokenizer::default() };
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
    /// Bytes of the folded text.
    text: Range<usize>,
    span: Range<usize>,
    position: usize,
    kind: TokenKind,
}

/// The tokenizer; keeps its buffers from text to text.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordTokenizer {
    token: Token,
    /// Folded text of the identifier being given out.
    folded: String,
    pending: Vec<Pending>,
    /// Words of the identifier being read.
    words: Vec<Range<usize>>,
    /// Whether whole identifiers are given as tokens of their own.
    wholes: bool,
}

impl WordTokenizer {
    /// Returns the tokens of `text`.
    pub(crate) fn words<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        self.pending.clear();
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
        self.step()
    }

    /// The loop over all tokens, in one piece.
    fn process(&mut self, sink: &mut dyn FnMut(&Token)) {
        while self.step() {
            sink(&self.buffers.token);
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

    #[inline(always)]
    fn step(&mut self) -> bool {
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

    fn give_pending(&mut self) {
        let WordTokenizer { token, folded, pending, .. } = &mut *self.buffers;
        let item = &pending[self.next];
        token.text.clear();
        token.text.push_str(&folded[item.text.clone()]);
        token.offset_from = item.span.start;
        token.offset_to = item.span.end;
        token.position = item.position;
        self.kind = item.kind;
        self.next += 1;
    }

    #[inline(always)]
    fn skip_to_word(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(&byte) = bytes.get(at) {
            let class = class(byte);
            if class & (WORD | BEYOND) == 0 {
                at += 1;
                continue;
            }
            if class != BEYOND {
                self.at = at;
                return true;
            }
            let c = self.char_at(at);
            if c.is_alphanumeric() {
                self.at = at;
                return true;
            }
            at += c.len_utf8();
        }
        self.at = at;
        false
    }

    /// Reads a word at the current place: true where it is plain ASCII, so that the token is ready; false where it
    /// (or nothing, for oversized ones) was put on the pending list.
    #[inline(always)]
    fn plain_word(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let first = class(bytes[start]);
        let mut end = start + 1;
        // What the bytes after the first are, together, and what ends them.
        let (mut later, mut after) = (0, 0);
        for &byte in &bytes[end..] {
            let class = class(byte);
            if class & WORD == 0 {
                after = class;
                break;
            }
            later |= class;
            end += 1;
        }
        let goes_on = first == BEYOND || (after == BEYOND && is_word_char(self.char_at(end)));
        let is_joined = self.buffers.wholes && after == CONNECTOR && self.next_part(end).is_some();
        // A capital inside is a hump unless all are capitals.
        let has_humps = later & UPPER != 0 && later & LOWER != 0;
        if goes_on || is_joined || has_humps || end - start > MAX_TERM {
            self.identifier();
            return false;
        }
        let token = &mut self.buffers.token;
        token.text.clear();
        token.text.push_str(&self.text[start..end]);
        if (later | first) & UPPER != 0 {
            token.text.make_ascii_lowercase();
        }
        token.offset_from = start;
        token.offset_to = end;
        token.position = self.position;
        self.kind = TokenKind::Word;
        self.position += 1;
        self.at = end;
        true
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

    fn char_at(&self, at: usize) -> char {
        self.text[at..].chars().next().unwrap_or(' ')
    }
}

const DIGIT: u8 = 1;
const LOWER: u8 = 2;
const UPPER: u8 = 4;
const WORD: u8 = DIGIT | LOWER | UPPER;
const CONNECTOR: u8 = 8;
/// Bytes of characters beyond ASCII.
const BEYOND: u8 = 16;

/// What each byte is: looked up, since this is asked of every byte of every document.
static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'.' | b'_' | b'-' | b'/' | b':' | b'@' | b'\\' | b'+' | b'#' | b'~' => CONNECTOR,
            0x80..=0xff => BEYOND,
            _ => 0,
        };
        byte += 1;
    }
    classes
}

fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

fn is_connector(byte: u8) -> bool {
    class(byte) & CONNECTOR != 0
}

#[cfg(test)]
mod tests;
