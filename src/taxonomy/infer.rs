//! Which tags a text speaks for: every phrase of a language found in one pass, negated ones left out.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap;

use super::clauses::{CLAUSE, Clauses, SENTENCE};
use super::spotter::{Hit, Spotter, Text};
use super::{Tag, Taxonomy};
use crate::words::{self, Phrases, fold};

/// At most so many words stand between two parts of a phrase.
const BETWEEN: usize = 6;
/// A negation has its say over so many words behind it,
const BEFORE: usize = 4;
/// and over a phrase so many words before it.
const AFTER: usize = 5;
/// which take so many bytes at most.
const AROUND: usize = 256;
/// Letters of a script without spaces that count as as many words.
const UNSEGMENTED_BYTES: usize = 18;
/// A tag needs no more places than this to speak for it, though some of them be of the same words.
const MAX_HITS: usize = 24;
/// The language whose words stand in texts of every other.
const COMMON: &str = "en";

/// Verbs that `not` is written together with.
const VERBS: [&str; 9] = ["did", "does", "do", "was", "were", "is", "are", "could", "had"];

static NEGATIONS: LazyLock<BTreeMap<&'static str, Negations>> = LazyLock::new(|| {
    let read: BTreeMap<&str, Written<&str>> =
        words::from_str(include_str!("negations.yaml")).expect("a test reads the built-in negations");
    let phrases = |list: Vec<&'static str>| Phrases::new(list.into_iter().map(|it| (it, ())));
    let negations = |it: Written<&'static str>| Negations { before: phrases(it.before), after: phrases(it.after) };
    read.into_iter().map(|(language, it)| (language, negations(it))).collect()
});

/// The words of one language that take a phrase's meaning away.
#[derive(Debug)]
struct Negations {
    before: Phrases<()>,
    after: Phrases<()>,
}

/// The same as the file has them.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<S> {
    before: Vec<S>,
    after: Vec<S>,
}

/// A tag that a passage speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Inference<'a> {
    pub(crate) tag: &'a Tag,
    /// The words that speak for it, in the plain text.
    pub(crate) range: Range<usize>,
}

/// The matchers of the languages, built when a text in the language is met.
#[derive(Debug, Clone, Default)]
pub(super) struct Matchers(FxHashMap<String, OnceLock<Matcher>>);

impl Matchers {
    pub(super) fn new(tags: &[Tag]) -> Self {
        let languages = tags.iter().flat_map(|tag| &tag.phrases).map(|(language, _)| language.clone());
        Self(languages.chain([COMMON.to_owned()]).map(|language| (language, OnceLock::new())).collect())
    }
}

impl Taxonomy {
    /// Returns what the passages in `clauses`, taken from `plain`, speak for, in the order written.
    pub(crate) fn infer(&self, plain: &str, clauses: &Clauses, language: Option<&str>) -> Vec<Inference<'_>> {
        let known = language.and_then(|it| self.matchers.0.get_key_value(it));
        let Some((language, matcher)) = known.or_else(|| self.matchers.0.get_key_value(COMMON)) else {
            return Vec::new();
        };
        let matcher = matcher.get_or_init(|| Matcher::new(&self.tags, language));
        let mut found = matcher.find(&clauses.folded);
        found.sort_by_key(|hit| (hit.range.start, hit.range.end));
        let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
        let mut is_wanted = |hit: &Hit| {
            let count = counts.entry(hit.what).or_default();
            let wanted = *count < MAX_HITS && !matcher.is_negated(&clauses.folded, &hit.range);
            *count += usize::from(wanted);
            wanted
        };
        found.retain(|hit| is_wanted(hit));
        let inference = |hit: Hit| Inference { tag: &self.tags[hit.what], range: clauses.origin(plain, &hit.range) };
        found.into_iter().map(inference).collect()
    }
}

/// All phrases of one language, and those of the common one.
#[derive(Debug, Clone)]
struct Matcher {
    spotter: Spotter,
    parts: Vec<Part>,
    phrases: Vec<Phrase>,
    negations: Vec<&'static Negations>,
}

