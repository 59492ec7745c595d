//! Pages of documents as they were made, for as long as nothing changes that they show: in an incident many people read
//! the same few. Bounded in bytes.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;

use crate::kb::notices::Point;
use crate::kb::{FileHistory, KnowledgeBase};

/// Bytes of pages that are kept.
const MAX_BYTES: usize = 4 << 20;
/// Larger pages are made each time: one must not push all others out.
const MAX_PAGE: usize = MAX_BYTES / 16;

/// Everything that a page is made from besides its address.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stamp {
    commit: (u64, u64),
    generation: String,
    /// The minute: what is due by a time of day is overdue behind it.
    now: Point,
    /// Of the bytes of the file.
    content: u64,
    history: Option<FileHistory>,
}

impl Stamp {
    /// Returns what the page of the file at `path` would be made from now; nothing where the file, its history or the
    /// index cannot be read.
    pub(super) fn now(kb: &KnowledgeBase, path: &str, generation: &str, now: Point) -> Option<Self> {
        let mut hasher = DefaultHasher::new();
        kb.load_file(path).ok()?.hash(&mut hasher);
        let (commit, history) = (kb.commit().ok()?, kb.history(path).ok()?);
        Some(Self { commit, generation: generation.to_owned(), now, content: hasher.finish(), history })
    }
}

/// The address of a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Address {
    pub(super) path: String,
    /// The line whose passage is marked.
    pub(super) line: Option<u32>,
}

/// The pages.
#[derive(Default)]
pub(super) struct PageMemory(Mutex<Held>);

#[derive(Default)]
struct Held {
    pages: HashMap<Address, Page>,
    bytes: usize,
    clock: u64,
}

struct Page {
    stamp: Stamp,
    html: Bytes,
    used: u64,
}

impl PageMemory {
    /// Returns the page that was made from the same.
    pub(super) fn get(&self, address: &Address, stamp: &Stamp) -> Option<Bytes> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.clock += 1;
        let used = held.clock;
        let page = held.pages.get_mut(address).filter(|page| page.stamp == *stamp)?;
        page.used = used;
        Some(page.html.clone())
    }

    /// Keeps a page; those that nobody has asked for for the longest time make room for it.
    pub(super) fn keep(&self, address: Address, stamp: Stamp, html: Bytes) {
        if html.len() > MAX_PAGE {
            return;
        }
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let held = &mut *held;
        held.clock += 1;
        held.bytes += html.len();
        let page = Page { stamp, html, used: held.clock };
        held.bytes -= held.pages.insert(address, page).map_or(0, |it| it.html.len());
        while held.bytes > MAX_BYTES {
            let Some(oldest) = held.pages.iter().min_by_key(|(_, page)| page.used).map(|(it, _)| it.clone()) else {
                return;
            };
            held.bytes -= held.pages.remove(&oldest).map_or(0, |it| it.html.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn address(path: &str) -> Address {
        Address { path: path.to_owned(), line: None }
    }

    fn stamp(content: u64) -> Stamp {
        Stamp { commit: (1, 1), generation: "g".to_owned(), now: NaiveDate::default().into(), content, history: None }
    }

    #[test]
    fn a_page_holds_for_what_it_was_made_from() {
        let memory = PageMemory::default();
        memory.keep(address("a.md"), stamp(1), Bytes::from_static(b"page"));
        assert_eq!(memory.get(&address("a.md"), &stamp(1)), Some(Bytes::from_static(b"page")));
        assert_eq!(memory.get(&address("a.md"), &stamp(2)), None);
        assert_eq!(memory.get(&address("b.md"), &stamp(1)), None);
        assert_eq!(memory.get(&Address { line: Some(3), ..address("a.md") }, &stamp(1)), None);
        for other in [
            Stamp { commit: (1, 2), ..stamp(1) },
            Stamp { generation: "h".to_owned(), ..stamp(1) },
            Stamp { now: NaiveDate::MAX.into(), ..stamp(1) },
        ] {
            assert_eq!(memory.get(&address("a.md"), &other), None, "{other:?}");
        }
    }

    #[test]
    fn the_memory_is_bounded_and_what_is_read_stays() {
        let memory = PageMemory::default();
        let page = || Bytes::from(vec![b'x'; MAX_PAGE]);
        for at in 0..40 {
            memory.keep(address(&at.to_string()), stamp(1), page());
            assert!(memory.get(&address("0"), &stamp(1)).is_some(), "{at}");
        }
        assert!(memory.0.lock().unwrap().bytes <= MAX_BYTES);
        assert!(memory.get(&address("1"), &stamp(1)).is_none());
        memory.keep(address("0"), stamp(2), Bytes::from(vec![b'x'; MAX_PAGE + 1]));
        assert!(memory.get(&address("0"), &stamp(2)).is_none(), "too large");
    }
}
