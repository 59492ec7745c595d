//! Text to index terms: words, identifiers, scripts without spaces, and the stems that join forms of one word.

mod fold;
mod stem;
mod tokenizer;

pub(crate) use fold::fold;
pub(crate) use stem::Stemmers;
pub(crate) use tokenizer::{Piece, TokenKind, WordTokenizer, pieces};
