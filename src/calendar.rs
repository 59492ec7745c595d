//! Days that something is due as an iCalendar file (RFC 5545) that calendars of all vendors can read or subscribe to.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};

use crate::model::hex;

/// A line holds so many bytes at most (section 3.1).
const LONGEST_LINE: usize = 75;

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// On a day, whatever the zone.
    Day(NaiveDate),
    /// At a moment.
    Moment(DateTime<Utc>),
}

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What tells it from all others, and stays the same when the day moves.
    pub(crate) key: Vec<String>,
    pub(crate) due: Due,
    pub(crate) summary: String,
    /// A line each.
    pub(crate) details: Vec<String>,
    pub(crate) url: Option<String>,
}

/// Returns the calendar called `name`; `made` is the day that entries are said to be of.
pub(crate) fn calendar(name: &str, made: NaiveDate, entries: &[Entry]) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: &str| fold(&mut out, &format!("{name}:{value}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//ris//ris//EN");
    line("X-WR-CALNAME", &escaped(name));
    let mut told: BTreeMap<&[String], usize> = BTreeMap::new();
    for entry in entries {
        let nth = told.entry(&entry.key).or_default();
        line("BEGIN", "VEVENT");
        line("UID", &uid(&entry.key, *nth));
        *nth += 1;
        line("DTSTAMP", &format!("{}T000000Z", made.format("%Y%m%d")));
        // An event without an end lasts one day, or no time (section 3.6.1).
        match entry.due {
            Due::Day(day) => line("DTSTART;VALUE=DATE", &day.format("%Y%m%d").to_string()),
            Due::Moment(at) => line("DTSTART", &at.format("%Y%m%dT%H%M%SZ").to_string()),
        }
        line("SUMMARY", &escaped(&entry.summary));
        line("DESCRIPTION", &escaped(&entry.details.join("\n")));
        if let Some(url) = &entry.url {
            line("URL", url);
        }
        // Nobody is busy because something is due.
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    out
}

/// Returns what names an event; of several with one key, each has its own.
fn uid(key: &[String], nth: usize) -> String {
    let digest = Sha256::digest(format!("{}\0{nth}", key.join("\0")).as_bytes());
    format!("{}@ris", hex(&digest[..16]))
}

/// Returns other people's text as a value (section 3.3.11), without characters that a line cannot hold.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Adds a line, its rest on lines that begin with a blank where it is long; no character is cut.
fn fold(out: &mut String, line: &str) {
    let mut rest = line;
    let mut room = LONGEST_LINE;
    while rest.len() > room {
        let (part, behind) = rest.split_at(rest.floor_char_boundary(room));
        let _ = write!(out, "{part}\r\n ");
        (rest, room) = (behind, LONGEST_LINE - 1);
    }
    let _ = write!(out, "{rest}\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn entry(summary: &str, due: Due) -> Entry {
        let details = vec!["quarterly".to_owned(), "a.md".to_owned()];
        Entry { key: vec!["review".into(), "a.md".into()], due, summary: summary.to_owned(), details, url: None }
    }

    #[test]
    fn an_entry_is_an_event_of_a_day_or_of_a_moment() {
        let moment = "2026-03-02T14:00:00Z".parse().unwrap();
        let text = calendar("ris", day("2026-03-01"), &[entry("Review: A", Due::Day(day("2026-03-31")))]);
        let uid = text.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
        let wanted = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//ris//ris//EN\r\nX-WR-CALNAME:ris\r\nBEGIN:VEVENT\r\n{uid}\r\n\
             DTSTAMP:20260301T000000Z\r\nDTSTART;VALUE=DATE:20260331\r\nSUMMARY:Review: A\r\n\
             DESCRIPTION:quarterly\\na.md\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        assert_eq!(text, wanted);
        let later = calendar("ris", day("2026-03-02"), &[entry("B", Due::Moment(moment))]);
        assert!(later.contains("DTSTART:20260302T140000Z\r\n") && later.contains(&uid), "{later}");
    }

    #[test]
    fn no_two_events_have_one_name() {
        let one = entry("A", Due::Day(day("2026-03-31")));
        let text = calendar("ris", day("2026-03-01"), &[one.clone(), one]);
        let mut names: Vec<&str> = text.lines().filter(|line| line.starts_with("UID:")).collect();
        names.dedup();
        assert_eq!(names.len(), 2, "{text}");
    }

    #[test]
    fn text_of_others_adds_no_lines_and_long_lines_are_folded_between_characters() {
        let hostile = "a, b; c\\d\r\nBEGIN:VALARM\u{8}\u{85}";
        let text = calendar("x", day("2026-03-01"), &[entry(hostile, Due::Day(day("2026-03-31")))]);
        assert!(text.contains("SUMMARY:a\\, b\\; c\\\\d\\nBEGIN:VALARM\r\n"), "{text}");
        let long = "ü漢".repeat(60);
        let text = calendar("x", day("2026-03-01"), &[entry(&long, Due::Day(day("2026-03-31")))]);
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        assert!(text.replace("\r\n ", "").contains(&format!("SUMMARY:{long}\r\n")), "{text}");
    }
}
