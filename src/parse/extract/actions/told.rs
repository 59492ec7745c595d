//! Lists that tell what was done, not what is to do: their items are done.

use super::item;
use crate::parse::extract::Source;
use crate::parse::outline::{BlockKind, Section};
use crate::parse::vocabulary::{Tense, fold};

/// Whether the section says so in its heading (`Short term (completed)`), or by the words that its items begin with
/// (`Rotated all keys`).
pub(super) fn is_past(source: &Source<'_>, section: &Section) -> bool {
    let title = source.outline.plain[section.title.clone()].trim();
    stated(source, title).unwrap_or_else(|| items_tell(source, section))
}

/// Returns what stands in brackets at the end of a heading says.
fn stated(source: &Source<'_>, title: &str) -> Option<bool> {
    let (_, inner) = title.rsplit_once(['(', '（'])?;
    item::state(source, inner.trim_end_matches([')', '）', ':']))
}

/// Every item begins with a participle, and one at least with such as name no quality (`Improved alerting` may be meant
/// to come).
fn items_tell(source: &Source<'_>, section: &Section) -> bool {
    let outline = source.outline;
    let own = outline.blocks[section.blocks.start].section;
    let items = outline.blocks[section.blocks.clone()].iter().filter(|block| {
        matches!(block.kind, BlockKind::Item { checked: None, .. }) && block.parent.is_none() && block.section == own
    });
    let mut told = false;
    for item in items {
        match source.words.tense(&fold(outline.text(item))) {
            Tense::Past => told = true,
            Tense::Participle => {}
            Tense::Other => return false,
        }
    }
    told
}
