//! Text of a query to engine queries: words in all their forms, identifiers, phrases and beginnings of words.

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery, Occur,
    PhrasePrefixQuery, PhraseQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::compile::{AnyQuery, Compiler, Word};
use super::exact::Exact;
use super::expand::{Dictionary, Indexed};
use crate::index::answer::Correction;
use crate::index::query::{Form, Scope, Text};
use crate::index::text::{Piece, TokenKind, pieces, segments};

/// How much of the sum of the other fields counts beside the best one.
const TIE_BREAKER: f32 = 0.2;
/// Weight of another form of the word, beside the word as typed.
const FORM_BOOST: f32 = 0.8;
/// Weight of a word that begins with the one typed, which no document has.
const COMPLETION_BOOST: f32 = 0.7;
/// Weight of a likely spelling.
const SPELLING_BOOST: f32 = 0.5;
/// Completions that are scored one by one; more are matched without score.
const SCORED_COMPLETIONS: usize = 24;
/// Letters from which an unknown word is taken for the beginning of others.
const MIN_BEGINNING: usize = 2;
/// Most endings of the last word of an identifier that has only been begun.
const MAX_BEGUN: usize = 1000;
/// What the engine is told: it looks at the words of each segment, some of which no document has any more.
const MAX_LOOKED_AT: u32 = 2000;
/// Documents below which a word is so rare that it may be a typo of a frequent one.
const RARE: u64 = 2;
/// How many times more frequent the spelling must be that replaces such a word.
const MUCH_MORE: u64 = 20;

