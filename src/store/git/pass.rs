//! The pass over the commits: which of them changed which file, collected newest first.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::sync::Arc;

use git2::{Commit, Delta, Oid, Repository};
use rustc_hash::FxHashMap;

use super::change::{Change, Side};
use super::changes::changes;
use super::order::Order;

/// Commits read of one repository.
const MAX_COMMITS: usize = 100_000;

/// One commit, as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CommitInfo {
    pub(super) id: Oid,
    /// When it was written: seconds since 1970.
    pub(super) seconds: i64,
    /// When it was committed.
    pub(super) committed: i64,
    /// Minutes that the author's clock was ahead of UTC.
    pub(super) offset: i32,
    pub(super) author: String,
    pub(super) subject: String,
    /// No commit before it is there.
    pub(super) is_first: bool,
}

/// A change of one file in one commit.
#[derive(Debug, Clone)]
pub(super) struct Touch {
    /// Position among the commits; a newer one is smaller.
    pub(super) order: i64,
    /// Index in [`Pass::commits`].
    pub(super) commit: usize,
    pub(super) kind: Delta,
    pub(super) before: Oid,
    pub(super) after: Oid,
    /// The path before, of a file that was renamed.
    pub(super) from: Option<Box<str>>,
    /// The blobs that further parents of a merge have.
    pub(super) also: Vec<Oid>,
}

/// What has been read so far.
#[derive(Default)]
pub(super) struct Pass {
    head: Option<Oid>,
    pub(super) commits: Vec<CommitInfo>,
    touches: HashMap<Box<str>, Vec<Touch>>,
    /// Commits to read, by time, then by when they were met, each with where the folder lies in it.
    frontier: BinaryHeap<(i64, Reverse<usize>, Oid, Arc<str>)>,
    seen: HashSet<Oid>,
    order: Order,
    /// A commit was read after one of its parents: the clock of one of them was wrong.
    is_disordered: bool,
    /// Order of the next older and of the newest commit.
    next: i64,
    newest: i64,
}

impl Pass {
    /// Makes `head` the commit to start from: extends the pass by new commits, or begins anew where history was
    /// rewritten. `prefix` is where the folder lies in it.
    pub(super) fn turn_to(
        &mut self,
        repository: &Repository,
        head: Oid,
        prefix: &str,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<(), git2::Error> {
        if self.head == Some(head) {
            return Ok(());
        }
        if let Some(new) = self.new_commits(repository, head)? {
            // Their parents were read before, and still stand behind them.
            let is_disordered = self.is_disordered;
            self.newest -= i64::try_from(new.len()).unwrap_or(0);
            let mut places: FxHashMap<Oid, Arc<str>> = FxHashMap::default();
            for (order, id) in (self.newest..).zip(new) {
                let place = places.remove(&id).unwrap_or_else(|| prefix.into());
                let sides = self.read(repository, &repository.find_commit(id)?, order, &place, wanted)?;
                places.extend(sides.into_iter().map(|side| (side.id, side.place)));
            }
            self.is_disordered = is_disordered;
        } else {
            *self = Self::default();
            self.meet(repository, head, prefix.into());
        }
        self.head = Some(head);
        Ok(())
    }

    /// Returns the commits since the last head, each before its parents; `None` where that head is not an ancestor.
    fn new_commits(&mut self, repository: &Repository, head: Oid) -> Result<Option<Vec<Oid>>, git2::Error> {
        let Some(last) = self.head else { return Ok(None) };
        let (mut new, mut count, mut from_last) = (Order::default(), 0, false);
        let (mut pending, mut met) = (vec![head], HashSet::from([head]));
        while let Some(id) = pending.pop() {
            if self.seen.contains(&id) || count > MAX_COMMITS / 10 {
                from_last |= id == last;
                continue;
            }
            let commit = repository.find_commit(id)?;
            new.add(&commit);
            count += 1;
            pending.extend(commit.parent_ids().filter(|parent| met.insert(*parent)));
        }
        if !from_last || self.seen.contains(&head) {
            return Ok(None);
        }
        let new = new.newest_first();
        self.seen.extend(&new);
        Ok(Some(new))
    }

    /// Reads at most `count` more commits; returns how many it was.
    pub(super) fn advance(
        &mut self,
        repository: &Repository,
        wanted: &dyn Fn(&str) -> bool,
        count: usize,
    ) -> Result<usize, git2::Error> {
        let mut read = 0;
        while read < count && !self.is_done() {
            let Some((_, _, id, place)) = self.frontier.pop() else { break };
            let commit = repository.find_commit(id)?;
            let order = self.next;
            self.next += 1;
            for side in self.read(repository, &commit, order, &place, wanted)? {
                self.meet(repository, side.id, side.place);
            }
            read += 1;
        }
        self.settle();
        Ok(read)
    }

    /// A parent that is not there was cut off by a shallow clone.
    fn meet(&mut self, repository: &Repository, id: Oid, place: Arc<str>) {
        if let Some(commit) = repository.find_commit(id).ok().filter(|_| self.seen.insert(id)) {
            self.frontier.push((commit.time().seconds(), Reverse(self.seen.len()), id, place));
        }
    }

    /// Puts each commit before its parents once all are read. By their times alone, which is all that is known until then, a
    /// parent stands before a child whose clock was behind.
    fn settle(&mut self) {
        if !self.is_disordered || !self.is_done() {
            return;
        }
        let places: FxHashMap<Oid, i64> = self.order.newest_first().into_iter().zip(0..).collect();
        for touch in self.touches.values_mut().flatten() {
            touch.order = places[&self.commits[touch.commit].id];
        }
        (self.newest, self.next) = (0, i64::try_from(places.len()).unwrap_or(i64::MAX));
        self.is_disordered = false;
    }

    /// Tells whether nothing is left to read.
    pub(super) fn is_done(&self) -> bool {
        self.frontier.is_empty() || self.is_capped()
    }

    /// Tells whether commits are left unread for good.
    pub(super) fn is_capped(&self) -> bool {
        !self.frontier.is_empty() && self.seen.len() > MAX_COMMITS
    }

    /// Tells whether reading on can tell nothing more of the file at `path`.
    pub(super) fn knows_beginning_of(&self, path: &str) -> bool {
        self.is_done() || self.chain(path).last().is_some_and(|touch| touch.kind == Delta::Added)
    }

    /// Returns the changes of the file at `path`, newest first, under its earlier names too.
    pub(super) fn chain(&self, path: &str) -> Vec<&Touch> {
        let (mut chain, mut path, mut after): (Vec<&Touch>, &str, i64) = (Vec::new(), path, i64::MIN);
        'names: while let Some(touches) = self.touches.get(path) {
            let mut touches: Vec<&Touch> = touches.iter().filter(|touch| touch.order > after).collect();
            touches.sort_by_key(|touch| touch.order);
            for touch in touches {
                chain.push(touch);
                if let Some(from) = &touch.from {
                    (path, after) = (from, touch.order);
                    continue 'names;
                }
            }
            break;
        }
        chain
    }

