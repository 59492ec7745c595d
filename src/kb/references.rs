//! References between documents: where those of one document lead, and which documents refer to it.

use super::{DocumentSummary, KbError, KnowledgeBase};
use crate::index;
use crate::model::{Document, Reference, name_of};

/// References that are followed for one document.
const MAX_FOLLOWED: usize = 100;
/// Names shorter than this are too common to tell a mention by.
const MIN_NAME: usize = 4;

/// A reference and what it leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedReference {
    /// As written.
    pub reference: Reference,
    /// The documents meant; none where it dangles, several where an id is not unique.
    pub documents: Vec<DocumentSummary>,
}

impl KnowledgeBase {
    /// Returns the references of `document` with what they lead to, in the order written; one that leads where an
    /// earlier one leads, or to the document itself, is left out.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn references(&self, document: &Document) -> Result<Vec<ResolvedReference>, KbError> {
        let mut rows: Vec<ResolvedReference> = Vec::new();
        for reference in document.references.iter().take(MAX_FOLLOWED) {
            let documents = match reference.key(&document.path) {
                Some(key) => self.ask(|open| index::resolve(open, &key))?,
                None => Vec::new(),
            };
            let first = documents.first().map(|it| &it.path);
            let known = first.is_some_and(|path| {
                *path == document.path
                    || rows.iter().any(|row| row.documents.first().is_some_and(|it| it.path == *path))
            });
            if !known {
                rows.push(ResolvedReference { reference: reference.clone(), documents });
            }
        }
        Ok(rows)
    }

    /// Returns those of `keys`, paths below the root or names, by which [`Self::find`] finds no document.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn leading_nowhere(&self, keys: &[String]) -> Result<Vec<String>, KbError> {
        self.ask(|open| index::leading_nowhere(open, keys))
    }

    /// Returns at most `limit` other documents that refer to `document` by its id, path or file name.
    ///
    /// # Errors
    /// Where there is no index or it cannot be read.
    pub fn mentions(&self, document: &Document, limit: usize) -> Result<Vec<DocumentSummary>, KbError> {
        let ids = document.id.iter().map(|id| id.value.as_str());
        let names: Vec<&str> = ids.chain([name_of(&document.path)]).filter(|name| name.len() >= MIN_NAME).collect();
        let mut names: Vec<&str> = names.into_iter().chain([document.path.as_str()]).collect();
        names.dedup();
        let mut found = self.ask(|open| index::referring(open, &names, limit + 1))?;
        found.retain(|it| it.path != document.path);
        found.truncate(limit);
        Ok(found)
    }
}
