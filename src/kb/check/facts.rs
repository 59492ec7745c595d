//! What is kept of a checked document for the rules that look at others.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::index::id_key;
use crate::kb::incidents::Tie;
use crate::lint::{LintContext, Neighbour};
use crate::model::{ActionClass, Outcome, ReferenceKey, ReferenceKind, anchor_of, folder_of, name_of};

/// What other documents may ask of a document.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub(super) neighbour: Neighbour,
    pub(super) tie: Tie,
    /// Id of the incident that it belongs to.
    pub(super) incident: Option<String>,
    /// Documents of its folder that it links to.
    pub(super) links: Vec<String>,
    /// Hashes of what links may name behind `#`; none of a document that could not be read.
    anchors: Option<Vec<u64>>,
}

impl Facts {
    pub(super) fn of(cx: &LintContext<'_>) -> Self {
        let document = cx.document;
        let neighbour = Neighbour {
            path: document.path.clone(),
            kind: document.kind.value,
            id: document.id.as_ref().map(|id| id.value.clone()),
            date: document.date.as_ref().and_then(|it| it.value.known_day()),
            severity: document.severity.as_ref().map(|it| it.value),
            status: document.status.as_ref().map(|it| it.value),
            has_cause: document.has_root_cause,
            has_resolution: document.resolution.is_some(),
            has_actions: document.action_items.iter().any(|item| item.class == ActionClass::Action),
        };
        let links = document.references.iter().filter(|it| it.kind == ReferenceKind::Link);
        let links = links.filter_map(|it| match it.key(&document.path) {
            Some(ReferenceKey::Path(path)) if folder_of(&path) == folder_of(&document.path) => Some(path),
            _ => None,
        });
        Self {
            tie: Tie::of(document),
            links: links.collect(),
            incident: document.incident.as_ref().map(|it| it.value.clone()),
            anchors: (document.outcome != Outcome::Rejected).then(|| cx.anchors().iter().map(|it| hash(it)).collect()),
            neighbour,
        }
    }

    /// Tells whether links may name `anchor` behind `#`; `None` where the document could not be read.
    pub(super) fn has_anchor(&self, anchor: &str) -> Option<bool> {
        let anchors = self.anchors.as_ref()?;
        Some(anchor == "top" || [hash(anchor), hash(&anchor_of(anchor))].iter().any(|it| anchors.contains(it)))
    }

    /// Tells whether the document has this id, or belongs to the incident with it.
    pub(super) fn is_of(&self, id: &str) -> bool {
        let key = id_key(id);
        self.tie.id == Some(key) || self.incident.as_deref().map(id_key) == Some(key)
    }

    /// Returns every name by which references may mean the document, in lower case.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        let ids = self.neighbour.id.iter().chain(&self.incident).map(|id| id.to_lowercase());
        ids.chain([name_of(&self.neighbour.path).to_lowercase()])
    }
}

fn hash(anchor: &str) -> u64 {
    let mut hasher = FxHasher::default();
    anchor.hash(&mut hasher);
    hasher.finish()
}
