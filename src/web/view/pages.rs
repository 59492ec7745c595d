//! The way from one page of a list to the next.

/// Where a page of a list stands, and the addresses beside it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pages {
    /// Counted from 1.
    pub(crate) current: usize,
    pub(crate) last: usize,
    pub(crate) previous: Option<String>,
    pub(crate) next: Option<String>,
}

impl Pages {
    /// Returns the pager of page `page` (counted from 0) of `total` rows, `size` of them a page and `most` pages at most;
    /// nothing where all rows fit on one.
    pub(crate) fn new(
        page: usize,
        total: usize,
        size: usize,
        most: usize,
        url: impl Fn(usize) -> String,
    ) -> Option<Self> {
        let last = total.div_ceil(size).clamp(1, most);
        (last > 1).then(|| Self {
            current: page + 1,
            last,
            previous: (page > 0).then(|| url(page - 1)),
            next: (page + 1 < last).then(|| url(page + 1)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Pages;

    fn pages(page: usize, total: usize) -> Option<Pages> {
        Pages::new(page, total, 10, 3, |page| format!("?{page}"))
    }

    #[test]
    fn rows_that_fit_on_one_page_have_no_pager() {
        assert_eq!(pages(0, 0), None);
        assert_eq!(pages(0, 10), None);
    }

    #[test]
    fn the_first_and_the_last_page_lead_one_way_only() {
        let link = |page: usize| Some(format!("?{page}"));
        let expected = |current, previous, next| Some(Pages { current, last: 3, previous, next });
        assert_eq!(pages(0, 21), expected(1, None, link(1)));
        assert_eq!(pages(1, 21), expected(2, link(0), link(2)));
        assert_eq!(pages(2, 999), expected(3, link(1), None));
    }
}
