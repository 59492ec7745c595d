//! From a word to the indexed words it stands for: its forms, its completions, its likely spellings.

use std::collections::BTreeMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::index::living::{Listed, Living};
use crate::index::text::Stemmers;

/// Forms are at most this much longer than their stem.
const MAX_ENDING: usize = 8;
/// A shorter stem is that of too many words to tell what a typo was meant to be.
const SHORTEST_STEM: usize = 5;
/// Most spellings offered for a typo.
const MAX_SPELLINGS: usize = 4;

/// An indexed word and the number of documents that have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Indexed {
    pub(crate) word: String,
    pub(crate) documents: u64,
}

/// The words of one field.
pub(crate) struct Dictionary<'a> {
    searcher: &'a Searcher,
    living: &'a Living,
    field: Field,
}

impl<'a> Dictionary<'a> {
    pub(crate) fn new(searcher: &'a Searcher, living: &'a Living, field: Field) -> Self {
        Self { searcher, living, field }
    }

    /// Returns the other forms of `word`.
    pub(crate) fn forms(&self, word: &str, stemmers: &Stemmers) -> tantivy::Result<Vec<Indexed>> {
        let mut found = BTreeMap::new();
        for stem in stemmers.stems(word) {
            // The last letter of a stem may differ from that of its forms (query, queri-es).
            let start: String = {
                let shared = stem.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
                let keep = shared.min(stem.chars().count().saturating_sub(1)).max(3);
                word.chars().take(keep).collect()
            };
            if start.chars().count() < 3 {
                continue;
            }
            let longest = stem.len() + MAX_ENDING;
            self.living.words(self.searcher, self.field, &start, |listed| {
                let Ok(candidate) = std::str::from_utf8(listed.key) else { return Ok(true) };
                let plausible =
                    candidate.len() <= longest && candidate != word && candidate.chars().all(char::is_alphabetic);
                if plausible && stemmers.same_word(candidate, word) {
                    add(&mut found, candidate, listed)?;
                }
                Ok(true)
            })?;
        }
        Ok(found.into_iter().map(|(word, documents)| Indexed { word, documents }).collect())
    }

    /// Returns the indexed words that begin with `start`: `None` where there are more than `limit`.
    pub(crate) fn completions(&self, start: &str, limit: usize) -> tantivy::Result<Option<Vec<Indexed>>> {
        let mut found = BTreeMap::new();
        self.living.words(self.searcher, self.field, start, |listed| {
            if let Ok(word) = std::str::from_utf8(listed.key) {
                add(&mut found, word, listed)?;
            }
            Ok(found.len() <= limit)
        })?;
        let is_whole = found.len() <= limit;
        let words = found.into_iter().map(|(word, documents)| Indexed { word, documents });
        Ok(is_whole.then(|| words.collect()))
    }

    /// Returns indexed words within one edit of `word` (two for long words), nearest and most frequent first; where none is
    /// within one, words of which `word` may be another form, mistyped (`exausted` where `exhaustion` is indexed).
    pub(crate) fn spellings(&self, word: &str, stemmers: &Stemmers) -> tantivy::Result<Vec<Indexed>> {
        let letters = word.chars().count();
        if letters < 4 || word.chars().any(|c| !c.is_alphabetic()) {
            return Ok(Vec::new());
        }
        let edits: usize = if letters < 8 { 1 } else { 2 };
        let term = Term::from_field_text(self.field, word);
        let mut found = self.near(&FuzzyTermQuery::new(term, u8::try_from(edits).unwrap_or(1), true))?;
        found.remove(word);
        let mut found: Vec<(usize, Indexed)> = found
            .into_iter()
            .map(|(term, documents)| (strsim::osa_distance(&term, word), Indexed { word: term, documents }))
            .collect();
        found.sort_by(|a, b| (a.0, b.1.documents, &a.1.word).cmp(&(b.0, a.1.documents, &b.1.word)));
        let nearest = found.first().map_or(0, |it| it.0);
        if nearest != 1 {
            let forms = self.mistyped_forms(word, stemmers)?;
            if !forms.is_empty() {
                return Ok(forms);
            }
        }
        Ok(found.into_iter().filter(|it| it.0 == nearest).map(|it| it.1).take(MAX_SPELLINGS).collect())
    }

    /// Returns the indexed words whose stem is within one edit of a stem of `word`, most frequent first.
    fn mistyped_forms(&self, word: &str, stemmers: &Stemmers) -> tantivy::Result<Vec<Indexed>> {
        let mut found: Vec<Indexed> = Vec::new();
        for stem in stemmers.stems(word).into_iter().filter(|stem| stem.chars().count() >= SHORTEST_STEM) {
            let term = Term::from_field_text(self.field, &stem);
            let is_form = |it: &String| {
                it.len() <= stem.len() + MAX_ENDING
                    && stemmers.stems(it).iter().any(|other| strsim::osa_distance(other, &stem) == 1)
            };
            let near = self.near(&FuzzyTermQuery::new_prefix(term, 1, true))?;
            let forms = near.into_iter().filter(|(it, _)| is_form(it) && !found.iter().any(|known| known.word == *it));
            let forms: Vec<Indexed> = forms.map(|(word, documents)| Indexed { word, documents }).collect();
            found.extend(forms);
        }
        found.sort_by(|a, b| (b.documents, &a.word).cmp(&(a.documents, &b.word)));
        found.truncate(MAX_SPELLINGS);
        Ok(found)
    }

    /// Returns the indexed words of letters alone that a fuzzy query matches.
    fn near(&self, query: &FuzzyTermQuery) -> tantivy::Result<BTreeMap<String, u64>> {
        let mut found = BTreeMap::new();
        self.living.alike(self.searcher, self.field, query, |listed| {
            if let Ok(term) = std::str::from_utf8(listed.key)
                && term.chars().all(char::is_alphabetic)
            {
                add(&mut found, term, listed)?;
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Tells whether any document has a word that begins with `start`.
    pub(crate) fn has_any(&self, start: &str) -> tantivy::Result<bool> {
        let mut has = false;
        self.living.words(self.searcher, self.field, start, |listed| {
            has = has || listed.documents()? > 0;
            Ok(!has)
        })?;
        Ok(has)
    }
}

/// Adds the documents of a segment that have a word.
fn add(found: &mut BTreeMap<String, u64>, word: &str, listed: &Listed<'_>) -> tantivy::Result<()> {
    let documents = listed.documents()?;
    if documents > 0 {
        *found.entry(word.to_owned()).or_default() += documents;
    }
    Ok(())
}
