//! What the addresses of all lists have in common.

use chrono::NaiveDate;

use crate::kb::{Period, QueryError};
use crate::model::calendar_day;
use crate::web::error::WebError;
use crate::web::view::{Part, date_words, message};

/// The last page that is shown of a list; who needs more narrows it.
pub(super) const LAST_PAGE: usize = 2000;

/// Returns the page, from 0, that an address asks for: at most the last one that is shown.
pub(super) fn page_from(value: &str, last: usize) -> usize {
    value.parse().unwrap_or(1_usize).clamp(1, last) - 1
}

/// Returns what an address says of the page; nothing of the first one.
pub(super) fn page_name(page: usize) -> Option<String> {
    (page > 0).then(|| (page + 1).to_string())
}

/// Returns what the title of a list adds for the filters of its address, so that two tabs can be told apart.
pub(super) fn in_title(pairs: &[(&'static str, String)]) -> String {
    let words = |(name, value): &(&'static str, String)| match *name {
        "scope" | "sort" | "order" | "page" => None,
        "from" => Some(format!("from {}", date_words(value))),
        "to" => Some(format!("until {}", date_words(value))),
        "open" => Some("with open actions".to_owned()),
        "age" => Some(format!("{value} days or more")),
        "group" => Some(format!("by {value}")),
        _ => Some(value.clone()),
    };
    let words: Vec<String> = pairs.iter().filter_map(words).collect();
    if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) }
}

/// Returns the value that goes by a name.
pub(super) fn named<T: Copy>(all: &[T], as_str: fn(T) -> &'static str, name: &str) -> Option<T> {
    all.iter().copied().find(|it| as_str(*it) == name)
}

/// What is said of an order that is none, and of a direction that is none.
pub(super) const ORDER: &str = "order of this list";
pub(super) const DIRECTION: &str = "direction (`asc` or `desc`)";

/// Sorts what was chosen, each once: however it was asked for, the address is the same.
pub(super) fn tidy<T: Ord>(chosen: &mut Vec<T>) {
    chosen.sort_unstable();
    chosen.dedup();
}

/// Reads a day of an address. What is none is kept as it is written, to be told: somebody changed the address by hand.
pub(super) fn day_from(value: &str, no_days: &mut Vec<String>) -> Option<NaiveDate> {
    let value = value.trim();
    let day = calendar_day(value);
    if day.is_none() && !value.is_empty() {
        no_days.push(value.to_owned());
    }
    day
}

/// Returns what a page says of days that are none, and of a period that holds none.
pub(super) fn left_out(no_days: &[String], period: &Period) -> Vec<Vec<Part>> {
    let told = |day| message(&format!("`{day}` is no day and was left out; write days like `2025-12-31`."));
    let ends = period.from.zip(period.to).filter(|(from, to)| from > to);
    let backwards = |(from, to)| message(&format!("The period ends on {to}, before it begins on {from}."));
    no_days.iter().map(told).chain(ends.map(backwards)).collect()
}

/// Returns what a page says of values that no list knows: what each should have been, and what was written.
pub(super) fn unknown(values: &[(&'static str, String)]) -> impl Iterator<Item = Vec<Part>> {
    values.iter().map(|(what, value)| message(&format!("`{value}` is no {what} and was left out.")))
}

/// Refuses days that are none where nothing could be told beside the answer: a file of more than was asked for.
pub(super) fn refuse(no_days: &[String]) -> Result<(), WebError> {
    no_days.first().map_or(Ok(()), |day| refused(format!("`{day}` is no day; write days like `2025-12-31`.")))
}

/// Refuses values that no list knows, for the same reason.
pub(super) fn refuse_unknown(values: &[(&'static str, String)]) -> Result<(), WebError> {
    values.first().map_or(Ok(()), |(what, value)| refused(format!("`{value}` is no {what}.")))
}

fn refused(message: String) -> Result<(), WebError> {
    Err(WebError::Query(QueryError { message, span: 0..0, hint: None }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_day_is_kept_to_be_told() {
        let mut no_days = Vec::new();
        assert!(day_from(" 2026-06-30 ", &mut no_days).is_some() && day_from("", &mut no_days).is_none());
        assert!(no_days.is_empty() && refuse(&no_days).is_ok());
        assert_eq!(day_from("2026-06-31", &mut no_days), None);
        assert_eq!((no_days.as_slice(), refuse(&no_days).is_err()), (["2026-06-31".to_owned()].as_slice(), true));
    }

    #[test]
    fn a_period_that_holds_no_day_is_told() {
        let period = |from: &str, to: &str| Period { from: from.parse().ok(), to: to.parse().ok() };
        assert_eq!(left_out(&[], &period("2026-05-01", "2026-01-01")).len(), 1);
        assert!(left_out(&[], &period("2026-05-01", "2026-05-01")).is_empty());
        assert!(left_out(&[], &Period::default()).is_empty());
    }

    #[test]
    fn a_title_names_the_filters_and_not_the_order() {
        let pairs =
            |all: &[(&'static str, &str)]| -> Vec<_> { all.iter().map(|(n, v)| (*n, (*v).to_owned())).collect() };
        assert_eq!(in_title(&pairs(&[("sort", "title"), ("page", "2")])), "");
        let narrowed = pairs(&[("q", "redis"), ("severity", "high"), ("from", "2026-01-02"), ("open", "1")]);
        assert_eq!(in_title(&narrowed), ": redis, high, from 2 Jan 2026, with open actions");
    }

    #[test]
    fn pages_count_from_one_in_addresses() {
        assert_eq!(["1", "2", "0", "-1", "x", "99"].map(|it| page_from(it, 10)), [0, 1, 0, 0, 0, 9]);
        assert_eq!((page_name(0), page_name(1)), (None, Some("2".to_owned())));
    }
}
