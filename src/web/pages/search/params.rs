//! The address of a results page: it holds everything, so that it can be pasted into a chat.

use chrono::NaiveDate;

use crate::kb::{FacetField, Sort};
use crate::model::{Kind, StatusState};
use crate::web::links;
use crate::web::pages::address::{ORDER, day_from, named, page_from, page_name};
use crate::web::view::severity_from;

/// Hits a page.
pub(in crate::web) const PAGE_SIZE: usize = 20;
/// The last page that is shown; who needs more narrows the search.
pub(in crate::web) const LAST_PAGE: usize = 500;

/// Days in addresses, as date fields of forms send them.
pub(in crate::web) const DAY: &str = "%Y-%m-%d";

/// The query in addresses.
const QUERY: &str = "q";

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::web) struct Params {
    /// Query text.
    pub(in crate::web) query: String,
    /// Chosen values of each facet, in the order of [`FacetField::ALL`].
    pub(in crate::web) facets: Vec<(FacetField, Vec<String>)>,
    /// First and last day on which the incident began.
    pub(in crate::web) days: (Option<NaiveDate>, Option<NaiveDate>),
    /// Days that are none, as written: somebody changed the address by hand.
    pub(in crate::web) no_days: Vec<String>,
    /// Values that no document can have, and what each should have been.
    pub(in crate::web) unknown: Vec<(&'static str, String)>,
    /// Order, where chosen.
    pub(in crate::web) sort: Option<Sort>,
    /// Page, from 0.
    pub(in crate::web) page: usize,
}

impl Params {
    /// Reads the parameters; what is unknown or malformed is passed over, the most of it kept to be told.
    pub(in crate::web) fn read(pairs: &[(String, String)]) -> Self {
        let mut params = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                QUERY => value.trim().clone_into(&mut params.query),
                "from" => params.days.0 = day_from(value, &mut params.no_days),
                "to" => params.days.1 = day_from(value, &mut params.no_days),
                "sort" => {
                    params.sort = named(&SORTS, sort_name, value);
                    if params.sort.is_none() && !value.is_empty() {
                        params.unknown.push((ORDER, value.clone()));
                    }
                }
                "page" => params.page = page_from(value, LAST_PAGE),
                name => {
                    let field = FacetField::ALL.into_iter().find(|field| field.as_str() == name);
                    match field.filter(|_| !value.is_empty()) {
                        Some(field) if can_have(field, value) => params.choose(field, value),
                        Some(field) => params.unknown.push((field.as_str(), value.clone())),
                        None => {}
                    }
                }
            }
        }
        params
    }

    /// Returns the order used: by date where no words decide.
    pub(in crate::web) fn sort(&self) -> Sort {
        self.sort.unwrap_or(if self.query.is_empty() { Sort::Date } else { Sort::Relevance })
    }

    /// Returns the chosen values of `field`.
    pub(in crate::web) fn chosen(&self, field: FacetField) -> &[String] {
        self.facets.iter().find(|(it, _)| *it == field).map_or(&[], |(_, values)| values)
    }

    /// Returns these parameters with a value chosen, or no longer chosen, on the first page.
    pub(in crate::web) fn toggled(&self, field: FacetField, value: &str) -> Self {
        let mut params = Self { page: 0, ..self.clone() };
        if self.chosen(field).iter().any(|it| it == value) {
            for (_, values) in params.facets.iter_mut().filter(|(it, _)| *it == field) {
                values.retain(|it| it != value);
            }
            params.facets.retain(|(_, values)| !values.is_empty());
        } else {
            params.choose(field, value);
        }
        params
    }

    /// Returns what stands before and behind the value in the addresses of [`Self::toggled`] for values of `field` that
    /// are not chosen.
    pub(in crate::web) fn around(&self, field: FacetField) -> (String, String) {
        let mut before = Self { page: 0, ..self.clone() }.pairs();
        let fields = FacetField::ALL.into_iter().take_while(|it| *it != field).chain([field]);
        let first: Vec<&str> = std::iter::once(QUERY).chain(fields.map(FacetField::as_str)).collect();
        let behind = before.split_off(before.partition_point(|(name, _)| first.contains(name)));
        before.push((field.as_str(), String::new()));
        (links::with_query("/search", &before), links::with_query("", &behind).replace('?', "&"))
    }

    /// Returns these parameters without any facet or day.
    pub(in crate::web) fn unfiltered(&self) -> Self {
        Self { facets: Vec::new(), days: (None, None), page: 0, ..self.clone() }
    }

    /// Returns these parameters with other days, on the first page.
    pub(in crate::web) fn within(&self, days: (Option<NaiveDate>, Option<NaiveDate>)) -> Self {
        Self { days, page: 0, ..self.clone() }
    }

    /// Returns these parameters with another query, on the first page.
    pub(in crate::web) fn asking(&self, query: &str) -> Self {
        Self { query: query.to_owned(), page: 0, ..self.clone() }
    }

    /// Returns these parameters in another order, on the first page.
    pub(in crate::web) fn sorted(&self, sort: Sort) -> Self {
        Self { sort: Some(sort), page: 0, ..self.clone() }
    }

    /// Returns these parameters at another page.
    pub(in crate::web) fn at(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// Returns the address.
    pub(in crate::web) fn url(&self) -> String {
        links::with_query("/search", &self.pairs())
    }

    /// Returns the parameters other than the query and the page, for a form that asks for another query.
    pub(in crate::web) fn kept_by_query(&self) -> Vec<(&'static str, String)> {
        self.asking("").pairs()
    }

    /// Returns the parameters other than the days and the page, for a form that asks for other days.
    pub(in crate::web) fn kept_by_days(&self) -> Vec<(&'static str, String)> {
        self.within((None, None)).pairs()
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.query.is_empty() {
            pairs.push((QUERY, self.query.clone()));
        }
        for (field, values) in &self.facets {
            pairs.extend(values.iter().map(|value| (field.as_str(), value.clone())));
        }
        for (name, day) in [("from", self.days.0), ("to", self.days.1)] {
            pairs.extend(day.map(|day| (name, day.format(DAY).to_string())));
        }
        if let Some(sort) = self.sort {
            pairs.push(("sort", sort_name(sort).to_owned()));
        }
        pairs.extend(page_name(self.page).map(|page| ("page", page)));
        pairs
    }

    fn choose(&mut self, field: FacetField, value: &str) {
        if value.is_empty() || self.chosen(field).iter().any(|it| it == value) {
            return;
        }
        match self.facets.iter_mut().find(|(it, _)| *it == field) {
            Some((_, values)) => values.push(value.to_owned()),
            None => self.facets.push((field, vec![value.to_owned()])),
        }
        self.facets.sort_by_key(|(field, _)| FacetField::ALL.iter().position(|it| it == field));
    }
}

