//! What a terminal adds to a text: colours, prompts, and line ends where the window ends.

use std::borrow::Cow;

/// Widths that terminals have: one line of such a width may have been cut.
const WIDTHS: [usize; 8] = [80, 100, 120, 132, 140, 160, 180, 200];
/// No terminal is narrower, nor does a longer line come from one.
const NARROWEST: usize = 40;
const WIDEST: usize = 400;
/// In a paste of so few lines one that was cut is enough.
const FEW_LINES: usize = 4;
/// Most lines that one was cut into.
const MOST_PARTS: usize = 40;
/// How an escape character is shown where it was written as text.
const SHOWN_ESCAPES: [&str; 8] = ["^[", "#033", "\\x1b", "\\x1B", "\\033", "\\e", "\\u001b", "\\u001B"];

/// Returns `text` without escape sequences, also those that are written out (`^[[31m`). Where one parts two words, a
/// blank does so.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find(['\u{1b}', '\u{9b}', '^', '#', '\\']) {
        at += found;
        let Some(length) = sequence(&text[at..]) else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        out.push_str(&text[copied..at]);
        at += length;
        copied = at;
        let parts = out.ends_with(char::is_alphanumeric) && text[at..].starts_with(char::is_alphanumeric);
        out.push_str(if parts { " " } else { "" });
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// Returns the length of the escape sequence that `text` begins with.
fn sequence(text: &str) -> Option<usize> {
    if let Some(rest) = text.strip_prefix('\u{9b}') {
        return Some(text.len() - rest.len() + control(rest)?);
    }
    let Some(rest) = text.strip_prefix('\u{1b}') else {
        let mark = SHOWN_ESCAPES.into_iter().find(|mark| text.starts_with(mark))?;
        let rest = text[mark.len()..].strip_prefix('[')?;
        return Some(mark.len() + 1 + control(rest)?);
    };
    let length = match rest.chars().next() {
        Some('[') => 1 + control(&rest[1..]).unwrap_or(0),
        Some(']') => 1 + title(&rest[1..]),
        Some('(' | ')' | '*' | '+') => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
        Some(c) if c.is_ascii_punctuation() || c.is_ascii_alphanumeric() => 1,
        _ => 0,
    };
    Some(1 + length)
}

/// Returns the length of figures and the letter that ends a control sequence.
fn control(rest: &str) -> Option<usize> {
    let end = rest.bytes().position(|byte| !(b' '..b'@').contains(&byte))?;
    rest.as_bytes().get(end).filter(|byte| (b'@'..=b'~').contains(byte)).map(|_| end + 1)
}

/// Returns the length of the title of a window or the address of a link, with what ends it in its line.
fn title(rest: &str) -> usize {
    let Some(end) = rest.find(['\u{7}', '\u{1b}', '\n']) else { return 0 };
    ["\u{7}", "\u{1b}\\"].into_iter().find(|mark| rest[end..].starts_with(mark)).map_or(0, |mark| end + mark.len())
}

/// Lines that belong together.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Row<'t> {
    /// A line.
    Line(&'t str),
    /// One that a window cut into several: joined, and as they stand.
    Cut(String, Vec<&'t str>),
}

/// Returns the lines of a text that somebody may have copied from a terminal, without prompts and what was typed there.
pub(super) fn rows(text: &str) -> Vec<Row<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    let said: Vec<&str> = lines.iter().copied().filter(|line| !is_prompt(line)).collect();
    // Where there is nothing else the command is what is asked about.
    let lines = if said.iter().any(|line| line.contains(char::is_alphanumeric)) { said } else { lines };
    let Some(width) = width(&lines) else { return lines.into_iter().map(Row::Line).collect() };
    let mut rows = Vec::with_capacity(lines.len());
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        let mut parts = vec![line];
        while parts.last().is_some_and(|last| columns(last) == width)
            && parts.len() < MOST_PARTS
            && let Some(next) = lines.next_if(|next| goes_on(parts[parts.len() - 1], next))
        {
            parts.push(next);
        }
        rows.push(if parts.len() == 1 { Row::Line(line) } else { Row::Cut(parts.concat(), parts) });
    }
    rows
}

/// Returns the width of the window, where lines were cut at it: that of the widest line, if a terminal has it, several lines
/// are as wide, or there are few lines at all.
fn width(lines: &[&str]) -> Option<usize> {
    let width = lines.iter().map(|line| columns(line)).max()?;
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let cut = lines.windows(2).filter(|two| columns(two[0]) == width && goes_on(two[0], two[1])).count();
    (cut > 1 || cut == 1 && (WIDTHS.contains(&width) || lines.len() <= FEW_LINES)).then_some(width)
}

fn columns(line: &str) -> usize {
    if line.is_ascii() { line.len() } else { line.chars().count() }
}