    /// Returns every deletion of a file, by path, the newest of a path first.
    pub(super) fn deletions(&self) -> Vec<(&str, &Touch)> {
        let all = self.touches.iter().flat_map(|(path, touches)| touches.iter().map(move |touch| (&**path, touch)));
        let mut found: Vec<_> = all.filter(|(_, touch)| touch.kind == Delta::Deleted).collect();
        found.sort_unstable_by_key(|(path, touch)| (*path, touch.order));
        found
    }

    /// Returns every path of a file that is there or was deleted; none by which a file was called before it was renamed.
    pub(super) fn last_paths(&self) -> Vec<&str> {
        let renamed = self.touches.values().flatten().filter_map(|touch| Some((touch.from.as_deref()?, touch.order)));
        let mut given_up: FxHashMap<&str, i64> = FxHashMap::default();
        for (path, order) in renamed {
            given_up.entry(path).and_modify(|last| *last = order.min(*last)).or_insert(order);
        }
        // A smaller order is newer: a path that was given up may have been used anew.
        let newest = |touches: &[Touch]| touches.iter().map(|touch| touch.order).min();
        let is_last = |path: &str, touches: &[Touch]| {
            given_up.get(path).is_none_or(|given_up| newest(touches).is_some_and(|newest| newest < *given_up))
        };
        self.touches.iter().filter(|(path, touches)| is_last(path, touches)).map(|(path, _)| &**path).collect()
    }

    /// Returns when a change of each file was last committed: seconds since 1970.
    pub(super) fn last_times(&self) -> FxHashMap<String, i64> {
        let last = |touches: &Vec<Touch>| touches.iter().min_by_key(|touch| touch.order).map(|touch| touch.commit);
        let seconds = |touches| Some(self.commits[last(touches)?].committed);
        self.touches.iter().filter_map(|(path, touches)| Some((path.to_string(), seconds(touches)?))).collect()
    }

    /// Notes what a commit changed in the folder at `place`; returns its parents.
    fn read<'r>(
        &mut self,
        repository: &'r Repository,
        commit: &Commit<'r>,
        order: i64,
        place: &Arc<str>,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<Side<'r>>, git2::Error> {
        self.is_disordered |= self.order.add(commit);
        let (mut changes, sides) = changes(repository, commit, place)?;
        changes.retain(|change| wanted(&change.path));
        if changes.is_empty() {
            return Ok(sides);
        }
        let (author, index) = (commit.author(), self.commits.len());
        self.commits.push(CommitInfo {
            id: commit.id(),
            seconds: author.when().seconds(),
            committed: commit.time().seconds(),
            offset: author.when().offset_minutes(),
            author: String::from_utf8_lossy(author.name_bytes()).trim().to_owned(),
            subject: String::from_utf8_lossy(commit.summary_bytes().unwrap_or_default()).trim().to_owned(),
            is_first: sides.is_empty(),
        });
        for Change { path, kind, before, after, from, also } in changes {
            let touch = Touch { order, commit: index, kind, before, after, from, also };
            self.touches.entry(path).or_default().push(touch);
        }
        Ok(sides)
    }
}
