//! The days that front matter states of the document itself: when it was made, changed, closed.

use chrono::NaiveDate;

use super::Source;
use crate::model::{FrontMatterEntry, OwnDays};

const CREATED: [&str; 4] = ["created", "created-at", "created-on", "date-created"];
const UPDATED: [&str; 7] =
    ["updated", "updated-at", "updated-on", "last-updated", "modified", "last-modified", "date-updated"];
const CLOSED: [&str; 4] = ["closed", "closed-at", "closed-on", "date-closed"];

pub(super) fn extract(source: &Source<'_>) -> OwnDays {
    let Some(block) = &source.split.front_matter else { return OwnDays::default() };
    let entries: Vec<&FrontMatterEntry> = block.entries.iter().filter(|entry| may_state_day(&entry.path)).collect();
    let day = |key: &&str| read(entries.iter().find(|entry| entry.is_at(key))?.value.get(..10)?);
    // A document may carry two of these, and the later one is what happened last.
    let latest = |keys: &[&str]| keys.iter().filter_map(day).max();
    OwnDays { created: CREATED.iter().find_map(day), updated: latest(&UPDATED), closed: latest(&CLOSED) }
}

/// Most entries have none of those keys, by their length or their first letter.
fn may_state_day(path: &str) -> bool {
    (6..=13).contains(&path.len())
        && matches!(path.as_bytes()[0].to_ascii_lowercase(), b'c' | b'd' | b'l' | b'm' | b'u')
}

fn read(text: &str) -> Option<NaiveDate> {
    let number = |digits: &[u8]| {
        let value = |sum: Option<u32>, byte: &u8| Some(sum? * 10 + char::from(*byte).to_digit(10)?);
        digits.iter().fold(Some(0), value)
    };
    let plain = match text.as_bytes() {
        [year @ .., b'-', m, n, b'-', d, e] if year.len() == 4 => {
            number(year).zip(number(&[*m, *n])).zip(number(&[*d, *e])).map(|((year, month), day)| (year, month, day))
        }
        _ => None,
    };
    match plain {
        Some((year, month, day)) => NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day),
        None => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_looked_at_and_days_are_read_as_ever() {
        assert!(CREATED.iter().chain(&UPDATED).chain(&CLOSED).all(|key| may_state_day(key)));
        for text in
            ["2024-02-29", "2023-02-29", "2024-13-01", "0000-01-01", "2024-1-1 x", " 2024-1-12", "24-01-2024", ""]
        {
            assert_eq!(read(text), text.parse().ok(), "{text}");
        }
    }
}
