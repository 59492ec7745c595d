//! The words of dates, times and durations in all languages, merged into one look-up table.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::cursor::{Cursor, is_unspaced};

/// Names of the units of time in one language.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Default"))]
pub(crate) struct Units<S> {
    pub(crate) second: Vec<S>,
    pub(crate) minute: Vec<S>,
    pub(crate) hour: Vec<S>,
    pub(crate) day: Vec<S>,
    pub(crate) week: Vec<S>,
    pub(crate) month: Vec<S>,
    pub(crate) year: Vec<S>,
}

/// Words of one language, from the vocabulary file; lower case.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Default + Ord"))]
pub(crate) struct LanguageCalendar<S> {
    /// Twelve lists of names and abbreviations.
    pub(crate) months: Vec<Vec<S>>,
    /// Month words that are a month only beside a year, being common words too (`out`, `set`).
    pub(crate) months_with_year: Vec<S>,
    /// Month words that are a month only with a capital or beside a year (`may`).
    pub(crate) months_with_capital: Vec<S>,
    pub(crate) weekdays: Vec<S>,
    /// `about`, `ca`, `more than` …: the figure after it is not exact.
    pub(crate) approximate: Vec<S>,
    /// `unknown`, `ongoing`, `tbd` …: stands where a time is expected.
    pub(crate) unknown: Vec<S>,
    /// `to`, `until` …: between the two ends of a range.
    pub(crate) range: Vec<S>,
    /// Words inside or before a date: `on`, `at`, `of`, `the`.
    pub(crate) fillers: Vec<S>,
    /// `and`: between the pieces of a duration.
    pub(crate) and: Vec<S>,
    pub(crate) numbers: BTreeMap<S, f64>,
    /// `few`, `several` …: a number that names none.
    pub(crate) vague: Vec<S>,
    pub(crate) units: Units<S>,
    pub(crate) am: Vec<S>,
    pub(crate) pm: Vec<S>,
    /// `Uhr`, `h` … after or `kl` before a time of day.
    pub(crate) oclock: Vec<S>,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    /// Returns its length in minutes; months and years by the usual 30 and 365 days.
    pub(super) fn minutes(self) -> f64 {
        match self {
            Self::Second => 1.0 / 60.0,
            Self::Minute => 1.0,
            Self::Hour => 60.0,
            Self::Day => 1440.0,
            Self::Week => 10_080.0,
            Self::Month => 43_200.0,
            Self::Year => 525_600.0,
        }
    }
}

/// Half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meridiem {
    Am,
    Pm,
}

/// Everything that a word can mean, in any of the languages.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Meaning {
    pub(super) month: Option<u32>,
    pub(super) needs_year: bool,
    pub(super) needs_capital: bool,
    pub(super) weekday: bool,
    pub(super) approximate: bool,
    pub(super) unknown: bool,
    pub(super) range: bool,
    pub(super) filler: bool,
    pub(super) and: bool,
    pub(super) number: Option<f64>,
    pub(super) vague: bool,
    pub(super) unit: Option<Unit>,
    pub(super) meridiem: Option<Meridiem>,
    pub(super) oclock: bool,
    /// Languages in which the word is a number (or vague one), and in which it is a unit, as bit sets.
    number_in: u64,
    unit_in: u64,
    starts_phrase: bool,
}

impl Meaning {
    /// Returns whether some language has this word as a number and `unit` as a unit: `to an` is none (two, Danish; year,
    /// French).
    pub(super) fn counts(&self, unit: &Self) -> bool {
        self.number_in & unit.unit_in != 0
    }
}

/// Longest word or phrase in bytes; what is longer is no word of ours.
const LONGEST: usize = 48;
/// Most words in a phrase, and most characters of a word in a script without spaces.
const PHRASE_WORDS: usize = 3;
const UNSPACED_CHARS: usize = 6;

/// The words of all languages, by folded spelling.
#[derive(Debug)]
pub(crate) struct CalendarWords {
    words: FxHashMap<&'static str, Meaning>,
    lengths: Lengths,
    /// Those of the words inside phrases, behind the first.
    further: Lengths,
}

