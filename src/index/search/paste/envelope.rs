//! What loggers put around a message: time, host, program, thread; the keys of JSON and logfmt.

use std::ops::Range;

use serde_json::Value;

use crate::index::search::noise::is_noise;
use crate::index::text::fold;

/// Most places of a line at which its message may begin.
const MOST_RESTS: usize = 12;
/// Words of a prefix beside times and levels: host and program.
const MOST_NAMES: usize = 2;
/// Deepest object of a log line that is looked into.
const DEEPEST: usize = 4;
/// Most messages of one line.
const MOST_MESSAGES: usize = 64;
/// Keys whose values are messages.
const MESSAGES: [&str; 17] = [
    "msg",
    "message",
    "error",
    "err",
    "reason",
    "exception",
    "stack",
    "stacktrace",
    "stack_trace",
    "traceback",
    "exc_info",
    "detail",
    "details",
    "cause",
    "log",
    "textpayload",
    "error_message",
];

/// The rest of a line behind a mark that may end a prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Rest {
    /// Its first byte, later its first word.
    pub(super) at: usize,
    /// Nothing but what a logger writes stands before it.
    pub(super) is_message: bool,
}

/// Returns the rests of a line that may be its message.
pub(super) fn rests(line: &str) -> Vec<Rest> {
    let mut rests = Vec::new();
    let mut prefix = Prefix::default();
    let mut before: Option<Range<usize>> = None;
    for token in tokens(line) {
        if let Some(last) = before.replace(token.clone())
            && prefix.ends(&line[last.clone()], &line[last.end..token.start])
        {
            rests.push(Rest { at: token.start, is_message: prefix.is_of_log() });
            if rests.len() == MOST_RESTS {
                break;
            }
        }
        prefix.add(&line[token]);
    }
    rests
}

fn tokens(line: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + line[at..].find(|c: char| !c.is_whitespace())?;
        let end = line[start..].find(char::is_whitespace).map_or(line.len(), |length| start + length);
        at = end;
        Some(start..end)
    })
}

/// What stands before a rest.
#[derive(Default)]
struct Prefix {
    /// It has a time, a level, brackets or the like.
    has_sign: bool,
    /// A part with a sign has ended, so that what follows is one name at a time.
    is_behind_sign: bool,
    /// Something stands in it that no logger writes.
    is_broken: bool,
    /// Names since the last mark.
    names: usize,
    /// The last of them begins with a capital and has nothing else of a name.
    is_word: bool,
}

impl Prefix {
    fn is_of_log(&self) -> bool {
        self.has_sign && !self.is_broken
    }

    fn add(&mut self, token: &str) {
        let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
        let is_level = is_level(token, bare);
        let is_time = bare.starts_with(|c: char| c.is_ascii_digit()) && bare.matches([':', '-', '/', '.']).count() > 1;
        self.has_sign |= is_level || is_time || token.starts_with('[') || token == "|" || token.ends_with(']');
        self.has_sign |= token.ends_with("]:") && token.contains('[');
        let is_nothing = bare.is_empty() || is_stream_part(token) || is_level || is_time || is_noise(&fold(bare));
        if is_nothing || token.starts_with(['[', '(']) && token.ends_with([']', ')', ':']) {
            return;
        }
        self.names += 1;
        self.is_word = bare.starts_with(char::is_uppercase) && !bare.contains(['.', '-', '_', '/', '[', '$', ':']);
        self.is_broken |= ["Error", "Exception", "Failure"].iter().any(|end| bare.ends_with(end));
    }

    /// Tells whether a token and the blanks behind it end a part of a line, and begins the next part if so.
    fn ends(&mut self, token: &str, blanks: &str) -> bool {
        let is_wide = blanks.len() > 1 || blanks == "\t";
        let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
        let is_level = is_level(token, bare);
        let is_mark = token.ends_with([':', ']', '|']) || matches!(token, "-" | "--" | "---" | ">");
        if !(is_wide || is_level || is_mark || is_stream_part(token) && self.has_sign) {
            return false;
        }
        let most = if self.is_behind_sign && !is_wide { 1 } else { MOST_NAMES };
        self.is_broken |= self.names > most || self.names > 0 && self.is_word && !is_wide;
        self.is_behind_sign |= self.has_sign;
        self.names = 0;
        self.is_word = false;
        true
    }
}

/// Whether a line of a stream is whole or a part, as container runtimes write it: `stderr F `.
fn is_stream_part(token: &str) -> bool {
    matches!(token, "F" | "P")
}

/// `ERROR`, `[warn]`, and what Kubernetes puts before events.
fn is_level(token: &str, bare: &str) -> bool {
    let is_marked = token.starts_with('[') || bare.chars().all(char::is_uppercase) || bare == "Warning";
    is_marked
        && matches!(
            &*bare.to_ascii_lowercase(),
            "error"
                | "err"
                | "warn"
                | "warning"
                | "fatal"
                | "critical"
                | "crit"
                | "severe"
                | "alert"
                | "panic"
                | "info"
        )
}

