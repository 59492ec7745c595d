//! Which tags a search speaks of: by name, by another name, or by a phrase, in whatever language.

use super::{Tag, Taxonomy};
use crate::words::{fold, is_unsegmented};

/// Letters of the endings in which two forms of a word may differ.
const ENDING: usize = 3;
/// Letters that they must have in common.
const STEM: usize = 4;

impl Taxonomy {
    /// Returns the tags of which every word of a name or a phrase stands in `query`, in whatever order.
    pub(crate) fn named_in(&self, query: &str) -> Vec<&Tag> {
        let folded = fold(query);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let speaks = |text: &str| stands_in(text, &words);
        let is_named = |tag: &&Tag| {
            speaks(&tag.name)
                || tag.aliases.iter().any(|alias| speaks(alias))
                || tag.phrases.iter().any(|(_, phrase)| speaks(phrase))
        };
        self.tags.iter().filter(is_named).collect()
    }
}

/// Tells whether every word of a name or a phrase is one of `words`. A word on its own must be the same or its plural:
/// it has no other beside it that says what it means.
fn stands_in(phrase: &str, words: &[&str]) -> bool {
    let mut parts = phrase.split([' ', '-', '\'']).filter(|part| !part.is_empty() && *part != "+").peekable();
    let Some(first) = parts.next() else { return false };
    let alone = parts.peek().is_none();
    std::iter::once(first).chain(parts).all(|part| words.iter().any(|word| is_form(part, word, alone)))
}

fn is_form(part: &str, word: &str, alone: bool) -> bool {
    if !part.is_ascii() {
        let part = fold(part.trim_end_matches('*'));
        return word.starts_with(&part) || part.contains(is_unsegmented) && word.contains(&part);
    }
    if let Some(start) = part.strip_suffix('*') {
        return word.starts_with(start);
    }
    if alone {
        return word.strip_suffix('s').unwrap_or(word) == part.strip_suffix('s').unwrap_or(part);
    }
    let shared = part.bytes().zip(word.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    let longest = part.len().max(word.len());
    longest == shared || shared >= STEM && longest - shared <= ENDING
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(query: &str) -> Vec<&str> {
        Taxonomy::builtin().named_in(query).into_iter().map(|tag| tag.name.as_str()).collect()
    }

    #[test]
    fn names_aliases_and_phrases_of_any_language_speak_for_tags() {
        assert_eq!(tags("disk-full"), ["disk-full"]);
        assert!(tags("no space left on db7").contains(&"disk-full"));
        assert!(tags("expired certificates").contains(&"certificate-expiry"));
        assert!(tags("Zertifikat abgelaufen").contains(&"certificate-expiry"));
        assert!(tags("証明書の期限切れ").contains(&"certificate-expiry"));
    }

    #[test]
    fn half_a_phrase_speaks_for_nothing() {
        assert_eq!(tags("disk"), [""; 0]);
        assert_eq!(tags("the container was full of logs"), [""; 0]);
        assert_eq!(tags(""), [""; 0]);
    }
}