/// By their first two letters, the lengths that the words in ASCII have, as bit sets: nearly every word of a text is
/// known to be none of ours without being looked up.
#[derive(Debug)]
struct Lengths(Vec<u64>);

impl Lengths {
    fn of(words: impl Iterator<Item = &'static str>) -> Self {
        let mut lengths = Self(vec![0; 26 * 27]);
        let is_ascii = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        for word in words.filter(is_ascii) {
            lengths.0[Self::slot(word.as_bytes())] |= 1 << word.len();
        }
        lengths
    }

    /// Tells whether some word begins with the letters that `word`, in ASCII, begins with, and is as long.
    fn may_hold(&self, word: &[u8]) -> bool {
        (1..=LONGEST).contains(&word.len()) && self.0[Self::slot(word)] & (1 << word.len()) != 0
    }

    fn slot(word: &[u8]) -> usize {
        let letter = |byte: u8| usize::from(byte.to_ascii_lowercase() - b'a');
        letter(word[0]) * 27 + word.get(1).map_or(26, |byte| letter(*byte))
    }
}

impl CalendarWords {
    /// Merges the languages; a word keeps every meaning that any of them gives it.
    pub(crate) fn merge<'a>(languages: impl Iterator<Item = &'a LanguageCalendar<&'static str>>) -> Self {
        let mut merged =
            Self { words: FxHashMap::default(), lengths: Lengths(Vec::new()), further: Lengths(Vec::new()) };
        for (i, language) in languages.enumerate() {
            merged.add_language(language, 1 << (i % 64));
        }
        let phrases: Vec<&str> = merged.words.keys().copied().filter(|key| key.contains(' ')).collect();
        merged.further = Lengths::of(phrases.iter().flat_map(|phrase| phrase.split(' ').skip(1)));
        for phrase in phrases {
            let first = phrase.split(' ').next().unwrap_or_default();
            merged.words.entry(first).or_default().starts_phrase = true;
        }
        merged.lengths = Lengths::of(merged.words.keys().copied());
        merged
    }

    fn add_language(&mut self, of: &LanguageCalendar<&'static str>, bit: u64) {
        for (month, names) in (1..=12).zip(&of.months) {
            self.add(names, |m| m.month = Some(month));
        }
        self.add(&of.months_with_year, |m| m.needs_year = true);
        self.add(&of.months_with_capital, |m| m.needs_capital = true);
        self.add(&of.weekdays, |m| m.weekday = true);
        self.add(&of.approximate, |m| m.approximate = true);
        self.add(&of.unknown, |m| m.unknown = true);
        self.add(&of.range, |m| m.range = true);
        self.add(&of.fillers, |m| m.filler = true);
        self.add(&of.and, |m| m.and = true);
        self.add(&of.vague, |m| {
            m.vague = true;
            m.number_in |= bit;
        });
        self.add(&of.am, |m| m.meridiem = Some(Meridiem::Am));
        self.add(&of.pm, |m| m.meridiem = Some(Meridiem::Pm));
        self.add(&of.oclock, |m| m.oclock = true);
        for (word, number) in &of.numbers {
            self.add(std::slice::from_ref(word), |m| {
                m.number = Some(*number);
                m.number_in |= bit;
            });
        }
        let units = &of.units;
        let by_unit = [
            (&units.second, Unit::Second),
            (&units.minute, Unit::Minute),
            (&units.hour, Unit::Hour),
            (&units.day, Unit::Day),
            (&units.week, Unit::Week),
            (&units.month, Unit::Month),
            (&units.year, Unit::Year),
        ];
        for (words, unit) in by_unit {
            self.add(words, |m| {
                m.unit = Some(unit);
                m.unit_in |= bit;
            });
        }
    }

    fn add(&mut self, words: &[&'static str], mark: impl Fn(&mut Meaning)) {
        for word in words {
            let as_read = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ');
            let mut folded = Folded::default();
            for piece in word.split(is_joint).filter(|p| !p.is_empty()) {
                folded.push(piece);
            }
            if let Some(key) = folded.as_str() {
                mark(self.words.entry(if as_read { word } else { key.to_owned().leak() }).or_default());
            }
        }
    }

    /// Tells whether the ASCII letters at `at`, with nothing but ASCII behind them, are certainly no word of ours.
    pub(super) fn is_foreign(&self, letters: &[u8]) -> bool {
        !self.lengths.may_hold(letters)
    }

    /// Returns the meaning of the longest word or phrase at `at`, and the position after it.
    pub(super) fn read<'t>(&self, at: Cursor<'t>) -> Option<(Meaning, Cursor<'t>)> {
        if at.ascii_word().is_some_and(|word| self.is_foreign(word)) {
            return None;
        }
        if is_unspaced(at.peek()?) {
            return self.read_unspaced(at);
        }
        let mut cursor = at;
        let mut folded = Folded::default();
        folded.push(cursor.letters()?);
        let first = *self.words.get(folded.as_str()?)?;
        let mut best = (first, cursor);
        for _ in 1..if first.starts_phrase { PHRASE_WORDS } else { 1 } {
            if !step_joint(&mut cursor) {
                break;
            }
            if cursor.ascii_word().is_some_and(|word| !self.further.may_hold(word)) {
                break;
            }
            let Some(word) = cursor.letters() else { break };
            folded.push(word);
            if let Some(&meaning) = folded.as_str().and_then(|f| self.words.get(f)) {
                best = (meaning, cursor);
            }
        }
        (best.0 != Meaning { starts_phrase: true, ..Meaning::default() }).then_some(best)
    }

    fn read_unspaced<'t>(&self, at: Cursor<'t>) -> Option<(Meaning, Cursor<'t>)> {
        let mut ends = [0; UNSPACED_CHARS];
        let mut count = 0;
        for (i, c) in at.rest().char_indices().take(UNSPACED_CHARS).take_while(|(_, c)| is_unspaced(*c)) {
            ends[count] = i + c.len_utf8();
            count += 1;
        }
        ends[..count].iter().rev().find_map(|&end| {
            let meaning = self.words.get(&at.rest()[..end])?;
            Some((*meaning, at.moved(at.at + end)))
        })
    }
}

