//! Years that cannot be meant.

use chrono::{Datelike, NaiveDate};

use crate::diag::Span;
use crate::lint::{Findings, LintContext};
use crate::model::{OriginKind, name_of};

/// Days beyond the year of a series within which an incident of the turn of the year may lie.
const TURN_OF_YEAR: i64 = 62;

/// `20255-12-17`: a year of five digits.
pub(in crate::lint) fn five_digits(cx: &LintContext<'_>, out: &mut Findings) {
    let bytes = cx.text.as_bytes();
    let likely = cx.document.date.as_ref().map_or(cx.today.year(), |date| date.value.first_day().year());
    for at in memchr::memchr_iter(b'-', bytes) {
        let Some(span) = long_date(bytes, at) else { continue };
        if cx.is_code(span.start) && span.start >= cx.document.body_start {
            continue;
        }
        let written = &cx.text[span.start..span.end];
        out.push(cx.line_of(span.start), format!("`{written}` has a year of five digits"))
            .span(span)
            .hint(format!("did you mean `{}`?", without_a_digit(written, likely)));
    }
}

/// Returns the date without the digit that brings its year nearest to `likely`.
fn without_a_digit(written: &str, likely: i32) -> String {
    let without = (0..5).map(|at| format!("{}{}", &written[..at], &written[at + 1..]));
    let distance = |date: &String| date[..4].parse::<i32>().map_or(i32::MAX, |year| (year - likely).abs());
    without.min_by_key(distance).unwrap_or_default()
}

/// Returns the bytes of `12345-06-07` whose first hyphen is at `at`.
fn long_date(bytes: &[u8], at: usize) -> Option<Span> {
    let start = at.checked_sub(5)?;
    let digits = |range: std::ops::Range<usize>| -> Option<u32> {
        let part = bytes.get(range)?;
        part.iter().all(u8::is_ascii_digit).then(|| part.iter().fold(0, |n, byte| n * 10 + u32::from(byte - b'0')))
    };
    let part_of_word =
        |byte: Option<&u8>| byte.is_some_and(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.'));
    let year = digits(start..at)?;
    let (month, day) = (digits(at + 1..at + 3)?, digits(at + 4..at + 6)?);
    let plausible = (10_000..30_000).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let alone = !part_of_word(start.checked_sub(1).and_then(|before| bytes.get(before)))
        && !bytes.get(at + 6).is_some_and(|it| it.is_ascii_digit() || matches!(it, b'-' | b'_'));
    (plausible && alone && bytes[at + 3] == b'-').then(|| Span::new(start, at + 6))
}

/// A year that does not fit the years beside it: of the timeline, of the id, of the file's name.
pub(in crate::lint) fn odd_year(cx: &LintContext<'_>, out: &mut Findings) {
    if !cx.is_about_incident() {
        return;
    }
    in_timeline(cx, out);
    in_name(cx, out);
}

/// One entry of another year between entries that agree.
fn in_timeline(cx: &LintContext<'_>, out: &mut Findings) {
    let dated: Vec<_> = cx.document.timeline.iter().filter_map(|entry| Some((entry, entry.at?.date?))).collect();
    let near = |a: NaiveDate, b: NaiveDate| (a - b).num_days().abs() <= 31;
    for trio in dated.windows(3) {
        let [(_, before), (entry, day), (_, after)] = trio else { continue };
        let odd = day.year() != before.year() && day.year() != after.year() && near(*before, *after);
        // With the year of its neighbours it would fit: the mark of a typing error.
        let meant = day.with_year(before.year()).filter(|meant| near(*meant, *before));
        let written = entry.raw.contains(&day.year().to_string());
        if let Some(meant) = meant.filter(|_| odd && written) {
            out.push(entry.line, format!("the year {} stands between entries of {}", day.year(), before.year()))
                .span(cx.find_on_line(entry.line, &day.year().to_string()))
                .hint(format!("did you mean {meant}?"));
        }
    }
}

/// The incident's year against that of the id or the file's name.
fn in_name(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(date) = &cx.document.date else { return };
    if matches!(date.origin.kind, OriginKind::FileName | OriginKind::Inferred) {
        return;
    }
    let (day, name) = (date.value.first_day(), name_of(&cx.document.path));
    let id = cx.document.id.iter().map(|id| id.value.as_str());
    let of_series = id.chain([name]).find_map(year_of_series).filter(|year| is_far(day, *year));
    // `2024-03-05-x.md` for 2025-03-05: the mark of a typing error. Another day is that of publication.
    let of_day = day_in(name)
        .filter(|named| named.year() != day.year() && (named.month(), named.day()) == (day.month(), day.day()));
    let Some(year) = of_series.or(of_day.map(|named| named.year())) else { return };
    out.push(date.origin.line, format!("the incident is dated {}, but its name says {year}", date.value))
        .span(cx.find_on_line(date.origin.line, &day.year().to_string()))
        .subject("year")
        .hint("one of the two years is wrong");
}

/// Tells whether `day` lies outside `year` and not at its turn.
fn is_far(day: NaiveDate, year: i32) -> bool {
    let (first, last) = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31));
    let (Some(first), Some(last)) = (first, last) else { return false };
    (first - day).num_days().max((day - last).num_days()) > TURN_OF_YEAR
}

/// Returns the year of `INC-2026-05` or `PM2020-002`.
fn year_of_series(name: &str) -> Option<i32> {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = name[letters..].trim_start_matches(['-', '_']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let year: i32 = rest.get(..4)?.parse().ok()?;
    (letters >= 2 && digits == 4 && rest[4..].starts_with(['-', '_']) && (1990..2100).contains(&year)).then_some(year)
}

/// Returns the day that a file's name begins with.
fn day_in(name: &str) -> Option<NaiveDate> {
    name.get(..10)?.parse().ok()
}

/// The incident began after today.
pub(in crate::lint) fn in_the_future(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(date) = cx.document.date.as_ref().filter(|_| cx.is_about_incident()) else { return };
    // Today ends later elsewhere.
    if date.is_inferred() || (date.value.first_day() - cx.today).num_days() <= 1 {
        return;
    }
    out.push(date.origin.line, format!("the incident is dated {}, which is still to come", date.value))
        .span(cx.find_on_line(date.origin.line, &date.raw))
        .subject("date")
        .hint("check the year");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_digits_are_a_year_only_in_a_date() {
        let found = |text: &str| text.find('-').and_then(|at| long_date(text.as_bytes(), at)).is_some();
        assert!(found("20255-12-17") && found("(20255-01-02T10:00Z"));
        for text in
            ["2025-12-17", "20255-13-17", "90255-12-17", "120255-12-17", "x20255-12-17", "20255-12-171", "5-12-17"]
        {
            assert!(!found(text), "{text}");
        }
    }

    #[test]
    fn a_series_may_count_by_year() {
        assert_eq!(year_of_series("INC-2025-03-x"), Some(2025));
        assert_eq!(year_of_series("PM2020-002"), Some(2020));
        for name in ["2025-03-04-x", "RIS-046", "INC-20250304-x", "PORT-8080-x", "INC-2025"] {
            assert_eq!(year_of_series(name), None, "{name}");
        }
    }

    #[test]
    fn the_digit_that_is_too_much_is_found() {
        let near = |text: &str| without_a_digit(text, 2025);
        assert_eq!(near("22025-03-18"), "2025-03-18");
        assert_eq!(near("20255-12-17"), "2025-12-17");
        assert_eq!(near("20125-12-17"), "2025-12-17");
    }
}
