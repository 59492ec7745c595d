//! The order of commits: each before its parents, whatever the clocks said on which they were made.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use git2::{Commit, Oid};
use rustc_hash::FxHashMap;

/// Commits and their parents.
#[derive(Default)]
pub(super) struct Order {
    nodes: Vec<Node>,
    /// Where a commit stands among them.
    places: FxHashMap<Oid, usize>,
}

struct Node {
    id: Oid,
    seconds: i64,
    parents: Vec<Oid>,
}

impl Order {
    /// Adds a commit; returns whether one of its parents was added before it.
    pub(super) fn add(&mut self, commit: &Commit<'_>) -> bool {
        self.put(Node { id: commit.id(), seconds: commit.time().seconds(), parents: commit.parent_ids().collect() })
    }

    fn put(&mut self, node: Node) -> bool {
        let is_late = node.parents.iter().any(|parent| self.places.contains_key(parent));
        self.places.insert(node.id, self.nodes.len());
        self.nodes.push(node);
        is_late
    }

    /// Returns the commits, each before its parents, and else the newest first.
    pub(super) fn newest_first(&self) -> Vec<Oid> {
        let mut children = vec![0_usize; self.nodes.len()];
        let parents = |node: &Node| node.parents.iter().filter_map(|id| self.places.get(id).copied()).collect();
        let parents: Vec<Vec<usize>> = self.nodes.iter().map(parents).collect();
        parents.iter().flatten().for_each(|at| children[*at] += 1);
        let entry = |at: usize| (self.nodes[at].seconds, Reverse(at));
        let mut ready: BinaryHeap<_> = (0..children.len()).filter(|at| children[*at] == 0).map(entry).collect();
        let mut found = Vec::with_capacity(children.len());
        while let Some((_, Reverse(at))) = ready.pop() {
            found.push(self.nodes[at].id);
            for parent in &parents[at] {
                children[*parent] -= 1;
                if children[*parent] == 0 {
                    ready.push(entry(*parent));
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> Oid {
        Oid::from_bytes(&[number; 20]).unwrap()
    }

    #[test]
    fn a_parent_comes_after_every_child_whatever_the_clocks_said() {
        // 5 merges 4 and 3; the clocks of 3 and of 2, which both come from 1, were behind.
        let nodes = [(5, 50, vec![4, 2]), (4, 40, vec![1]), (1, 30, vec![]), (2, 5, vec![3]), (3, 3, vec![1])];
        let mut order = Order::default();
        let late: Vec<bool> = nodes
            .into_iter()
            .map(|(node, seconds, parents)| {
                order.put(Node { id: id(node), seconds, parents: parents.into_iter().map(id).collect() })
            })
            .collect();
        assert_eq!(late, [false, false, false, false, true]);
        assert_eq!(order.newest_first(), [5, 4, 2, 3, 1].map(id));
    }
}