impl Compiler<'_> {
    /// The fields that text of this scope is looked for in, with their weights.
    fn scope(&self, scope: Scope) -> Vec<(Field, f32)> {
        let fields = self.fields;
        match scope {
            Scope::Title => vec![(fields.title, 1.0)],
            Scope::Everything => {
                vec![(fields.body, 1.0), (fields.labels, 2.0), (fields.title, 2.5), (fields.id, 4.0)]
            }
        }
    }

    fn found(&self, query: AnyQuery, plain: Option<String>, documents: u64) -> Word {
        let query = Box::new(Exact(query));
        Word { query, plain, weight: self.statistics.weight(documents), documents }
    }

    /// The words of a text without spaces, each by itself; of any other text the one word that it is.
    pub(super) fn words_of(&mut self, text: &Text) -> tantivy::Result<Vec<Word>> {
        let parts = segments(&text.text);
        parts.into_iter().map(|part| self.word(&Text { text: part.to_owned(), ..text.clone() })).collect()
    }

    /// The same as one condition.
    pub(super) fn whole(&mut self, text: &Text) -> tantivy::Result<Word> {
        let mut words = self.words_of(text)?;
        if words.len() == 1 {
            return Ok(words.remove(0));
        }
        let rarest = words.iter().map(|word| word.documents).min().unwrap_or(0);
        let clauses = words.into_iter().map(|word| (Occur::Must, word.query));
        Ok(self.found(Box::new(BooleanQuery::new(clauses.collect())), None, rarest))
    }

    /// Finds a text without spaces as it is written.
    pub(super) fn as_written(&self, text: &Text) -> AnyQuery {
        let pieces = pieces(&text.text);
        let parts: Vec<&Piece> =
            pieces.iter().filter(|it| matches!(it.kind, TokenKind::Word | TokenKind::Pair)).collect();
        if parts.len() < 2 { Box::new(EmptyQuery) } else { best_of(self.phrase_of(&parts, &self.scope(text.scope))) }
    }

    fn word(&mut self, text: &Text) -> tantivy::Result<Word> {
        self.has_text = true;
        let pieces = pieces(&text.text);
        let parts: Vec<&Piece> =
            pieces.iter().filter(|it| matches!(it.kind, TokenKind::Word | TokenKind::Pair)).collect();
        let scope = self.scope(text.scope);
        match parts.as_slice() {
            [] => match pieces.first() {
                Some(tail) => self.completed(&tail.text, &scope),
                None => Ok(self.found(Box::new(EmptyQuery), None, 0)),
            },
            [one] => self.single(&text.text, &one.text, &scope),
            parts => self.identifier(text, parts, &scope),
        }
    }

    /// A word on its own: as typed, in its other forms, as the beginning of others where it is unknown (it may not be
    /// typed to its end yet), or as it was probably meant.
    fn single(&mut self, typed: &str, word: &str, scope: &[(Field, f32)]) -> tantivy::Result<Word> {
        let dictionary = Dictionary::new(self.searcher, self.living, self.fields.body);
        let mut exact = 0;
        for &(field, _) in scope {
            exact = exact.max(self.documents(&Term::from_field_text(field, word))?);
        }
        let forms = dictionary.forms(word, self.stemmers)?;
        let found = exact + forms.iter().map(|form| form.documents).sum::<u64>();
        let mut known = found;
        let mut variants = vec![(Indexed { word: word.to_owned(), documents: exact }, 1.0)];
        variants.extend(forms.into_iter().map(|form| (form, FORM_BOOST)));
        if found == 0 && word.chars().nth(MIN_BEGINNING - 1).is_some() {
            let Some(begun) = dictionary.completions(word, SCORED_COMPLETIONS)? else {
                return self.completed(word, scope);
            };
            known += begun.iter().map(|it| it.documents).sum::<u64>();
            variants.extend(begun.into_iter().map(|it| (it, COMPLETION_BOOST)));
        }
        if known <= RARE && self.forgives {
            let mut spellings = dictionary.spellings(word, self.stemmers)?;
            spellings.retain(|it| known == 0 || it.documents >= MUCH_MORE * known);
            if !spellings.is_empty() {
                let used = spellings.iter().map(|it| it.word.clone()).collect();
                let likeliest = dictionary.forms(&spellings[0].word, self.stemmers)?;
                variants.extend(likeliest.into_iter().map(|form| (form, SPELLING_BOOST * FORM_BOOST)));
                self.corrections.push(Correction { word: typed.to_owned(), used, found });
            }
            variants.extend(spellings.into_iter().map(|spelling| (spelling, SPELLING_BOOST)));
        }
        self.variants(&variants, scope)
    }

    /// One of several indexed words in one of several fields; the best counts.
    fn variants(&mut self, variants: &[(Indexed, f32)], scope: &[(Field, f32)]) -> tantivy::Result<Word> {
        let mut found = Vec::new();
        let mut documents = 0;
        for &(field, field_boost) in scope {
            let mut together = 0;
            for (variant, boost) in variants {
                let term = Term::from_field_text(field, &variant.word);
                let frequency = self.documents(&term)?;
                together += frequency;
                if frequency > 0 {
                    found.push((term, boost * field_boost));
                }
            }
            documents = documents.max(together);
        }
        let mut parts: Vec<AnyQuery> = Vec::new();
        for (term, boost) in found {
            // A word is as rare in a title as it is anywhere: `out` tells nothing, though few titles have it.
            self.statistics.set_group(term.clone(), documents);
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            parts.push(Box::new(BoostQuery::new(Box::new(query), boost)));
        }
        let weight = self.statistics.weight(documents);
        for (variant, boost) in variants {
            self.matcher.add_word(&variant.word, weight * boost);
        }
        Ok(self.found(best_of(parts), variants.first().map(|it| it.0.word.clone()), documents))
    }

    /// An identifier: whole, or its parts one after the other; where a part is unknown, all its parts anywhere.
    fn identifier(&mut self, text: &Text, parts: &[&Piece], scope: &[(Field, f32)]) -> tantivy::Result<Word> {
        let mut rarest = u64::MAX;
        for part in parts {
            let mut known = 0;
            for &(field, _) in scope {
                known = known.max(self.documents(&Term::from_field_text(field, &part.text))?);
            }
            rarest = rarest.min(known);
        }
        if rarest > 0 {
            let words = parts.iter().map(|part| part.text.clone()).collect();
            self.matcher.add_phrase(words, false, self.statistics.weight(rarest));
            return Ok(self.found(best_of(self.phrase_of(parts, scope)), None, rarest));
        }
        let mut clauses = Vec::new();
        for part in parts {
            clauses.push((Occur::Must, self.single(&text.text[part.span.clone()], &part.text, scope)?.query));
        }
        Ok(self.found(Box::new(BooleanQuery::new(clauses)), None, 0))
    }

    pub(super) fn phrase(&mut self, text: &Text) -> tantivy::Result<Word> {
        self.has_text = true;
        let pieces = pieces(&text.text);
        let parts: Vec<&Piece> =
            pieces.iter().filter(|it| matches!(it.kind, TokenKind::Word | TokenKind::Pair)).collect();
        let scope = self.scope(text.scope);
        if let [one] = parts.as_slice() {
            let exact = Indexed { word: one.text.clone(), documents: 0 };
            return self.variants(&[(exact, 1.0)], &scope);
        }
        if parts.is_empty() {
            return self.word(&Text { form: Form::Word, ..text.clone() });
        }
        let queries = self.phrase_of(&parts, &scope);
        let words = parts.iter().map(|part| part.text.clone()).collect();
        self.matcher.add_phrase(words, false, self.statistics.weight(1));
        Ok(self.found(best_of(queries), None, 1))
    }

    fn phrase_of(&self, parts: &[&Piece], scope: &[(Field, f32)]) -> Vec<AnyQuery> {
        let phrase = |field| Box::new(PhraseQuery::new_with_offset(terms_of(field, parts)));
        scope.iter().map(|&(field, boost)| Box::new(BoostQuery::new(phrase(field), boost)) as AnyQuery).collect()
    }

    pub(super) fn prefix(&mut self, text: &Text) -> tantivy::Result<Word> {
        self.has_text = true;
        let pieces = pieces(&text.text);
        let scope = self.scope(text.scope);
        let parts: Vec<&Piece> =
            pieces.iter().filter(|it| matches!(it.kind, TokenKind::Word | TokenKind::Pair)).collect();
        match (parts.as_slice(), pieces.first()) {
            ([_, _, ..], _) => self.begun(&parts, &scope),
            (_, Some(start)) => self.completed(&start.text, &scope),
            (_, None) => Ok(self.found(Box::new(EmptyQuery), None, 0)),
        }
    }

    /// An identifier of which the last word has only been begun. Where too many words begin so to look for each beside the
    /// others, any of them will do anywhere.
    fn begun(&mut self, parts: &[&Piece], scope: &[(Field, f32)]) -> tantivy::Result<Word> {
        let mut queries = Vec::new();
        for &(field, boost) in scope {
            let dictionary = Dictionary::new(self.searcher, self.living, field);
            let last = parts.last().map_or("", |part| part.text.as_str());
            let query = match dictionary.completions(last, MAX_BEGUN)? {
                Some(_) => side_by_side(field, parts),
                None => apart(field, parts),
            };
            queries.push(Box::new(BoostQuery::new(query, boost)) as AnyQuery);
        }
        self.matcher.add_phrase(parts.iter().map(|part| part.text.clone()).collect(), true, self.statistics.weight(1));
        Ok(self.found(best_of(queries), None, 1))
    }

    fn completed(&mut self, start: &str, scope: &[(Field, f32)]) -> tantivy::Result<Word> {
        let dictionary = Dictionary::new(self.searcher, self.living, scope.first().map_or(self.fields.body, |it| it.0));
        if let Some(words) = dictionary.completions(start, SCORED_COMPLETIONS)?
            && scope.len() == 1
        {
            let variants: Vec<_> = words.into_iter().map(|word| (word, 1.0)).collect();
            self.matcher.add_prefix(start, 1.0);
            return self.variants(&variants, scope);
        }
        let weight = self.statistics.weight(self.statistics.documents() / 10);
        self.matcher.add_prefix(start, weight);
        let mut queries: Vec<AnyQuery> = Vec::new();
        for &(field, boost) in scope {
            let query = FuzzyTermQuery::new_prefix(Term::from_field_text(field, start), 0, false);
            queries.push(Box::new(ConstScoreQuery::new(Box::new(query), boost * weight)));
        }
        Ok(self.found(best_of(queries), None, self.statistics.documents() / 10))
    }
}

