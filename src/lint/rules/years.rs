//! Years that cannot be meant.

use chrono::{Datelike, NaiveDate};

use crate::diag::Span;
use crate::lint::{Findings, LintContext};
use crate::model::OriginKind;

/// Days beyond the year in a name or folder within which a document of the turn of the year may lie.
const TURN_OF_YEAR: i64 = 62;

/// `20255-12-17`: a year of five digits.
pub(in crate::lint) fn five_digits(cx: &LintContext<'_>, out: &mut Findings) {
    let bytes = cx.text.as_bytes();
    for at in memchr::memchr_iter(b'-', bytes) {
        let Some(span) = long_date(bytes, at) else { continue };
        if cx.is_code(span.start) && span.start >= cx.document.body_start {
            continue;
        }
        let written = &cx.text[span.start..span.end];
        out.push(cx.line_of(span.start), format!("`{written}` has a year of five digits")).span(span).hint(format!(
            "did you mean `{}{}`?",
            &written[..4],
            &written[5..]
        ));
    }
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

/// A year that does not fit the years beside it: of the timeline, of the file's name, of the folder.
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

/// The incident's year against that of the file's name, its id and its folder.
fn in_name(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(date) = &cx.document.date else { return };
    if matches!(date.origin.kind, OriginKind::FileName | OriginKind::Inferred) {
        return;
    }
    let day = date.value.first_day();
    let Some((part, year)) = named_year(&cx.document.path) else { return };
    if year == day.year() {
        return;
    }
    let (first, last) = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31));
    let (Some(first), Some(last)) = (first, last) else { return };
    let apart = (first - day).num_days().max((day - last).num_days());
    if apart > TURN_OF_YEAR {
        let message = format!("the incident is dated {}, but its file lies under `{part}`", date.value);
        out.push(date.origin.line, message)
            .span(cx.find_on_line(date.origin.line, &day.year().to_string()))
            .subject("year")
            .hint("one of the two years is wrong");
    }
}

/// Returns the part of `path` that names a year: the file's own name before its folders.
fn named_year(path: &str) -> Option<(&str, i32)> {
    path.rsplit('/').find_map(|part| {
        let mut numbers = part.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty());
        let year = |text: &str| -> Option<i32> {
            let plausible = matches!(text.len(), 4 | 8);
            text.get(..4)?.parse().ok().filter(|year| plausible && (1990..2100).contains(year))
        };
        Some((part, numbers.find_map(year)?))
    })
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
    fn the_file_names_the_year_before_its_folders() {
        assert_eq!(named_year("2024/INC-2025-03-x.md"), Some(("INC-2025-03-x.md", 2025)));
        assert_eq!(named_year("2024/x.md"), Some(("2024", 2024)));
        assert_eq!(named_year("a/20251217-x.md"), Some(("20251217-x.md", 2025)));
        assert_eq!(named_year("a/port-8080-x.md"), None);
    }
}
