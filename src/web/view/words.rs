//! Words for people: labels, counts, ages.

use std::fmt::Display;

use chrono::{DateTime, NaiveDate, Utc};

use crate::kb::FacetField;
use crate::model::{Kind, capitalised};

/// Returns what a kind of document is called.
pub(crate) fn kind_label(kind: Kind) -> &'static str {
    match kind {
        Kind::Incident => "Incident",
        Kind::Resolution => "Resolution",
        Kind::Rca => "Root-cause analysis",
        Kind::FixPlan => "Fix plan",
        Kind::Drill => "Drill",
        Kind::NearMiss => "Near miss",
        Kind::Other => "Other",
    }
}

/// Returns what a facet is called.
pub(crate) fn field_label(field: FacetField) -> &'static str {
    match field {
        FacetField::Severity => "Severity",
        FacetField::Status => "Status",
        FacetField::Year => "Year",
        FacetField::Service => "Service",
        FacetField::Tag => "Tag",
        FacetField::Kind => "Kind",
    }
}

/// Returns what a value of a facet is called.
pub(crate) fn facet_label(field: FacetField, value: &str) -> String {
    match field {
        FacetField::Kind => Kind::from_name(value).map_or_else(|| value.to_owned(), |kind| kind_label(kind).to_owned()),
        FacetField::Severity | FacetField::Status => capitalised(value),
        FacetField::Year | FacetField::Service | FacetField::Tag => value.to_owned(),
    }
}

/// Returns `1,200`.
pub(crate) fn grouped(number: impl Display) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Returns `1 document`, `2 documents`, `1,200 documents`.
pub(crate) fn count(number: usize, one: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {one}{plural}", grouped(number))
}

/// Tells whether a title says an id already, in letters of any case.
pub(crate) fn begins_with(title: &str, id: &str) -> bool {
    title.get(..id.len()).is_some_and(|start| start.eq_ignore_ascii_case(id))
}

/// Returns a day (`2025-12-17`) or month as `17 Dec 2025`; other text as it is.
pub(crate) fn date_words(date: &str) -> String {
    if let Ok(day) = NaiveDate::parse_from_str(date, "%Y-%m-%d") {
        return day.format("%-d %b %Y").to_string();
    }
    match NaiveDate::parse_from_str(&format!("{date}-01"), "%Y-%m-%d") {
        Ok(month) => month.format("%b %Y").to_string(),
        Err(_) => date.to_owned(),
    }
}

/// Returns how long ago `at` (seconds since 1970) was.
pub(crate) fn age(at: i64, now: DateTime<Utc>) -> String {
    let seconds = (now.timestamp() - at).max(0);
    let (number, unit) = match seconds {
        0..60 => return "just now".to_owned(),
        60..3600 => (seconds / 60, "minute"),
        3600..86_400 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{} ago", count(usize::try_from(number).unwrap_or(0), unit))
}

/// Longest name that is never broken: at the size of a title it fits the window of a phone.
const LONGEST_HELD: usize = 20;

/// Returns a title in parts, and which of them are names such as `redis-sessions`, which no line should break at a hyphen.
pub(crate) fn held_names(title: &str) -> Vec<(String, bool)> {
    let is_name = |word: &str| word.trim_matches('-').contains('-') && word.chars().count() <= LONGEST_HELD;
    let (mut parts, mut plain) = (Vec::new(), 0);
    for word in title.split_whitespace().filter(|word| is_name(word)) {
        // Both are slices of the title, in the order written.
        let at = plain + title[plain..].find(word).unwrap_or(0);
        parts.extend((at > plain).then(|| (title[plain..at].to_owned(), false)));
        parts.push((word.to_owned(), true));
        plain = at + word.len();
    }
    parts.extend((plain < title.len()).then(|| (title[plain..].to_owned(), false)));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_read_well() {
        assert_eq!(count(1, "document"), "1 document");
        assert_eq!(count(0, "document"), "0 documents");
        assert_eq!(count(100_000, "document"), "100,000 documents");
        assert_eq!(date_words("2025-12-07"), "7 Dec 2025");
        assert_eq!(date_words("2025-12"), "Dec 2025");
        assert_eq!(date_words("soon"), "soon");
    }

    #[test]
    fn names_in_a_title_are_held_together() {
        let held = |title: &str| -> Vec<String> {
            let parts = held_names(title);
            assert_eq!(parts.iter().map(|(text, _)| text.as_str()).collect::<String>(), title);
            parts.into_iter().filter(|(_, held)| *held).map(|(text, _)| text).collect()
        };
        assert_eq!(held("Repeat: redis-sessions out, through portal-bff"), ["redis-sessions", "portal-bff"]);
        assert_eq!(held("a-b xa-b a-b"), ["a-b", "xa-b", "a-b"]);
        assert_eq!(held("-- RIS-REDIS-CONNECTION-EXHAUSTION-20240409 - é"), Vec::<String>::new());
        assert_eq!(held(""), Vec::<String>::new());
    }
}
