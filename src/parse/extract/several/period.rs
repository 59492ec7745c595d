//! Headings that only sort the incidents below them by year or month.

use rustc_hash::FxHashMap;

use crate::parse::extract::Source;
use crate::parse::outline::{Section, SectionSource};
use crate::parse::when::find_date;

/// What may stand beside a year.
const BESIDE: [&str; 12] = ["q1", "q2", "q3", "q4", "h1", "h2", "1h", "2h", "年", "년", "г", "năm"];

/// Which sections are named for nothing but a year, a quarter or a month; asked once of each.
pub(super) struct Periods<'a, 'b> {
    source: &'a Source<'b>,
    known: FxHashMap<u32, Option<Period>>,
}

/// What such a heading says.
#[derive(Clone, Copy)]
struct Period {
    year: Option<i32>,
}

impl<'a, 'b> Periods<'a, 'b> {
    pub(super) fn new(source: &'a Source<'b>) -> Self {
        Self { source, known: FxHashMap::default() }
    }

    /// Returns the section that the incident of `section` belongs to, groups by year or month left out.
    pub(super) fn around(&mut self, section: &Section) -> Option<u32> {
        let mut parent = section.parent;
        while let Some(at) = parent.filter(|at| self.of(*at).is_some()) {
            parent = self.source.outline.sections[at as usize].parent;
        }
        parent
    }

    /// Returns the year of the group that `section` stands in.
    pub(super) fn year(&mut self, section: &Section) -> Option<i32> {
        let mut parent = section.parent;
        while let Some(at) = parent {
            match self.of(at) {
                Some(Period { year: None }) => parent = self.source.outline.sections[at as usize].parent,
                other => return other.and_then(|it| it.year),
            }
        }
        None
    }

    /// Tells whether a section is such a group.
    pub(super) fn is_one(&mut self, at: usize) -> bool {
        u32::try_from(at).is_ok_and(|at| self.of(at).is_some())
    }

    fn of(&mut self, at: u32) -> Option<Period> {
        let source = self.source;
        *self.known.entry(at).or_insert_with(|| {
            let section = &source.outline.sections[at as usize];
            let title = source.outline.plain[section.title.clone()].trim();
            (section.source == SectionSource::Heading).then(|| period(source, title)).flatten()
        })
    }
}

/// Reads `2026`, `2026 Q1`, `2026年`, `March 2026`, `2026-03`, `March`.
fn period(source: &Source<'_>, title: &str) -> Option<Period> {
    // Longer than any name of a month with its year.
    if title.len() > 40 {
        return None;
    }
    let folded = title.to_lowercase();
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let year = words.find_map(|word| year_in(word, &folded));
    if year.is_some() && is_year_alone(&folded) {
        return Some(Period { year });
    }
    let month = |text: &str| {
        let (date, range) = find_date(text, &source.when(None))?;
        let is_all =
            !text[..range.start].contains(char::is_alphanumeric) && !text[range.end..].contains(char::is_alphanumeric);
        (date.day.is_none() && is_all).then_some(date)
    };
    if let Some(date) = month(title) {
        return Some(Period { year: date.year });
    }
    month(&format!("{title} 2000")).map(|_| Period { year: None })
}

fn year_in(word: &str, folded: &str) -> Option<i32> {
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let year = digits.parse().ok().filter(|year| digits.len() == 4 && (1990..2100).contains(year));
    year.filter(|_| folded.matches(&digits).count() == 1)
}

fn is_year_alone(folded: &str) -> bool {
    let rest = |word: &str| {
        let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
        (rest.is_empty() && word.len() == 4) || BESIDE.contains(&rest) || BESIDE.contains(&word)
    };
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(rest)
}
