//! Severity: a word beats a number; P-scales start at 0, SEV-scales at 1, unless the document or the team says otherwise.

use super::Source;
use crate::model::{Extracted, OriginKind, Severity};
use crate::parse::labels::{Labelled, Zone};
use crate::parse::scale::SeverityScale;
use crate::parse::vocabulary::{LabelRole, Vocabulary, fold};

/// What words and codes mean in one document.
#[derive(Debug, Clone, Copy)]
struct Meaning<'a> {
    team: &'a SeverityScale,
    /// The document's own legend makes P1 the highest.
    one_based: bool,
}

pub(super) fn extract(source: &Source<'_>, title: Option<&Extracted<String>>) -> Option<Extracted<Severity>> {
    let meaning = Meaning { team: source.severities, one_based: has_one_based_legend(source.text) };
    let read = |label: &Labelled<'_>| {
        let severity = parse(label.value, meaning)?;
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
        .or_else(|| from_title(title?, meaning))
        .or_else(|| from_mark(title?, meaning))
}

/// `SEV-1: checkout is down`; a title with several levels names none (`SEV-1 and SEV-2 drill`).
fn from_title(title: &Extracted<String>, meaning: Meaning<'_>) -> Option<Extracted<Severity>> {
    let folded = fold(&title.value);
    let mut words = folded.split(' ').peekable();
    let mut found = None;
    while let Some(word) = words.next() {
        let Some(digits) = word.strip_prefix("sev") else { continue };
        let digits = if digits.is_empty() { words.peek().copied().unwrap_or_default() } else { digits };
        let level = digits.parse().ok().filter(|level| *level <= 5).map(|level: u8| level.max(1));
        let own = meaning.team.whole(&format!("sev{digits}"));
        let Some(severity) = own.or_else(|| level.and_then(Severity::from_level)) else { continue };
        if found.is_some_and(|other| other != severity) {
            return None;
        }
        found = Some(severity);
    }
    found.map(|severity| Extracted::new(severity, title.value.clone(), title.origin))
}

