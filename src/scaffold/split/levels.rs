//! Headings of a section are raised so that its own becomes the title of a document.

use super::shape::Heading;
use super::splice::Splice;

/// Returns the change that raises `heading` by so many levels, not above the first.
pub(super) fn raised(text: &str, heading: &Heading, by: u8) -> Option<Splice> {
    let to = heading.level.saturating_sub(by).max(1);
    let source = &text[heading.range.clone()];
    if to == heading.level {
        return None;
    }
    if source.starts_with('#') {
        let (from, gone) = (heading.range.start, usize::from(heading.level - to));
        return Some(Splice { range: from..from + gone, text: String::new() });
    }
    // Underlined: `---` becomes `===`.
    let line = source.trim_end();
    let under = line.rfind('\n').map_or(0, |newline| newline + 1);
    let from = under + line[under..].find('-')?;
    let mark = line[from..].trim_end();
    let is_line = heading.level == 2 && mark.bytes().all(|byte| byte == b'-');
    let range = heading.range.start + from..heading.range.start + from + mark.len();
    is_line.then(|| Splice { range, text: "=".repeat(mark.len()) })
}

#[cfg(test)]
mod tests {
    use crate::scaffold::split::shape::Shape;
    use crate::scaffold::split::splice::{Splice, spliced};

    fn raised(text: &str, by: u8) -> String {
        let shape = Shape::read(text, 0);
        let splices: Vec<Splice> = shape.headings.iter().filter_map(|it| super::raised(text, it, by)).collect();
        spliced(text, &(0..text.len()), &splices)
    }

    #[test]
    fn headings_of_both_forms_are_raised_and_code_is_not() {
        let text = "### A ###\n\nB\nb\r\n---\r\n\n```sh\n## no\n```\n\n    ## no\n\n<pre>\n## no\n</pre>\n\n> ##### Q\n\n- #### L\n";
        let expected = "## A ###\n\nB\nb\r\n===\r\n\n```sh\n## no\n```\n\n    ## no\n\n<pre>\n## no\n</pre>\n\n> #### Q\n\n- ### L\n";
        assert_eq!(raised(text, 1), expected);
        assert_eq!(raised("## A\n\n# B\n\nC\n===\n", 1), "# A\n\n# B\n\nC\n===\n");
        assert_eq!(raised("#### A\n##### B\n", 3), "# A\n## B\n");
    }
}
