//! The words of the field in many languages: data in `words.yaml`, looked up here.

mod data;
mod glance;
mod memo;
mod roles;
mod states;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Kind, Severity};
use crate::parse::when::CalendarWords;
use crate::words::{self, Lengths, Phrases, fold_static};
use data::LanguageWords;
use glance::Glances;

pub(crate) use crate::words::{fold, fold_into, is_unsegmented};
pub(crate) use data::{MarkWord, SpanWord, StatusWord};
pub(crate) use memo::Memo;
pub(crate) use roles::{ColumnRole, HeadingRole, LabelRole, RoleSet, Tense};

/// Folded words.
pub(crate) type Words = FxHashSet<&'static str>;

static WORDS: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::load);

/// Every language's words, merged for look-up.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    labels: FxHashMap<&'static str, RoleSet>,
    columns: FxHashMap<&'static str, Vec<ColumnRole>>,
    pub(crate) headings: Phrases<HeadingRole>,
    /// Headings that say what they say only where they stand behind others.
    pub(crate) headings_by_place: Phrases<HeadingRole>,
    /// Headings of the last words, and of what was gained.
    pub(crate) closings: Words,
    pub(crate) gains: Words,
    /// Headings of a cause that is not the root of it.
    pub(crate) contributing: Phrases<()>,
    pub(crate) severity: Phrases<Severity>,
    /// Words for a level where they are the whole value.
    pub(crate) severity_alone: Phrases<Severity>,
    pub(crate) status: Phrases<StatusWord>,
    pub(crate) marks: Phrases<MarkWord>,
    pub(crate) kinds: Phrases<Kind>,
    /// What a file of several incidents is called.
    pub(crate) logs: Phrases<()>,
    pub(crate) will: Phrases<()>,
    /// Words of a line that announces what its writers are going to do.
    pub(crate) promises: Phrases<()>,
    pub(crate) prose: Phrases<()>,
    pub(crate) spans: Phrases<SpanWord>,
    pub(crate) within: Phrases<i64>,
    terms: Phrases<()>,
    /// Words before a mark that undo it.
    pub(crate) negations: Words,
    /// Words between a negation and a state.
    degrees: Words,
    /// Words before a word of `done` that undo it.
    not_before_done: Words,
    /// Words behind a mark that undo it.
    pub(crate) not_after_marks: Words,
    /// Words before a duration that make it another than the incident's.
    pub(crate) not_before_durations: Words,
    /// Words behind a duration that make it the distance from something.
    not_after_durations: Words,
    lead_ups: Words,
    /// Words that name a task where a number follows.
    pub(crate) task_names: Words,
    /// Values that say nothing.
    pub(crate) nothing: Words,
    /// Words in brackets that name nobody.
    pub(crate) not_names: Words,
    /// Words that begin a statement, not a commitment.
    pub(crate) quantifiers: Words,
    /// Folded words that a part of a day is told by.
    pub(crate) day_parts: Words,
    pub(crate) updates: Words,
    /// How an instruction ends, in languages whose verb stands last.
    sentence_ends: Vec<&'static str>,
    verbs: Words,
    not_verbs: Words,
    /// How a participle ends, and how its verb ends.
    past: Vec<(&'static str, &'static str)>,
    past_words: Words,
    past_ends: Vec<&'static str>,
    /// Participles that as often name a quality.
    participles: Words,
    done: Words,
    not_done: Words,
    cancelled: Words,
    stopwords: FxHashMap<&'static str, Vec<usize>>,
    stopword_lengths: Lengths,
    fillers: FxHashSet<&'static str>,
    codes: Vec<&'static str>,
    calendar: CalendarWords,
    glances: Glances,
}

