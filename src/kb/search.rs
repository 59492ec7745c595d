//! Help for whoever searches: what a query may have meant, names to complete it with, and what fixed the incident of a
//! pasted log where another of its documents says it.

use super::{KbError, KnowledgeBase, KnownName, LogHit, NameField, UnknownWord};
use crate::index;
use crate::model::{Document, Kind};

/// Tells whether `text` names days that incidents can be asked for by; with `range` also as two with `..` between.
#[must_use]
pub fn is_period(text: &str, range: bool) -> bool {
    index::is_period(text, range)
}

impl KnowledgeBase {
    /// Returns the words of `query` that no document has, each with the nearest words that documents have.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn unknown_words(&self, query: &str) -> Result<Vec<UnknownWord>, KbError> {
        self.ask(|open| index::unknown_words(open, query))
    }

    /// Returns what is wrong with the fields of a query that finds nothing: fields that are none, and names that no
    /// document has. Full sentences.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read, or the query cannot be understood.
    pub fn search_advice(&self, query: &str) -> Result<Vec<String>, KbError> {
        self.ask(|open| index::advice(open, query))
    }

    /// Returns at most `limit` names of the kind `field` that begin with `prefix`, without regard to case, sorted.
    /// Answers from the index as it is, and mends nothing: whoever presses a key waits for no rebuild.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn known_names(&self, field: NameField, prefix: &str, limit: usize) -> Result<Vec<KnownName>, KbError> {
        let open = self.current_index()?;
        Ok(index::guarded(open.folder(), || index::names(&open, field, prefix, limit))?)
    }

    /// Gives a hit that names no command the resolution of its incident. The answer is whole without it, so what cannot
    /// be read is passed over.
    pub(super) fn find_way_out(&self, hit: &mut LogHit) {
        if !hit.commands.is_empty() || hit.fixes_elsewhere {
            return;
        }
        let siblings = self.same_incident(&hit.hit.document.path).unwrap_or_default();
        let read = |path: &str| self.read(path).ok().map(|parsed| parsed.document);
        let others = siblings.iter().filter_map(|it| read(&it.document.path)).filter(|it| it.resolution.is_some());
        let Some(best) = others.max_by_key(worth) else { return };
        if hit.resolution.is_none() || worth(&best) == (true, true) {
            hit.take_way_out(&best);
            hit.resolution_path = Some(best.path);
        }
    }
}

/// Tells what makes one document a better way out than another: it was written to be one, it names commands.
fn worth(document: &Document) -> (bool, bool) {
    (document.kind.value == Kind::Resolution, !document.commands.is_empty())
}
