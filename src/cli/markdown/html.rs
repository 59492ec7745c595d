//! What is worth showing of raw HTML: its text, and what only looks like HTML.

use crate::model::{HtmlPiece, HtmlReader};

/// Tells whether `tag` is a line break.
pub(super) fn is_break(tag: &str) -> bool {
    let name = tag.trim_matches(['<', '>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}

/// Returns the text of `html` without elements and comments, blank lines removed.
pub(super) fn text(html: &str, reader: &mut HtmlReader) -> String {
    let mut out = String::new();
    reader.read(html, |piece| match piece {
        HtmlPiece::Text(text) | HtmlPiece::Words(text) => out.push_str(text),
        HtmlPiece::Tag(_) => {}
    });
    let lines: Vec<&str> = out.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_text_only() {
        let text = |html: &str| text(html, &mut HtmlReader::default());
        assert_eq!(text("<details>\n<summary>Logs</summary>\n<!-- hidden\n> -->\nshown\n</details>"), "Logs\nshown");
        assert_eq!(text("<vendor>\n<div>was asked</div>"), "<vendor>\nwas asked");
        assert_eq!(text("<img src=x onerror=alert(1)"), "<img src=x onerror=alert(1)", "as on a page");
        assert!(is_break("<br/>") && is_break("<BR>") && !is_break("<b>"));
    }
}