impl Vocabulary {
    /// Returns the built-in vocabulary.
    pub(crate) fn get() -> &'static Self {
        &WORDS
    }

    /// Returns what a label means; `folded` is the whole label, folded.
    pub(crate) fn label(&self, folded: &str) -> RoleSet {
        self.labels.get(folded).copied().unwrap_or(RoleSet::NONE)
    }

    /// Returns what a label means that is not folded.
    pub(crate) fn label_of(&self, label: &str) -> RoleSet {
        thread_local! {
            static KNOWN: Memo<RoleSet> = const { Memo::new() };
        }
        if !self.glances.labels.may_end(label) {
            return RoleSet::NONE;
        }
        KNOWN.with(|known| known.get(label, |label| self.label(&fold(label))))
    }

    /// Tells whether a text that is not folded is all of a heading that a section may have.
    pub(crate) fn names_section(&self, text: &str) -> bool {
        thread_local! {
            static KNOWN: Memo<bool> = const { Memo::new() };
        }
        let says = |text: &str| self.headings.whole(&fold(text)).any(|role| role != HeadingRole::Name);
        self.may_be_heading(text) && KNOWN.with(|known| known.get(text, says))
    }

    /// Returns the duration that a longer label means: `duration of user impact`, `duração do impacto`.
    pub(crate) fn qualified_duration(&self, folded: &str) -> RoleSet {
        let total = RoleSet::label(LabelRole::DurationTotal);
        let mut words = folded.splitn(3, ' ');
        let (Some(first), Some(of), Some(rest)) = (words.next(), words.next(), words.next()) else {
            return RoleSet::NONE;
        };
        let named = self.stopwords.contains_key(of) && rest.split(' ').count() <= 4 && self.label(first).meets(total);
        if named { total } else { RoleSet::NONE }
    }

    /// Returns what a column header may mean; `folded` is the whole header, folded.
    pub(crate) fn column(&self, folded: &str) -> &[ColumnRole] {
        self.columns.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Returns everything that a heading is about. A phrase inside a longer one says nothing of its own: `actions taken`
    /// names no `actions`.
    pub(crate) fn heading(&self, folded: &str) -> RoleSet {
        let found: Vec<_> = self.headings.all(folded).collect();
        let is_part = |start: usize, end: usize| {
            found.iter().any(|(_, from, to)| *from <= start && end <= *to && end - start < to - from)
        };
        let says = |role: &HeadingRole| *role != HeadingRole::Name;
        let whole = found.iter().filter(|(role, start, end)| says(role) && !is_part(*start, *end));
        whole.fold(RoleSet::NONE, |set, (role, _, _)| set.with(RoleSet::heading(*role)))
    }

    /// Tells whether a folded heading begins with a span of time to act in (`short term`, `this week`), and whether
    /// that is at once.
    pub(crate) fn term(&self, folded: &str) -> Option<bool> {
        let at_head =
            |start: usize| folded[..start].trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ').is_empty();
        let within = self.within.first(folded).filter(|(_, start, _)| at_head(*start)).map(|(days, _, _)| days <= 1);
        within.or_else(|| self.terms.first(folded).filter(|(_, start, _)| at_head(*start)).map(|_| false))
    }

    /// Tells whether a folded sentence begins or ends as an instruction does.
    pub(crate) fn instructs(&self, folded: &str) -> bool {
        let first = folded.split(' ').next().unwrap_or_default();
        // Where no spaces separate words, the first two or three letters may be the verb.
        let unspaced = || {
            let ends = folded.char_indices().skip(1).take(3).map(|(at, _)| at);
            ends.into_iter().any(|end| self.verbs.contains(&folded[..end]))
                || self.sentence_ends.iter().any(|end| folded.ends_with(end))
        };
        self.verbs.contains(first) || (!folded.is_ascii() && folded.chars().any(is_unsegmented) && unspaced())
    }

    /// Tells whether a folded item begins or ends as one that says what was done.
    pub(crate) fn tense(&self, folded: &str) -> Tense {
        let first = folded.split(' ').next().unwrap_or_default();
        if self.past_words.contains(first) || self.past_ends.iter().any(|end| folded.ends_with(end)) {
            return Tense::Past;
        }
        let is_verb = |base: &str, stem: &str| {
            let mut letters = base.bytes().rev();
            let doubled = letters.next() == letters.next() && base.is_ascii() && !base.is_empty();
            self.verbs.contains(format!("{base}{stem}").as_str())
                || doubled && self.verbs.contains(format!("{}{stem}", &base[..base.len() - 1]).as_str())
        };
        let from_verb =
            |(ending, stem): &(&str, &str)| first.strip_suffix(ending).is_some_and(|base| is_verb(base, stem));
        match self.past.iter().any(from_verb) {
            true if self.participles.contains(first) => Tense::Participle,
            true => Tense::Past,
            false => Tense::Other,
        }
    }

    /// Tells whether a folded text that stands behind a duration makes it the distance from something (`after the start`).
    pub(crate) fn leads_from_duration(&self, folded: &str) -> bool {
        let first = folded.split(' ').next().unwrap_or_default();
        let unspaced =
            || first.char_indices().skip(1).take(2).any(|(end, _)| self.not_after_durations.contains(&first[..end]));
        self.not_after_durations.contains(first) || first.starts_with(is_unsegmented) && unspaced()
    }

    /// Tells whether a folded text that stands behind a duration says that something came after it (`before the outage`).
    pub(crate) fn leads_up_to(&self, folded: &str) -> bool {
        self.lead_ups.contains(folded.split(' ').next().unwrap_or_default())
    }

    /// Tells whether a folded word says nothing of what a document is about: it stands in any report.
    pub(crate) fn is_filler(&self, word: &str) -> bool {
        self.fillers.contains(word) || self.stopwords.contains_key(word)
    }

    /// Tells at a glance whether a word of ASCII, in any case, may be a stop word.
    #[inline]
    pub(crate) fn may_be_stopword(&self, word: &[u8]) -> bool {
        self.stopword_lengths.may_hold(word)
    }

    /// Returns the languages, as indices into [`Self::language_code`], that have `word` as a stop word.
    pub(crate) fn stopword_languages(&self, word: &str) -> &[usize] {
        self.stopwords.get(word).map_or(&[], Vec::as_slice)
    }

    /// Returns the words of dates and durations.
    pub(crate) fn calendar(&self) -> &CalendarWords {
        &self.calendar
    }

    /// Returns the number of languages.
    pub(crate) fn language_count(&self) -> usize {
        self.codes.len()
    }

    /// Returns the ISO 639-1 code of a language.
    pub(crate) fn language_code(&self, index: usize) -> &'static str {
        self.codes[index]
    }

    fn load() -> Self {
        let languages: BTreeMap<&'static str, LanguageWords<&'static str>> =
            words::from_str(include_str!("words.yaml")).expect("a test reads the built-in vocabulary");
        let all = || languages.values();
        let mut vocabulary = Self {
            labels: FxHashMap::default(),
            columns: FxHashMap::default(),
            headings: Phrases::new(all().flat_map(|it| pairs(&it.headings))),
            headings_by_place: Phrases::new(all().flat_map(|it| pairs(&it.headings_by_place))),
            closings: folded(all().flat_map(|it| &it.closings)),
            gains: folded(all().flat_map(|it| &it.gains)),
            contributing: Phrases::new(all().flat_map(|it| it.contributing.iter().map(|word| (*word, ())))),
            spans: Phrases::new(all().flat_map(|it| pairs(&it.spans))),
            severity: Phrases::new(all().flat_map(|it| pairs(&it.severity))),
            severity_alone: Phrases::new(all().flat_map(|it| pairs(&it.severity_alone))),
            status: Phrases::new(all().flat_map(|it| pairs(&it.status))),
            marks: Phrases::new(all().flat_map(|it| pairs(&it.marks))),
            kinds: Phrases::new(all().flat_map(|it| pairs(&it.kinds))),
            logs: Phrases::new(all().flat_map(|it| it.logs.iter().map(|word| (*word, ())))),
            will: Phrases::new(all().flat_map(|it| it.will.iter().map(|word| (*word, ())))),
            promises: Phrases::new(all().flat_map(|it| it.promises.iter().map(|word| (*word, ())))),
            prose: Phrases::new(all().flat_map(|it| it.prose.iter().map(|word| (*word, ())))),
            within: Phrases::new(all().flat_map(|it| it.within.iter().map(|(word, days)| (*word, *days)))),
            terms: Phrases::new(all().flat_map(|it| it.terms.iter().map(|word| (*word, ())))),
            negations: folded(all().flat_map(|it| &it.negations)),
            degrees: folded(all().flat_map(|it| &it.degrees)),
            not_before_done: folded(all().flat_map(|it| &it.not_before_done)),
            not_after_marks: folded(all().flat_map(|it| &it.not_after_marks)),
            not_before_durations: folded(all().flat_map(|it| &it.not_before_durations)),
            not_after_durations: folded(all().flat_map(|it| &it.not_after_durations)),
            lead_ups: folded(all().flat_map(|it| &it.lead_ups)),
            task_names: folded(all().flat_map(|it| &it.task_names)),
            nothing: folded(all().flat_map(|it| &it.nothing)),
            not_names: folded(all().flat_map(|it| &it.not_names)),
            quantifiers: folded(all().flat_map(|it| &it.quantifiers)),
            day_parts: folded(all().flat_map(|it| &it.day_parts)),
            updates: folded(all().flat_map(|it| &it.updates)),
            sentence_ends: all().flat_map(|it| &it.sentence_ends).map(|it| fold_static(it)).collect(),
            verbs: folded(all().flat_map(|it| &it.verbs)),
            not_verbs: folded(all().flat_map(|it| &it.not_verbs)),
            past: all()
                .flat_map(|it| &it.past)
                .flat_map(|(ending, stems)| stems.iter().map(|stem| (fold_static(ending), *stem)))
                .collect(),
            past_words: folded(all().flat_map(|it| &it.past_words)),
            past_ends: all().flat_map(|it| &it.past_ends).map(|it| fold_static(it)).collect(),
            participles: folded(all().flat_map(|it| &it.participles)),
            done: folded(all().flat_map(|it| &it.done)),
            not_done: folded(all().flat_map(|it| &it.not_done)),
            cancelled: folded(all().flat_map(|it| &it.cancelled)),
            stopwords: FxHashMap::default(),
            fillers: all().flat_map(|it| it.fillers.split_whitespace()).collect(),
            stopword_lengths: Lengths::of(all().flat_map(|it| it.stopwords.split_whitespace()).map(str::as_bytes)),
            calendar: CalendarWords::merge(all().map(|it| &it.calendar)),
            codes: languages.keys().copied().collect(),
            glances: Glances::default(),
        };
        for (index, words) in all().enumerate() {
            vocabulary.add_language(index, words);
        }
        vocabulary.verbs.retain(|word| !vocabulary.not_verbs.contains(word));
        vocabulary.glances = Glances::of(&vocabulary, all().flat_map(|it| pairs(&it.headings)));
        vocabulary
    }

    fn add_language(&mut self, index: usize, words: &LanguageWords<&'static str>) {
        for (phrase, role) in pairs(&words.labels) {
            let set = self.labels.entry(fold_static(phrase)).or_default();
            *set = set.with(RoleSet::label(role));
        }
        for (phrase, role) in pairs(&words.columns) {
            let roles = self.columns.entry(fold_static(phrase)).or_default();
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        for word in words.stopwords.split_whitespace() {
            self.stopwords.entry(word).or_default().push(index);
        }
    }
}

