//! What the addresses of all lists have in common.

/// The last page that is shown of a list; who needs more narrows it.
pub(super) const LAST_PAGE: usize = 2000;

/// Returns the page, from 0, that an address asks for: at most the last one that is shown.
pub(super) fn page_from(value: &str, last: usize) -> usize {
    value.parse().unwrap_or(1_usize).clamp(1, last) - 1
}

/// Returns what an address says of the page; nothing of the first one.
pub(super) fn page_name(page: usize) -> Option<String> {
    (page > 0).then(|| (page + 1).to_string())
}

/// Returns the value that goes by a name.
pub(super) fn named<T: Copy>(all: &[T], as_str: fn(T) -> &'static str, name: &str) -> Option<T> {
    all.iter().copied().find(|it| as_str(*it) == name)
}

/// Sorts what was chosen, each once: however it was asked for, the address is the same.
pub(super) fn tidy<T: Ord>(chosen: &mut Vec<T>) {
    chosen.sort_unstable();
    chosen.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_count_from_one_in_addresses() {
        assert_eq!(["1", "2", "0", "-1", "x", "99"].map(|it| page_from(it, 10)), [0, 1, 0, 0, 0, 9]);
        assert_eq!((page_name(0), page_name(1)), (None, Some("2".to_owned())));
    }
}
