//! Versions of documents, read from their blobs, each once.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::index::parse_items_or_reject;
use crate::ledger::{LedgerItem, Step, items};
use crate::parse::ParseOptions;
use crate::store::git::{BlobId, BlobStep};

/// A version of a document.
#[derive(Clone)]
pub(super) struct Version {
    pub(super) items: Arc<Vec<LedgerItem>>,
    pub(super) title: String,
    pub(super) id: Option<String>,
}

/// Versions by their blobs.
pub(super) type Versions = FxHashMap<BlobId, Version>;

/// Reads the versions of one document, each once.
pub(super) struct Reader<'a> {
    pub(super) read: &'a dyn Fn(BlobId) -> Option<Vec<u8>>,
    pub(super) options: &'a ParseOptions,
    /// What was read before the commits were.
    pub(super) ahead: Option<&'a Versions>,
    pub(super) known: Versions,
}

impl Reader<'_> {
    /// A blob that is not there (in a partial clone) ends what can be told.
    pub(super) fn steps(&mut self, of: &[BlobStep], steps: &mut Vec<Step>) {
        for step in of {
            let Some(before) = self.version(step.before, &step.path_before) else { break };
            let Some(after) = self.version(step.after, &step.path) else { break };
            steps.push(Step { commit: Some(step.commit), before: before.items, after: after.items });
        }
    }

    pub(super) fn version(&mut self, blob: BlobId, path: &str) -> Option<Version> {
        if blob.is_zero() {
            return Some(Version { items: Arc::default(), title: String::new(), id: None });
        }
        if let Some(known) = self.ahead.and_then(|it| it.get(&blob)).or_else(|| self.known.get(&blob)) {
            return Some(known.clone());
        }
        let version = parse_version(path, &(self.read)(blob)?, self.options);
        self.known.insert(blob, version.clone());
        Some(version)
    }
}

pub(super) fn parse_version(path: &str, bytes: &[u8], options: &ParseOptions) -> Version {
    let document = parse_items_or_reject(path, bytes, options);
    let title = document.title.as_ref().map_or_else(|| path.to_owned(), |it| it.value.clone());
    Version { items: Arc::new(items(&document)), title, id: document.id.as_ref().map(|it| it.value.clone()) }
}