/// What words that stand together mean.
#[derive(Debug, Clone, Default)]
struct Part {
    /// The tags for which it is a phrase of its own.
    tags: Vec<usize>,
    /// The longer phrases that it is the first part of.
    begins: Vec<usize>,
}

/// Several parts in one sentence.
#[derive(Debug, Clone)]
struct Phrase {
    tag: usize,
    parts: Vec<usize>,
}

impl Matcher {
    fn new(tags: &[Tag], language: &str) -> Self {
        let mut builder = Builder::default();
        for (at, tag) in tags.iter().enumerate() {
            let speaks = |it: &str| it == language || it == COMMON || it.is_empty();
            for (_, phrase) in tag.phrases.iter().filter(|(it, _)| speaks(it)) {
                builder.add(at, phrase);
            }
        }
        let own = Some(language).filter(|it| *it != COMMON);
        let negations = [COMMON].into_iter().chain(own).filter_map(|it| NEGATIONS.get(it)).collect();
        Self { spotter: Spotter::new(builder.texts), parts: builder.parts, phrases: builder.phrases, negations }
    }

    /// Returns every phrase in `folded`, as its tag and its place.
    fn find(&self, folded: &str) -> Vec<Hit> {
        let parts = self.spotter.find(folded);
        let sorted = || {
            let mut places: Vec<&Hit> = parts.iter().collect();
            places.sort_by_key(|hit| (hit.what, hit.range.start));
            places
        };
        let mut places = None;
        let mut found = Vec::new();
        for hit in &parts {
            let part = &self.parts[hit.what];
            found.extend(part.tags.iter().map(|tag| Hit { what: *tag, range: hit.range.clone() }));
            for phrase in part.begins.iter().map(|at| &self.phrases[*at]) {
                let places = places.get_or_insert_with(sorted);
                found.extend(together(folded, phrase, &hit.range, places).map(|range| Hit { what: phrase.tag, range }));
            }
        }
        found
    }

    /// Tells whether a negation stands close before or behind, in the same clause.
    fn is_negated(&self, folded: &str, range: &Range<usize>) -> bool {
        let first = folded.ceil_char_boundary(range.start.saturating_sub(AROUND));
        let last = folded.floor_char_boundary(range.end + AROUND);
        let (before, after) = (&folded.as_bytes()[first..range.start], &folded.as_bytes()[range.end..last]);
        let start = memchr::memrchr2(CLAUSE as u8, SENTENCE as u8, before).map_or(first, |at| first + at + 1);
        let end = memchr::memchr2(CLAUSE as u8, SENTENCE as u8, after).map_or(last, |at| range.end + at);
        // `no alert` is what was missing, whatever else was (`no limit and no alert`).
        let own = first_words(&folded[range.clone()], 0);
        let denies = self.negations.iter().any(|it| it.before.whole(own).next().is_some());
        let before = if denies { "" } else { last_words(&folded[start..range.start], BEFORE) };
        let after = first_words(&folded[range.end..end], AFTER);
        let says = |text: &str, words: &Phrases<()>| words.all(text).next().is_some();
        self.negations.iter().any(|it| says(before, &it.before) || says(after, &it.after))
    }
}

/// Returns where the other parts of a phrase stand near its first, which is at `first`, and all of it together. `places` are
/// sorted by what stands there and where it begins.
fn together(folded: &str, phrase: &Phrase, first: &Range<usize>, places: &[&Hit]) -> Option<Range<usize>> {
    let mut all = first.clone();
    for part in &phrase.parts[1..] {
        // What begins later ends no sooner: only the last place before and the first that is not are the nearest.
        let behind = places.partition_point(|it| (it.what, it.range.end) <= (*part, all.start));
        let nearest = [behind.checked_sub(1), Some(behind)].into_iter().flatten().filter_map(|at| places.get(at));
        let near = |hit: &&&Hit| hit.what == *part && is_near(&folded[gap(&all, &hit.range)]);
        let hit = nearest.filter(near).min_by_key(|hit| gap(&all, &hit.range).len())?;
        all = all.start.min(hit.range.start)..all.end.max(hit.range.end);
    }
    Some(all)
}

