//! What fixed an incident, where another of its documents says it: the log stands in the analysis, the steps in the
//! resolution.

use super::{KnowledgeBase, LogHit};
use crate::model::{Document, Kind};

impl KnowledgeBase {
    /// Gives a hit that names no command the resolution of its incident. The answer is whole without it, so what cannot
    /// be read is passed over.
    pub(super) fn find_way_out(&self, hit: &mut LogHit) {
        if !hit.commands.is_empty() {
            return;
        }
        let siblings = self.same_incident(&hit.hit.document.path).unwrap_or_default();
        let read = |path: &str| self.read(path).ok().map(|parsed| parsed.document);
        let others = siblings.iter().filter_map(|it| read(&it.document.path)).filter(|it| it.resolution.is_some());
        let Some(best) = others.max_by_key(worth) else { return };
        if hit.resolution.is_none() || worth(&best) == (true, true) {
            hit.set_way_out(&best);
            hit.resolution_path = Some(best.path);
        }
    }
}

/// Tells what makes one document a better way out than another: it was written to be one, it names commands.
fn worth(document: &Document) -> (bool, bool) {
    (document.kind.value == Kind::Resolution, !document.commands.is_empty())
}