/// `[P0] Journal swept too early`, `P1: checkout is down`, `[Sev A] No logins`: a code or a word of the team that stands apart,
/// as that of a ticket does; nothing where several differ.
fn from_mark(title: &Extracted<String>, meaning: Meaning<'_>) -> Option<Extracted<Severity>> {
    let bracketed = title.value.split(['[', '(']).skip(1).filter_map(|rest| rest.split_once([']', ')']));
    let marks = title.value.split_once(':').into_iter().chain(bracketed).map(|(mark, _)| mark.trim());
    let is_code = |mark: &str| matches!(mark.as_bytes(), [b'P' | b'p', b'0'..=b'5']);
    let built_in = |mark: &str| is_code(mark).then(|| from_scale(&fold(mark), meaning.one_based)).flatten();
    let own = |mark: &str| (!meaning.team.is_empty()).then(|| meaning.team.whole(&fold(mark))).flatten();
    let mut levels = marks.filter_map(|mark| own(mark).or_else(|| built_in(mark)));
    let severity = levels.next()?;
    levels.all(|other| other == severity).then(|| Extracted::new(severity, title.value.clone(), title.origin))
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

/// Reads a severity value.
fn parse(value: &str, meaning: Meaning<'_>) -> Option<Severity> {
    // A placeholder such as `[critical|high|low]` or `SEV-1/2/3` chooses nothing.
    if (value.starts_with(['[', '<', '{']) && value.contains(['|', '/'])) || offers_a_choice(value, meaning) {
        return None;
    }
    read(value, meaning)
}

/// `SEV-1 / SEV-2 / SEV-3`: three levels or more, all different, are those to choose from.
fn offers_a_choice(value: &str, meaning: Meaning<'_>) -> bool {
    if value.len() > 80 || !value.bytes().any(|byte| matches!(byte, b'/' | b'|')) {
        return false;
    }
    let parts = value.trim_matches(['(', ')', '*', '_', '`', ' ']).split(['/', '|']);
    let levels: Vec<Option<Severity>> = parts.map(|part| read(part, meaning)).collect();
    let differ = |(at, level): (usize, &Option<Severity>)| level.is_some() && !levels[..at].contains(level);
    levels.len() >= 3 && levels.iter().enumerate().all(differ)
}

fn read(value: &str, meaning: Meaning<'_>) -> Option<Severity> {
    let folded = fold(value);
    let (words, team) = (Vocabulary::get(), meaning.team);
    if let Some(severity) = team.word_in(&folded, |before| words.negates(before)) {
        return Some(severity);
    }
    if let Some(severity) = words.severity_alone.whole(&folded).next() {
        return Some(severity);
    }
    // `Non-critical`, `nicht kritisch` is another level; a code among the words (`sev1`) is one that the team may own.
    let counts =
        |start: usize, end: usize| !words.negates(&folded[..start]) && team.whole(&folded[start..end]).is_none();
    let word = words.severity.all(&folded).find(|(_, start, end)| counts(*start, *end));
    let word = word.map(|(severity, _, _)| severity);
    word.or_else(|| team.code_in(&folded))
        .or_else(|| from_scale(&folded, meaning.one_based))
        .or_else(|| from_colour(value))
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
    const LEAD: [char; 5] = ['|', '-', '*', ' ', '`'];
    // A level at the beginning of a line, and the next one in the line below.
    let explains = |at: usize| {
        let lead = text[..at].trim_end_matches(LEAD);
        if !(lead.is_empty() || lead.ends_with('\n')) {
            return false;
        }
        let mut lines = text[at + 2..].lines();
        let rest = lines.next().unwrap_or_default();
        let folded = fold(rest.get(..60).unwrap_or(rest));
        let is_highest = matches!(Vocabulary::get().severity.first(&folded), Some((Severity::Critical, start, _)) if start < 12)
            || folded.starts_with("highest");
        is_highest && lines.next().is_some_and(|next| next.trim_start_matches(LEAD).starts_with("P2"))
    };
    memchr::memmem::find_iter(text.as_bytes(), "P1").any(explains)
}

#[cfg(test)]
mod tests {
    use super::{Meaning, SeverityScale, from_mark, from_title, parse};
    use crate::model::{Extracted, Origin, OriginKind, Severity};

    fn level(value: &str) -> Option<u8> {
        parse(value, Meaning { team: &SeverityScale::default(), one_based: false }).map(Severity::level)
    }

    /// A team whose P1 and Sev A are the worst, and whose SEV-scale begins at 0.
    fn team() -> SeverityScale {
        let mut team = SeverityScale::default();
        for (written, level) in [("P1", 1), ("P2", 2), ("P3", 3), ("Sev A", 1), ("Sev B", 2), ("SEV0", 1), ("SEV1", 2)]
        {
            team.add(written, Severity::from_level(level).unwrap()).unwrap();
        }
        team
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
        let by = |team: &SeverityScale| parse("P2", Meaning { team, one_based: true }).map(Severity::level);
        assert_eq!(by(&SeverityScale::default()), Some(2));
        let mut team = SeverityScale::default();
        team.add("P2", Severity::Low).unwrap();
        assert_eq!(by(&team), Some(4), "the team knows better");
    }

    #[test]
    fn a_team_says_what_its_words_and_codes_mean() {
        let team = team();
        for (value, expected) in [
            ("P1", Some(1)),
            ("P2 (one region)", Some(2)),
            ("P4", Some(5)),
            ("Critical (P3)", Some(1)),
            ("P3 - low", Some(4)),
            ("Sev A", Some(1)),
            ("low, Sev-B", Some(2)),
            ("not Sev A", None),
            ("SEV-1", Some(2)),
            ("sev1", Some(2)),
            ("SEV1 (high)", Some(2)),
            ("SEV2", Some(2)),
            ("P1 / P2 / P3", None),
            ("Sev A / Sev B / P3", None),
            ("🟡", Some(3)),
        ] {
            let read = parse(value, Meaning { team: &team, one_based: false });
            assert_eq!(read.map(Severity::level), expected, "{value}");
        }
    }

    #[test]
    fn a_title_goes_by_the_team_too() {
        let own = team();
        for (title, expected, built_in) in [
            ("SEV-1: checkout is down", Some(2), Some(1)),
            ("Sev 2 after a deploy", Some(2), Some(2)),
            ("SEV-1 and SEV-2 drill", Some(2), None),
            ("SEV-0 and SEV-1 drill", None, Some(1)),
            ("P1: checkout is down", Some(1), Some(2)),
            ("[Sev A] No logins (P1)", Some(1), Some(2)),
            ("[P2] No logins (P1)", None, None),
            ("[P2] No logins (P2)", Some(2), Some(3)),
            ("Latency of P1 and p99", None, None),
        ] {
            let title = Extracted::new(title.to_owned(), title, Origin::new(OriginKind::Heading, 1));
            let read = |team: &SeverityScale| {
                let meaning = Meaning { team, one_based: false };
                let found = from_title(&title, meaning).or_else(|| from_mark(&title, meaning));
                found.map(|it| it.value.level())
            };
            assert_eq!((read(&own), read(&SeverityScale::default())), (expected, built_in), "{}", title.value);
        }
    }
}
