//! Front matter: keys that were misspelt, values of the wrong type.

use crate::diag::Span;
use crate::lint::{Findings, Fix, LintContext};
use crate::model::{FrontMatterEntry, Kind, OriginKind};
use crate::parse::is_known_label;

/// Keys that mean something to ris, or stand beside those that do.
const KNOWN: [&str; 49] = [
    "access-audit-required",
    "affected-services",
    "author",
    "authors",
    "category",
    "classification",
    "compliance",
    "controls",
    "created",
    "date",
    "detected",
    "duration",
    "encryption-required",
    "evidence-type",
    "frameworks",
    "hipaa",
    "id",
    "incident",
    "incident-date",
    "iso27001",
    "kind",
    "language",
    "last-review",
    "mitigated",
    "next-review",
    "owner",
    "owners",
    "phi-contains",
    "priority",
    "project",
    "reference",
    "references",
    "related",
    "resolved",
    "retention-period",
    "review-date",
    "review-frequency",
    "reviewer",
    "root-causes",
    "services",
    "severity",
    "soc2",
    "started",
    "status",
    "summary",
    "tags",
    "title",
    "updated",
    "version",
];
/// Keys whose value is one value, never a list.
const SINGLE: [&str; 8] = ["title", "id", "date", "severity", "status", "created", "updated", "kind"];
/// Keys whose value is a day, perhaps with a time.
const DAYS: [&str; 14] = [
    "date",
    "incident-date",
    "created",
    "updated",
    "started",
    "detected",
    "mitigated",
    "resolved",
    "next-review",
    "last-review",
    "review-date",
    "start-time",
    "end-time",
    "due",
];
/// States of a text, which are no states of an incident.
const TEXT_STATES: [&str; 10] =
    ["draft", "approved", "published", "final", "review", "accepted", "proposed", "archived", "active", "superseded"];

fn entries<'a>(cx: &'a LintContext<'_>) -> impl Iterator<Item = &'a FrontMatterEntry> {
    cx.document.front_matter.iter().filter(|block| block.valid).flat_map(|block| &block.entries)
}

/// Returns the last part of a dotted path in kebab-case.
fn key_of(entry: &FrontMatterEntry) -> String {
    entry.path.rsplit('.').next().unwrap_or_default().to_lowercase().replace('_', "-")
}

/// A key that is nearly, but not quite, one that ris knows.
pub(in crate::lint) fn misspelt_key(cx: &LintContext<'_>, out: &mut Findings) {
    let present: Vec<String> = entries(cx).map(key_of).collect();
    let mut told: Vec<&str> = Vec::new();
    for entry in entries(cx) {
        let key = key_of(entry);
        if KNOWN.contains(&key.as_str()) || is_known_label(&key) || told.contains(&entry.path.as_str()) {
            continue;
        }
        let Some(near) = near(&key) else { continue };
        told.push(&entry.path);
        let written = entry.path.rsplit('.').next().unwrap_or_default();
        let place = place_of_key(cx, entry, written);
        let line = place.map_or(entry.line, |span| cx.line_of(span.start));
        let draft = out.push(line, format!("no key is called `{written}`, so it is not understood"));
        draft.span(place).subject(&entry.path).hint(format!("did you mean `{near}`?"));
        if let Some(span) = place.filter(|_| !present.iter().any(|it| it == near)) {
            draft.fix(Fix::replace(format!("write `{near}`"), span, near));
        }
    }
}

fn near(key: &str) -> Option<&'static str> {
    let allowed = if key.len() >= 8 { 2 } else { 1 };
    let distance = |known: &&'static str| strsim::damerau_levenshtein(known, key);
    let near = KNOWN.into_iter().filter(|known| known.len() >= 4).min_by_key(distance)?;
    (key.len() >= 4 && (1..=allowed).contains(&distance(&near))).then_some(near)
}

