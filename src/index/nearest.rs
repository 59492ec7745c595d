//! What the unknown words of a query may have meant: indexed words that look like them.

use std::collections::HashMap;

use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::answer::UnknownWord;
use super::error::IndexError;
use super::living::Living;
use super::open::OpenIndex;
use super::query::{Node, Reading};
use super::search::understand;
use super::text::{TokenKind, pieces};

/// Most words of one query that are looked at, and words offered for each.
const MAX_WORDS: usize = 8;
const MAX_NEAREST: usize = 5;
/// Likeness from which a word is worth offering.
const ALIKE: f64 = 0.82;

/// Returns the words of `query` that no document has, with indexed words that look like them.
pub(crate) fn unknown_words(open: &OpenIndex, query: &str) -> Result<Vec<UnknownWord>, IndexError> {
    let parsed = understand(open, &open.searcher(), query, Reading::Forgiving)?;
    let mut texts = Vec::new();
    gather(&parsed.root, &mut texts);
    find(open, &texts).map_err(|error| open.fail(error))
}

/// Gathers the texts that a query asks for: what it excludes, and names of services and people, are no words to be found.
fn gather<'a>(node: &'a Node, texts: &mut Vec<&'a str>) {
    match node {
        Node::All(parts) | Node::Any(parts) => parts.iter().for_each(|part| gather(part, texts)),
        Node::Text(text) => texts.push(&text.text),
        Node::Filter(_) | Node::Not(_) => {}
    }
}

fn find(open: &OpenIndex, texts: &[&str]) -> tantivy::Result<Vec<UnknownWord>> {
    let searcher = open.searcher();
    let living = Living::of(open, &searcher);
    let fields = [open.fields.body, open.fields.title, open.fields.labels, open.fields.id];
    let mut unknown: Vec<UnknownWord> = Vec::new();
    let words = texts.iter().flat_map(|text| pieces(text).into_iter().map(move |piece| (*text, piece)));
    for (text, piece) in words.filter(|(_, piece)| piece.kind == TokenKind::Word).take(MAX_WORDS) {
        let written = &text[piece.span.clone()];
        let mut known = unknown.iter().any(|it| it.word == written);
        for field in fields {
            known = known || living.documents(&searcher, &Term::from_field_text(field, &piece.text))? > 0;
        }
        if !known {
            let nearest = nearest(&living, &searcher, open.fields.body, &piece.text)?;
            unknown.push(UnknownWord { word: written.to_owned(), nearest });
        }
    }
    Ok(unknown)
}

/// Returns the indexed words most like `word` that share its first letter, as nearly every typo does.
fn nearest(living: &Living, searcher: &Searcher, field: Field, word: &str) -> tantivy::Result<Vec<String>> {
    let Some(first) = word.chars().next().filter(|c| c.is_alphabetic()) else { return Ok(Vec::new()) };
    let mut alike: HashMap<String, (f64, u64)> = HashMap::new();
    living.words(searcher, field, &first.to_string(), |listed| {
        let Ok(term) = std::str::from_utf8(listed.key) else { return Ok(true) };
        if term.len().abs_diff(word.len()) > 4 || term.bytes().any(|byte| byte.is_ascii_digit()) {
            return Ok(true);
        }
        let likeness = strsim::jaro_winkler(term, word);
        if likeness >= ALIKE {
            alike.entry(term.to_owned()).or_insert((likeness, 0)).1 += listed.documents()?;
        }
        Ok(true)
    })?;
    let mut alike: Vec<(String, (f64, u64))> = alike.into_iter().filter(|(_, (_, documents))| *documents > 0).collect();
    alike.sort_by(|(a, x), (b, y)| y.0.total_cmp(&x.0).then(y.1.cmp(&x.1)).then_with(|| a.cmp(b)));
    Ok(alike.into_iter().take(MAX_NEAREST).map(|(word, _)| word).collect())
}
