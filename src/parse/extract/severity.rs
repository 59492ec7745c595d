//! Severity: a word beats a number; P-scales start at 0, SEV-scales at 1.

use super::Source;
use crate::model::{Extracted, OriginKind, Severity};
use crate::parse::labels::{Labelled, Zone};
use crate::parse::vocabulary::{LabelRole, Vocabulary, fold};

pub(super) fn extract(source: &Source<'_>, title: Option<&Extracted<String>>) -> Option<Extracted<Severity>> {
    let one_based = has_one_based_legend(source.text);
    let read = |label: &Labelled<'_>| {
        let severity = parse(label.value, one_based)?;
        Some(Extracted::new(severity, label.value, label.origin))
    };
    let head = [Zone::FrontMatter, Zone::Header]
        .iter()
        .find_map(|zone| source.labelled(LabelRole::Severity).filter(|label| label.zone == *zone).find_map(read));
    head.or_else(|| from_body(source, &read))
        .or_else(|| {
            let weak = source.labelled_in(LabelRole::SeverityWeak, &[Zone::FrontMatter, Zone::Header]);
            weak.filter(|label| !label.means(LabelRole::Status)).find_map(read)
        })
        .or_else(|| from_title(title?).or_else(|| from_mark(title?, one_based)))
}

/// `SEV-1: checkout is down`; a title with several levels names none (`SEV-1 and SEV-2 drill`).
fn from_title(title: &Extracted<String>) -> Option<Extracted<Severity>> {
    let folded = fold(&title.value);
    let mut words = folded.split(' ').peekable();
    let mut found = None;
    while let Some(word) = words.next() {
        let Some(digits) = word.strip_prefix("sev") else { continue };
        let digits = if digits.is_empty() { words.peek().copied().unwrap_or_default() } else { digits };
        let level = digits.parse().ok().filter(|level| *level <= 5).map(|level: u8| level.max(1));
        let Some(severity) = level.and_then(Severity::from_level) else { continue };
        if found.is_some_and(|other| other != severity) {
            return None;
        }
        found = Some(severity);
    }
    found.map(|severity| Extracted::new(severity, title.value.clone(), title.origin))
}

/// `[P0] Journal swept too early`, `P1: checkout is down`: a code that stands apart, as that of a ticket does.
fn from_mark(title: &Extracted<String>, one_based: bool) -> Option<Extracted<Severity>> {
    let bracketed = title.value.split(['[', '(']).skip(1).filter_map(|rest| rest.split_once([']', ')']));
    let mut marks = title.value.split_once(':').into_iter().chain(bracketed).map(|(mark, _)| mark.trim());
    let is_code = |mark: &&str| matches!(mark.as_bytes(), [b'P' | b'p', b'0'..=b'5']);
    let severity = from_scale(&fold(marks.find(is_code)?), one_based)?;
    Some(Extracted::new(severity, title.value.clone(), title.origin))
}

