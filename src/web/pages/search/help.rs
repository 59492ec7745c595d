//! What to do about a search that found nothing: what could be dropped, and how many documents that would give.

use super::facets::chips;
use super::params::Params;
use crate::kb::{KbError, KnowledgeBase, SearchRequest};
use crate::web::error::WebError;
use crate::web::view::{Part, count, message};

/// Most parts of a query that are tried without.
const MAX_PARTS: usize = 6;
/// A query this long was pasted.
const LONG: usize = 120;

/// Ways on.
pub(super) struct Help {
    /// Searches with less, those with the most documents first.
    pub(super) drops: Vec<Drop>,
    /// What is wrong with the fields of the query.
    pub(super) advice: Vec<Vec<Part>>,
    /// Words that no document has.
    pub(super) unknown: Vec<Unknown>,
    /// Whether the query looks like an error that was pasted whole.
    pub(super) is_long: bool,
}

/// A search with less.
pub(super) struct Drop {
    /// What is left out.
    pub(super) what: String,
    pub(super) url: String,
    pub(super) total: String,
}

/// A word that no document has.
pub(super) struct Unknown {
    pub(super) word: String,
    /// Words that look like it, and the search with each in its place.
    pub(super) nearest: Vec<(String, String)>,
}

impl Help {
    /// Tries what could be done about a search without a hit.
    pub(super) fn of(kb: &KnowledgeBase, params: &Params) -> Result<Self, WebError> {
        let mut drops = Vec::new();
        for (what, without) in looser(params) {
            let total = total(kb, &without)?;
            if total > 0 {
                drops.push((total, Drop { what, url: without.url(), total: count(total, "document") }));
            }
        }
        drops.sort_by_key(|(total, _)| std::cmp::Reverse(*total));
        let instead = |word: &str, other: String| {
            let query = params.query.replacen(word, &other, 1);
            (other, params.asking(&query).url())
        };
        let unknown = kb.unknown_words(&params.query)?.into_iter().map(|it| Unknown {
            nearest: it.nearest.into_iter().map(|other| instead(&it.word, other)).collect(),
            word: it.word,
        });
        Ok(Self {
            drops: drops.into_iter().map(|(_, drop)| drop).collect(),
            advice: kb.search_advice(&params.query)?.iter().map(|it| message(it)).collect(),
            unknown: unknown.collect(),
            is_long: params.query.len() > LONG,
        })
    }
}

/// Returns searches that ask for less, with what each leaves out.
fn looser(params: &Params) -> Vec<(String, Params)> {
    let chips = chips(params);
    let all = (chips.len() > 1).then(|| ("all filters".to_owned(), params.unfiltered()));
    let parts = parts(&params.query);
    let (strict, words): (Vec<&str>, Vec<&str>) = parts.iter().copied().partition(|part| is_strict(part));
    let without = strict.iter().filter(|_| parts.len() > 1).take(MAX_PARTS).map(|part| {
        let rest: Vec<&str> = parts.iter().filter(|it| *it != part).copied().collect();
        ((*part).to_owned(), params.asking(&rest.join(" ")))
    });
    let several = strict.len() + chips.len() > 1 && !strict.is_empty() && !words.is_empty();
    let only_words =
        several.then(|| ("everything but the words".to_owned(), params.unfiltered().asking(&words.join(" "))));
    let quotes = params.query.contains('"');
    let loose = quotes.then(|| ("the quotes".to_owned(), params.asking(&params.query.replace('"', " "))));
    let filters = chips.into_iter().map(|chip| (format!("{}: {}", chip.field, chip.label), chip.without));
    filters.chain(all).chain(without).chain(loose).chain(only_words).collect()
}

/// Tells whether a part of a query narrows it in more than a word does.
fn is_strict(part: &str) -> bool {
    part.contains([':', '"']) || part.starts_with('-')
}

/// Cuts a query at blanks outside quotes.
fn parts(query: &str) -> Vec<&str> {
    let mut quoted = false;
    let cut = |c: char| {
        quoted ^= c == '"';
        c.is_whitespace() && !quoted
    };
    query.split(cut).filter(|part| !part.is_empty()).collect()
}

/// Returns the number of documents; a query that became malformed has none.
fn total(kb: &KnowledgeBase, params: &Params) -> Result<usize, WebError> {
    let request = SearchRequest {
        facets: params.facets.clone(),
        days: params.days,
        limit: 0,
        ..SearchRequest::new(params.query.clone())
    };
    match kb.search(&request) {
        Ok(results) => Ok(results.total),
        Err(KbError::Query(_)) => Ok(0),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_text_stays_together() {
        assert_eq!(
            parts("redis \"no such host\" -staging  in:2025"),
            ["redis", "\"no such host\"", "-staging", "in:2025"]
        );
        assert_eq!(parts("\"never closed"), ["\"never closed"]);
    }

    #[test]
    fn only_what_narrows_is_left_out() {
        let what = |query: &str| -> Vec<String> {
            looser(&Params::default().asking(query)).into_iter().map(|(what, _)| what).collect()
        };
        assert_eq!(what("redis severity:low -staging"), ["severity:low", "-staging", "everything but the words"]);
        assert_eq!(what("redis \"no such host\""), ["\"no such host\"", "the quotes"]);
        assert_eq!(what("redis host"), [""; 0]);
    }
}
