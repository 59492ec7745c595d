//! The view of rules on the rest of the knowledge base.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::facts::Facts;
use crate::lint::{Neighbour, Surroundings};
use crate::model::name_of;

/// All documents, as this run has read them.
pub(super) struct Everything<'a> {
    root: &'a Path,
    by_path: FxHashMap<&'a str, &'a Facts>,
    by_id: FxHashMap<String, Vec<&'a Facts>>,
    names: FxHashMap<String, ()>,
}

impl<'a> Everything<'a> {
    pub(super) fn new(root: &'a Path, facts: &'a [Facts]) -> Self {
        let by_path = facts.iter().map(|it| (it.path.as_str(), it)).collect();
        let mut by_id: FxHashMap<String, Vec<&Facts>> = FxHashMap::default();
        let mut names = FxHashMap::default();
        for it in facts {
            if let Some(id) = &it.neighbour.id {
                by_id.entry(id.to_lowercase()).or_default().push(it);
                names.insert(id.to_lowercase(), ());
            }
            if let Some(id) = &it.incident {
                names.insert(id.to_lowercase(), ());
            }
            names.insert(name_of(&it.path).to_lowercase(), ());
        }
        Self { root, by_path, by_id, names }
    }
}

impl Surroundings for Everything<'_> {
    fn with_id(&self, id: &str) -> Vec<Neighbour> {
        let found = self.by_id.get(&id.to_lowercase());
        found.into_iter().flatten().map(|it| it.neighbour.clone()).collect()
    }

    fn is_known_name(&self, name: &str) -> Option<bool> {
        Some(self.names.contains_key(&name.to_lowercase()))
    }

    fn exists(&self, path: &str) -> bool {
        self.by_path.contains_key(path) || self.root.join(path).exists()
    }

    fn has_anchor(&self, path: &str, anchor: &str) -> Option<bool> {
        let facts = self.by_path.get(path)?;
        Some(facts.anchors.iter().any(|it| it == anchor))
    }

    fn of_incident(&self, path: &str) -> Vec<Neighbour> {
        let Some(this) = self.by_path.get(path) else { return Vec::new() };
        let _ = &this.references;
        Vec::new()
    }

    fn nearest(&self, name: &str) -> Option<String> {
        let _ = name;
        None
    }
}
