//! The pass over the commits: which of them changed which file, collected newest first.

use std::collections::{BinaryHeap, HashMap, HashSet};

use git2::{Commit, Delta, DiffFindOptions, DiffOptions, Oid, Repository, Tree};
use rustc_hash::FxHashMap;

/// Commits read of one repository.
const MAX_COMMITS: usize = 100_000;
/// Additions times deletions in one commit above which renames are not looked for.
const MAX_RENAME_PAIRS: usize = 10_000;

/// One commit, as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CommitInfo {
    pub(super) id: Oid,
    /// Seconds since 1970.
    pub(super) seconds: i64,
    /// Minutes that the author's clock was ahead of UTC.
    pub(super) offset: i32,
    pub(super) author: String,
    pub(super) subject: String,
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
}

/// What has been read so far.
#[derive(Default)]
pub(super) struct Pass {
    head: Option<Oid>,
    pub(super) commits: Vec<CommitInfo>,
    touches: HashMap<Box<str>, Vec<Touch>>,
    /// Commits to read, by time, then by when they were met.
    frontier: BinaryHeap<(i64, std::cmp::Reverse<usize>, Oid)>,
    seen: HashSet<Oid>,
    /// Order of the next older and of the newest commit.
    next: i64,
    newest: i64,
}

impl Pass {
    /// Makes `head` the commit to start from: extends the pass by new commits, or begins anew where history was
    /// rewritten.
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
            self.newest -= i64::try_from(new.len()).unwrap_or(0);
            for (order, id) in (self.newest..).zip(new) {
                self.read(repository, &repository.find_commit(id)?, order, prefix, wanted)?;
            }
        } else {
            *self = Self::default();
            self.meet(repository, head);
        }
        self.head = Some(head);
        Ok(())
    }

    /// Returns the commits since the last head, newest first; `None` where that head is not an ancestor.
    fn new_commits(&mut self, repository: &Repository, head: Oid) -> Result<Option<Vec<Oid>>, git2::Error> {
        let Some(last) = self.head else { return Ok(None) };
        let (mut new, mut from_last) = (Vec::new(), false);
        let mut frontier = BinaryHeap::from([(0, std::cmp::Reverse(0), head)]);
        let mut met = HashSet::from([head]);
        while let Some((_, _, id)) = frontier.pop() {
            if self.seen.contains(&id) || new.len() > MAX_COMMITS / 10 {
                from_last |= id == last;
                continue;
            }
            new.push(id);
            for parent in repository.find_commit(id)?.parent_ids() {
                if met.insert(parent) {
                    let seconds = repository.find_commit(parent).map_or(i64::MIN, |it| it.time().seconds());
                    frontier.push((seconds, std::cmp::Reverse(met.len()), parent));
                }
            }
        }
        if !from_last || self.seen.contains(&head) {
            return Ok(None);
        }
        self.seen.extend(&new);
        Ok(Some(new))
    }

    /// Reads at most `count` more commits; returns how many it was.
    pub(super) fn advance(
        &mut self,
        repository: &Repository,
        prefix: &str,
        wanted: &dyn Fn(&str) -> bool,
        count: usize,
    ) -> Result<usize, git2::Error> {
        let mut read = 0;
        while read < count && !self.is_done() {
            let Some((_, _, id)) = self.frontier.pop() else { break };
            let commit = repository.find_commit(id)?;
            commit.parent_ids().for_each(|parent| self.meet(repository, parent));
            let order = self.next;
            self.next += 1;
            self.read(repository, &commit, order, prefix, wanted)?;
            read += 1;
        }
        Ok(read)
    }

    /// A parent that is not there was cut off by a shallow clone.
    fn meet(&mut self, repository: &Repository, id: Oid) {
        if let Some(commit) = repository.find_commit(id).ok().filter(|_| self.seen.insert(id)) {
            self.frontier.push((commit.time().seconds(), std::cmp::Reverse(self.seen.len()), id));
        }
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

    /// Returns when each file that is there was last changed: seconds since 1970.
    pub(super) fn last_times(&self) -> FxHashMap<String, i64> {
        let last = |touches: &Vec<Touch>| touches.iter().min_by_key(|touch| touch.order).map(|touch| touch.commit);
        let seconds = |touches| Some(self.commits[last(touches)?].seconds);
        self.touches.iter().filter_map(|(path, touches)| Some((path.to_string(), seconds(touches)?))).collect()
    }

    fn read(
        &mut self,
        repository: &Repository,
        commit: &Commit<'_>,
        order: i64,
        prefix: &str,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<(), git2::Error> {
        let mut changes = changes(repository, commit, prefix)?;
        changes.retain(|change| wanted(&change.path));
        if changes.is_empty() {
            return Ok(());
        }
        let (author, index) = (commit.author(), self.commits.len());
        self.commits.push(CommitInfo {
            id: commit.id(),
            seconds: author.when().seconds(),
            offset: author.when().offset_minutes(),
            author: String::from_utf8_lossy(author.name_bytes()).trim().to_owned(),
            subject: String::from_utf8_lossy(commit.summary_bytes().unwrap_or_default()).trim().to_owned(),
        });
        for Change { path, kind, before, after, from } in changes {
            self.touches.entry(path).or_default().push(Touch { order, commit: index, kind, before, after, from });
        }
        Ok(())
    }
}

struct Change {
    path: Box<str>,
    kind: Delta,
    before: Oid,
    after: Oid,
    from: Option<Box<str>>,
}

/// Returns what a commit changed below `prefix`; of a merge, what it changed against every parent.
fn changes(repository: &Repository, commit: &Commit<'_>, prefix: &str) -> Result<Vec<Change>, git2::Error> {
    let after = folder(repository, commit, prefix);
    let mut changes: Option<Vec<Change>> = None;
    let mut parents: Vec<Option<Tree<'_>>> =
        commit.parents().map(|parent| folder(repository, &parent, prefix)).collect();
    if parents.is_empty() {
        parents.push(None);
    }
    let is_merge = parents.len() > 1;
    for before in &parents {
        if before.as_ref().map(Tree::id) == after.as_ref().map(Tree::id) {
            return Ok(Vec::new());
        }
        let against = compare(repository, before.as_ref(), after.as_ref(), !is_merge)?;
        changes = Some(match changes {
            None => against,
            Some(mut so_far) => {
                let paths: HashSet<&str> = against.iter().map(|it| &*it.path).collect();
                so_far.retain(|change| paths.contains(&*change.path));
                so_far
            }
        });
    }
    Ok(changes.unwrap_or_default())
}

fn folder<'r>(repository: &'r Repository, commit: &Commit<'_>, prefix: &str) -> Option<Tree<'r>> {
    let tree = commit.tree().ok()?;
    if prefix.is_empty() {
        return repository.find_tree(tree.id()).ok();
    }
    let entry = tree.get_path(std::path::Path::new(prefix)).ok()?;
    repository.find_tree(entry.id()).ok()
}

fn compare(
    repository: &Repository,
    before: Option<&Tree<'_>>,
    after: Option<&Tree<'_>>,
    renames: bool,
) -> Result<Vec<Change>, git2::Error> {
    let mut options = DiffOptions::new();
    options.skip_binary_check(true).ignore_submodules(true);
    let mut diff = repository.diff_tree_to_tree(before, after, Some(&mut options))?;
    let count = |kind| diff.deltas().filter(|delta| delta.status() == kind).count();
    let (added, deleted) = (count(Delta::Added), count(Delta::Deleted));
    if renames && added > 0 && deleted > 0 && added * deleted <= MAX_RENAME_PAIRS {
        diff.find_similar(Some(DiffFindOptions::new().renames(true)))?;
    }
    let text = |path: Option<&[u8]>| -> Box<str> { String::from_utf8_lossy(path.unwrap_or_default()).into() };
    let change = |delta: git2::DiffDelta<'_>| {
        let (old, new) = (delta.old_file(), delta.new_file());
        let renamed = delta.status() == Delta::Renamed;
        Change {
            path: text(new.path_bytes().or(old.path_bytes())),
            kind: delta.status(),
            before: old.id(),
            after: new.id(),
            from: renamed.then(|| text(old.path_bytes())),
        }
    };
    Ok(diff.deltas().map(change).collect())
}
