//! The line of an entry, made like that of another: bullet, emphasis and what parts the time from the text.

use std::ops::Range;

use crate::model::TimelineEntry;

/// Characters of emphasis and code, which plain text does not have.
const MARKUP: [char; 4] = ['*', '_', '`', '~'];

/// Returns the lines of an entry at `time` that says `text`, made like `like`, whose first line is `line`.
pub(super) fn lines(line: &str, like: &TimelineEntry, time: &str, text: &str) -> Vec<String> {
    let line = line.trim_end_matches(['\r', '\n']);
    let hard_break = if line.ends_with("  ") && line.len() > 2 { "  " } else { "" };
    let Some(span) = find(line, &like.raw).filter(|span| is_bare(&line[..span.start])) else {
        // The time stands behind the words, or in brackets among them.
        return vec![format!("{}{time}: {text}{hard_break}", marker(line))];
    };
    let (before, after) = (next_number(&line[..span.start]), &line[span.end..]);
    let separator = separator(&line[..span.start], after);
    let is_heading = line.trim_start().starts_with('#');
    if after[separator.len()..].trim().is_empty() && !like.text.is_empty() {
        // The time has a line of its own.
        let indent = " ".repeat(if is_heading { 0 } else { indent_of(line) });
        let gap = is_heading.then(String::new);
        let head = format!("{before}{time}{}{hard_break}", separator.trim_end());
        return std::iter::once(head).chain(gap).chain([format!("{indent}{text}")]).collect();
    }
    let separator = if separator.trim_matches(MARKUP).is_empty() { &format!("{separator}: ") } else { separator };
    vec![format!("{before}{time}{separator}{text}{hard_break}")]
}

/// Returns where the plain text `raw` stands in `line`, whatever emphasis is in it.
pub(super) fn find(line: &str, raw: &str) -> Option<Range<usize>> {
    let starts = line.char_indices().map(|it| it.0);
    starts.into_iter().filter(|_| !raw.is_empty()).find_map(|start| {
        let mut wanted = raw.chars().peekable();
        let mut end = start;
        for (at, c) in line[start..].char_indices() {
            match wanted.peek() {
                None => break,
                Some(next) if *next == c => {
                    wanted.next();
                    end = start + at + c.len_utf8();
                }
                Some(_) if at > 0 && (MARKUP.contains(&c) || c == '\\') => {}
                Some(_) => return None,
            }
        }
        wanted.peek().is_none().then_some(start..end)
    })
}

/// Tells whether nothing but bullets, numbers, boxes, quotation marks and emphasis is in `text`.
fn is_bare(text: &str) -> bool {
    let text = text.replace("[x]", "").replace("[X]", "");
    text.chars().all(|c| !c.is_alphabetic())
}

/// Returns the bullet or number that `line` begins with, and the blank behind it.
fn marker(line: &str) -> String {
    let indent = line.len() - line.trim_start().len();
    let rest = &line[indent..];
    let sign = rest.find(' ').filter(|at| is_bullet(&rest[..*at]) || rest[..*at].bytes().all(|it| it == b'#'));
    next_number(&line[..sign.map_or(indent, |at| indent + at + 1)])
}

/// Tells whether a word is the sign of a list item.
pub(super) fn is_bullet(word: &str) -> bool {
    let number = word.strip_suffix(['.', ')']);
    matches!(word, "-" | "*" | "+") || number.is_some_and(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()))
}

/// The item behind `3.` is `4.`.
fn next_number(before: &str) -> String {
    let indent = before.len() - before.trim_start().len();
    let digits = before[indent..].bytes().take_while(u8::is_ascii_digit).count();
    let rest = &before[indent + digits..];
    match before[indent..indent + digits].parse::<u32>() {
        Ok(number) if rest.starts_with(['.', ')']) => {
            format!("{}{}{rest}", &before[..indent], number.saturating_add(1))
        }
        _ => before.to_owned(),
    }
}

/// Returns what closes the emphasis and brackets that `before` opens, and the signs that part the time from the text.
fn separator<'l>(before: &str, after: &'l str) -> &'l str {
    let opens = |c: &char| MARKUP.contains(c) && *c != '~' || matches!(c, '[' | '(');
    let mut open: Vec<char> = before.chars().rev().take_while(opens).collect();
    let mut signs = 0;
    let mut end = 0;
    for (at, c) in after.char_indices() {
        let closes = open.iter().position(|opened| matches!((opened, c), ('[', ']') | ('(', ')')) || *opened == c);
        if let Some(closes) = closes {
            open.remove(closes);
        } else if matches!(c, ':' | '-' | '–' | '—' | '|' | '→' | '>' | '.') && signs < 3 {
            signs += 1;
        } else if !c.is_whitespace() {
            break;
        }
        end = at + c.len_utf8();
    }
    &after[..end]
}

/// Returns the column at which the content of an item begins.
pub(super) fn indent_of(line: &str) -> usize {
    let indent = line.len() - line.trim_start().len();
    match line[indent..].split_once(' ') {
        Some((word, rest)) if is_bullet(word) => indent + word.len() + 1 + rest.len() - rest.trim_start().len(),
        _ => indent,
    }
}
