//! Lists of links to other documents, which tell nothing of their own.

use crate::model::is_document_name;
use crate::parse::extract::Source;
use crate::parse::outline::{Block, BlockKind};
use crate::parse::when::find_date;

/// Tells whether the item `at` and the one before or behind it are links to other documents, with a day beside them at
/// most.
pub(super) fn lists_documents(source: &Source<'_>, at: usize) -> bool {
    let blocks = &source.outline.blocks;
    let item = &blocks[at];
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|it| blocks.get(it));
    let mut beside = beside.filter(|it| it.parent == item.parent && it.section == item.section);
    !source.outline.links.is_empty() && is_link(source, item) && beside.any(|it| is_link(source, it))
}

fn is_link(source: &Source<'_>, item: &Block) -> bool {
    let outline = source.outline;
    if !matches!(item.kind, BlockKind::Item { .. }) {
        return false;
    }
    let links = &outline.links[outline.links.partition_point(|link| link.text.start < item.text.start)..];
    let Some(link) = links.first().filter(|link| link.text.end <= item.text.end) else { return false };
    let target = link.target.split('#').next().unwrap_or_default();
    let beside = [&outline.plain[item.text.start..link.text.start], &outline.plain[link.text.end..item.text.end]];
    let says_nothing = |text: &&str| {
        let day = find_date(text, &source.when(None)).map_or(0..0, |(_, range)| range);
        !text[..day.start].contains(char::is_alphanumeric) && !text[day.end..].contains(char::is_alphanumeric)
    };
    !target.contains("://") && is_document_name(target) && beside.iter().all(says_nothing)
}

#[cfg(test)]
mod tests {
    use crate::parse::{ParseOptions, parse};

    #[test]
    fn a_list_of_documents_is_no_timeline() {
        let entries = |list: &str| {
            let text = format!("# Incident log\n\nAll of them.\n\n{list}");
            parse("incident-log.md", text.as_bytes(), &ParseOptions::default()).document.timeline.len()
        };
        assert_eq!(entries("- [Feed](a.md), 2026-01-06\n- [Disk](b/c.md#fix), 2026-01-05\n"), 0);
        assert_eq!(entries("- 2026-01-06: [Feed at 10:00](a.md)\n- 2026-01-05: [Disk](b.md)\n"), 0);
        assert_eq!(entries("- 2026-01-06: [Feed](a.md)\n- 2026-01-05: disk full\n"), 2);
        assert_eq!(entries("- 2026-01-06: [Feed](a.md) stopped\n- 2026-01-05: [PR](https://x.example/a.md)\n"), 2);
    }
}
