//! Links between documents.

/// Returns the relative link from the document at `from` to the one at `to`, both relative to the root.
#[must_use]
pub(crate) fn link(from: &str, to: &str) -> String {
    let folders = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let (mut from, mut to) = (folders(from), folders(to));
    from.pop();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count().min(to.len() - 1);
    to.drain(..shared);
    let ups = "../".repeat(from.len() - shared);
    let mut link = ups;
    for c in to.join("/").chars() {
        // What would end the link or its path, or mean something in Markdown; letters of any language stay readable.
        if matches!(c, '%' | ' ' | '(' | ')' | '#' | '?' | '<' | '>' | '\\' | '|' | ':') {
            link.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            link.push(c);
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn links_are_relative() {
        assert_eq!(link("2026/a.md", "2026/b.md"), "b.md");
        assert_eq!(link("2026/a.md", "2025/x/b (1).md"), "../2025/x/b%20%281%29.md");
        assert_eq!(link("a.md", "a#1/b? <c>|d:e\\f 50%é.md"), "a%231/b%3F%20%3Cc%3E%7Cd%3Ae%5Cf%2050%25é.md");
        assert_eq!(link("a.md", "2025/b.md"), "2025/b.md");
        assert_eq!(link("x/y/a.md", "b.md"), "../../b.md");
    }
}
