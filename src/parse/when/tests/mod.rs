//! Tables of forms and of what must be read from them.

mod durations;
mod finders;
mod robust;
mod starts;
mod zones;

use super::{CalendarWords, Context, DateOrder, DateReading, KnownOrder, When};

fn words() -> &'static CalendarWords {
    crate::parse::vocabulary::Vocabulary::get().calendar()
}

fn context() -> Context<'static> {
    Context { words: words(), order: KnownOrder::Is(DateOrder::Unknown), year: Some(2025), dotted: false }
}

fn show_date(date: DateReading) -> String {
    let year = date.year.map_or("????".to_owned(), |y| y.to_string());
    let day = date.day.map_or(String::new(), |d| format!("-{d:02}"));
    format!("{year}-{:02}{day}{}", date.month, if date.suspicious { "!" } else { "" })
}

/// Writes a reading in one line: `2025-12-17 08:00:00 .. 09:00:00 UTC+0 ~`.
fn show(when: &When) -> String {
    let mut parts = Vec::new();
    parts.extend(when.date.map(show_date));
    parts.extend(when.time.map(|t| t.to_string()));
    if when.end_date.is_some() || when.end_time.is_some() {
        parts.push("..".to_owned());
    }
    parts.extend(when.end_date.map(show_date));
    parts.extend(when.end_time.map(|t| t.to_string()));
    if let Some(name) = when.zone_name {
        parts.push(format!("{name}={}", when.offset.map_or("?".to_owned(), |o| o.to_string())));
    }
    parts.extend(when.relative.map(|m| format!("T{m:+}")));
    parts.extend(when.approximate.then(|| "~".to_owned()));
    parts.extend(when.unknown.then(|| "unknown".to_owned()));
    parts.join(" ")
}

/// Checks every row and reports all that differ at once.
fn check<const N: usize>(rows: [(&str, &str); N], read: impl Fn(&str) -> String) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(input, want)| {
            let got = read(input);
            (got != *want).then(|| format!("{input:?}\n    want {want:?}\n    got  {got:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {N} rows differ:\n{}", wrong.len(), wrong.join("\n"));
}
