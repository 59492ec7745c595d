//! What was worked out of a text, kept for the next time: teams write the same headings and labels over and over.

use std::cell::RefCell;

use rustc_hash::{FxBuildHasher, FxHashMap};

/// So many texts are kept; then all begins anew.
const MOST: usize = 1024;
/// A longer text hardly comes twice.
const LONGEST: usize = 64;

/// The values of short texts, for one thread.
pub(crate) struct Memo<V>(RefCell<FxHashMap<Box<str>, V>>);

impl<V: Clone> Memo<V> {
    /// Returns one that knows nothing.
    pub(crate) const fn new() -> Self {
        Self(RefCell::new(FxHashMap::with_hasher(FxBuildHasher)))
    }

    /// Returns the value of `text`, which is what `make` gives for it, whenever it is asked.
    pub(crate) fn get(&self, text: &str, make: impl FnOnce(&str) -> V) -> V {
        if text.len() > LONGEST {
            return make(text);
        }
        if let Some(known) = self.0.borrow().get(text) {
            return known.clone();
        }
        let made = make(text);
        let mut known = self.0.borrow_mut();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(text.into(), made.clone());
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_worked_out_once_and_long_ones_each_time() {
        let memo = Memo::new();
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(memo.get("a", str::len), 1);
        assert_eq!(memo.get("a", |_| 7), 1);
        assert_eq!(memo.get(&long, str::len), LONGEST + 1);
        assert_eq!(memo.get(&long, |_| 7), 7);
    }

    #[test]
    fn a_full_memo_begins_anew() {
        let memo = Memo::new();
        (0..=MOST).for_each(|number| assert_eq!(memo.get(&number.to_string(), |_| number), number));
        assert_eq!(memo.0.borrow().len(), 1);
        assert_eq!(memo.get("0", |_| 7), 7);
    }
}
