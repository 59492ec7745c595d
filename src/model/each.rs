//! Lists of JSON whose elements are made while they are written.

use serde::{Serialize, Serializer};

/// The elements of a list, each made by a function when its turn comes: a long list is never held as a whole.
pub(crate) struct Each<'a, T, F>(&'a [T], F);

impl<'a, T, F> Each<'a, T, F> {
    /// Makes a list of what `make` makes of each of `list`.
    pub(crate) fn of<R>(list: &'a [T], make: F) -> Self
    where
        F: Fn(&'a T) -> R,
    {
        Self(list, make)
    }
}

impl<'a, T, R: Serialize, F: Fn(&'a T) -> R> Serialize for Each<'a, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(&self.1))
    }
}
