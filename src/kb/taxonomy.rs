//! The team's `taxonomy.yaml`: read when it is first needed, and again at every sync.
//!
//! A file that cannot be used is told and never stops anything: the built-in tags hold then.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::{FacetField, KnowledgeBase, SearchRequest};
use crate::index;
use crate::store::taxonomy::{self, TEAM_FILE};
use crate::taxonomy::Taxonomy;

/// What is known of the file.
#[derive(Debug, Default)]
pub(super) struct TeamFile(Mutex<Option<Read>>);

#[derive(Debug, Clone, Default)]
struct Read {
    text: Option<String>,
    taxonomy: Option<Arc<Taxonomy>>,
    problem: Option<String>,
}

impl Read {
    fn new(text: Option<String>) -> Self {
        let Some(yaml) = &text else { return Self::default() };
        match Taxonomy::with_team(yaml) {
            Ok(taxonomy) => Self { taxonomy: Some(Arc::new(taxonomy)), text, problem: None },
            Err(error) => {
                let at = if error.line == 0 { String::new() } else { format!("line {}: ", error.line) };
                let hint = error.hint.as_ref().map_or_else(String::new, |hint| format!(" ({hint})"));
                let problem = format!("`{TEAM_FILE}` is not used, the built-in tags hold; {at}{error}{hint}.");
                Self { problem: Some(problem), text, taxonomy: None }
            }
        }
    }
}

impl TeamFile {
    /// Returns the team's tags, where there are any that can be used.
    pub(super) fn taxonomy(&self, root: &Path) -> Option<Arc<Taxonomy>> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.get_or_insert_with(|| Read::new(taxonomy::read(root))).taxonomy.clone()
    }

    /// Reads the file again if it changed; returns what is wrong with it.
    pub(super) fn reload(&self, root: &Path) -> Option<String> {
        let text = taxonomy::read(root);
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.as_ref().is_none_or(|read| read.text != text) {
            *held = Some(Read::new(text));
        }
        held.as_ref().and_then(|read| read.problem.clone())
    }
}

impl KnowledgeBase {
    /// Returns the root-cause tags in force: the built-in ones, as the team's file changes them.
    #[must_use]
    pub fn taxonomy(&self) -> Arc<Taxonomy> {
        self.team.taxonomy(&self.root).unwrap_or_else(Taxonomy::shared_builtin)
    }
}

impl KnowledgeBase {
    /// Returns the request with every name of a tag turned into the one under which it is found.
    pub(super) fn with_tag_names(&self, request: &SearchRequest) -> SearchRequest {
        let mut request = request.clone();
        for (_, values) in request.facets.iter_mut().filter(|(field, _)| *field == FacetField::Tag) {
            values.iter_mut().for_each(|value| *value = self.taxonomy().canonical(value));
        }
        request
    }

    /// Returns what turns a name of a tag into the one under which it is found; nothing is read before it is needed.
    pub(super) fn tag_names(&self) -> index::TagNames {
        let (team, root) = (Arc::clone(&self.team), self.root.clone());
        Arc::new(move |name| team.taxonomy(&root).unwrap_or_else(Taxonomy::shared_builtin).canonical(name))
    }

    /// Returns what tells the tags that a search speaks of; nothing is read before it is needed.
    pub(super) fn tags_of_query(&self) -> index::TagsOfQuery {
        let (team, root) = (Arc::clone(&self.team), self.root.clone());
        Arc::new(move |query| {
            let taxonomy = team.taxonomy(&root).unwrap_or_else(Taxonomy::shared_builtin);
            taxonomy.named_in(query).into_iter().map(|tag| tag.name.clone()).collect()
        })
    }
}

/// Returns the team's tags of the knowledge base in `root`.
pub(super) fn of_root(root: &Path) -> Option<Arc<Taxonomy>> {
    Read::new(taxonomy::read(root)).taxonomy
}
