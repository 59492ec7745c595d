//! The page that is wanted of a long list in order: the rest is never sorted.

/// Returns `limit` of `items` from `offset` on, as `key` orders them; no two keys may be equal.
pub(super) fn page<T, K: Ord>(
    items: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> K,
    offset: usize,
    limit: usize,
) -> Vec<T> {
    let mut keyed: Vec<(K, T)> = items.into_iter().map(|item| (key(&item), item)).collect();
    let end = offset.saturating_add(limit).min(keyed.len());
    if end < keyed.len() {
        keyed.select_nth_unstable_by(end, |a, b| a.0.cmp(&b.0));
        keyed.truncate(end);
    }
    keyed.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    keyed.into_iter().skip(offset).map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn a_page_is_what_sorting_everything_would_give() {
        let numbers: Vec<u32> = (0..200).map(|at| at * 7919 % 1009).collect();
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        for (offset, limit) in [(0, 6), (190, 20), (50, 50), (0, 1000), (300, 6), (3, 0)] {
            let wanted: Vec<u32> = sorted.iter().skip(offset).take(limit).copied().collect();
            assert_eq!(page(numbers.clone(), |it| *it, offset, limit), wanted, "{offset} {limit}");
        }
    }
}
