//! The address of the ledger: period, filters and page.

use chrono::{Days, Months, NaiveDate};

use crate::kb::{LedgerKind, LedgerRequest, OwnerFilter, Period, Window};
use crate::model::ActionClass;
use crate::web::links;
use crate::web::pages::actions::{NOBODY, class_from, owner_from};
use crate::web::pages::address::{LAST_PAGE, in_title, named, page_from, page_name};
use crate::web::pages::insights::period::read as period_from;

/// Entries a page.
pub(super) const PAGE_SIZE: usize = 50;
/// Value for items of every class.
pub(super) const ALL: &str = "all";

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Params {
    pub(super) period: Period,
    /// The period where the address names none.
    usual: Period,
    pub(super) what: Option<LedgerKind>,
    pub(super) owner: Option<OwnerFilter>,
    /// None for all.
    pub(super) class: Option<ActionClass>,
    /// Page, from 0.
    pub(super) page: usize,
    pub(super) no_days: Vec<String>,
    /// What no filter knows: what each should have been, and what was written.
    pub(super) unknown: Vec<(&'static str, String)>,
}

impl Params {
    /// Returns what is shown of its own accord: the last twelve months.
    pub(super) fn usual(today: NaiveDate) -> Self {
        let year_ago = today.checked_sub_months(Months::new(12)).and_then(|day| day.checked_add_days(Days::new(1)));
        let usual = Period { from: year_ago, to: Some(today) };
        Self {
            period: usual,
            usual,
            what: None,
            owner: None,
            class: Some(ActionClass::Action),
            page: 0,
            no_days: Vec::new(),
            unknown: Vec::new(),
        }
    }

    /// Reads the parameters; what is unknown or malformed is passed over, and kept to be told.
    pub(super) fn read(pairs: &[(String, String)], today: NaiveDate) -> Self {
        let mut params = Self::usual(today);
        // Both ends empty is all time.
        if pairs.iter().any(|(name, _)| name == "from" || name == "to") {
            (params.period, params.no_days) = period_from(pairs);
        }
        for (name, value) in pairs {
            let value = value.trim();
            match name.as_str() {
                "what" => params.what = named(&LedgerKind::ALL, LedgerKind::as_str, value),
                "owner" => params.owner = owner_from(value),
                "class" if value == ALL => params.class = None,
                "class" => params.class = class_from(value).or(params.class),
                "page" => params.page = page_from(value, LAST_PAGE),
                _ => {}
            }
            let told = match name.as_str() {
                "what" => Some("event of an action item").filter(|_| params.what.is_none()),
                "class" => Some("class of items").filter(|_| value != ALL && class_from(value).is_none()),
                _ => None,
            };
            params.unknown.extend(told.filter(|_| !value.is_empty()).map(|what| (what, value.to_owned())));
        }
        params
    }

    /// Returns the question of this page.
    pub(super) fn request(&self) -> LedgerRequest {
        let Period { from, to } = self.period;
        let window = (from.is_some() || to.is_some())
            .then(|| Window { start: from.unwrap_or(NaiveDate::MIN), end: to.unwrap_or(NaiveDate::MAX) });
        LedgerRequest {
            window,
            kinds: self.what.into_iter().collect(),
            owner: self.owner.clone(),
            classes: self.class.into_iter().collect(),
            offset: self.page * PAGE_SIZE,
            limit: PAGE_SIZE,
        }
    }

    /// Counts the filters that are not as they are at first.
    pub(super) fn filters(&self) -> usize {
        let set = [
            self.period != self.usual,
            self.what.is_some(),
            self.owner.is_some(),
            self.class != Some(ActionClass::Action),
        ];
        set.into_iter().filter(|is_set| *is_set).count()
    }

    /// Returns these parameters at another page.
    pub(super) fn at(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// Returns these parameters for another period, on the first page.
    pub(super) fn during(&self, period: Period) -> Self {
        Self { period, ..self.at(0) }
    }

    /// Returns these parameters for what happened so, on the first page.
    pub(super) fn only(&self, what: Option<LedgerKind>) -> Self {
        Self { what, ..self.at(0) }
    }

    /// Returns the address of the page at `path`, or of a file with the same.
    pub(super) fn url(&self, path: &str) -> String {
        links::with_query(path, &self.pairs())
    }

    /// Returns what the title of the page adds for the filters.
    pub(super) fn in_title(&self) -> String {
        let told: Vec<_> = self.pairs().into_iter().filter(|(_, value)| !value.is_empty()).collect();
        in_title(&told)
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut push = |name, value: Option<String>| pairs.extend(value.map(|value| (name, value)));
        let end = |end: Option<NaiveDate>| {
            (self.period != self.usual).then(|| end.map(|day| day.to_string()).unwrap_or_default())
        };
        push("from", end(self.period.from));
        push("to", end(self.period.to));
        push("what", self.what.map(|what| what.as_str().to_owned()));
        push("owner", self.owner.as_ref().map(|owner| owner_name(owner).to_owned()));
        let class = self.class.map_or(ALL, ActionClass::as_str);
        push("class", (self.class != Some(ActionClass::Action)).then(|| class.to_owned()));
        push("page", page_name(self.page));
        pairs
    }
}

/// Returns an owner as addresses and fields have it.
pub(super) fn owner_name(owner: &OwnerFilter) -> &str {
    match owner {
        OwnerFilter::Named(name) => name,
        OwnerFilter::Nobody => NOBODY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(query: &[(&str, &str)]) -> Params {
        let pairs: Vec<_> = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Params::read(&pairs, "2026-03-01".parse().unwrap())
    }

    #[test]
    fn the_last_twelve_months_are_usual_and_empty_ends_are_all_time() {
        let window = |params: &Params| params.request().window.map(|it| it.to_string());
        let usual = params(&[]);
        assert_eq!(window(&usual).as_deref(), Some("2025-03-02 to 2026-03-01"));
        assert_eq!((usual.url("/ledger").as_str(), usual.filters()), ("/ledger", 0));
        assert_eq!(params(&[("from", "2025-03-02"), ("to", "2026-03-01")]).url("/ledger"), "/ledger");
        let all = params(&[("from", ""), ("to", "")]);
        assert_eq!((window(&all), all.url("/ledger").as_str()), (None, "/ledger?from=&to="));
        assert_eq!(all.in_title(), "");
        let open_end = params(&[("from", "2025-01-01")]).request().window.unwrap();
        assert_eq!((open_end.start.to_string().as_str(), open_end.end), ("2025-01-01", NaiveDate::MAX));
    }

    #[test]
    fn the_address_holds_what_is_not_usual() {
        let asked = params(&[
            ("page", "2"),
            ("from", "2025-01-01"),
            ("to", "2025-12-31"),
            ("what", "dropped"),
            ("owner", "@nobody"),
            ("class", "all"),
        ]);
        let url = "/ledger?from=2025-01-01&to=2025-12-31&what=dropped&owner=%40nobody&class=all&page=2";
        assert_eq!((asked.url("/ledger").as_str(), asked.filters()), (url, 4));
        assert_eq!((asked.request().offset, asked.request().classes.len()), (50, 0));
        let unknown = params(&[("what", "gone"), ("class", "zz"), ("what", ""), ("class", "")]);
        let told = [("event of an action item", "gone"), ("class of items", "zz")];
        assert_eq!(unknown.unknown, told.map(|(what, value)| (what, value.to_owned())));
        assert_eq!(unknown.url("/ledger"), "/ledger");
    }
}
