//! Which documents speak of a name of several words, remembered for one commit: to find them takes a look at every document
//! that has those words, and the reports of a team name the same things.

use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use super::speaking::Speaking;

/// So many documents are remembered, of all names together; 12 bytes each.
const MOST_DOCUMENTS: usize = 1 << 18;

/// The documents of the names that were asked for.
#[derive(Default)]
pub(crate) struct Spoken(RwLock<Lists>);

#[derive(Default)]
struct Lists {
    by_name: FxHashMap<String, Arc<Speaking>>,
    /// Of all lists together; an empty one counts as one.
    documents: usize,
}

impl Spoken {
    /// Returns the documents that speak of a name, which are those that `find` finds.
    pub(super) fn get(
        &self,
        name: &str,
        find: impl FnOnce() -> tantivy::Result<Speaking>,
    ) -> tantivy::Result<Arc<Speaking>> {
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).by_name.get(name) {
            return Ok(Arc::clone(known));
        }
        let mut documents = find()?;
        documents.shrink_to_fit();
        let documents = Arc::new(documents);
        let mut lists = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if lists.documents + documents.len() < MOST_DOCUMENTS {
            lists.documents += documents.len().max(1);
            lists.by_name.insert(name.to_owned(), Arc::clone(&documents));
        }
        Ok(documents)
    }
}

#[cfg(test)]
mod tests {
    use tantivy::DocAddress;

    use super::*;

    fn list(length: usize) -> Speaking {
        vec![(DocAddress::new(0, 1), 1.0); length]
    }

    #[test]
    fn a_name_is_looked_for_once() {
        let spoken = Spoken::default();
        assert_eq!(spoken.get("a_b", || Ok(list(2))).unwrap().len(), 2);
        assert_eq!(spoken.get("a_b", || unreachable!("it is known")).unwrap().len(), 2);
        assert_eq!(spoken.get("b_c", || Ok(list(0))).unwrap().len(), 0);
    }

    #[test]
    fn there_is_room_for_so_many_documents() {
        let spoken = Spoken::default();
        spoken.get("long", || Ok(list(MOST_DOCUMENTS))).unwrap();
        spoken.get("short", || Ok(list(1))).unwrap();
        let lists = spoken.0.read().unwrap();
        assert_eq!((lists.by_name.len(), lists.documents), (1, 1));
    }
}