/// Tells whether a document can have this value.
fn can_have(field: FacetField, value: &str) -> bool {
    match field {
        FacetField::Severity => matches!(severity_from(value), Some(Some(_))),
        FacetField::Status => StatusState::from_name(value).is_some(),
        FacetField::Kind => Kind::from_name(value).is_some(),
        FacetField::Year => value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_digit()),
        FacetField::Service | FacetField::Tag => true,
    }
}

/// Returns the name of an order in addresses.
pub(in crate::web) fn sort_name(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "relevance",
        Sort::Date => "date",
        Sort::Severity => "severity",
    }
}

const SORTS: [Sort; 3] = [Sort::Relevance, Sort::Date, Sort::Severity];

#[cfg(test)]
mod tests {
    use super::*;

    fn params(query: &[(&str, &str)]) -> Params {
        let pairs: Vec<_> = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Params::read(&pairs)
    }

    #[test]
    fn the_address_holds_everything() {
        let asked = params(&[
            ("kind", "rca"),
            ("severity", "high"),
            ("q", " a & b "),
            ("severity", "low"),
            ("page", "3"),
            ("sort", "date"),
            ("to", "2026-01-31"),
            ("from", "2025-12-01"),
        ]);
        assert_eq!(
            asked.url(),
            "/search?q=a%20%26%20b&severity=high&severity=low&kind=rca&from=2025-12-01&to=2026-01-31&sort=date&page=3"
        );
        assert_eq!(params(&[("from", "")]), Params::default());
        let none = params(&[("from", "2025-13-01"), ("to", "31.1.2026")]);
        assert_eq!((none.days, none.url().as_str()), ((None, None), "/search"));
        assert_eq!(none.no_days, ["2025-13-01", "31.1.2026"]);
        assert_eq!(params(&[]).url(), "/search");
        assert_eq!(params(&[("page", "0"), ("sort", ""), ("colour", "red"), ("severity", "")]), Params::default());
        assert_eq!(params(&[("page", "99999999999999999999999")]).page, 0);
        assert_eq!(params(&[("page", "100000")]).page, LAST_PAGE - 1);
    }

    #[test]
    fn a_value_that_no_document_can_have_is_left_out_and_kept_to_be_told() {
        let known = [("severity", "info"), ("status", "mitigated"), ("kind", "rca"), ("year", "1999"), ("tag", "x")];
        assert_eq!((params(&known).facets.len(), params(&known).unknown.len()), (known.len(), 0));
        let unknown =
            [("severity", "SEV9"), ("severity", "none"), ("status", "x"), ("kind", "nosuch"), ("year", "20x5")];
        assert_eq!(params(&[("sort", "zz")]).unknown, [(ORDER, "zz".to_owned())]);
        let told = unknown.map(|(name, value)| (name, value.to_owned())).to_vec();
        assert_eq!(params(&unknown), Params { unknown: told, ..Params::default() });
    }

    #[test]
    fn values_can_be_chosen_and_dropped() {
        let one = params(&[("q", "x"), ("page", "2")]).toggled(FacetField::Severity, "high");
        assert_eq!(one.url(), "/search?q=x&severity=high");
        assert_eq!(one.toggled(FacetField::Severity, "high").url(), "/search?q=x");
        assert_eq!(one.toggled(FacetField::Severity, "low").unfiltered().url(), "/search?q=x");
    }

    #[test]
    fn what_stands_around_a_value_makes_the_address_that_chooses_it() {
        let asked =
            [("q", "a ?&b"), ("status", "open"), ("tag", "x y"), ("to", "2026-01-31"), ("sort", "date"), ("page", "3")];
        for length in 0..=asked.len() {
            let params = params(&asked[..length]);
            for field in FacetField::ALL {
                let (before, behind) = params.around(field);
                let url = params.toggled(field, "q&a").url();
                assert_eq!(format!("{before}{}{behind}", links::encode("q&a")), url);
            }
        }
    }
}