/// Returns the bytes of the key of `entry`: on its line, or above the first element of its list.
fn place_of_key(cx: &LintContext<'_>, entry: &FrontMatterEntry, written: &str) -> Option<Span> {
    let begins = |line: u32| {
        let text = cx.line(line);
        let at = text.len() - text.trim_start_matches([' ', '-', '"', '\'']).len();
        let rest = &text[at..];
        let after = rest.strip_prefix(written)?.trim_start_matches(['"', '\'', ' ']);
        let start = cx.line_start(line) + at;
        after.starts_with([':', '=']).then(|| Span::new(start, start + written.len()))
    };
    (0..=20).map_while(|up| entry.line.checked_sub(up)).find_map(begins)
}

/// A value that is not what its key needs: no day, a list, no known word.
pub(in crate::lint) fn wrong_type(cx: &LintContext<'_>, out: &mut Findings) {
    let mut told: Vec<&str> = Vec::new();
    for entry in entries(cx) {
        let key = key_of(entry);
        let top = !entry.path.contains('.');
        let problem = if entry.in_list && top && SINGLE.contains(&key.as_str()) {
            Some((
                format!("`{key}` is a list, but takes one value"),
                "write one value on the line of the key".to_owned(),
            ))
        } else if entry.in_list || entry.value.trim().is_empty() {
            None
        } else if DAYS.contains(&key.as_str()) && !has_day(&entry.value) && !is_flag(&entry.value) {
            Some((format!("`{}` is no day", shown(&entry.value)), "write it as `2026-03-31`".to_owned()))
        } else if key.ends_with("-required") && !is_flag(&entry.value) {
            let hint = "write `true` or `false`".to_owned();
            Some((format!("`{key}` is `{}`, neither true nor false", shown(&entry.value)), hint))
        } else {
            word(cx, entry, &key).filter(|_| top)
        };
        let Some((message, hint)) = problem.filter(|_| !told.contains(&entry.path.as_str())) else { continue };
        told.push(&entry.path);
        out.push(entry.line, message).span(entry.span).subject(&entry.path).hint(hint);
    }
}

/// A severity, status or kind that was not understood.
fn word(cx: &LintContext<'_>, entry: &FrontMatterEntry, key: &str) -> Option<(String, String)> {
    let document = cx.document;
    let read = |kind: Option<OriginKind>| kind == Some(OriginKind::FrontMatter);
    let value = entry.value.to_lowercase();
    let (understood, hint) = match key {
        "severity" => {
            let kind = document.severity.as_ref().map(|it| it.origin.kind);
            let hint = "write `critical`, `high`, `medium`, `low` or `info`, or a level such as `SEV-2`; what your own words \
                        mean can stand in `severities` below `[reading]` in ris.toml";
            (read(kind), hint)
        }
        "status" => {
            let kind = document.status.as_ref().map(|it| it.origin.kind);
            let of_text = TEXT_STATES.iter().any(|word| value.starts_with(word));
            (read(kind) || of_text, "write `open`, `investigating`, `mitigated`, `resolved` or `closed`")
        }
        "kind" => {
            let known = Kind::from_name(&value).is_some() || document.kind.origin.kind == OriginKind::FrontMatter;
            (known, "write `incident`, `resolution`, `rca`, `fix-plan`, `drill`, `near-miss` or `other`")
        }
        _ => return None,
    };
    (!understood).then(|| (format!("`{}` is no {key} that is understood", shown(&entry.value)), hint.to_owned()))
}

/// Tells whether a day stands somewhere in `value`: a year of four digits beside other digits or the name of a month.
fn has_day(value: &str) -> bool {
    let numbers: Vec<&str> = value.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty()).collect();
    let compact = numbers.iter().any(|it| matches!(it.len(), 8 | 10 | 12 | 13 | 14));
    let year = numbers.iter().any(|it| it.len() == 4);
    compact || year && numbers.len() >= 2 || value.contains(['年', '月']) || numbers.len() >= 3
}

fn is_flag(value: &str) -> bool {
    matches!(value.to_lowercase().as_str(), "true" | "false" | "yes" | "no" | "null" | "~" | "n/a" | "none")
}

fn shown(value: &str) -> String {
    let short: String = value.lines().next().unwrap_or_default().chars().take(40).collect();
    if short.len() < value.len() { format!("{short}…") } else { short }
}