/// Below the header a severity counts if it stands in a heading or a table of facts, or if all that are written agree:
/// a list of bugs with a severity each says nothing of the incident.
fn from_body(
    source: &Source<'_>,
    read: &dyn Fn(&Labelled<'_>) -> Option<Extracted<Severity>>,
) -> Option<Extracted<Severity>> {
    let body = || source.labelled(LabelRole::Severity).filter(|label| label.zone >= Zone::Body);
    let strong = |label: &&Labelled<'_>| matches!(label.origin.kind, OriginKind::Heading | OriginKind::Table);
    let readings: Vec<_> = body().filter(strong).filter_map(read).collect();
    let readings = if readings.is_empty() { body().filter_map(read).collect() } else { readings };
    let first = readings.first()?;
    let agree = readings.iter().all(|other| other.value == first.value);
    (agree && readings.len() <= 3).then(|| first.clone())
}

/// Reads a severity value. `one_based` tells that the document's own legend makes P1 the highest.
pub(super) fn parse(value: &str, one_based: bool) -> Option<Severity> {
    // A placeholder such as `[critical|high|low]` or `SEV-1/2/3` chooses nothing.
    if (value.starts_with(['[', '<', '{']) && value.contains(['|', '/'])) || offers_a_choice(value, one_based) {
        return None;
    }
    read(value, one_based)
}

/// `SEV-1 / SEV-2 / SEV-3`: three levels or more, all different, are those to choose from.
fn offers_a_choice(value: &str, one_based: bool) -> bool {
    if value.len() > 80 || !value.bytes().any(|byte| matches!(byte, b'/' | b'|')) {
        return false;
    }
    let parts = value.trim_matches(['(', ')', '*', '_', '`', ' ']).split(['/', '|']);
    let levels: Vec<Option<Severity>> = parts.map(|part| read(part, one_based)).collect();
    let differ = |(at, level): (usize, &Option<Severity>)| level.is_some() && !levels[..at].contains(level);
    levels.len() >= 3 && levels.iter().enumerate().all(differ)
}

fn read(value: &str, one_based: bool) -> Option<Severity> {
    let folded = fold(value);
    if let Some(severity) = Vocabulary::get().severity_alone.whole(&folded).next() {
        return Some(severity);
    }
    // `Non-critical`, `nicht kritisch` is another level.
    let words = Vocabulary::get();
    let word = words.severity.all(&folded).find(|(_, start, _)| !words.negates(&folded[..*start]));
    let word = word.map(|(severity, _, _)| severity);
    word.or_else(|| from_scale(&folded, one_based)).or_else(|| from_colour(value))
}

/// `sev2`, `sev 2`, `s2`, `p1`, `priority 1`, `2`.
fn from_scale(folded: &str, one_based: bool) -> Option<Severity> {
    let mut tokens = folded.split(' ').peekable();
    while let Some(token) = tokens.next() {
        let letters = token.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = &token[letters.len()..];
        let (letters, digits) = match digits {
            "" => (token, tokens.peek().copied().unwrap_or_default()),
            _ => (letters, digits),
        };
        let Ok(number) = digits.parse::<u8>() else { continue };
        let level = match letters {
            "p" | "prio" if !one_based => number.checked_add(1)?,
            "p" | "prio" | "sev" | "severity" | "s" | "level" | "l" | "priority" | "tier" | "" => number.max(1),
            _ => continue,
        };
        return Severity::from_level(level.min(5)).filter(|_| number <= 5);
    }
    None
}

fn from_colour(value: &str) -> Option<Severity> {
    value.chars().find_map(|c| match c {
        '🔴' => Some(Severity::Critical),
        '🟠' => Some(Severity::High),
        '🟡' => Some(Severity::Medium),
        '🟢' => Some(Severity::Low),
        _ => None,
    })
}

/// Tells whether the document explains P1 as its highest level and knows no P0.
fn has_one_based_legend(text: &str) -> bool {
    let holds =
        |digit: u8| memchr::memchr_iter(b'P', text.as_bytes()).any(|at| text.as_bytes().get(at + 1) == Some(&digit));
    if !holds(b'1') || holds(b'0') {
        return false;
    }
    let explains = |line: &str| {
        let line = line.trim_start_matches(['|', '-', '*', ' ', '`']);
        line.strip_prefix("P1").is_some_and(|rest| {
            let folded = fold(rest.get(..60).unwrap_or(rest));
            matches!(Vocabulary::get().severity.first(&folded), Some((Severity::Critical, start, _)) if start < 12)
                || folded.starts_with("highest")
        })
    };
    let explains_next = |line: &str| line.trim_start_matches(['|', '-', '*', ' ', '`']).starts_with("P2");
    text.lines().zip(text.lines().skip(1)).any(|(line, next)| explains(line) && explains_next(next))
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn level(value: &str) -> Option<u8> {
        parse(value, false).map(crate::model::Severity::level)
    }

    #[test]
    fn reads_every_scale() {
        for (value, expected) in [
            ("CRITICAL (P0)", 1),
            ("P1 - Critical (Production Outage)", 1),
            ("P0", 1),
            ("p3", 4),
            ("SEV-2", 2),
            ("Sev 1", 1),
            ("sev0", 1),
            ("2", 2),
            ("High (single service outage)", 2),
            ("Critical → Resolved", 1),
            ("🟡", 3),
            ("Schweregrad: hoch", 2),
            ("Alta", 2),
            ("Not critical, low", 4),
        ] {
            assert_eq!(level(value), Some(expected), "{value}");
        }
    }

    #[test]
    fn reads_nothing_where_nothing_is_said() {
        for value in [
            "N/A",
            "",
            "Prevention (proactive governance)",
            "[critical|high|low]",
            "see below",
            "Non-critical",
            "nicht kritisch",
            "no major impact",
            "SEV-1 / SEV-2 / SEV-3",
            "(P0/P1/P2)",
            "High | Medium | Low",
        ] {
            assert_eq!(level(value), None, "{value}");
        }
    }

    #[test]
    fn a_legend_can_start_the_scale_at_one() {
        assert!(super::has_one_based_legend("| P1 | Critical, all down |\n| P2 | High |\n"));
        assert!(!super::has_one_based_legend("- P0: critical\n- P1: high\n"));
        assert_eq!(parse("P2", true).map(crate::model::Severity::level), Some(2));
    }
}
