//! Disjoint sets of rows while they are joined.

use crate::index::Sets;

/// Every row points to one of its set that is no later; the first row of a set points to itself.
pub(super) struct Forest {
    parents: Vec<usize>,
}

impl Forest {
    /// Returns as many sets as rows.
    pub(super) fn new(count: usize) -> Self {
        Self { parents: (0..count).collect() }
    }

    /// Makes the sets of two rows one.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b);
    }

    fn root(&mut self, mut row: usize) -> usize {
        while self.parents[row] != row {
            self.parents[row] = self.parents[self.parents[row]];
            row = self.parents[row];
        }
        row
    }

    /// Returns the sets in the order of their first rows, the rows of each in order.
    pub(super) fn into_sets(mut self) -> Sets {
        let roots: Vec<usize> = (0..self.parents.len()).map(|row| self.root(row)).collect();
        Sets::by_first(&roots)
    }
}