/// Finds words side by side of which the last has only been begun.
fn side_by_side(field: Field, parts: &[&Piece]) -> AnyQuery {
    let mut query = PhrasePrefixQuery::new_with_offset(terms_of(field, parts));
    query.set_max_expansions(MAX_LOOKED_AT);
    Box::new(query)
}

/// Finds all of them but the last side by side, and that one anywhere.
fn apart(field: Field, parts: &[&Piece]) -> AnyQuery {
    let mut terms = terms_of(field, parts);
    let Some((_, last)) = terms.pop() else { return Box::new(EmptyQuery) };
    let first: AnyQuery = if terms.len() == 1 {
        Box::new(TermQuery::new(terms.remove(0).1, IndexRecordOption::WithFreqs))
    } else {
        Box::new(PhraseQuery::new_with_offset(terms))
    };
    let anywhere = ConstScoreQuery::new(Box::new(FuzzyTermQuery::new_prefix(last, 0, false)), 0.0);
    Box::new(BooleanQuery::intersection(vec![first, Box::new(anywhere)]))
}

/// Returns the terms of words, each with its place among them.
fn terms_of(field: Field, parts: &[&Piece]) -> Vec<(usize, Term)> {
    let first = parts.first().map_or(0, |part| part.position);
    parts.iter().map(|part| (part.position - first, Term::from_field_text(field, &part.text))).collect()
}

fn best_of(mut queries: Vec<AnyQuery>) -> AnyQuery {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(DisjunctionMaxQuery::with_tie_breaker(queries, TIE_BREAKER)),
    }
}
