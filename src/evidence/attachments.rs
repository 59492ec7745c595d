//! Files that a document shows or links to.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::model::join_path;

/// Returns the paths below the knowledge base of what the document at `path` with the text `text` shows or links to,
/// each once, whether there is something or not.
#[must_use]
pub fn attachments(path: &str, text: &str) -> BTreeSet<String> {
    let target = |event| match event {
        Event::Start(Tag::Image { dest_url, .. } | Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    };
    let targets = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(target);
    let below = |target: String| {
        let plain = target.split(['#', '?']).next().unwrap_or_default();
        let leaves = plain.is_empty() || plain.contains("://") || plain.starts_with("mailto:");
        let plain = percent_decode_str(plain).decode_utf8_lossy();
        if leaves { None } else { join_path(path, &plain) }
    };
    targets.filter_map(below).collect()
}

#[cfg(test)]
mod tests {
    use super::attachments;

    #[test]
    fn what_is_shown_or_linked_is_attached() {
        let text =
            "![graph](img/a%20b.png) and [log](../logs/x.txt#L3), [out](https://example.org/y.png), [up](../../z)";
        let found = attachments("2026/one.md", text);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["2026/img/a b.png", "logs/x.txt"]);
    }
}
