//! What stands in angle brackets and is no mark-up: words that people wrote.

/// Elements that stand inside of text.
const ELEMENTS: [&str; 36] = [
    "a", "abbr", "b", "big", "br", "center", "cite", "code", "del", "details", "dfn", "div", "em", "font", "i", "img",
    "input", "ins", "kbd", "mark", "nobr", "p", "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
    "summary", "sup", "u", "var", "wbr",
];
/// Attributes without a value.
const BARE: [&str; 6] = ["checked", "controls", "disabled", "hidden", "nowrap", "open"];

/// Tells whether `html` is words that somebody was to fill in or meant as they stand (`<title>`, `<short description>`,
/// the middle of `a<b and c>d`), and no element inside of text.
#[must_use]
pub fn is_placeholder(html: &str) -> bool {
    let Some(inner) = html.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) else { return false };
    let mut words = inner.split(|c: char| c.is_whitespace() || c == '/');
    let name = words.next().unwrap_or_default();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || inner.contains('=') {
        return false;
    }
    let is_bare = |word: &str| word.is_empty() || BARE.iter().any(|it| word.eq_ignore_ascii_case(it));
    !is_one_of(&ELEMENTS, name) || !words.all(is_bare)
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|it| name.eq_ignore_ascii_case(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_angle_brackets_are_no_elements() {
        for words in ["<vendor>", "<short description>", "<b and c>", "<pod-1>", "<title>"] {
            assert!(is_placeholder(words), "{words}");
        }
        for element in ["<b>", "</b>", "</vendor>", "<br/>", "<a href=x>", "<details open>", "<!-- x -->", "<IMG />"] {
            assert!(!is_placeholder(element), "{element}");
        }
    }
}
