//! Dates in names of files and folders.

use super::DateReading;

/// Finds the date in a file name or path piece: `2025-12-17`, `20251217`, `2025_12_17`, `12-17-2025`, else a month `2025-01`.
pub(crate) fn date_in_name(name: &str) -> Option<DateReading> {
    let bytes = name.as_bytes();
    let mut month = None;
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if run == 0 {
            at += 1;
            continue;
        }
        if let Some(full) = full_at(bytes, at, run) {
            return Some(full);
        }
        if run == 2
            && let Some(full) = american_at(bytes, at)
        {
            return Some(full);
        }
        if run == 4 && month.is_none() && !follows_id(&bytes[..at]) {
            month = month_at(bytes, at);
        }
        at += run;
    }
    month
}

/// Finds the date that a name begins or ends with in six digits, the year first: `outage_250619`, `250619-outage`. What stands
/// behind the prefix of an id is its number.
pub(crate) fn short_date_in_name(name: &str) -> Option<DateReading> {
    const DIGITS: usize = 6;
    let is_number = |part: &str| part.len() == DIGITS && part.bytes().all(|byte| byte.is_ascii_digit());
    let first = name.split(['_', '-']).next().filter(|part| part.len() < name.len());
    let last = name.rsplit(['_', '-']).next().filter(|part| !follows_id(&name.as_bytes()[..name.len() - part.len()]));
    let part = [first, last].into_iter().flatten().find(|part| is_number(part))?.as_bytes();
    let year = Some(number(&part[..2])).filter(|year| (10..50).contains(year))?;
    date(2000 + year, number(&part[2..4]), Some(number(&part[4..])))
}

/// Whether a text is what a form shows where a date belongs: `yyyy-mm-dd`, `[DD/MM/YYYY]`, `jj/mm/aaaa`.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let parts = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|part| !part.is_empty());
    let mut found = [false; 2];
    let known = parts.map(str::to_ascii_lowercase).take(8).all(|part| {
        let at = match part.as_str() {
            "yyyy" | "aaaa" | "jjjj" => 0,
            "mm" => 1,
            "dd" | "jj" | "tt" | "gg" | "hh" | "ss" | "utc" => return true,
            _ => return false,
        };
        found[at] = true;
        true
    });
    known && found == [true; 2] && !text.bytes().any(|byte| byte.is_ascii_digit())
}

fn full_at(bytes: &[u8], at: usize, run: usize) -> Option<DateReading> {
    match run {
        8 => date(number(&bytes[at..at + 4]), number(&bytes[at + 4..at + 6]), Some(number(&bytes[at + 6..at + 8]))),
        4 => {
            let sep = separator(bytes, at + 4)?;
            let month = two_digits(bytes, at + 5)?;
            if bytes.get(at + 7) != Some(&sep) {
                return None;
            }
            date(number(&bytes[at..at + 4]), month, Some(two_digits(bytes, at + 8)?))
        }
        _ => None,
    }
}

/// `02-25-2026` or `25-02-2026`, where only one of the two numbers can be the month.
fn american_at(bytes: &[u8], at: usize) -> Option<DateReading> {
    let sep = separator(bytes, at + 2)?;
    let (first, second) = (two_digits(bytes, at)?, two_digits(bytes, at + 3)?);
    let year = bytes.get(at + 6..at + 10).filter(|year| year.iter().all(u8::is_ascii_digit)).map(number)?;
    let ends = bytes.get(at + 5) == Some(&sep) && !bytes.get(at + 10).is_some_and(u8::is_ascii_digit);
    match (first, second) {
        _ if !ends => None,
        (13.., month) => date(year, month, Some(first)),
        (month, 13..) => date(year, month, Some(second)),
        (month, day) if month == day => date(year, month, Some(day)),
        _ => None,
    }
}

fn month_at(bytes: &[u8], at: usize) -> Option<DateReading> {
    separator(bytes, at + 4).filter(|sep| *sep != b'.')?;
    let month = two_digits(bytes, at + 5)?;
    let continues = bytes.get(at + 7).is_some_and(u8::is_ascii_alphabetic)
        || separator(bytes, at + 7).is_some() && bytes.get(at + 8).is_some_and(u8::is_ascii_digit);
    if continues { None } else { date(number(&bytes[at..at + 4]), month, None) }
}

/// Returns whether the name so far ends in the prefix of an id: `INC-` of `INC-2025-01`.
fn follows_id(before: &[u8]) -> bool {
    let before = match before.split_last() {
        Some((b'-' | b'_', rest)) => rest,
        Some((last, _)) => return last.is_ascii_alphanumeric(),
        None => return false,
    };
    let letters = before.iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
    letters >= 2 && before[before.len() - letters..].iter().all(u8::is_ascii_uppercase)
}

fn separator(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied().filter(|b| matches!(b, b'-' | b'_' | b'.'))
}

/// Returns the two digits at `at`, where no third follows.
fn two_digits(bytes: &[u8], at: usize) -> Option<u32> {
    let two = bytes.get(at..at + 2)?;
    let exact = two.iter().all(u8::is_ascii_digit) && !bytes.get(at + 2).is_some_and(u8::is_ascii_digit);
    exact.then(|| number(two))
}

fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |n, b| n * 10 + u32::from(b - b'0'))
}

fn date(year: u32, month: u32, day: Option<u32>) -> Option<DateReading> {
    let year = i32::try_from(year).ok().filter(|y| (1990..2100).contains(y));
    let reading = DateReading { year, month, day, suspicious: false };
    (year.is_some() && reading.exists()).then_some(reading)
}
