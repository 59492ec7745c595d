//! The words of dates, times and durations in all languages, merged into one look-up table.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::cursor::{Cursor, is_mark, is_unspaced};
use crate::words::Lengths;

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
    /// `noon` and `midnight`, behind 12 only.
    pub(crate) noon: Vec<S>,
    pub(crate) midnight: Vec<S>,
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
#[derive(Debug, Clone, Copy, Default)]
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
    /// The half of the day that begins with this twelve.
    pub(super) twelve: Option<Meridiem>,
    pub(super) oclock: bool,
    /// Languages in which the word is a number (or vague one), and in which it is a unit, as bit sets.
    number_in: u64,
    unit_in: u64,
    starts_phrase: bool,
    only_starts_phrase: bool,
}

impl Meaning {
    /// Returns whether some language has this word as a number and `unit` as a unit: `to an` is none (two, Danish; year,
    /// French).
    pub(super) fn counts(&self, unit: &Self) -> bool {
        self.number_in & unit.unit_in != 0
    }

    /// Returns whether a time expression may begin with the word.
    pub(super) fn begins_time(&self) -> bool {
        self.month.is_some()
            || self.weekday
            || self.filler
            || self.oclock
            || self.approximate
            || self.unknown
            || self.meridiem.is_some()
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
    words: FxHashMap<&'static [u8], Meaning>,
    /// Of all words, the first ones of phrases included.
    all: Lengths,
    /// Of the words inside phrases, behind the first.
    further: Lengths,
    /// Of the words that a duration, or a word for about so much, begins with.
    counting: Lengths,
}

impl CalendarWords {
    /// Merges the languages; a word keeps every meaning that any of them gives it.
    pub(crate) fn merge<'a>(languages: impl Iterator<Item = &'a LanguageCalendar<&'static str>>) -> Self {
        let mut words = Meanings::default();
        for (i, language) in languages.enumerate() {
            words.add_language(language, 1 << (i % 64));
        }
        let mut words = words.0;
        let is_space = |byte: &u8| *byte == b' ';
        let phrases: Vec<&[u8]> = words.keys().copied().filter(|key| key.contains(&b' ')).collect();
        let counts = |meaning: &Meaning| meaning.number.is_some() || meaning.vague || meaning.approximate;
        let counting =
            words.iter().filter(|(_, meaning)| counts(meaning)).filter_map(|(key, _)| key.split(is_space).next());
        let counting = Lengths::of(counting);
        let further = Lengths::of(phrases.iter().flat_map(|phrase| phrase.split(is_space).skip(1)));
        for first in phrases.iter().filter_map(|phrase| phrase.split(is_space).next()) {
            let meaning = words.entry(first).or_insert(Meaning { only_starts_phrase: true, ..Meaning::default() });
            meaning.starts_phrase = true;
        }
        Self { all: Lengths::of(words.keys().copied()), further, counting, words }
    }

    /// Tells that the ASCII letters of a word, with nothing but ASCII behind them, are no word of ours.
    #[inline]
    pub(super) fn is_foreign(&self, letters: &[u8]) -> bool {
        !self.all.may_hold(letters)
    }

    /// Tells that neither a word nor a phrase of ours ends in such a word.
    pub(super) fn ends_nothing(&self, letters: &[u8]) -> bool {
        self.is_foreign(letters) && !self.further.may_hold(letters)
    }

    /// Tells that such a word begins neither a number nor a word for about so much.
    #[inline]
    pub(super) fn counts_nothing(&self, letters: &[u8]) -> bool {
        !self.counting.may_hold(letters)
    }

    /// Returns the meaning of the longest word or phrase at `at`, and the position after it.
    pub(super) fn read<'t>(&self, at: Cursor<'t>) -> Option<(&Meaning, Cursor<'t>)> {
        let first = at.byte()?;
        if first.is_ascii() && !first.is_ascii_alphabetic() {
            return None;
        }
        match at.ascii_word() {
            Some(word) if self.is_foreign(word) => None,
            Some(word) => self.read_phrase(at, word.len()),
            None if is_unspaced(at.peek()?) => self.read_unspaced(at),
            None if at.peek().is_some_and(is_mark) => None,
            None => {
                let mut after = at;
                self.read_phrase(at, after.letters()?.len())
            }
        }
    }

    fn read_phrase<'t>(&self, at: Cursor<'t>, first: usize) -> Option<(&Meaning, Cursor<'t>)> {
        let mut cursor = at.moved(at.at + first);
        let mut folded = Folded::default();
        folded.push(&at.rest()[..first]);
        let mut best = (self.words.get(folded.as_bytes()?)?, cursor);
        for _ in 1..if best.0.starts_phrase { PHRASE_WORDS } else { 1 } {
            if !step_joint(&mut cursor) || cursor.ascii_word().is_some_and(|word| !self.further.may_hold(word)) {
                break;
            }
            let Some(word) = cursor.letters() else { break };
            folded.push(word);
            if let Some(meaning) = folded.as_bytes().and_then(|folded| self.words.get(folded)) {
                best = (meaning, cursor);
            }
        }
        (!best.0.only_starts_phrase).then_some(best)
    }

    fn read_unspaced<'t>(&self, at: Cursor<'t>) -> Option<(&Meaning, Cursor<'t>)> {
        let mut ends = [0; UNSPACED_CHARS];
        let mut count = 0;
        for (i, c) in at.rest().char_indices().take(UNSPACED_CHARS).take_while(|(_, c)| is_unspaced(*c)) {
            ends[count] = i + c.len_utf8();
            count += 1;
        }
        ends[..count].iter().rev().find_map(|&end| {
            let meaning = self.words.get(&at.rest().as_bytes()[..end])?;
            Some((meaning, at.moved(at.at + end)))
        })
    }
}

/// The table while it is filled.
#[derive(Default)]
struct Meanings(FxHashMap<&'static [u8], Meaning>);

impl Meanings {
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
        self.add(&of.noon, |m| m.twelve = Some(Meridiem::Pm));
        self.add(&of.midnight, |m| m.twelve = Some(Meridiem::Am));
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
            let as_read = word.bytes().all(|byte| byte.is_ascii_lowercase());
            let mut folded = Folded::default();
            for piece in word.split(is_joint).filter(|p| !p.is_empty()) {
                folded.push(piece);
            }
            if let Some(key) = folded.as_bytes() {
                mark(self.0.entry(if as_read { word.as_bytes() } else { key.to_owned().leak() }).or_default());
            }
        }
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

    fn as_bytes(&self) -> Option<&[u8]> {
        if self.overflow { None } else { Some(&self.bytes[..self.len]) }
    }
}
