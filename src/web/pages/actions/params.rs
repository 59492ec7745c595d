//! The address of a list of action items: filters, groups, order and page.

use crate::kb::{ActionFilter, ActionGrouping, ActionRequest, ActionSort, ActionState, OwnerFilter};
use crate::model::ActionClass;
use crate::web::links;
use crate::web::pages::address::{LAST_PAGE, ORDER, in_title, named, page_from, page_name, tidy};
use crate::web::view::{severity_from, severity_name};

/// Items a page.
pub(super) const PAGE_SIZE: usize = 50;
/// Value for everything, where a part is shown unless asked otherwise.
const ALL: &str = "all";
/// Value of the owner for items of nobody; `@` cannot begin a word of a name that is searched for.
pub(in crate::web) const NOBODY: &str = "@nobody";

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct Params {
    pub(in crate::web) filter: ActionFilter,
    pub(in crate::web) sort: ActionSort,
    pub(in crate::web) group: Option<ActionGrouping>,
    /// Page, from 0.
    pub(in crate::web) page: usize,
    /// What no filter knows: what each should have been, and what was written.
    pub(in crate::web) unknown: Vec<(&'static str, String)>,
}

impl Default for Params {
    /// What is to be done: open items of class `action`.
    fn default() -> Self {
        let filter = ActionFilter {
            state: Some(ActionState::Open),
            classes: vec![ActionClass::Action],
            ..ActionFilter::default()
        };
        Self { filter, sort: ActionSort::Due, group: None, page: 0, unknown: Vec::new() }
    }
}

impl Params {
    /// Counts the filters that are not as they are at first.
    pub(super) fn filters(&self) -> usize {
        let (filter, usual) = (&self.filter, Self::default().filter);
        let set = [
            !filter.query.is_empty(),
            filter.state != usual.state,
            filter.owner.is_some(),
            filter.classes != usual.classes,
            !filter.severities.is_empty(),
            filter.min_age.is_some(),
        ];
        set.into_iter().filter(|is_set| *is_set).count()
    }

    /// Reads the parameters; what is unknown or malformed is passed over, the most of it kept to be told.
    pub(in crate::web) fn read(pairs: &[(String, String)]) -> Self {
        let mut params = Self::default();
        for (name, value) in pairs {
            let value = value.trim();
            let filter = &mut params.filter;
            let known = match name.as_str() {
                "state" => value == ALL || named(&ActionState::ALL, ActionState::as_str, value).is_some(),
                "class" => value == ALL || class_from(value).is_some(),
                "severity" => severity_from(value).is_some(),
                "age" => value.parse::<u32>().is_ok(),
                "sort" => named(&ActionSort::ALL, ActionSort::as_str, value).is_some(),
                "group" => named(&ActionGrouping::ALL, ActionGrouping::as_str, value).is_some(),
                _ => true,
            };
            if !known && !value.is_empty() {
                let what = match name.as_str() {
                    "state" => "state",
                    "severity" => "severity",
                    "age" => "number of days",
                    "sort" => ORDER,
                    "group" => "group of items",
                    _ => "class of items",
                };
                params.unknown.push((what, value.to_owned()));
            }
            match name.as_str() {
                "q" => value.clone_into(&mut filter.query),
                "state" if value == ALL => filter.state = None,
                "state" => filter.state = named(&ActionState::ALL, ActionState::as_str, value).or(filter.state),
                "owner" => filter.owner = owner_from(value),
                "class" if value == ALL => filter.classes.clear(),
                "class" => filter.classes = class_from(value).map_or(filter.classes.clone(), |class| vec![class]),
                "severity" => filter.severities.extend(severity_from(value)),
                "age" => filter.min_age = value.parse().ok(),
                "sort" => params.sort = named(&ActionSort::ALL, ActionSort::as_str, value).unwrap_or_default(),
                "group" => params.group = named(&ActionGrouping::ALL, ActionGrouping::as_str, value),
                "page" => params.page = page_from(value, LAST_PAGE),
                _ => {}
            }
        }
        tidy(&mut params.filter.severities);
        params
    }

    /// Returns the question of this page.
    pub(in crate::web) fn request(&self) -> ActionRequest {
        ActionRequest {
            filter: self.filter.clone(),
            sort: self.sort,
            group: self.group,
            offset: self.page * PAGE_SIZE,
            limit: PAGE_SIZE,
        }
    }

    /// Returns these parameters with another filter, on the first page.
    pub(in crate::web) fn with(&self, change: impl FnOnce(&mut ActionFilter)) -> Self {
        let mut params = self.at(0);
        change(&mut params.filter);
        params
    }

    /// Returns these parameters with other groups, on the first page.
    pub(in crate::web) fn grouped(&self, group: Option<ActionGrouping>) -> Self {
        Self { group, ..self.at(0) }
    }

    /// Returns these parameters at another page.
    pub(in crate::web) fn at(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// Returns the address of the page.
    pub(in crate::web) fn url(&self) -> String {
        links::with_query("/actions", &self.pairs())
    }

    /// Returns the address of the list as CSV.
    pub(in crate::web) fn csv_url(&self) -> String {
        links::with_query("/actions.csv", &self.at(0).pairs())
    }

    /// Returns the address of the list as a calendar.
    pub(super) fn ics_url(&self) -> String {
        links::with_query("/actions.ics", &self.at(0).pairs())
    }

    /// Returns the address of what became of these items, whatever their state.
    pub(super) fn ledger_url(&self) -> String {
        let kept = self.pairs().into_iter().filter(|(name, _)| matches!(*name, "owner" | "class"));
        links::with_query("/ledger", &kept.collect::<Vec<_>>())
    }

    /// Returns what the title of the page adds for the filters.
    pub(super) fn in_title(&self) -> String {
        in_title(&self.pairs())
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let (filter, usual) = (&self.filter, Self::default());
        let mut pairs = Vec::new();
        let mut push = |name, value: Option<String>| pairs.extend(value.map(|value| (name, value)));
        push("q", Some(filter.query.clone()).filter(|it| !it.is_empty()));
        let state = filter.state.map_or(ALL, ActionState::as_str);
        push("state", (filter.state != usual.filter.state).then(|| state.to_owned()));
        push(
            "owner",
            filter.owner.as_ref().map(|owner| match owner {
                OwnerFilter::Named(name) => name.clone(),
                OwnerFilter::Nobody => NOBODY.to_owned(),
            }),
        );
        let class = filter.classes.first().map_or(ALL, |class| class.as_str());
        push("class", (filter.classes != usual.filter.classes).then(|| class.to_owned()));
        filter.severities.iter().for_each(|it| push("severity", Some(severity_name(*it).to_owned())));
        push("age", filter.min_age.map(|days| days.to_string()));
        push("group", self.group.map(|group| group.as_str().to_owned()));
        push("sort", (self.sort != usual.sort).then(|| self.sort.as_str().to_owned()));
        push("page", page_name(self.page));
        pairs
    }
}

/// Reads an owner of an address.
pub(in crate::web) fn owner_from(name: &str) -> Option<OwnerFilter> {
    match name {
        "" => None,
        NOBODY => Some(OwnerFilter::Nobody),
        name => Some(OwnerFilter::Named(name.to_owned())),
    }
}

/// Reads a class of items of an address.
pub(in crate::web) fn class_from(name: &str) -> Option<ActionClass> {
    named(&ActionClass::ALL, ActionClass::as_str, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(query: &[(&str, &str)]) -> Params {
        let pairs: Vec<_> = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Params::read(&pairs)
    }

    #[test]
    fn an_order_and_groups_that_are_none_are_kept_to_be_told() {
        let asked = params(&[("sort", "zz"), ("group", "zz"), ("sort", ""), ("group", "")]);
        let told = [(ORDER, "zz"), ("group of items", "zz")];
        assert_eq!(asked.unknown, told.map(|(what, value)| (what, value.to_owned())));
        assert_eq!(asked.url(), "/actions");
    }

    #[test]
    fn the_address_holds_what_is_not_usual() {
        assert_eq!(params(&[]).url(), "/actions");
        assert_eq!(params(&[("state", "open"), ("class", "action"), ("age", "old"), ("page", "0")]).url(), "/actions");
        let url = "/actions?q=x&state=overdue&owner=Ada%20L&class=all&severity=high&age=90&group=owner&sort=age&page=2";
        let asked = params(&[
            ("page", "2"),
            ("q", "x"),
            ("state", "overdue"),
            ("owner", "Ada L"),
            ("class", "all"),
            ("severity", "high"),
            ("age", "90"),
            ("group", "owner"),
            ("sort", "age"),
        ]);
        assert_eq!(asked.url(), url);
        assert_eq!(params(&[("owner", "@nobody")]).filter.owner, Some(OwnerFilter::Nobody));
    }
}
