//! The view of rules on the rest of the knowledge base where only a few documents are checked.
//!
//! The others are known from the index as it is. Files that it names are read when they are asked for, and the folder is
//! walked only before a name is told to lead nowhere, so that a check of one file stays quick in a large knowledge base.

use std::sync::{Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use super::facts::Facts;
use super::incident::belong_together;
use super::job::Job;
use super::near::Wanted;
use crate::index::{self, OpenIndex};
use crate::lint::{Neighbour, Surroundings};
use crate::model::{Kind, ReferenceKey, name_of};
use crate::store::fs;

/// So many files that the index does not know yet are read.
const MOST_NEW_FILES: usize = 200;

/// The documents of this run, and the others as the index knows them.
pub(super) struct FromIndex<'a> {
    job: Job<'a>,
    index: Option<OpenIndex>,
    read: Mutex<FxHashMap<String, Facts>>,
    /// Names of documents that the index does not know yet, with their paths.
    new_names: OnceLock<FxHashMap<String, Vec<String>>>,
    /// Names were asked for that only an index knows.
    blind: OnceLock<()>,
}

impl<'a> FromIndex<'a> {
    /// Returns the view for documents with these facts; `job` says how others are read.
    pub(super) fn new(job: Job<'a>, index: Option<OpenIndex>, own: Vec<Facts>) -> Self {
        let read = own.into_iter().map(|facts| (facts.neighbour.path.clone(), facts)).collect();
        Self { job, index, read: Mutex::new(read), new_names: OnceLock::new(), blind: OnceLock::new() }
    }

    /// Returns what a person should know once the check is done.
    pub(super) fn notice(&self) -> Option<String> {
        self.blind.get().map(|()| {
            "There is no index, so ids of other documents were not looked up; `ris index` makes one.".to_owned()
        })
    }

    fn facts(&self, path: &str) -> Facts {
        let held = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        held.unwrap_or_else(|| {
            let facts = self.job.facts(path);
            self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), facts.clone());
            facts
        })
    }

    /// Returns the facts of the documents of this run and of those that were read for it.
    fn held(&self) -> Vec<Facts> {
        let mut held: Vec<Facts> = self.read.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect();
        held.sort_by(|a, b| a.neighbour.path.cmp(&b.neighbour.path));
        held
    }

    /// Returns the paths that the index gives; an index that fails knows nothing.
    fn paths<T>(&self, ask: impl FnOnce(&OpenIndex) -> Result<T, index::IndexError>) -> Option<T> {
        let Some(open) = &self.index else {
            let _ = self.blind.set(());
            return None;
        };
        index::guarded(open.folder(), || ask(open)).ok()
    }

    fn with_name(&self, name: &str) -> Vec<String> {
        let found = self.paths(|open| index::resolve(open, &ReferenceKey::Name(name.to_owned())));
        found.into_iter().flatten().map(|it| it.path).collect()
    }

    /// Returns the names of documents that have come since the index last saw the folder.
    fn new_names(&self) -> &FxHashMap<String, Vec<String>> {
        self.new_names.get_or_init(|| {
            let mut names: FxHashMap<String, Vec<String>> = FxHashMap::default();
            let Ok(walk) = fs::walk(self.job.root, self.job.config) else { return names };
            let found: Vec<String> = walk.files.into_iter().map(|file| file.path).collect();
            for path in
                self.paths(|open| index::not_indexed(open, &found)).unwrap_or_default().iter().take(MOST_NEW_FILES)
            {
                self.facts(path).names().for_each(|name| names.entry(name).or_default().push(path.clone()));
            }
            names
        })
    }
}

impl Surroundings for FromIndex<'_> {
    fn also_with_id(&self, id: &str, kind: Kind, path: &str) -> Option<(String, usize)> {
        let indexed = self.paths(|open| index::with_id(open, id)).into_iter().flatten();
        let mut paths: Vec<String> = indexed.map(|it| it.path).collect();
        paths.extend(self.held().into_iter().map(|it| it.neighbour.path));
        paths.sort();
        paths.dedup();
        let has_id = |it: &Neighbour| it.id.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(id));
        let others = paths.iter().filter(|it| *it != path).map(|it| self.facts(it).neighbour);
        let mut same = others.filter(|it| it.kind == kind && has_id(it));
        Some((same.next()?.path, same.count()))
    }

    fn is_known_name(&self, name: &str) -> Option<bool> {
        let wanted = name.to_lowercase();
        if self.held().iter().any(|facts| facts.names().any(|it| it == wanted)) {
            return Some(true);
        }
        let known = !self.with_name(name).is_empty();
        self.index.as_ref().map(|_| known || self.new_names().contains_key(&wanted))
    }

    fn is_incident(&self, id: &str, path: &str) -> Option<bool> {
        let is_another = |it: &Facts| it.neighbour.path != path && it.is_of(id);
        if self.held().iter().any(is_another) {
            return Some(true);
        }
        let indexed = self.paths(|open| index::with_id(open, id)).unwrap_or_default();
        let known = indexed.iter().any(|it| is_another(&self.facts(&it.path)));
        let new = || self.new_names().get(&id.trim().to_lowercase()).into_iter().flatten();
        self.index.as_ref().map(|_| known || new().any(|it| is_another(&self.facts(it))))
    }

    fn exists(&self, path: &str) -> bool {
        self.job.root.join(path).exists()
    }

    fn has_anchor(&self, path: &str, anchor: &str) -> Option<bool> {
        self.exists(path).then(|| self.facts(path))?.has_anchor(anchor)
    }

    fn any_of_incident(&self, path: &str, is: &dyn Fn(&Neighbour) -> bool) -> bool {
        let this = self.facts(path);
        let ids = this.neighbour.id.iter().chain(&this.incident);
        let mut paths: Vec<String> = ids
            .flat_map(|id| self.paths(|open| index::with_id(open, id)).into_iter().flatten())
            .map(|it| it.path)
            .collect();
        let referring = self.paths(|open| index::referring(open, &[path], 20));
        paths.extend(referring.into_iter().flatten().map(|it| it.path));
        paths.extend(this.links.iter().filter(|path| self.exists(path)).cloned());
        paths.extend(self.held().into_iter().map(|it| it.neighbour.path));
        let mut facts = paths.iter().map(|path| self.facts(path));
        facts.any(|it| belong_together(&this, &it) && is(&it.neighbour))
    }

    fn nearest(&self, name: &str) -> Option<String> {
        let wanted = Wanted::new(name)?;
        let found = self.paths(|open| index::nearest(open, name_of(name)))?;
        found.into_iter().find(|known| wanted.likeness(name_of(known)).is_some())
    }
}
