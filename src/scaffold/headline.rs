//! A title out of a line of a log: what went wrong, without when, how bad and where.

use crate::parse::leading_moment;

/// Characters of a title.
const LONGEST: usize = 80;
/// Words that a title keeps, whatever they are.
const FEWEST: usize = 3;
/// What stands in the place of what must not stand in a document.
const REMOVED: &str = "[removed: ";
/// Words that no title ends with.
const LEADING: [&str; 14] = ["a", "and", "are", "at", "by", "for", "from", "in", "is", "of", "on", "or", "to", "with"];
/// Levels as loggers write them.
const LEVELS: [&str; 16] = [
    "trace", "debug", "info", "notice", "warn", "warning", "error", "err", "fatal", "critical", "crit", "severe",
    "alert", "emerg", "panic", "e",
];

/// Returns the title that a line of a log gives.
pub(super) fn headline(line: &str) -> String {
    let start = leading_moment(line, None).map_or(0, |(_, end)| end);
    let line = without_klog(line[start..].trim());
    let line = without_removed(message(line).unwrap_or(line));
    let mut rest = line.as_str();
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphabetic() && c != '[');
        let Some((first, behind)) = rest.split_once(char::is_whitespace) else { break };
        if !tells_origin(first) || behind.split_whitespace().nth(FEWEST - 1).is_none() {
            break;
        }
        rest = behind;
    }
    cut(rest.trim_start_matches(|c: char| !c.is_alphabetic())).to_owned()
}

/// Leaves out what was taken out of the line, with the name that it stood under and whatever it was part of: neither a
/// title nor an id tells of a password or of a patient.
fn without_removed(line: &str) -> String {
    let (mut kept, mut rest) = (String::new(), line);
    while let Some((before, behind)) = rest.split_once(REMOVED) {
        let before_name = before.trim_end();
        let is_named = before_name.len() == before.len() || before_name.ends_with([':', '=']);
        let before = match before_name.rfind(char::is_whitespace) {
            _ if !is_named => before_name,
            Some(at) => before_name[..at].trim_end(),
            None => "",
        };
        kept.push_str(before);
        let behind = behind.split_once(']').map_or("", |(_, behind)| behind);
        rest = behind.find(char::is_whitespace).map_or("", |at| &behind[at..]);
    }
    kept.push_str(rest);
    kept
}

/// Cuts the head of a line that Kubernetes writes: `E0110 08:00:11.204 1 reflector.go:138] Failed to list`.
fn without_klog(line: &str) -> &str {
    let is_klog = matches!(line.as_bytes(), [b'I' | b'W' | b'E' | b'F', digits @ ..] if digits.iter().take(4).all(u8::is_ascii_digit) && digits.len() > 4);
    line.split_once("] ").filter(|(head, _)| is_klog && head.contains(".go:")).map_or(line, |(_, message)| message)
}

/// Returns the message of a structured line: `level=error msg="cannot connect" pod=a-1`.
fn message(line: &str) -> Option<&str> {
    let names = [
        "msg=\"",
        "message=\"",
        "\"msg\":\"",
        "\"message\":\"",
        "\"msg\": \"",
        "\"message\": \"",
        "error=\"",
        "\"error\":\"",
        "\"error\": \"",
    ];
    let (_, rest) = names.into_iter().find_map(|name| line.split_once(name))?;
    let end =
        rest.char_indices().find(|(at, c)| *c == '"' && !rest[..*at].ends_with('\\')).map_or(rest.len(), |it| it.0);
    Some(rest[..end].trim()).filter(|message| !message.is_empty())
}

/// Tells whether a word before the message says only how bad it is or where it comes from: a level, `[main]`,
/// `sshd[311]:`, `pod=a`, `portal-bff-7d9f-x2k4p`.
fn tells_origin(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_level = LEVELS.iter().any(|level| bare.eq_ignore_ascii_case(level));
    let is_bracketed = word.trim_end_matches([':', ',']).ends_with(']');
    let is_setting = word.split_once('=').is_some_and(|(name, _)| !name.is_empty());
    let is_machine = bare.contains('-')
        && bare.contains(|c: char| c.is_ascii_digit())
        && bare.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    is_level || is_bracketed || is_setting || is_machine
}

/// Returns the words that fit, whole.
fn cut(text: &str) -> &str {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return text };
    let is_whole = text[end..].starts_with(char::is_whitespace);
    let boundary = text[..end].rfind(char::is_whitespace).filter(|at| !is_whole && *at > end / 2).unwrap_or(end);
    let mut whole = trimmed(&text[..boundary]);
    // `Error 99 connecting to`: what it leads to has been cut.
    while let Some((before, last)) = whole.rsplit_once(char::is_whitespace)
        && LEADING.contains(&last)
    {
        whole = trimmed(before);
    }
    whole
}

fn trimmed(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '(' | '['))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_wrong_makes_the_title() {
        for (line, title) in [
            (
                "2026-01-10 08:00:11,204 ERROR api Traceback (most recent call last):",
                "api Traceback (most recent call last):",
            ),
            (
                "2026-01-10T08:00:11Z portal-bff-7d9f8b6c5-x2k4p ERROR [main] upstream closed the connection",
                "upstream closed the connection",
            ),
            (
                "Jan 15 12:00:00 web-1 kernel: Out of memory: Killed process 311",
                "kernel: Out of memory: Killed process 311",
            ),
            ("sshd[311]: error: maximum authentication attempts exceeded", "maximum authentication attempts exceeded"),
            (
                "level=error ts=2026-01-10 msg=\"cannot take \\\"lock\\\" on segment\" pod=a-1",
                "cannot take \\\"lock\\\" on segment",
            ),
            ("{\"level\":\"error\",\"message\":\"disk full\"}", "disk full"),
            ("{\"ts\":\"2026-01-10T08:00:11Z\",\"level\":\"error\",\"error\":\"no route\"}", "no route"),
            ("E0110 08:00:11.204       1 reflector.go:138] Failed to list *v1.Pod", "Failed to list *v1.Pod"),
            (
                "redis.exceptions.ConnectionError: Error -2 connecting",
                "redis.exceptions.ConnectionError: Error -2 connecting",
            ),
            ("ERROR: it failed", "ERROR: it failed"),
            (
                "ERROR api password=[removed: a password or key] MRN: [removed: a number of a patient] no slot is left",
                "api no slot is left",
            ),
            ("ERROR connect postgres://app:[removed: a password]@db.internal/claims failed", "ERROR connect failed"),
            ("cannot open [removed: a name], no such file", "cannot open no such file"),
            ("password=[removed: a password or key]", ""),
            ("", ""),
        ] {
            assert_eq!(headline(line), title, "{line}");
        }
    }

    #[test]
    fn a_long_title_ends_with_a_word() {
        let line =
            "connection to server at claims-db.internal failed, since the remaining slots are reserved for superusers";
        assert_eq!(headline(line), "connection to server at claims-db.internal failed, since the remaining slots");
        let line = "redis.exceptions.ConnectionError: Error 99 connecting to credmate-redis.internal.example.org:6379";
        assert_eq!(headline(line), "redis.exceptions.ConnectionError: Error 99 connecting");
        assert_eq!(headline(&"x".repeat(200)).len(), LONGEST);
        assert_eq!(headline(&"ä".repeat(200)).chars().count(), LONGEST);
    }
}
