//! The view of rules on the rest of the knowledge base where all documents have been read.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::FxHashMap;

use super::facts::Facts;
use super::incident::belong_together;
use super::near::Wanted;
use crate::lint::{Neighbour, Surroundings};
use crate::model::{Kind, name_of};

/// So many names are compared with all others in one run; the hint at the nearest one is left out of further findings.
const MOST_NEAREST: usize = 50;

/// All documents, as this run has read them.
pub(super) struct Everything<'a> {
    root: &'a Path,
    by_path: FxHashMap<&'a str, &'a Facts>,
    by_name: FxHashMap<String, Vec<&'a Facts>>,
    /// Documents by their own id and kind: where thousands have one id, each is asked about.
    by_id: FxHashMap<(String, Kind), Vec<&'a Facts>>,
    linked_from: FxHashMap<&'a str, Vec<&'a Facts>>,
    compared: AtomicUsize,
}

impl<'a> Everything<'a> {
    pub(super) fn new(root: &'a Path, facts: &'a [Facts]) -> Self {
        let by_path = facts.iter().map(|it| (it.neighbour.path.as_str(), it)).collect();
        let mut by_name: FxHashMap<String, Vec<&Facts>> = FxHashMap::default();
        let mut by_id: FxHashMap<(String, Kind), Vec<&Facts>> = FxHashMap::default();
        let mut linked_from: FxHashMap<&str, Vec<&Facts>> = FxHashMap::default();
        for it in facts {
            it.names().for_each(|name| by_name.entry(name).or_default().push(it));
            let id = it.neighbour.id.as_ref().map(|id| (id.to_ascii_lowercase(), it.neighbour.kind));
            id.into_iter().for_each(|id| by_id.entry(id).or_default().push(it));
            it.links.iter().for_each(|path| linked_from.entry(path).or_default().push(it));
        }
        Self { root, by_path, by_name, by_id, linked_from, compared: AtomicUsize::new(0) }
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &'a Facts> + '_ {
        self.by_name.get(&name.to_lowercase()).into_iter().flatten().copied()
    }
}

impl Surroundings for Everything<'_> {
    fn also_with_id(&self, id: &str, kind: Kind, path: &str) -> Option<(String, usize)> {
        let all = self.by_id.get(&(id.to_ascii_lowercase(), kind))?;
        let first = all.iter().find(|it| it.neighbour.path != path)?;
        Some((first.neighbour.path.clone(), all.len().saturating_sub(2)))
    }

    fn is_known_name(&self, name: &str) -> Option<bool> {
        Some(self.by_name.contains_key(&name.to_lowercase()))
    }

    fn is_incident(&self, id: &str, path: &str) -> Option<bool> {
        Some(self.named(id.trim()).any(|it| it.neighbour.path != path && it.is_of(id)))
    }

    fn exists(&self, path: &str) -> bool {
        self.by_path.contains_key(path) || self.root.join(path).exists()
    }

    fn has_anchor(&self, path: &str, anchor: &str) -> Option<bool> {
        self.by_path.get(path)?.has_anchor(anchor)
    }

    fn any_of_incident(&self, path: &str, is: &dyn Fn(&Neighbour) -> bool) -> bool {
        let Some(this) = self.by_path.get(path) else { return false };
        let ids = this.neighbour.id.iter().chain(&this.incident);
        let by_id = ids.flat_map(|id| self.named(id));
        let linked = this.links.iter().filter_map(|path| self.by_path.get(path.as_str()).copied());
        let linking = self.linked_from.get(path).into_iter().flatten().copied();
        by_id.chain(linked).chain(linking).any(|it| belong_together(this, it) && is(&it.neighbour))
    }

    fn nearest(&self, name: &str) -> Option<String> {
        if self.compared.fetch_add(1, Ordering::Relaxed) >= MOST_NEAREST {
            return None;
        }
        let wanted = Wanted::new(name)?;
        let near = self.by_name.iter().filter_map(|(known, facts)| Some((wanted.likeness(known)?, known, facts)));
        let (_, known, facts) = near.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))?;
        Some(shown_name(facts.first()?, known, name))
    }
}

/// Returns the known name as it is written, or the path where a path was looked for.
fn shown_name(facts: &Facts, known: &str, wanted: &str) -> String {
    if wanted.contains('.') {
        return facts.neighbour.path.clone();
    }
    let ids = facts.neighbour.id.iter().chain(&facts.incident);
    let written = ids.map(String::as_str).chain([name_of(&facts.neighbour.path)]);
    written.into_iter().find(|it| it.to_lowercase() == known).unwrap_or(known).to_owned()
}
