//! The id of a document: stated, at the head of the title, or in the file's name.

use super::Source;
use crate::model::{Extracted, Origin, OriginKind};
use crate::parse::labels::Zone;
use crate::parse::vocabulary::LabelRole;

/// Prefixes of identifiers that are not ids of documents.
const NOT_IDS: [&str; 16] =
    ["CVE", "CWE", "ISO", "RFC", "UTF", "SHA", "HTTP", "UTC", "GMT", "AES", "TLS", "SOC", "P0", "AWS", "GHSA", "MD5"];

/// What documents about incidents are numbered with.
const SERIES: [&str; 12] =
    ["INC", "INCIDENT", "IR", "RIS", "PM", "PIR", "PMR", "RCA", "POSTMORTEM", "CAPA", "DRILL", "NM"];

/// What may stand around an id: a sentence's signs, and those of YAML where it is broken and not unquoted.
const AROUND: [char; 12] = ['`', ',', ';', ':', '(', ')', '[', ']', '{', '}', '"', '\''];

pub(super) fn extract(source: &Source<'_>, title: Option<&Extracted<String>>) -> Option<Extracted<String>> {
    const ZONES: &[Zone] = &[Zone::FrontMatter, Zone::Header, Zone::Footer];
    // A table of facts may stand in the summary.
    let in_table = source.labelled_in(LabelRole::Id, &[Zone::Body]).filter(|label| {
        label.origin.kind == OriginKind::Table && leading_id(label.value).is_some_and(|id| id == label.value)
    });
    let stated = source.labelled_in(LabelRole::Id, ZONES).chain(in_table).find_map(|label| {
        let value = label.value.split_whitespace().next()?.trim_matches(AROUND);
        let plausible = value.len() <= 120
            && value.chars().any(char::is_alphanumeric)
            && !value.starts_with('<')
            && !is_placeholder(value);
        plausible.then(|| Extracted::new(value.to_owned(), label.value, label.origin))
    });
    stated.or_else(|| from_title(title?)).or_else(|| from_file_name(source))
}

/// `INC-YYYYMMDD-NNN` is a form to fill in.
fn is_placeholder(value: &str) -> bool {
    value
        .split(['-', '_', '[', ']'])
        .any(|part| part.starts_with("YYYY") || matches!(part, "NN" | "NNN" | "NNNN" | "XX" | "XXX" | "XXXX"))
}

fn from_title(title: &Extracted<String>) -> Option<Extracted<String>> {
    let (id, behind) = head_of(&title.value)?;
    let id = Some(id).filter(|id| is_of_series(id, behind))?;
    Some(Extracted::new(id.to_owned(), id, Origin::new(title.origin.kind, title.origin.line)))
}

/// Returns the id of an incident that a heading begins with.
pub(super) fn incident_id(heading: &str) -> Option<&str> {
    let id = head_of(heading).map(|(id, _)| id).or_else(|| {
        // A day may follow: `INC-7, 2026-01-20: …`.
        let text = heading.trim_start_matches(|c: char| !c.is_alphanumeric());
        leading_id(text).filter(|id| text[id.len()..].starts_with(", "))
    });
    id.filter(|id| SERIES.contains(&prefix(id)))
}

/// Returns what may be an id at the head of a title, and the rest.
fn head_of(title: &str) -> Option<(&str, &str)> {
    let text = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    // Most titles begin with a word.
    if !begins_as_id(text) {
        return None;
    }
    let head = text.split([':', ' ', '\u{a0}', ']', ')', '—', '–']).next()?;
    leading_id(head).filter(|id| id.len() == head.len()).map(|id| (id, &text[head.len()..]))
}

fn prefix(id: &str) -> &str {
    id.split(|c: char| !c.is_ascii_uppercase()).next().unwrap_or_default()
}

/// Tells whether what begins a title numbers the document: `DB-01 disk full`, `US-EAST-1: …` and `GPT-4 API down` name what
/// broke. `behind` is the rest of the title.
fn is_of_series(id: &str, behind: &str) -> bool {
    let digits = id.bytes().filter(u8::is_ascii_digit).count();
    let apart = behind.is_empty()
        || behind.starts_with([':', ']', ')'])
        || behind.trim_start().starts_with(['—', '–', '-', ':', '|']);
    SERIES.contains(&prefix(id)) || digits > 2 || digits == 2 && apart
}

