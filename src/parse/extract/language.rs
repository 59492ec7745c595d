//! The language of a document, by its stop words and its script.

use std::ops::Range;

use super::Source;
use crate::parse::outline::BlockKind;
use crate::parse::vocabulary::Vocabulary;
use crate::words::ascii_letters;

/// Words looked at; enough to be sure, few enough to be quick.
const WORDS: usize = 120;
/// Longer words are taken for no stop words.
const LONGEST: usize = 12;

/// Languages whose numeric dates begin with the day wherever they are spoken, or nearly so.
const DAY_FIRST: [&str; 16] =
    ["cs", "da", "de", "es", "fi", "fr", "id", "it", "nb", "nl", "pl", "pt", "ru", "tr", "uk", "vi"];

/// Tells whether `10/01/2025` is the tenth of January in a language, by its code.
pub(super) fn is_day_first(language: &str) -> bool {
    DAY_FIRST.contains(&language)
}

/// Returns the ISO 639-1 code where it is clear.
pub(super) fn detect(source: &Source<'_>) -> Option<&'static str> {
    let outline = source.outline;
    let prose = outline
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Row { .. }))
        .map(|block| outline.text(block));
    let mut counter = Counter::new(source.words);
    for text in prose {
        counter.add(text);
        if counter.seen >= WORDS {
            break;
        }
    }
    counter.finish()
}

/// What the words of a document speak for.
struct Counter<'a> {
    words: &'a Vocabulary,
    seen: usize,
    /// How many words are stop words, by language.
    stopwords: Vec<usize>,
    /// How many words have kana, and how many others begin in Hangul, in Han and in Thai.
    scripts: [usize; 4],
    lower: String,
}

impl<'a> Counter<'a> {
    fn new(words: &'a Vocabulary) -> Self {
        let stopwords = vec![0; words.language_count()];
        Self { words, seen: 0, stopwords, scripts: [0; 4], lower: String::with_capacity(LONGEST) }
    }

    /// Takes the words of `text`, its runs of letters, until there are enough.
    fn add(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() && self.seen < WORDS {
            let mut end = at + ascii_letters(&bytes[at..]);
            if bytes.get(end).is_some_and(|byte| !byte.is_ascii()) {
                // Only the tables of Unicode know whether the word goes on.
                end = letters_end(text, end);
                self.word(&text[at..end]);
                at = end.max(at + text[at..].chars().next().map_or(1, char::len_utf8));
            } else {
                self.ascii_word(text, at..end);
                at = end + 1;
            }
        }
    }

    fn ascii_word(&mut self, text: &str, word: Range<usize>) {
        if word.is_empty() {
            return;
        }
        self.seen += 1;
        if word.len() <= LONGEST && self.words.may_be_stopword(&text.as_bytes()[word.clone()]) {
            self.lower.clear();
            self.lower.push_str(&text[word]);
            self.lower.make_ascii_lowercase();
            self.look_up();
        }
    }

    fn word(&mut self, word: &str) {
        let Some(first) = word.chars().next() else { return };
        self.seen += 1;
        let [kana, hangul, han, thai] = &mut self.scripts;
        match u32::from(first) {
            0x3040..=0x30FF | 0x4E00..=0x9FFF if word.chars().any(is_kana) => *kana += 1,
            0xAC00..=0xD7AF => *hangul += 1,
            0x4E00..=0x9FFF => *han += 1,
            0x0E00..=0x0E7F => *thai += 1,
            _ if word.len() <= LONGEST => {
                self.lower.clear();
                self.lower.extend(word.chars().flat_map(char::to_lowercase));
                self.look_up();
            }
            _ => {}
        }
    }

    fn look_up(&mut self) {
        for language in self.words.stopword_languages(&self.lower) {
            self.stopwords[*language] += 1;
        }
    }

    fn finish(self) -> Option<&'static str> {
        let (seen, counts) = (self.seen, self.stopwords);
        if let Some(script) = by_script(seen, self.scripts) {
            return Some(script);
        }
        let best = (0..counts.len()).max_by_key(|index| counts[*index])?;
        let second = (0..counts.len()).filter(|index| *index != best).map(|index| counts[index]).max().unwrap_or(0);
        let clear = counts[best] >= 4 && counts[best] * 12 >= seen && counts[best] > second;
        clear.then(|| self.words.language_code(best))
    }
}

/// Tells whether a letter is of the script that only Japanese is written in.
fn is_kana(letter: char) -> bool {
    matches!(letter, 'ぁ'..='ゖ' | 'ァ'..='ヺ')
}

/// Returns where the letters end that stand at byte `at`.
fn letters_end(text: &str, at: usize) -> usize {
    text[at..].char_indices().find(|(_, c)| !c.is_alphabetic()).map_or(text.len(), |(length, _)| at + length)
}

fn by_script(seen: usize, [kana, hangul, han, thai]: [usize; 4]) -> Option<&'static str> {
    let share = |count: usize| count * 5 >= seen && count >= 3;
    if kana > 0 && share(kana + han) {
        Some("ja")
    } else if share(hangul) {
        Some("ko")
    } else if share(han) {
        Some("zh")
    } else if share(thai) {
        Some("th")
    } else {
        None
    }
}
