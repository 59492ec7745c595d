//! What a log says to a draft: its error, its first and last time, the hosts it names.
//!
//! A log may hold passwords and patients; what must not stand in a document is taken out before anything is quoted.

use crate::model::Moment;
use crate::parse::leading_moment;
use crate::sensitive;

use super::headline::headline;

/// Lines of the error that are quoted, and bytes of each.
const MAX_LINES: usize = 16;
const MAX_LINE: usize = 300;
/// Hosts named.
const MAX_HOSTS: usize = 8;
/// Places of a line at which a time is looked for.
const MAX_PLACES: usize = 12;
/// Ends of names that are hosts and no classes or files.
const HOST_ENDS: [&str; 14] =
    ["internal", "local", "svc", "lan", "corp", "intra", "home", "com", "net", "org", "io", "cloud", "example", "test"];
/// Words of lines that tell what went wrong, the worst first.
const ERROR_WORDS: [&[&str]; 3] = [
    &["fatal", "panic", "critical", "emerg", "exception", "segfault", "out of memory", "oomkilled"],
    &["error", "err "],
    &["failed", "failure", "refused", "timed out", "timeout", "denied", "no space left", "unreachable", "traceback"],
];

/// What a log says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct LogFacts {
    /// The error with the lines that belong to it; empty where no line tells of one.
    pub error: String,
    /// The error as a title.
    pub headline: String,
    /// The first moment.
    pub first: Option<Moment>,
    /// The last moment.
    pub last: Option<Moment>,
    /// Hosts, in the order named.
    pub hosts: Vec<String>,
    /// What was taken out, each sort once.
    pub removed: Vec<&'static str>,
}

/// Reads a log; `year` is that of times without one.
#[must_use]
pub(crate) fn read_log(text: &str, year: i32) -> LogFacts {
    let (text, removed) = sensitive::without(text, |_| true);
    let mut facts = LogFacts { removed, ..LogFacts::default() };
    for line in text.lines() {
        if let Some(moment) = moment_of(line, year) {
            let at = moment.utc();
            if facts.first.is_none_or(|first| at < first.utc()) {
                facts.first = Some(moment);
            }
            if facts.last.is_none_or(|last| at > last.utc()) {
                facts.last = Some(moment);
            }
        }
        for host in hosts_of(line, year) {
            if facts.hosts.len() < MAX_HOSTS && !facts.hosts.contains(&host) {
                facts.hosts.push(host);
            }
        }
    }
    (facts.error, facts.headline) = error_of(&text);
    facts
}

/// Returns the first date with a time in the head of a line.
fn moment_of(line: &str, year: i32) -> Option<Moment> {
    let full = |at: usize| leading_moment(line.get(at..)?, Some(year)).map(|it| it.0).filter(|it| it.local().is_some());
    let places = line.char_indices().filter(|(at, c)| {
        let before = line[..*at].chars().next_back();
        c.is_ascii_alphanumeric() && before.is_none_or(|it| !it.is_alphanumeric() && it != '-' && it != ':')
    });
    places.take(MAX_PLACES).find_map(|(at, _)| full(at))
}

fn hosts_of(line: &str, year: i32) -> Vec<String> {
    let mut hosts = Vec::new();
    // `Jan 15 12:00:00 web-1 sshd[311]: …`
    if let Some((moment, end)) = leading_moment(line, Some(year))
        && moment.local().is_some()
        && line.starts_with(|c: char| c.is_ascii_uppercase())
        && let [host, program, ..] = line[end..].split_whitespace().take(2).collect::<Vec<_>>().as_slice()
        && program.ends_with(':')
        && is_name(host)
    {
        hosts.push((*host).to_owned());
    }
    let part = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let words: Vec<&str> = line.split(part).filter(|word| !word.is_empty()).collect();
    for (at, word) in words.iter().enumerate() {
        let named =
            at > 0 && matches!(words[at - 1].to_ascii_lowercase().as_str(), "host" | "hostname" | "node" | "pod");
        let word = word.trim_matches(['.', '-', '_']);
        if (named && is_name(word) && word.contains(|c: char| c.is_ascii_digit() || c == '-')) || is_host(word) {
            hosts.push(word.to_owned());
        }
    }
    hosts
}

fn is_name(word: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    word.len() > 1 && word.len() < 64 && word.starts_with(|c: char| c.is_ascii_lowercase()) && word.chars().all(plain)
}