fn from_file_name(source: &Source<'_>) -> Option<Extracted<String>> {
    let id = leading_id(source.file_stem())?;
    Some(Extracted::new(id.to_owned(), id, Origin::new(OriginKind::FileName, 0)))
}

/// Tells whether a text begins with two capitals, as every id does.
fn begins_as_id(text: &str) -> bool {
    matches!(text.as_bytes(), [first, second, ..] if first.is_ascii_uppercase() && second.is_ascii_uppercase())
}

/// Returns the id at the beginning of `text`: upper-case letters, then letters, digits and hyphens, with a digit in
/// it (`PM2020-002`, `RIS-046`, `RIS-REDIS-HOSTNAME-MISMATCH-20251217`).
pub(super) fn leading_id(text: &str) -> Option<&str> {
    if !begins_as_id(text) {
        return None;
    }
    let mut end = text
        .bytes()
        .take_while(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
        .count();
    // `INC-12abc` is a word with capitals, not an id.
    if text[end..].starts_with(|c: char| c.is_alphanumeric()) {
        end = text[..end].rfind('-').filter(|at| text[..*at].bytes().any(|byte| byte.is_ascii_digit()))?;
    }
    let id = text[..end].trim_end_matches(['-', '_']);
    let prefix = id.split(['-', '_']).next().unwrap_or(id);
    // `SEV-1` says how bad it is.
    if prefix == "SEV" && id.len() <= "SEV-00".len() {
        return None;
    }
    let has_number = id.bytes().any(|byte| byte.is_ascii_digit());
    let separated = id.contains(['-', '_']) || prefix.len() < id.len();
    (has_number && separated && id.len() >= 4 && id.len() <= 100 && !NOT_IDS.contains(&prefix)).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::leading_id;
    use crate::parse::{ParseOptions, parse};

    #[test]
    fn an_id_in_broken_front_matter_is_that_of_the_heading() {
        for line in ["id: INC-2026-99: broken", "id: \"INC-2026-99", "id: [INC-2026-99", "id: {INC-2026-99"] {
            let text = format!("---\n{line}\n---\n# INC-2026-99: Disk full\n\nText.\n");
            let document = parse("a.md", text.as_bytes(), &ParseOptions::default()).document;
            assert_eq!(document.id.map(|id| id.value).as_deref(), Some("INC-2026-99"), "{line}");
            assert!(document.references.is_empty(), "{line}: {:?}", document.references);
        }
    }

    #[test]
    fn what_broke_is_no_id() {
        let id = |title: &str| {
            let text = format!("# {title}\n\nText.\n");
            parse("a.md", text.as_bytes(), &ParseOptions::default()).document.id.map(|id| id.value)
        };
        for title in ["DB-01 disk full", "US-EAST-1: no capacity", "GPT-4 API down"] {
            assert_eq!(id(title), None, "{title}");
        }
        let numbered = [
            ("INC-7 Disk full", "INC-7"),
            ("OPS-12: disk full", "OPS-12"),
            ("OPS-12 — disk full", "OPS-12"),
            ("PM2020-002 disk", "PM2020-002"),
        ];
        for (title, expected) in numbered {
            assert_eq!(id(title).as_deref(), Some(expected), "{title}");
        }
    }

    #[test]
    fn finds_ids_and_only_ids() {
        assert_eq!(leading_id("PM2020-002 - KIAM service"), Some("PM2020-002"));
        assert_eq!(leading_id("RIS-046: words"), Some("RIS-046"));
        assert_eq!(leading_id("RIS-REDIS-MISMATCH-20251217"), Some("RIS-REDIS-MISMATCH-20251217"));
        assert_eq!(leading_id("INC-2023-000273"), Some("INC-2023-000273"));
        assert_eq!(leading_id("CVE-2025-1234 in x"), None);
        assert_eq!(leading_id("README"), None);
        assert_eq!(leading_id("DNS outage"), None);
        assert_eq!(leading_id("TEMPLATE-incident"), None);
    }
}
