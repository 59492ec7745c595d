//! The words of a document, as the index cuts and folds them, and how much it speaks of each.

use rustc_hash::FxHashMap;

use crate::kb::{DocumentSummary, Parsed, TokenKind, words_of};

/// Longer ones are encoded blobs that nobody types.
const LONGEST: usize = 64;
/// How much a word counts by where it stands.
const TITLE: f32 = 8.0;
const ID: f32 = 10.0;
const TAG: f32 = 5.0;
const SERVICE: f32 = 3.0;
const CAUSE: f32 = 2.0;
const TEXT: f32 = 1.0;

/// The words of a document.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Each word once, sorted, with what it counts.
    pub(super) weights: Vec<(String, f32)>,
    /// How many words the text has.
    pub(super) length: usize,
}

/// Returns the words of a document.
pub(super) fn words(summary: &DocumentSummary, parsed: &Parsed) -> Words {
    let mut weights: FxHashMap<String, f32> = FxHashMap::default();
    let mut length = 0;
    let mut add = |text: &str, weight: f32| {
        for piece in words_of(text).into_iter().filter(|it| it.text.len() <= LONGEST) {
            length += usize::from(piece.kind == TokenKind::Word);
            *weights.entry(piece.text).or_default() += weight;
        }
    };
    add(&parsed.text, TEXT);
    add(&summary.title, TITLE);
    add(summary.id.as_deref().unwrap_or_default(), ID);
    add(&summary.path, TEXT);
    summary.tags.iter().for_each(|tag| add(tag, TAG));
    summary.services.iter().for_each(|service| add(service, SERVICE));
    add(parsed.document.root_cause.as_ref().map_or("", |it| &it.value), CAUSE);
    let mut weights: Vec<(String, f32)> = weights.into_iter().collect();
    weights.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Words { weights, length }
}