/// `claims-db.internal`, `10.0.3.7`.
fn is_host(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let address = parts.len() == 4 && parts.iter().all(|part| part.parse::<u8>().is_ok());
    let end = parts.last().is_some_and(|end| HOST_ENDS.contains(end));
    address || (parts.len() > 1 && end && is_name(word) && parts.iter().all(|part| !part.is_empty()))
}

/// Returns the error with the lines that belong to it, and its own line.
fn error_of(text: &str) -> (String, String) {
    let lines: Vec<&str> = text.lines().collect();
    let tells = |words: &[&str]| {
        lines.iter().position(|line| {
            let line = line.to_ascii_lowercase();
            words.iter().any(|word| line.contains(word))
        })
    };
    let Some(at) = ERROR_WORDS.into_iter().find_map(tells) else { return (String::new(), String::new()) };
    let is_inner = |line: &str| {
        line.starts_with([' ', '\t']) || ["at ", "Caused by", "Traceback", "..."].iter().any(|it| line.starts_with(it))
    };
    let before = lines[..at].iter().rev().take(MAX_LINES / 2).take_while(|line| is_inner(line)).count();
    let after = lines[at + 1..].iter().take(MAX_LINES / 2).take_while(|line| is_inner(line)).count();
    let (first, mut last) = (at - before, at + after);
    let mut told = at;
    // What was raised stands below the calls that led to it.
    let is_raised = lines[at].contains("Traceback (most recent call last)");
    if is_raised && lines.get(last + 1).is_some_and(|line| !line.trim().is_empty()) {
        last += 1;
        told = last;
    }
    let quoted: Vec<String> = lines[first..=last].iter().map(|line| shortened(line)).collect();
    (quoted.join("\n"), headline(&shortened(lines[told].trim())))
}

fn shortened(line: &str) -> String {
    let clean: String = line.chars().filter(|c| *c == '\t' || !c.is_control()).take(MAX_LINE).collect();
    if line.chars().count() > MAX_LINE { format!("{clean} …") } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(moment: Option<Moment>) -> String {
        moment.and_then(|it| it.to_json()).unwrap_or_default()
    }

    #[test]
    fn a_log_gives_its_error_times_and_hosts() {
        let log = "2026-01-10T07:58:02Z INFO start\n\
                   2026-01-10 08:00:11,204 ERROR api Traceback (most recent call last):\n\
                   \x20 File \"/srv/api/app.py\", line 12, in get\n\
                   redis.exceptions.ConnectionError: Error -2 connecting to cache-1.internal:6379\n\
                   [10/Jan/2026:08:20:00 +0000] host=web-2 10.0.3.7 \"GET /\" 502\n\
                   password=hunter2hunter2xx9Q\n";
        let facts = read_log(log, 2026);
        assert_eq!(
            (json(facts.first), json(facts.last)),
            ("2026-01-10T07:58:02Z".into(), "2026-01-10T08:20:00Z".into())
        );
        assert_eq!(facts.hosts, ["cache-1.internal", "web-2", "10.0.3.7"]);
        assert!(facts.error.contains("File \"/srv/api/app.py\""), "{}", facts.error);
        assert!(facts.headline.contains("connecting to cache-1.internal"), "{}", facts.headline);
        let raised = "2026-01-10 08:00:11,204 ERROR api Traceback (most recent call last):\n  File \"app.py\", line 12\nValueError: no such plan\n";
        let facts = read_log(raised, 2026);
        assert_eq!(facts.headline, "ValueError: no such plan");
        assert!(facts.error.ends_with("line 12\nValueError: no such plan"), "{}", facts.error);
    }

    #[test]
    fn a_system_log_names_its_host() {
        let facts = read_log("Jan 15 12:00:00 web-1 kernel: Out of memory: Killed process 311\n", 2026);
        assert_eq!(facts.hosts, ["web-1"]);
        assert_eq!(json(facts.first), "2026-01-15T12:00:00");
    }

    #[test]
    fn secrets_are_not_quoted() {
        let facts = read_log("ERROR connect postgres://app:Zx9-qT7pLw2@db.internal/claims failed\n", 2026);
        assert!(!facts.error.contains("Zx9-qT7pLw2") && facts.error.contains("[removed: "), "{}", facts.error);
        assert_eq!(facts.removed.len(), 1);
    }

    #[test]
    fn text_without_an_error_gives_none() {
        assert_eq!(read_log("all is well\n", 2026), LogFacts::default());
        assert_eq!(read_log("", 2026), LogFacts::default());
    }
}