/// Takes the number of a section off a folded heading: `2.1 Severity`.
pub(crate) fn without_number(folded: &str) -> &str {
    match folded.as_bytes().first() {
        Some(b'0'..=b'9') => folded.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' '),
        _ => folded,
    }
}

fn pairs<K: Copy>(map: &BTreeMap<K, Vec<&'static str>>) -> impl Iterator<Item = (&'static str, K)> {
    map.iter().flat_map(|(role, phrases)| phrases.iter().map(move |phrase| (*phrase, *role)))
}

fn folded<'a>(words: impl Iterator<Item = &'a &'static str>) -> Words {
    words.map(|word| fold_static(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Languages = BTreeMap<String, LanguageWords<String>>;

    #[test]
    fn the_file_is_yaml_and_read_as_a_yaml_reader_reads_it() {
        let text = include_str!("words.yaml");
        let ours: Languages = words::from_str(text).unwrap();
        let theirs: Languages = serde_yaml::from_str(text).unwrap();
        assert!(ours.len() >= 19);
        assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
    }

    #[test]
    fn what_is_no_vocabulary_is_an_error() {
        for text in [
            "en:\n  lables:\n    date: [date]\n",
            "en:\n  labels:\n    dat: [date]\n",
            "en:\n  severity:\n    high: [x]\n",
            "en:\n  calendar:\n    month: [[x]]\n",
            "en:\n  labels:\n    date: [date:, }]\n",
        ] {
            assert!(words::from_str::<Languages>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn labels_of_several_languages_are_known() {
        let words = Vocabulary::get();
        assert!(words.label("schweregrad").means(LabelRole::Severity));
        assert!(words.label(&fold("Causa raíz")).means(LabelRole::RootCause));
        assert!(words.label("time to detect").means(LabelRole::DurationDetect));
        assert!(words.label("nonsense").is_empty());
    }

    #[test]
    fn a_heading_may_have_several_roles() {
        let roles = Vocabulary::get().heading("lessons learned and next steps");
        assert!(roles.has(HeadingRole::Lessons) && roles.has(HeadingRole::Actions));
        assert!(Vocabulary::get().heading("because of you").is_empty());
    }
}
