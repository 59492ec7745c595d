//! Where no document that has most of a log's words quotes it: the message is one line of many, so each line is asked for.

use std::collections::HashMap;

use tantivy::Term;
use tantivy::query::{BoostQuery, Occur, PhraseQuery, Query};

use super::super::paste::{LineWord, Paste, PasteLine};
use super::words::{Chosen, Shared};
use super::{Candidate, LogSearch, scored};

/// Lines asked for, those that say loudest that something is wrong first.
const MAX_LINES: usize = 24;
/// Words of a line that are asked for: the rarest.
const MAX_WORDS: usize = 10;
/// Documents compared for each line.
const MAX_DOCUMENTS: usize = 3;
/// Words of the message that are asked for as they follow one another, and how much that counts beside the words.
const PHRASE: usize = 6;
const PHRASE_WORTH: f32 = 20.0;
/// Words of which a line is made; fewer are no message among others.
const LEAST_WORDS: usize = 2;

/// Returns the documents that have the message of one of the lines.
pub(super) fn candidates(
    search: &mut LogSearch<'_>,
    paste: &Paste,
    chosen: &Chosen,
) -> tantivy::Result<Vec<Candidate>> {
    let mut found = Vec::new();
    let lines = lines(paste, chosen);
    let mut was_loud = false;
    for Asked { line, words, is_loud, .. } in lines {
        // What a calmer line quotes beside the message is not what is wrong.
        if was_loud && !is_loud && !found.is_empty() {
            break;
        }
        was_loud |= is_loud;
        let mut clauses: Vec<_> = words.into_iter().flat_map(|word| scored(search.open, word)).collect();
        clauses.extend(phrase(search, line));
        let candidates = search.compared(clauses, MAX_DOCUMENTS)?;
        found.extend(candidates.into_iter().filter(|it| it.compared.same_message));
    }
    Ok(found)
}

/// Returns the query for the first words of a line's message, at the distances that they have there: figures between them
/// may be others.
fn phrase(search: &LogSearch<'_>, line: &PasteLine) -> Option<(Occur, Box<dyn Query>)> {
    let first = line.rests.iter().rfind(|rest| rest.is_message).map_or(0, |rest| rest.first);
    let words: &[LineWord] = &line.words[first..line.words.len().min(first + PHRASE)];
    let from = words.first()?.position;
    let term = |word: &LineWord| (word.position - from, Term::from_field_text(search.open.fields.body, &word.term));
    if words.len() < LEAST_WORDS {
        return None;
    }
    let phrase = PhraseQuery::new_with_offset(words.iter().map(term).collect());
    Some((Occur::Should, Box::new(BoostQuery::new(Box::new(phrase), PHRASE_WORTH))))
}

/// A line that is asked for.
struct Asked<'w> {
    line: &'w PasteLine,
    /// Its rarest words.
    words: Vec<&'w Shared>,
    is_loud: bool,
    weight: f32,
}

/// Returns the lines that may be the message: the loud ones first, then those whose words tell most.
fn lines<'w>(paste: &'w Paste, chosen: &'w Chosen) -> Vec<Asked<'w>> {
    let by_term = |words: &'w [Shared]| words.iter().map(|word| (word.term.as_str(), word)).collect::<HashMap<_, _>>();
    let telling: HashMap<&str, &Shared> = chosen.telling().map(|word| (word.term.as_str(), word)).collect();
    let frequent = by_term(&chosen.frequent);
    let asked = |line: &'w PasteLine| {
        let of = |known: &HashMap<&str, &'w Shared>| {
            let mut words: Vec<&Shared> = Vec::new();
            for word in line.words.iter().filter(|word| !word.is_boilerplate) {
                let known = known.get(word.term.as_str()).copied();
                words.extend(known.filter(|it| !words.iter().any(|other| other.term == it.term)));
            }
            words.sort_by(|a, b| b.weight.total_cmp(&a.weight));
            words.truncate(MAX_WORDS);
            words
        };
        let mut words = of(&telling);
        if words.len() < LEAST_WORDS {
            words.extend(of(&frequent));
        }
        let weight = words.iter().map(|word| word.weight).sum();
        Asked { line, words, is_loud: line.is_loud, weight }
    };
    let says = |line: &&PasteLine| {
        let says = line.words.iter().filter(|word| word.says()).count();
        !line.is_beside && says > 0 && line.words.len() >= LEAST_WORDS
    };
    let mut lines: Vec<Asked<'_>> = paste.lines.iter().filter(says).map(asked).collect();
    lines.retain(|line| !line.words.is_empty());
    lines.sort_by(|a, b| b.is_loud.cmp(&a.is_loud).then_with(|| b.weight.total_cmp(&a.weight)));
    lines.truncate(MAX_LINES);
    lines
}
