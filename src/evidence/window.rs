//! The period that evidence is asked for.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;

/// Days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Window {
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
}

impl Window {
    /// Reads `2026`, `2026-H1`, `2026-Q3`, `2026-05`, `2026-05-17`, or two of them with `..` between. `None` where it is
    /// none of these, or ends before it begins.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let Some((from, to)) = text.split_once("..") else { return Self::single(text.trim()) };
        let (from, to) = (Self::single(from.trim())?, Self::single(to.trim())?);
        (from.start <= to.end).then_some(Self { start: from.start, end: to.end })
    }

    /// Tells whether `text` is a period written the wrong way round (`2026-06..2026-01`).
    #[must_use]
    pub fn is_backwards(text: &str) -> bool {
        let ends = text.split_once("..").map(|(from, to)| (Self::single(from.trim()), Self::single(to.trim())));
        matches!(ends, Some((Some(from), Some(to))) if from.start > to.end)
    }

    /// Tells whether `day` lies in it.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.start <= day && day <= self.end
    }

    fn single(text: &str) -> Option<Self> {
        if text.len() == 10 {
            let day = text.parse().ok()?;
            return Some(Self { start: day, end: day });
        }
        let (year, rest) = text.split_at_checked(4)?;
        let year: i32 = year.bytes().all(|byte| byte.is_ascii_digit()).then(|| year.parse().ok())??;
        let (month, months) = match rest.to_ascii_uppercase().as_str() {
            "" => (1, 12),
            "-H1" => (1, 6),
            "-H2" => (7, 6),
            part => match part.strip_prefix("-Q").map(str::parse::<u32>) {
                Some(quarter) => (quarter.ok().filter(|it| (1..=4).contains(it))? * 3 - 2, 3),
                None => (part.strip_prefix('-').filter(|it| it.len() == 2)?.parse().ok()?, 1),
            },
        };
        let start = NaiveDate::from_ymd_opt(year, month, 1)?;
        Some(Self { start, end: start.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1))? })
    }

    /// Returns the shortest name of the period that [`Window::parse`] reads.
    #[must_use]
    pub fn name(&self) -> String {
        let year = self.start.year();
        let halves = ["H1", "H2", "Q1", "Q2", "Q3", "Q4"].map(|part| format!("{year}-{part}"));
        let months = (1..=12).map(|month| format!("{year}-{month:02}"));
        let mut names = std::iter::once(year.to_string()).chain(halves).chain(months);
        names.find(|name| Self::parse(name) == Some(*self)).unwrap_or_else(|| format!("{}..{}", self.start, self.end))
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_as_auditors_write_them() {
        for (text, start, end) in [
            ("2026", "2026-01-01", "2026-12-31"),
            ("2026-H1", "2026-01-01", "2026-06-30"),
            ("2026-q4", "2026-10-01", "2026-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2026-05-17", "2026-05-17", "2026-05-17"),
            ("2025-07..2026-06", "2025-07-01", "2026-06-30"),
            ("2026-01-15 .. 2026-03-31", "2026-01-15", "2026-03-31"),
        ] {
            let window = Window::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(window, Window { start: start.parse().unwrap(), end: end.parse().unwrap() }, "{text}");
        }
        for text in ["", "26", "2026-Q5", "2026-13", "2026-5", "2026-06..2026-01", "last year", "2026-H3", "20260"] {
            assert_eq!(Window::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_period_has_a_name_that_is_read_again() {
        for name in ["2026", "2026-H2", "2026-Q1", "2024-02", "2026-01-15..2026-03-31"] {
            assert_eq!(Window::parse(name).unwrap().name(), name);
        }
    }
}
