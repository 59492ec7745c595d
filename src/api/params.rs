//! Parameters, read strictly: what is unknown, given twice or out of bounds is said, not passed over.

use chrono::NaiveDate;

use super::{Pairs, Refusal, severity_name};
use crate::kb::{Period, Window};
use crate::model::Severity;

/// Longest text of a parameter, in characters.
const LONGEST: usize = 2000;
/// Most rows of one answer.
const MAX_LIMIT: usize = 100;
/// The last row that can be asked for.
const MAX_OFFSET: usize = 10_000;

/// The parameters of a request, and what is wrong with them.
#[derive(Debug)]
pub(crate) struct Params {
    pairs: Pairs,
    known: Vec<&'static str>,
    problems: Vec<String>,
}

impl Params {
    /// Takes the parameters as they came.
    pub(crate) fn new(pairs: Pairs) -> Self {
        Self { pairs, known: Vec::new(), problems: Vec::new() }
    }

    /// Takes every value of a parameter that may be given several times.
    pub(crate) fn texts(&mut self, name: &'static str) -> Vec<String> {
        self.known.push(name);
        let values: Vec<String> =
            self.pairs.iter().filter(|(it, _)| it == name).map(|(_, value)| value.clone()).collect();
        if values.iter().any(|value| value.chars().count() > LONGEST) {
            self.problems.push(format!("`{name}` is longer than {LONGEST} characters"));
        }
        if values.len() > 20 {
            self.problems.push(format!("`{name}` is given more than 20 times"));
        }
        values
    }

    /// Takes a parameter.
    pub(crate) fn text(&mut self, name: &'static str) -> Option<String> {
        let mut values = self.texts(name);
        if values.len() > 1 {
            self.problems.push(format!("`{name}` is given more than once"));
        }
        values.pop()
    }

    /// Takes a parameter that must not be empty.
    pub(crate) fn name(&mut self, name: &'static str) -> Option<String> {
        let value = self.text(name);
        if value.as_deref().is_some_and(|value| value.is_empty()) {
            self.problems.push(format!("`{name}` is empty"));
        }
        value
    }

    /// Takes a parameter that must be given and not be empty.
    pub(crate) fn required(&mut self, name: &'static str) -> String {
        let value = self.name(name);
        if value.is_none() {
            self.problems.push(format!("`{name}` is missing"));
        }
        value.unwrap_or_default()
    }

    /// Takes a number between two bounds.
    pub(crate) fn number(&mut self, name: &'static str, least: usize, most: usize) -> Option<usize> {
        let text = self.text(name)?;
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse::<usize>().ok().filter(|number| digits && (least..=most).contains(number));
        if number.is_none() {
            self.problems.push(format!("`{name}` is no number from {least} to {most}"));
        }
        number
    }

    /// Takes `true` or `false`.
    pub(crate) fn flag(&mut self, name: &'static str) -> bool {
        self.choice(name, &[("true", true), ("false", false)]).unwrap_or(false)
    }

    /// Takes a day.
    pub(crate) fn day(&mut self, name: &'static str) -> Option<NaiveDate> {
        let text = self.text(name)?;
        let day = text.parse().ok().filter(|_| text.len() == 10);
        if day.is_none() {
            self.problems.push(format!("`{name}` is no day such as `2025-12-17`"));
        }
        day
    }

    /// Takes a period.
    pub(crate) fn period(&mut self) -> Period {
        Period { from: self.day("from"), to: self.day("to") }
    }

    /// Takes a period as auditors write it.
    pub(crate) fn window(&mut self, name: &'static str) -> Option<Window> {
        let text = self.name(name)?;
        let window = Window::parse(&text);
        if window.is_none() {
            self.problems.push(format!("`{name}` is no period such as `2026`, `2026-H1` or `2026-01..2026-05`"));
        }
        window
    }

    /// Takes where a part of a list begins and how much of it is wanted.
    pub(crate) fn page(&mut self) -> (usize, usize) {
        (self.offset(), self.limit())
    }

    /// Takes where a part of a list begins.
    pub(crate) fn offset(&mut self) -> usize {
        self.number("offset", 0, MAX_OFFSET).unwrap_or(0)
    }

    /// Takes how much of a list is wanted.
    pub(crate) fn limit(&mut self) -> usize {
        self.number("limit", 0, MAX_LIMIT).unwrap_or(20)
    }

    /// Takes one of these values.
    pub(crate) fn choice<T: Copy>(&mut self, name: &'static str, values: &[(&str, T)]) -> Option<T> {
        let text = self.text(name)?;
        self.known_value(name, &text, values)
    }

    /// Takes several of these values.
    pub(crate) fn choices<T: Copy>(&mut self, name: &'static str, values: &[(&str, T)]) -> Vec<T> {
        let texts = self.texts(name);
        texts.iter().filter_map(|text| self.known_value(name, text, values)).collect()
    }

    /// Keeps values that are years of four digits.
    pub(crate) fn years(&mut self, values: Vec<String>) -> Vec<String> {
        let is_year = |value: &String| value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_digit());
        if !values.iter().all(is_year) {
            self.problems.push("`year` is no year of four digits".to_owned());
        }
        values
    }

    /// Takes severities; `None` stands for those without.
    pub(crate) fn severities(&mut self) -> Vec<Option<Severity>> {
        let all: Vec<_> = Severity::ALL.into_iter().map(Some).chain([None]).map(|it| (severity_name(it), it)).collect();
        self.choices("severity", &all)
    }

    fn known_value<T: Copy>(&mut self, name: &str, text: &str, values: &[(&str, T)]) -> Option<T> {
        let value = values.iter().find(|(it, _)| *it == text).map(|(_, value)| *value);
        if value.is_none() {
            let names: Vec<String> = values.iter().map(|(it, _)| format!("`{it}`")).collect();
            self.problems.push(format!("`{name}` is none of {}", names.join(", ")));
        }
        value
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// Where anything is wrong: all of it, in one answer.
    pub(crate) fn finish(mut self) -> Result<(), Refusal> {
        let unknown: Vec<&String> =
            self.pairs.iter().map(|(name, _)| name).filter(|name| !self.known.contains(&name.as_str())).collect();
        for name in unknown {
            let known: Vec<String> = self.known.iter().map(|name| format!("`{name}`")).collect();
            let known =
                if known.is_empty() { "there are none".to_owned() } else { format!("known are {}", known.join(", ")) };
            self.problems.push(format!("`{name}` is no parameter here; {known}"));
        }
        self.problems.dedup();
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Parameters(format!("{}.", self.problems.join("; "))))
        }
    }
}