/// What joins the words of a phrase: `n/a`, `o'clock`, `unknown date`.
fn is_joint(c: char) -> bool {
    super::cursor::is_blank(c) || matches!(c, '\'' | '’' | '-' | '/')
}

fn step_joint(cursor: &mut Cursor<'_>) -> bool {
    let hit = cursor.peek().is_some_and(is_joint);
    if hit {
        cursor.bump();
    }
    hit
}

/// Words in lower case joined by single spaces, on the stack.
struct Folded {
    bytes: [u8; LONGEST],
    len: usize,
    overflow: bool,
}

impl Default for Folded {
    fn default() -> Self {
        Self { bytes: [0; LONGEST], len: 0, overflow: false }
    }
}

impl Folded {
    fn push(&mut self, word: &str) {
        if self.len > 0 {
            self.push_char(' ');
        }
        if word.is_ascii() {
            self.push_ascii(word.as_bytes());
            return;
        }
        for c in word.chars() {
            if self.overflow {
                return;
            }
            c.to_lowercase().for_each(|c| self.push_char(c));
        }
    }

    fn push_ascii(&mut self, word: &[u8]) {
        let end = self.len + word.len();
        let Some(place) = self.bytes.get_mut(self.len..end) else {
            self.overflow = true;
            return;
        };
        place.copy_from_slice(word);
        place.make_ascii_lowercase();
        self.len = end;
    }

    fn push_char(&mut self, c: char) {
        let end = self.len + c.len_utf8();
        if end > LONGEST {
            self.overflow = true;
            return;
        }
        c.encode_utf8(&mut self.bytes[self.len..end]);
        self.len = end;
    }

    fn as_str(&self) -> Option<&str> {
        if self.overflow { None } else { std::str::from_utf8(&self.bytes[..self.len]).ok() }
    }
}