/// Returns what lies between two ranges.
fn gap(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    let start = a.end.min(b.end);
    start..a.start.max(b.start).max(start)
}

/// Tells whether what stands between two parts is short, and no sentence ends there.
fn is_near(between: &str) -> bool {
    let mut words = 0;
    let mut parts = between.split_inclusive([' ', CLAUSE, SENTENCE]);
    parts.all(|part| {
        words += usize::from(!part.starts_with([' ', CLAUSE]));
        !part.ends_with(SENTENCE) && words <= BETWEEN
    })
}

fn last_words(text: &str, count: usize) -> &str {
    let from = memchr::memrchr_iter(b' ', text.trim_end().as_bytes()).nth(count - 1).unwrap_or(0);
    let mut start = if text.is_ascii() { from } else { from.max(text.len().saturating_sub(UNSEGMENTED_BYTES * 2)) };
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

fn first_words(text: &str, count: usize) -> &str {
    let mut end = memchr::memchr_iter(b' ', text.as_bytes()).nth(count).unwrap_or(text.len());
    if !text.is_ascii() {
        end = end.min(UNSEGMENTED_BYTES * 3);
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[derive(Default)]
struct Builder {
    texts: Vec<Text>,
    parts: Vec<Part>,
    phrases: Vec<Phrase>,
    known: FxHashMap<Text, usize>,
}

impl Builder {
    /// Adds a phrase, and once more with `didn't` for `did not`.
    fn add(&mut self, tag: usize, phrase: &str) {
        self.add_form(tag, phrase);
        if !phrase.contains(" not ") {
            return;
        }
        let short = VERBS
            .iter()
            .fold(format!(" {phrase}"), |text, verb| text.replace(&format!(" {verb} not "), &format!(" {verb}nt ")));
        if short.trim_start() != phrase {
            self.add_form(tag, &short);
        }
    }

    fn add_form(&mut self, tag: usize, phrase: &str) {
        let parts: Vec<usize> = phrase.split(" + ").filter_map(|part| self.part(part)).collect();
        match parts.as_slice() {
            [] => {}
            [part] => self.parts[*part].tags.push(tag),
            [first, ..] => {
                self.parts[*first].begins.push(self.phrases.len());
                self.phrases.push(Phrase { tag, parts });
            }
        }
    }

    fn part(&mut self, text: &str) -> Option<usize> {
        let open = text.trim_end().ends_with('*');
        let folded = fold(text);
        if folded.is_empty() {
            return None;
        }
        let text = Text { folded, open };
        let next = self.parts.len();
        let at = *self.known.entry(text.clone()).or_insert(next);
        if at == next {
            self.texts.push(text);
            self.parts.push(Part::default());
        }
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str, language: &str) -> Vec<(String, String)> {
        let mut clauses = Clauses::default();
        clauses.add(text, 0..text.len());
        let found = Taxonomy::builtin().infer(text, &clauses, Some(language));
        found.into_iter().map(|it| (it.tag.name.clone(), text[it.range].to_owned())).collect()
    }

    fn one(text: &str) -> Option<(String, String)> {
        tags(text, "en").into_iter().next()
    }

    #[test]
    fn phrases_are_found_and_quoted_as_written() {
        let found = |tag: &str, words: &str| Some((tag.to_owned(), words.to_owned()));
        assert_eq!(one("The Disk was *Full*."), found("disk-full", "Disk was *Full"));
        assert_eq!(
            one("Its certificate, issued in March, had expired."),
            found("certificate-expiry", "certificate, issued in March, had expired")
        );
        assert_eq!(one("The misconfigured proxy"), found("config-drift", "misconfigured"));
        assert_eq!(one("All was well."), None);
    }

    #[test]
    fn negated_phrases_do_not_count() {
        for text in [
            "This was not a memory leak.",
            "It was unrelated to the deadlock of May.",
            "A memory leak was ruled out early.",
            "The full disk was not the cause, only a symptom.",
            "We limit it to avoid a memory leak.",
            "The race condition of 2024 played no part.",
        ] {
            let text = text.replace("The full disk was", "The disk full alarm was");
            assert_eq!(one(&text), None, "{text}");
        }
        assert!(one("No alarm rang: there was a memory leak.").is_some());
        assert!(one("Nothing happened. Not at first, a memory leak came later.").is_some());
    }

    #[test]
    fn parts_stand_in_one_sentence_and_close_together() {
        assert_eq!(one("The certificate was new. The token of the user expired."), one("token of the user expired"));
        let far = "The certificate that one two three four five six seven eight nine expired";
        assert!(tags(far, "en").iter().all(|(tag, _)| tag != "certificate-expiry"));
    }

    #[test]
    fn every_language_speaks() {
        for (language, text, tag) in [
            ("de", "Das Zertifikat war seit Mitternacht abgelaufen.", "certificate-expiry"),
            ("fr", "Le pool de connexions était épuisé.", "connection-exhaustion"),
            ("es", "El certificado había caducado.", "certificate-expiry"),
            ("pt", "Não havia alerta para a fila.", "missing-alert"),
            ("it", "Il certificato è scaduto di notte.", "certificate-expiry"),
            ("nl", "De schijf was vol.", "disk-full"),
            ("pl", "Zabrakło miejsca na dysku.", "disk-full"),
            ("ru", "Произошла утечка памяти.", "resource-leak"),
            ("ja", "原因はコネクションプールの枯渇である。", "connection-exhaustion"),
            ("zh", "数据库连接池耗尽。", "connection-exhaustion"),
            ("ko", "인증서 만료가 원인이었다.", "certificate-expiry"),
        ] {
            let found: Vec<String> = tags(text, language).into_iter().map(|(tag, _)| tag).collect();
            assert_eq!(found, [tag], "{language}");
        }
        for (language, text) in [
            ("de", "Es war kein Speicherleck."),
            ("fr", "Ce n'était pas une fuite de mémoire."),
            ("es", "No hubo pérdida de datos."),
            ("ru", "Не было утечки памяти."),
            ("ja", "メモリリークではない。"),
            ("zh", "不是内存泄漏。"),
        ] {
            assert_eq!(tags(text, language), [], "{language}");
        }
        assert_eq!(tags("Ein memory leak.", "de").len(), 1, "English words stand in every language");
        assert_eq!(tags("A memory leak.", "sv").len(), 1, "a language without phrases of its own");
    }

    #[test]
    fn the_nearest_parts_of_a_phrase_are_taken_on_either_side() {
        let builder = |phrase: &str| {
            let mut builder = Builder::default();
            builder.add(0, phrase);
            builder
        };
        let found = |text: &str| {
            let Builder { texts, parts, phrases, .. } = builder("disk + full + night");
            let matcher = Matcher { spotter: Spotter::new(texts), parts, phrases, negations: Vec::new() };
            let text = text.replace('|', &CLAUSE.to_string()).replace('#', &SENTENCE.to_string());
            matcher.find(&text).into_iter().map(|hit| text[hit.range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("night full disk"), ["night full disk"]);
        assert_eq!(found("full a b disk c full d night full"), ["disk c full d night"]);
        assert_eq!(found("night full a disk full night"), ["disk full night"]);
        assert_eq!(found("the disk|a b c d e f|full at night"), ["disk\u{1}a b c d e f\u{1}full at night"]);
        for text in ["disk a b c d e f g full night", "disk#full night", "disk full a b c d e f g night", "full night"]
        {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn the_negations_are_yaml_and_read_as_a_yaml_reader_reads_them() {
        let text = include_str!("negations.yaml");
        let ours: BTreeMap<String, Written<String>> = words::from_str(text).unwrap();
        let theirs: BTreeMap<String, Written<String>> = serde_yaml::from_str(text).unwrap();
        assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
        for (_, phrase) in Taxonomy::builtin().tags().iter().flat_map(|tag| &tag.phrases) {
            assert!(!fold(phrase).is_empty(), "{phrase}");
        }
    }
}
