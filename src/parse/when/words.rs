//! The words of dates, times and durations in all languages, merged into one look-up table.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use serde::Deserialize;

use super::cursor::{Cursor, is_unspaced};

/// Names of the units of time in one language.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Units {
    pub(crate) second: Vec<String>,
    pub(crate) minute: Vec<String>,
    pub(crate) hour: Vec<String>,
    pub(crate) day: Vec<String>,
    pub(crate) week: Vec<String>,
    pub(crate) month: Vec<String>,
    pub(crate) year: Vec<String>,
}

/// Words of one language, from the vocabulary file; lower case.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct LanguageCalendar {
    /// Twelve lists of names and abbreviations.
    pub(crate) months: Vec<Vec<String>>,
    /// Month words that are a month only beside a year, being common words too (`out`, `set`).
    pub(crate) months_with_year: Vec<String>,
    /// Month words that are a month only with a capital or beside a year (`may`).
    pub(crate) months_with_capital: Vec<String>,
    pub(crate) weekdays: Vec<String>,
    /// `about`, `ca`, `more than` …: the figure after it is not exact.
    pub(crate) approximate: Vec<String>,
    /// `unknown`, `ongoing`, `tbd` …: stands where a time is expected.
    pub(crate) unknown: Vec<String>,
    /// `to`, `until` …: between the two ends of a range.
    pub(crate) range: Vec<String>,
    /// Words inside or before a date: `on`, `at`, `of`, `the`.
    pub(crate) fillers: Vec<String>,
    /// `and`: between the pieces of a duration.
    pub(crate) and: Vec<String>,
    pub(crate) numbers: BTreeMap<String, f64>,
    /// `few`, `several` …: a number that names none.
    pub(crate) vague: Vec<String>,
    pub(crate) units: Units,
    pub(crate) am: Vec<String>,
    pub(crate) pm: Vec<String>,
    /// `Uhr`, `h` … after or `kl` before a time of day.
    pub(crate) oclock: Vec<String>,
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
#[derive(Debug, Default)]
pub(crate) struct CalendarWords {
    words: HashMap<Box<str>, Meaning, BuildHasherDefault<Fnv>>,
}

/// FNV-1a: the words are ours, nobody can choose colliding ones, and it takes a fraction of the default's time.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl CalendarWords {
    /// Merges the languages; a word keeps every meaning that any of them gives it.
    pub(crate) fn merge<'a>(languages: impl Iterator<Item = &'a LanguageCalendar>) -> Self {
        let mut merged = Self::default();
        for (i, language) in languages.enumerate() {
            merged.add_language(language, 1 << (i % 64));
        }
        let phrases: Vec<Box<str>> = merged.words.keys().filter(|k| k.contains(' ')).cloned().collect();
        for phrase in phrases {
            let first = phrase.split(' ').next().unwrap_or_default();
            merged.words.entry(first.into()).or_default().starts_phrase = true;
        }
        merged
    }

    fn add_language(&mut self, of: &LanguageCalendar, bit: u64) {
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

    fn add(&mut self, words: &[String], mark: impl Fn(&mut Meaning)) {
        for word in words {
            let mut folded = Folded::default();
            for piece in word.split(is_joint).filter(|p| !p.is_empty()) {
                folded.push(piece);
            }
            if let Some(key) = folded.as_str() {
                mark(self.words.entry(key.into()).or_default());
            }
        }
    }

    /// Returns the meaning of the longest word or phrase at `at`, and the position after it.
    pub(super) fn read<'t>(&self, at: Cursor<'t>) -> Option<(Meaning, Cursor<'t>)> {
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
        for c in word.chars() {
            if self.overflow {
                return;
            }
            if c.is_ascii() {
                self.push_char(c.to_ascii_lowercase());
            } else {
                c.to_lowercase().for_each(|c| self.push_char(c));
            }
        }
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
