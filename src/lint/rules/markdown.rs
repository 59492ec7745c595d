//! Markdown that will not render as meant.

use crate::diag::Span;
use crate::lint::{Findings, Fix, LintContext};

/// `- []`, `-[ ]`, `- [x ]`: a box that renders as text and counts as none.
pub(in crate::lint) fn malformed_checkbox(cx: &LintContext<'_>, out: &mut Findings) {
    for (number, start, line) in cx.body_lines() {
        let Some((at, length, right)) = malformed(line) else { continue };
        if cx.is_code(start + at) {
            continue;
        }
        let span = Span::new(start + at, start + at + length);
        out.push(number, "this renders as text, not as a box")
            .span(span)
            .hint(format!("write `{right}`"))
            .fix(Fix::replace(format!("write `{right}`"), span, right));
    }
}

/// Returns where a box is written wrongly, how long it is, and what is meant.
fn malformed(line: &str) -> Option<(usize, usize, &'static str)> {
    let indent = line.len() - line.trim_start().len();
    let rest = &line[indent..];
    let (marker, glued) = match rest.as_bytes() {
        [b'-' | b'*' | b'+', b'[', ..] => (1, true),
        [b'-' | b'*' | b'+', b' ', ..] => (1, false),
        _ => return None,
    };
    let gap = rest[marker..].len() - rest[marker..].trim_start_matches(' ').len();
    let at = marker + gap;
    let (inside, after) = rest[at..].strip_prefix('[')?.split_once(']')?;
    let length = inside.len() + 2;
    // `[x](address)`, `[x][ref]` and `[x]: address` are links.
    let link = after.starts_with(['(', '[', ':']);
    let box_of = match inside {
        "" => Some(" "),
        " " | "x" | "X" => None,
        other if other.trim().is_empty() => Some(" "),
        other if matches!(other.trim(), "x" | "X") => Some("x"),
        _ => return None,
    };
    let well_formed = box_of.is_none() && !glued && after.starts_with(' ');
    if link || well_formed || gap > 4 || after.trim().is_empty() {
        return None;
    }
    let right =
        if box_of.unwrap_or(inside).trim().is_empty() { ("- [ ] ", "[ ]", "[ ] ") } else { ("- [x] ", "[x]", "[x] ") };
    let blank = after.len() - after.trim_start_matches(' ').len();
    Some(match (glued, blank > 0) {
        (true, _) => (indent, marker + length + blank, right.0),
        (false, true) => (indent + at, length, right.1),
        (false, false) => (indent + at, length, right.2),
    })
}

/// `##Heading`: renders as text.
pub(in crate::lint) fn heading_without_space(cx: &LintContext<'_>, out: &mut Findings) {
    let mut before_blank = true;
    for (number, start, line) in cx.body_lines() {
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        let rest = &line[level..];
        // One `#` begins a tag, a channel or the number of an issue.
        let glued = rest.chars().next().filter(|c| (2..=6).contains(&level) && (c.is_alphabetic() || *c == '*'));
        if let Some(first) = glued.filter(|_| before_blank && !cx.is_code(start)) {
            let span = Span::new(start + level, start + level);
            out.push(number, "this renders as text, not as a heading")
                .span(Span::new(start, start + level + first.len_utf8()))
                .hint("write a blank behind the `#`")
                .fix(Fix::replace("write a blank behind the `#`", span, " "));
        }
        before_blank = line.trim().is_empty();
    }
}

/// The marks of a merge that was not finished.
pub(in crate::lint) fn merge_conflict(cx: &LintContext<'_>, out: &mut Findings) {
    let mut ours: Option<u32> = None;
    let mut middle = false;
    for (line, number) in cx.text.split_inclusive('\n').zip(1..) {
        let line = line.trim_end();
        let marks = |mark: &str| line == mark || line.strip_prefix(mark).is_some_and(|rest| rest.starts_with(' '));
        if marks("<<<<<<<") {
            (ours, middle) = (Some(number), false);
        } else if line == "=======" && ours.is_some() {
            middle = true;
        } else if marks(">>>>>>>")
            && let Some(first) = ours.take().filter(|_| middle)
        {
            out.push(first, format!("a merge was not finished: both versions stand here, up to line {number}"))
                .hint("keep what is right of the two and remove the three lines of marks");
        }
    }
}

/// `<!--` that is never closed hides the rest of the document.
pub(in crate::lint) fn unclosed_comment(cx: &LintContext<'_>, out: &mut Findings) {
    let body = cx.document.body_start.min(cx.text.len());
    let Some(at) = cx.text[body..].rfind("<!--").map(|at| body + at) else { return };
    if cx.text[at..].contains("-->") || cx.is_code(at) {
        return;
    }
    out.push(cx.line_of(at), "this comment is never closed, so it hides the rest of the document")
        .span(Span::new(at, at + 4))
        .hint("write `-->` where it ends");
}

/// `[^1]` without its note.
pub(in crate::lint) fn undefined_footnote(cx: &LintContext<'_>, out: &mut Findings) {
    let mut told: Vec<&str> = Vec::new();
    for (number, start, line) in cx.body_lines() {
        for (at, _) in line.match_indices("[^") {
            let Some((name, after)) = line[at + 2..].split_once(']') else { continue };
            let is_name = !name.is_empty() && name.len() <= 40 && !name.contains([' ', '[', '^', '\\', '-']);
            if !is_name || after.starts_with([':', '(']) || told.contains(&name) || cx.is_code(start + at) {
                continue;
            }
            let defined = cx.text.contains(&format!("[^{name}]:"));
            if !defined && is_plain_before(&line[..at]) {
                told.push(name);
                out.push(number, format!("the footnote `{name}` is nowhere to be found"))
                    .span(Span::new(start + at, start + at + name.len() + 3))
                    .hint(format!("add a line `[^{name}]: …`"));
            }
        }
    }
}

/// A regular expression is no footnote.
fn is_plain_before(before: &str) -> bool {
    !before.ends_with(['\\', '(', '/', '='])
}

#[cfg(test)]
mod tests {
    use super::malformed;

    #[test]
    fn boxes_that_are_none_are_told_from_boxes_and_links() {
        for (line, fixed) in [
            ("- [] a", "- [ ] a"),
            ("  * [  ] a", "  * [ ] a"),
            ("- [x ] a", "- [x] a"),
            ("-[ ] a", "- [ ] a"),
            ("-[x] a", "- [x] a"),
            ("- [ ]a", "- [ ] a"),
            ("- []a", "- [ ] a"),
        ] {
            let (at, length, right) = malformed(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(format!("{}{right}{}", &line[..at], &line[at + length..]), fixed);
        }
        for line in ["- [ ] a", "- [x] a", "- [a](b)", "- [x](b)", "- [x]: b", "-[a](b)", "a [] b", "- [?] a", "- []"] {
            assert_eq!(malformed(line), None, "{line}");
        }
    }
}
