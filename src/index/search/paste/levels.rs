//! How loud a line of a log is, and which lines stand beside the message.

/// Words before the level of a line, at most: host, program, thread.
const BEFORE_LEVEL: usize = 5;
/// Levels as numbers, of loggers that write JSON: from here on something is wrong.
const WRONG: u32 = 50;
/// The longest key of a listing.
const LONGEST_KEY: usize = 3;

/// What the level of a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// All is well.
    Calm,
    /// Something is wrong.
    Loud,
    /// Nothing; or that something may be wrong.
    Other,
}

/// Tells whether a line is a frame of a stack trace: any fault in the same code has it.
pub(super) fn is_frame(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("File \"") || line.strip_prefix("at ").is_some_and(|place| place.contains([':', '(']))
}

/// Returns what the level of a line says.
pub(super) fn level(line: &str) -> Level {
    if let Some(level) = numbered(line).or_else(|| answered(line)) {
        return level;
    }
    let mut before = "";
    let words = line.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
    for word in words.filter(|word| word.starts_with(|c: char| c.is_alphabetic())).take(BEFORE_LEVEL) {
        match (before, word) {
            ("", first) if is_letter(line, first, &['I', 'D']) => return Level::Calm,
            ("", first) if is_letter(line, first, &['E', 'F']) => return Level::Loud,
            (_, "INFO" | "DEBUG" | "TRACE" | "NOTICE") | ("", "Normal") => return Level::Calm,
            ("" | "level" | "severity", "info" | "debug" | "trace" | "notice") => return Level::Calm,
            (_, "ERROR" | "FATAL" | "CRITICAL" | "SEVERE" | "ALERT" | "PANIC") | ("", "Warning") => return Level::Loud,
            ("" | "level" | "severity", "error" | "fatal" | "crit" | "critical" | "alert" | "panic") => {
                return Level::Loud;
            }
            (_, "WARN" | "WARNING") => return Level::Other,
            _ => before = word,
        }
    }
    Level::Other
}

/// A level of one letter: `[I 2025-12-17 …]`, `I1217 08:00:12`.
fn is_letter(line: &str, first: &str, letters: &[char]) -> bool {
    let Some(rest) = first.strip_prefix(letters) else { return false };
    let is_date = rest.len() == 4 && rest.bytes().all(|byte| byte.is_ascii_digit());
    is_date || rest.is_empty() && line.trim_start().starts_with('[')
}

/// `"level":30`
fn numbered(line: &str) -> Option<Level> {
    let rest = line.split_once("\"level\":")?.1.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    let level: u32 = rest[..end].parse().ok()?;
    Some(match level {
        0..=30 => Level::Calm,
        WRONG.. => Level::Loud,
        _ => Level::Other,
    })
}

/// A line of an access log whose answer is a success or leads elsewhere.
fn answered(line: &str) -> Option<Level> {
    let (_, rest) = line.split_once(" HTTP/")?;
    let status = rest.split_once("\" ")?.1.as_bytes();
    let is_well = matches!(status, [b'2' | b'3', b'0'..=b'9', b'0'..=b'9', b' ', ..]);
    is_well.then_some(Level::Calm)
}

/// Tells whether a line is a row of a listing, a key and its value at some distance: `Port:           8080/TCP`. What
/// says why something is as it is belongs to the message, and so does what a database prints below an error.
pub(super) fn is_row(line: &str) -> bool {
    let Some((key, value)) = line.trim().split_once(':') else { return false };
    let is_apart = value.starts_with("  ") || value.starts_with('\t');
    let words = || key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let tells = |word: &str| {
        let word = word.to_ascii_lowercase();
        matches!(
            &*word,
            "reason" | "message" | "error" | "warning" | "state" | "status" | "cause" | "caused" | "detail"
        )
    };
    let is_shouted = !key.contains('_') && key.chars().any(char::is_uppercase) && !key.chars().any(char::is_lowercase);
    is_apart && !is_shouted && (1..=LONGEST_KEY).contains(&words().count()) && !words().any(tells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_told_in_every_form() {
        let calm = [
            "2026-11-20 03:00:00 [worker-2] INFO upload started",
            "level=info msg=\"upload started\"",
            "[info] upload started",
            "Normal   Scheduled  5m  default-scheduler  Successfully assigned api",
            "[I 2026-11-20 03:00:00 JupyterHub log:186] 200 GET /hub",
            "I1120 03:00 sync",
            "{\"level\":30,\"msg\":\"uploaded\"}",
            "10.0.0.1 - - [20/Nov/2026:03:00:00 +0000] \"GET /upload HTTP/1.1\" 200 512 \"-\" \"curl/8.5.0\"",
        ];
        for line in calm {
            assert_eq!(level(line), Level::Calm, "{line}");
        }
        let loud = [
            "2026-11-20 ERROR no INFO of the upload",
            "{\"level\":50,\"msg\":\"upload gone\"}",
            "level=error msg=\"upload gone\"",
            "2026/11/20 03:00:00 [error] 31#31: upload gone",
            "Warning  Failed  5m  kubelet  no such image",
            "E1120 03:00:00.1 1 sync.go:3] upload gone",
        ];
        for line in loud {
            assert_eq!(level(line), Level::Loud, "{line}");
        }
        let others = [
            "I/O of the disk",
            "[W 2026-11-20 JupyterHub log:186] 403 GET /hub",
            "upload of info to Normal failed",
            "\"GET /upload HTTP/1.1\" 502 0 \"-\"",
            "{\"level\":40,\"msg\":\"slow\"}",
        ];
        for line in others {
            assert_eq!(level(line), Level::Other, "{line}");
        }
    }

    #[test]
    fn rows_of_a_listing_are_told_from_what_is_wrong() {
        assert!(is_row("    Port:           8080/TCP") && is_row("      LOG_LEVEL:  info"));
        for line in
            ["Reason:       OOMKilled", "FATAL:  upload gone", "Error: upload gone", "upload:gone", "Last State:   x"]
        {
            assert!(!is_row(line), "{line}");
        }
    }
}
