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
        let mut tags = self.wordings.get_or_init(|| Wordings::of(&self.tags)).found_in(&words);
        tags.sort_unstable();
        tags.dedup();
        tags.into_iter().filter_map(|tag| self.tags.get(tag)).collect()
    }
}

/// The names and phrases of all tags, ready to be held against a search.
#[derive(Debug, Clone)]
pub(super) struct Wordings {
    wordings: Vec<Wording>,
    /// The wordings by the byte that a word must begin with for the longest of their parts.
    by_byte: Vec<Vec<usize>>,
    /// Those whose longest part asks for no first byte.
    others: Vec<usize>,
}

/// A name or a phrase, and the position of the tag that it speaks for.
#[derive(Debug, Clone)]
struct Wording {
    tag: usize,
    parts: Vec<Part>,
}

impl Wordings {
    fn of(tags: &[Tag]) -> Self {
        let mut all = Self { wordings: Vec::new(), by_byte: vec![Vec::new(); 256], others: Vec::new() };
        for (tag, it) in tags.iter().enumerate() {
            let phrases = it.phrases.iter().map(|(_, phrase)| phrase);
            for text in std::iter::once(&it.name).chain(&it.aliases).chain(phrases) {
                all.add(Wording { tag, parts: parts(text) });
            }
        }
        all
    }

    fn add(&mut self, wording: Wording) {
        let Some(longest) = wording.parts.iter().max_by_key(|part| part.text().len()) else { return };
        let among = match longest.first_byte() {
            Some(byte) => &mut self.by_byte[usize::from(byte)],
            None => &mut self.others,
        };
        among.push(self.wordings.len());
        self.wordings.push(wording);
    }

    /// Returns the tags of the wordings of which every part is one of `words`.
    fn found_in(&self, words: &[&str]) -> Vec<usize> {
        let begun = words.iter().filter_map(|word| word.as_bytes().first());
        let likely = begun.flat_map(|byte| &self.by_byte[usize::from(*byte)]).chain(&self.others);
        let likely = likely.map(|at| &self.wordings[*at]);
        let stands = |part: &Part| words.iter().any(|word| part.is_form(word));
        likely.filter(|it| it.parts.iter().all(stands)).map(|it| it.tag).collect()
    }
}

/// A word of a wording, by what is a form of it.
#[derive(Debug, Clone)]
enum Part {
    /// The same word or its plural: a word on its own has no other beside it that says what it means. Held without the
    /// `s` of its end.
    Alone(String),
    /// A word that differs in its ending.
    Word(String),
    /// A word that begins so.
    Beginning(String),
    /// A word that has this somewhere, in scripts that do not separate words.
    Inside(String),
}

/// Cuts a name or a phrase into its parts.
fn parts(text: &str) -> Vec<Part> {
    let words = || text.split([' ', '-', '\'']).filter(|part| !part.is_empty() && *part != "+");
    let alone = words().nth(1).is_none();
    words().map(|word| Part::of(word, alone)).collect()
}

impl Part {
    fn of(word: &str, alone: bool) -> Self {
        if !word.is_ascii() {
            let folded = fold(word.trim_end_matches('*'));
            return if folded.contains(is_unsegmented) { Self::Inside(folded) } else { Self::Beginning(folded) };
        }
        match word.strip_suffix('*') {
            Some(start) => Self::Beginning(start.to_owned()),
            None if alone => Self::Alone(word.strip_suffix('s').unwrap_or(word).to_owned()),
            None => Self::Word(word.to_owned()),
        }
    }

    fn text(&self) -> &str {
        let (Self::Alone(text) | Self::Word(text) | Self::Beginning(text) | Self::Inside(text)) = self;
        text
    }

    /// Returns the byte that every form begins with, where there is one.
    fn first_byte(&self) -> Option<u8> {
        match self {
            Self::Inside(_) => None,
            Self::Word(text) => text.bytes().next().map(|byte| byte.to_ascii_lowercase()),
            Self::Alone(text) | Self::Beginning(text) => text.bytes().next(),
        }
    }

    /// Tells whether the folded `word` is a form of this one.
    fn is_form(&self, word: &str) -> bool {
        match self {
            Self::Alone(text) => word.strip_suffix('s').unwrap_or(word) == text,
            Self::Beginning(text) => word.starts_with(text.as_str()),
            Self::Inside(text) => word.contains(text.as_str()),
            Self::Word(text) => {
                let shared = text.bytes().zip(word.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
                let longest = text.len().max(word.len());
                longest == shared || shared >= STEM && longest - shared <= ENDING
            }
        }
    }
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
    fn the_first_byte_of_a_word_hides_no_wording() {
        let taxonomy = Taxonomy::builtin();
        let wordings = Wordings::of(&taxonomy.tags);
        let queries =
            ["s", "OOM killed pods", "errata configurazione", "certificats expirés", "設定ミス", "mal configurada x"];
        for query in queries {
            let folded = fold(query);
            let words: Vec<&str> = folded.split(' ').collect();
            let stands = |part: &Part| words.iter().any(|word| part.is_form(word));
            let all = wordings.wordings.iter().filter(|it| it.parts.iter().all(stands));
            let mut all: Vec<&str> = all.map(|it| taxonomy.tags[it.tag].name.as_str()).collect();
            all.dedup();
            assert_eq!(tags(query), all, "{query}");
        }
    }

    #[test]
    fn half_a_phrase_speaks_for_nothing() {
        assert_eq!(tags("disk"), [""; 0]);
        assert_eq!(tags("the container was full of logs"), [""; 0]);
        assert_eq!(tags(""), [""; 0]);
    }
}
