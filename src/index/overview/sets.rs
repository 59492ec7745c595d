//! Rows that belong together.

/// Sets of rows, one after another.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sets {
    rows: Vec<usize>,
    /// Where each set ends in `rows`.
    ends: Vec<usize>,
}

impl Sets {
    /// Returns the sets of rows whose number in `firsts`, the first row of its set, is the same.
    pub(crate) fn by_first(firsts: &[usize]) -> Self {
        let mut sizes = vec![0; firsts.len()];
        firsts.iter().for_each(|first| sizes[*first] += 1);
        let mut ends = Vec::new();
        let mut next = sizes;
        let mut end = 0;
        for size in next.iter_mut().filter(|size| **size > 0) {
            let begin = end;
            end += *size;
            ends.push(end);
            *size = begin;
        }
        let mut rows = vec![0; firsts.len()];
        for (row, first) in firsts.iter().enumerate() {
            rows[next[*first]] = row;
            next[*first] += 1;
        }
        Self { rows, ends }
    }

    /// Returns the rows of each set, never none.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[usize]> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        begins.zip(&self.ends).map(|(begin, end)| &self.rows[begin..*end])
    }

    /// Orders the rows of each set.
    pub(crate) fn sort_each_by_key<K: Ord>(&mut self, key: impl Fn(usize) -> K) {
        let mut begin = 0;
        for &end in &self.ends {
            self.rows[begin..end].sort_by_key(|row| key(*row));
            begin = end;
        }
    }

    /// Leaves out sets.
    pub(crate) fn retain(&mut self, keep: impl Fn(&[usize]) -> bool) {
        let kept: Vec<&[usize]> = self.iter().filter(|rows| keep(rows)).collect();
        if kept.len() < self.ends.len() {
            let ends = kept.iter().scan(0, |end, rows| {
                *end += rows.len();
                Some(*end)
            });
            *self = Self { ends: ends.collect(), rows: kept.concat() };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_set_stand_together() {
        let mut sets = Sets::by_first(&[0, 1, 0, 3, 1, 0]);
        let rows = |sets: &Sets| sets.iter().map(<[usize]>::to_vec).collect::<Vec<_>>();
        assert_eq!(rows(&sets), [vec![0, 2, 5], vec![1, 4], vec![3]]);
        sets.sort_each_by_key(std::cmp::Reverse);
        sets.retain(|rows| rows != [4, 1]);
        assert_eq!(rows(&sets), [vec![5, 2, 0], vec![3]]);
        assert_eq!(Sets::by_first(&[]), Sets::default());
    }
}
