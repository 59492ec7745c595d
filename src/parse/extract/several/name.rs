//! What an incident of a log is called: its heading without the id and the day that stand in it.

use std::ops::Range;

use crate::parse::extract::Source;
use crate::parse::extract::id::incident_id;
use crate::parse::when::{DateReading, date_in_name, find_date};

/// What may stand between an id, a day and a name.
const BETWEEN: [char; 17] =
    [' ', '\t', '\u{a0}', ':', '：', '-', '–', '—', '|', '·', ',', ';', '.', '/', '、', '・', '~'];
/// Brackets that may be left empty.
const EMPTY: [&str; 8] = ["()", "[]", "（）", "( )", "[ ]", "（ ）", "【】", "【 】"];

/// Returns the day in a heading and where it stands, rather behind the id than in it; `2025-12-28/29` is the first of two.
pub(super) fn day_in(title: &str, id: Option<&str>, source: &Source<'_>) -> Option<(DateReading, Range<usize>)> {
    let behind = id.map_or(0, |id| title.find(id).unwrap_or_default() + id.len());
    if behind > 0
        && let Some((day, range)) = find_date(&title[behind..], &source.when(None))
    {
        return Some((day, behind + range.start..behind + range.end));
    }
    find_date(title, &source.when(None)).or_else(|| {
        let date = date_in_name(title).filter(|it| it.day.is_some())?;
        let at = title.find(|c: char| c.is_ascii_digit())?;
        let iso = title.get(at..at + 10)?;
        let (_, day) = iso.rsplit_once('-')?;
        (day.parse() == Ok(date.day?)).then_some((date, at..at + 10))
    })
}

/// Returns a heading without its id and its day; `None` where nothing else stands in it.
pub(super) fn name_of(title: &str, day: Option<&Range<usize>>) -> Option<String> {
    let title = title.trim();
    let mut name = match day.filter(|it| it.end <= title.len()) {
        Some(day) => without_day(&title[..day.start], behind_day(&title[day.end..])),
        None => title.to_owned(),
    };
    if let Some(at) = incident_id(&name).map(|id| name.find(id).unwrap_or_default() + id.len()) {
        name.replace_range(..at, "");
    }
    for empty in EMPTY {
        name = name.replace(empty, " ");
    }
    let named = without_number(trimmed(&name));
    let mut words = String::new();
    named.split_whitespace().for_each(|word| {
        words.push_str(if words.is_empty() { "" } else { " " });
        words.push_str(word);
    });
    words.contains(char::is_alphanumeric).then_some(words)
}

/// Joins what stood before and behind a day; in brackets, the signs that parted it go too.
fn without_day(before: &str, behind: &str) -> String {
    let opened = before.trim_end().ends_with(['(', '（', '[', '【']);
    let closed = behind.trim_start().starts_with([')', '）', ']', '】']);
    match (opened, closed) {
        (true, _) => format!("{before}{}", behind.trim_start_matches(BETWEEN)),
        (false, true) => format!("{}{behind}", before.trim_end_matches(BETWEEN)),
        (false, false) => format!("{before} {behind}"),
    }
}

/// Drops the end of a span of days: `/29`, `–29`.
fn behind_day(rest: &str) -> &str {
    let Some(end) = rest.strip_prefix(['/', '-', '–']) else { return rest };
    let digits = end.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) { &end[digits..] } else { rest }
}

/// Drops `#2:`, the number of an incident of the day.
fn without_number(name: &str) -> &str {
    let Some(number) = name.strip_prefix('#') else { return name };
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 { trimmed(&number[digits..]) } else { name }
}

/// Drops the signs that parted a name from what stood beside it; a bracket that is left alone goes too.
fn trimmed(name: &str) -> &str {
    let name = name.trim_matches(BETWEEN);
    let lone = |open: char, close: char| name.starts_with(open) && name.ends_with(close) && !name[1..].contains(open);
    let name = name.strip_prefix([')', ']']).unwrap_or(name);
    if lone('(', ')') || lone('[', ']') {
        return name[1..name.len() - 1].trim_matches(BETWEEN);
    }
    name.trim_matches(BETWEEN)
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn a_name_is_what_is_left_of_a_heading() {
        for (heading, day, name) in [
            ("2026-01-06: Feed stopped", "2026-01-06", "Feed stopped"),
            ("2025-12-28/29: VPN failures", "2025-12-28", "VPN failures"),
            ("2026-07-28 #2: No mail", "2026-07-28", "No mail"),
            ("INC-001 (2026-04-15) — Ledger (credit) timed out.", "2026-04-15", "Ledger (credit) timed out"),
            ("[INC-003] Build fails", "", "Build fails"),
            ("INC-2026-02, 2026-01-20: Disk full", "2026-01-20", "Disk full"),
            ("Disk full on db-1 (May 5, 2026)", "May 5, 2026", "Disk full on db-1"),
            ("Incident: Ledger timed out [2026-04-15]", "2026-04-15", "Incident: Ledger timed out"),
            ("2026-01-06", "2026-01-06", ""),
            ("INC-7", "", ""),
            ("Mail (2026-01-06, twice)", "2026-01-06", "Mail (twice)"),
            ("波及（2026-01-06・2件）", "2026-01-06", "波及（2件）"),
            ("Mail [P1, 2026-01-06]", "2026-01-06", "Mail [P1]"),
            ("障害（2026年5月1日）配信停止", "2026年5月1日", "障害 配信停止"),
        ] {
            let range = heading.find(day).filter(|_| !day.is_empty()).map(|at| at..at + day.len());
            assert_eq!(name_of(heading, range.as_ref()).unwrap_or_default(), name, "{heading}");
        }
    }
}
