//! Text to index terms: words, identifiers, scripts without spaces, and the stems that join forms of one word.

mod fold;
mod segments;
mod stem;
mod tokenizer;

use fold::joined;
pub(crate) use fold::{fold, fold_into};

pub(crate) use segments::segments;
pub(crate) use stem::Stemmers;
pub(crate) use tokenizer::{Piece, TokenKind, WordTokenizer, pieces};

/// Returns at most the first `bytes` of `text`, cut at a character.
pub(crate) fn clip(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