/// Returns the messages that a line of JSON or logfmt holds, each as it was before it was written so.
pub(super) fn values(line: &str) -> Vec<String> {
    let line = line.trim();
    if let Some(at) = line.find('{').filter(|_| line.ends_with('}'))
        && let Ok(object @ Value::Object(_)) = serde_json::from_str(&line[at..])
    {
        let mut found = Vec::new();
        gather(&object, false, 0, &mut found);
        return found;
    }
    if let Some(value) = member(line) {
        return vec![value];
    }
    pairs(line)
}

/// Gathers the strings of an object below keys of messages.
fn gather(value: &Value, is_message: bool, depth: usize, found: &mut Vec<String>) {
    match value {
        Value::String(text) if is_message && found.len() < MOST_MESSAGES && !found.contains(text) => {
            found.push(text.clone());
        }
        Value::Object(members) if depth < DEEPEST => {
            for (key, value) in members {
                gather(value, is_message_key(key), depth + 1, found);
            }
        }
        Value::Array(items) if depth < DEEPEST => {
            items.iter().for_each(|item| gather(item, is_message, depth + 1, found));
        }
        _ => {}
    }
}

fn is_message_key(key: &str) -> bool {
    MESSAGES.contains(&&*key.to_ascii_lowercase())
}

/// `"message": "text",`, a line of an object that is written over several.
fn member(line: &str) -> Option<String> {
    let (key, rest) = line.strip_prefix('"')?.split_once('"')?;
    let value = rest.trim_start().strip_prefix(':')?.trim().trim_end_matches(',');
    is_message_key(key).then(|| serde_json::from_str(value).ok()).flatten()
}

/// `level=error msg="text"`
fn pairs(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(length) = line[at..].find('=') {
        let equals = at + length;
        let key = line[at..equals].rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        at = equals + 1;
        if line[at..].starts_with('"') {
            let Some(end) = closing(&line[at..]) else { break };
            let quoted = &line[at..at + end];
            if is_message_key(key) {
                let plain = || quoted[1..quoted.len() - 1].replace("\\\"", "\"");
                found.push(serde_json::from_str(quoted).unwrap_or_else(|_| plain()));
            }
            at += end;
        }
    }
    found
}

/// Returns where a quotation that `text` begins with ends.
fn closing(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the longest rest of a line that is its message.
    fn message(line: &str) -> Option<&str> {
        rests(line).iter().rfind(|it| it.is_message).map(|rest| &line[rest.at..])
    }

    #[test]
    fn the_message_stands_behind_what_loggers_write() {
        let prefixes = [
            "Nov 20 03:00:00 web-17 app[4242]: ",
            "Nov 20 03:00:00 srv07 kernel: ",
            "2026-11-20T03:00:00.123Z ERROR [pay-worker-3] ",
            "E1120 03:00:00.123456       1 controller.go:114] ",
            "2026-11-20 03:00:00,123 - pay.worker - ERROR - ",
            "api-1  | ",
            "2026/11/20 03:00:00 [error] 31#31: ",
            "2026-11-20 03:00:00.123  ERROR 1 --- [nio-8080-exec-3] c.acme.shop.Orders               : ",
            "  Warning  Failed  4m (x2 over 5m)  kubelet  ",
            "2026-11-20T03:00:00.123456789Z stderr F ",
            "[pod/api-1/api] ",
            "ERROR o.acme.Store - ",
        ];
        for prefix in prefixes {
            let line = format!("{prefix}lost the ledger");
            assert_eq!(message(&line), Some("lost the ledger"), "{line}");
        }
    }

    #[test]
    fn a_clause_of_a_message_is_no_message() {
        let lines = [
            "dial tcp: connection refused",
            "redis.ConnectionError: connection refused",
            "checkout could not start: permission denied",
        ];
        for line in lines {
            assert!(!rests(line).is_empty() && message(line).is_none(), "{line}");
        }
        assert_eq!(message("2026-11-20 03:00:00 ERROR Startup failed: no lock"), Some("Startup failed: no lock"));
        assert_eq!(message("03:00:00 ERROR x.LockError: no lock"), Some("x.LockError: no lock"));
    }

    #[test]
    fn a_line_of_very_many_messages_is_asked_for_the_first() {
        let all: Vec<String> = (0..1000).map(|number| format!("disk {number} is full")).collect();
        let line = serde_json::json!({ "errors": [{ "message": all.clone() }] }).to_string();
        let found = values(&line);
        assert_eq!(found, all[..found.len()]);
        assert_eq!(found.len(), MOST_MESSAGES);
    }

    #[test]
    fn values_of_json_and_logfmt_are_messages() {
        let json =
            r#"{"level":50,"reqId":"a1","msg":"lost \"x\"","err":{"type":"E","stack":"lost\n  at y"},"message":7}"#;
        assert_eq!(values(json), ["lost\n  at y", "lost \"x\""]);
        assert_eq!(values(&format!("api-1 | {json}")).len(), 2);
        assert_eq!(values("  \"message\": \"lost it\","), ["lost it"]);
        let pairs = "time=\"2026-11-20\" level=error caller=out.go:71 msg=\"lost \\\"x\\\"\" err=\"no\\nlock\" n=1";
        assert_eq!(values(pairs), ["lost \"x\"", "no\nlock"]);
        for line in ["lost {it}", "a = b", "msg=\"never closed", "{\"msg\":\"cut"] {
            assert_eq!(values(line), [""; 0], "{line}");
        }
    }
}
