//! What is worth showing of raw HTML: its text, and what only looks like HTML.

use crate::model::is_no_element;

/// Tells whether `tag` is a line break.
pub(super) fn is_break(tag: &str) -> bool {
    let name = tag.trim_matches(['<', '>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}

/// Returns the text of `html` without elements and comments, blank lines removed.
pub(super) fn text(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let end =
            if rest.starts_with("<!--") { rest.find("-->").map(|at| at + 3) } else { rest.find('>').map(|at| at + 1) };
        let (tag, behind) = rest.split_at(end.unwrap_or(rest.len()));
        out.push_str(if is_no_element(tag) { tag } else { "" });
        rest = behind;
    }
    out.push_str(rest);
    let lines: Vec<&str> = out.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_text_only() {
        assert_eq!(text("<details>\n<summary>Logs</summary>\n<!-- hidden\n> -->\nshown\n</details>"), "Logs\nshown");
        assert_eq!(text("<vendor>\n<div>was asked</div>"), "<vendor>\nwas asked");
        assert_eq!(text("<img src=x onerror=alert(1)"), "");
        assert!(is_break("<br/>") && is_break("<BR>") && !is_break("<b>"));
    }
}
