//! Where action items went that were taken out of a document: into another one, in the same commit and the same words, or nowhere.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::read::facts_row;
use crate::config::Config;
use crate::evidence::{CommitRow, DroppedItem, ItemMove};
use crate::kb::KbError;
use crate::kb::ledger::stories_of;
use crate::ledger::{Happening, Story, plain_words};
use crate::store::git::{BlobId, Snapshot};

/// So often an item is followed from one document into the next.
const MOST_MOVES: usize = 8;

/// The stories of a document, and the commits that they number.
pub(super) type Told = Rc<(Vec<Story>, Vec<CommitRow>)>;

/// Follows items through the commits of a repository; what is read of a document is kept.
pub(super) struct Follower<'a> {
    snapshot: &'a Snapshot,
    config: &'a Config,
    /// The documents that a commit changed, by its id.
    changed: OnceCell<FxHashMap<String, Vec<String>>>,
    told: RefCell<FxHashMap<String, Told>>,
}

impl<'a> Follower<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, config: &'a Config) -> Self {
        Self { snapshot, config, changed: OnceCell::new(), told: RefCell::default() }
    }

    /// Returns the stories of the items of the document at `path`.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(super) fn stories(&self, path: &str) -> Result<Told, KbError> {
        if let Some(known) = self.told.borrow().get(path) {
            return Ok(Rc::clone(known));
        }
        let (steps, commits): (Vec<_>, Vec<_>) = self.snapshot.steps(path)?.into_iter().unzip();
        let commits: Vec<CommitRow> = commits.iter().map(|it| facts_row(it, None)).collect();
        let read = |blob: BlobId| self.snapshot.read(&blob.to_string()).ok();
        let told = Rc::new((stories_of(&steps, &read, &self.config.parse_options()), commits));
        self.told.borrow_mut().insert(path.to_owned(), Rc::clone(&told));
        Ok(told)
    }

    /// Notes where an item went, and by which commit it was taken out at last where it is nowhere any more.
    ///
    /// # Errors
    /// Where the repository cannot be read.
    pub(super) fn follow(&self, item: &mut DroppedItem) -> Result<(), KbError> {
        for _ in 0..MOST_MOVES {
            let Some((path, told, nth)) = self.taken_up(item)? else { break };
            let story = &told.0[nth];
            let last = story.events.last().filter(|it| it.what == Happening::Dropped).and_then(|it| it.commit);
            match last {
                None => {
                    item.moved = Some(ItemMove { path, state: story.item.state });
                    break;
                }
                Some(last) => {
                    item.commit = told.1[last].clone();
                    item.taken_from = path;
                }
            }
        }
        Ok(())
    }

    /// Returns the other document into which the commit that took the item out wrote it, and which of its stories that is.
    fn taken_up(&self, item: &DroppedItem) -> Result<Option<(String, Told, usize)>, KbError> {
        let words = plain_words(&item.text);
        let others = self.changed_by(&item.commit.id).iter().filter(|other| **other != item.taken_from);
        for other in others {
            let told = self.stories(other)?;
            let is_it = |story: &Story| {
                let first = story.events.first().filter(|it| matches!(it.what, Happening::Written(_)));
                let commit = first.and_then(|it| told.1.get(it.commit?));
                commit.is_some_and(|it| it.id == item.commit.id) && plain_words(&story.item.text) == words
            };
            if let Some(nth) = told.0.iter().position(is_it) {
                return Ok(Some((other.clone(), told, nth)));
            }
        }
        Ok(None)
    }

    fn changed_by(&self, commit: &str) -> &[String] {
        self.changed.get_or_init(|| self.snapshot.documents_by_commit()).get(commit).map_or(&[], Vec::as_slice)
    }
}