/// Whether a line may be the rest of the one before it.
fn goes_on(line: &str, next: &str) -> bool {
    let rest = if line.ends_with(' ') { next } else { next.strip_prefix(' ').unwrap_or(next) };
    rest.starts_with(|c: char| !c.is_whitespace())
}

/// Tells whether a line is a prompt of a shell, with or without a command: `user@host:~$ …`, `PS C:\> …`, `$ …`.
fn is_prompt(line: &str) -> bool {
    let line = line.trim();
    let line = match line.strip_prefix('(').and_then(|rest| rest.split_once(") ")) {
        Some((environment, rest)) if !environment.contains(char::is_whitespace) => rest,
        _ => line,
    };
    if line.starts_with("$ ") || line.starts_with("❯ ") || line == "$" {
        return true;
    }
    if let Some(rest) = line.strip_prefix("PS ") {
        return rest.split_once('>').is_some_and(|(folder, _)| folder.contains([':', '/']));
    }
    let Some((before, _)) = ["$ ", "# ", "% ", "> ", "$", "#", "%"]
        .iter()
        .filter_map(|mark| match *mark {
            mark if mark.len() > 1 => line.split_once(mark),
            mark => line.strip_suffix(mark).map(|before| (before, "")),
        })
        .min_by_key(|(before, _)| before.len())
    else {
        return false;
    };
    is_place(before.trim_end_matches(' '))
}

/// `user@host:~/folder`, `[user@host folder]`, `bash-5.1`
fn is_place(text: &str) -> bool {
    let is_name =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let is_bracketed = text.starts_with('[');
    let text = text.trim_start_matches('[').trim_end_matches(']');
    if let Some(version) = text.strip_prefix("bash-").or_else(|| text.strip_prefix("sh-")) {
        return version.chars().all(|c| c.is_ascii_digit() || c == '.');
    }
    let Some((user, rest)) = text.split_once('@') else { return false };
    let end = rest.find([':', ' ']).unwrap_or(rest.len());
    let folder = &rest[end..];
    let is_folder = match folder.strip_prefix(':') {
        Some(path) => !path.contains(char::is_whitespace),
        None => {
            let name = folder.trim_start();
            !name.contains(char::is_whitespace) && (is_bracketed || name.is_empty() || name.starts_with(['~', '/']))
        }
    };
    is_name(user) && is_name(&rest[..end]) && is_folder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_and_titles_leave_the_words() {
        let cases = [
            ("\u{1b}[31mLedgerError\u{1b}[0m: \u{1b}[1mno lock\u{1b}[m", "LedgerError: no lock"),
            ("\u{1b}]0;me@host\u{7}\u{1b}[01;32mready", "ready"),
            ("\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link"),
            ("one\u{1b}[0mtwo \u{9b}1mthree \u{1b}(Bfour", "one two three four"),
            ("^[[31mshown^[[0m #033[1;33mas\\x1b[0m text\\033[K", "shown as text"),
            ("rate(x[5m]) a#033b ^top C:\\edge \\e", "rate(x[5m]) a#033b ^top C:\\edge \\e"),
            ("\u{1b}", ""),
            ("\u{1b}]0;never closed\nnext", "0;never closed\nnext"),
            ("\u{1b}]0;never closed \u{1b}[1mnext\u{7}", "0;never closed next\u{7}"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }

    #[test]
    fn prompts_are_no_part_of_a_message() {
        let text =
            "root@web-17:/srv/app# journalctl -u app\nledger lost its lock\n[ana@db ~]$ \n$ ledgerctl\nPS C:\\x> dir";
        assert_eq!(rows(text), [Row::Line("ledger lost its lock")]);
        for line in ["(venv) ana@host:~$ ls", "bash-5.1$ id", "ana@mac ~ % ls", "ana@mac:~/x$"] {
            assert!(is_prompt(line), "{line}");
        }
        let others =
            ["ana@example.com: paid > 3 times", "costs $ 3", "# Heading", "> quoted", "100 % done", "a@b c d # e"];
        for line in others {
            assert!(!is_prompt(line), "{line}");
        }
        assert_eq!(rows("$ ledgerctl unlock").len(), 1, "there is nothing else");
    }

    #[test]
    fn what_a_window_cut_is_joined() {
        let long = format!("{} the ledger lost its lo", "x".repeat(56));
        assert_eq!(long.len(), 79);
        let cut = format!("{long}c\nk on a segment\nnext");
        let joined = format!("{long}ck on a segment");
        let rows = super::rows(&cut);
        assert_eq!(rows[0], Row::Cut(joined, vec![&cut[..80], "k on a segment"]));
        assert_eq!(rows[1], Row::Line("next"));
        let odd = "a line of forty-five columns and not one more\nwhich goes on";
        assert_eq!(super::rows(odd).len(), 1, "of so few lines one is enough");
        let log = format!("{odd}\nnext\nnext\nnext");
        assert_eq!(super::rows(&log).len(), 5, "no terminal is as wide, and no other line is");
    }
}
