//! The address of a list of incidents: filters, order and page.

use chrono::NaiveDate;

use crate::kb::{IncidentFilter, IncidentSort, Period, Scope};
use crate::model::{Severity, StatusState};
use crate::web::links;
use crate::web::pages::address::{DIRECTION, LAST_PAGE, ORDER, day_from, in_title, named, page_from, page_name, tidy};
use crate::web::view::{NONE, severity_from, severity_name};

/// The states of an incident that is not over.
pub(super) const UNRESOLVED: [StatusState; 3] = [StatusState::Open, StatusState::Investigating, StatusState::Mitigated];

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct Params {
    pub(in crate::web) filter: IncidentFilter,
    pub(in crate::web) sort: IncidentSort,
    pub(in crate::web) descending: bool,
    /// Page, from 0.
    pub(in crate::web) page: usize,
    /// Days that are none, as written.
    pub(in crate::web) no_days: Vec<String>,
    /// What no filter knows: what each should have been, and what was written.
    pub(in crate::web) unknown: Vec<(&'static str, String)>,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            filter: IncidentFilter::default(),
            sort: IncidentSort::Date,
            descending: true,
            page: 0,
            no_days: Vec::new(),
            unknown: Vec::new(),
        }
    }
}

impl Params {
    /// Reads the parameters; what is unknown or malformed is passed over, the most of it kept to be told.
    pub(in crate::web) fn read(pairs: &[(String, String)]) -> Self {
        let mut params = Self::default();
        let mut order = None;
        for (name, value) in pairs {
            let value = value.trim();
            let filter = &mut params.filter;
            let mut told = |what, known: bool| {
                if !known && !value.is_empty() {
                    params.unknown.push((what, value.to_owned()));
                }
            };
            let text = || (!value.is_empty()).then(|| value.to_owned());
            match name.as_str() {
                "q" => value.clone_into(&mut filter.query),
                "scope" => {
                    let scope = named(&Scope::ALL, Scope::as_str, value);
                    told("scope of this list", scope.is_some());
                    filter.scope = scope.unwrap_or_default();
                }
                "severity" => {
                    told("severity", severity_from(value).is_some());
                    filter.severities.extend(severity_from(value));
                }
                "status" => {
                    told("status", !statuses(value).is_empty());
                    filter.statuses.extend(statuses(value));
                }
                "service" => filter.service = text(),
                "tag" => filter.tag = text(),
                "from" => filter.period.from = day_from(value, &mut params.no_days),
                "to" => filter.period.to = day_from(value, &mut params.no_days),
                "open" => {
                    told("value of `open`", matches!(value, "0" | "1"));
                    filter.open_actions = value == "1";
                }
                "sort" => {
                    let sort = named(&IncidentSort::ALL, IncidentSort::as_str, value);
                    told(ORDER, sort.is_some());
                    params.sort = sort.unwrap_or(params.sort);
                }
                "order" => {
                    told(DIRECTION, matches!(value, "asc" | "desc"));
                    order = Some(value.to_owned());
                }
                "page" => params.page = page_from(value, LAST_PAGE),
                _ => {}
            }
        }
        tidy(&mut params.filter.severities);
        tidy(&mut params.filter.statuses);
        params.descending = match order.as_deref() {
            Some("asc") => false,
            Some("desc") => true,
            _ => params.sort.descends(),
        };
        params
    }

    /// Returns the address of the incidents of one severity that began within these days.
    pub(in crate::web) fn between(from: NaiveDate, to: NaiveDate, severity: Option<Option<Severity>>) -> Self {
        let period = Period { from: Some(from), to: Some(to) };
        let filter = IncidentFilter { period, severities: severity.into_iter().collect(), ..IncidentFilter::default() };
        Self { filter, ..Self::default() }
    }

    /// Counts the filters that are set.
    pub(super) fn filters(&self) -> usize {
        let filter = &self.filter;
        let set = [
            !filter.query.is_empty(),
            !filter.severities.is_empty(),
            !filter.statuses.is_empty(),
            filter.service.is_some(),
            filter.tag.is_some(),
            filter.period.from.is_some(),
            filter.period.to.is_some(),
            filter.open_actions,
        ];
        set.into_iter().filter(|is_set| *is_set).count()
    }

    /// Returns the address of the incidents that are not over.
    pub(in crate::web) fn unresolved() -> Self {
        let statuses = UNRESOLVED.map(Some).to_vec();
        Self { filter: IncidentFilter { statuses, ..IncidentFilter::default() }, ..Self::default() }
    }

    /// Returns these parameters in another order; once more for the other direction.
    pub(in crate::web) fn sorted(&self, sort: IncidentSort) -> Self {
        let descending = if self.sort == sort { !self.descending } else { sort.descends() };
        Self { sort, descending, page: 0, ..self.clone() }
    }

    /// Returns these parameters at another page.
    pub(in crate::web) fn at(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// Returns these parameters for another scope.
    pub(in crate::web) fn of(&self, scope: Scope) -> Self {
        Self { filter: IncidentFilter { scope, ..self.filter.clone() }, page: 0, ..self.clone() }
    }

    /// Tells whether nothing is filtered but the scope.
    pub(in crate::web) fn is_unfiltered(&self) -> bool {
        self.filter == IncidentFilter { scope: self.filter.scope, ..IncidentFilter::default() }
    }

    /// Returns the address of the page.
    pub(in crate::web) fn url(&self) -> String {
        links::with_query("/incidents", &self.pairs())
    }

    /// Returns the address of the list as CSV.
    pub(in crate::web) fn csv_url(&self) -> String {
        links::with_query("/incidents.csv", &self.at(0).pairs())
    }

    /// Returns what the title of the page adds for the filters.
    pub(super) fn in_title(&self) -> String {
        in_title(&self.pairs())
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let filter = &self.filter;
        let mut pairs = Vec::new();
        let mut push = |name, value: Option<String>| pairs.extend(value.map(|value| (name, value)));
        push("q", Some(filter.query.clone()).filter(|it| !it.is_empty()));
        push("scope", (filter.scope != Scope::default()).then(|| filter.scope.as_str().to_owned()));
        filter.severities.iter().for_each(|it| push("severity", Some(severity_name(*it).to_owned())));
        if filter.statuses == UNRESOLVED.map(Some) {
            push("status", Some("unresolved".to_owned()));
        } else {
            filter.statuses.iter().for_each(|it| push("status", Some(it.map_or(NONE, StatusState::as_str).to_owned())));
        }
        push("service", filter.service.clone());
        push("tag", filter.tag.clone());
        push("from", filter.period.from.map(|day| day.to_string()));
        push("to", filter.period.to.map(|day| day.to_string()));
        push("open", filter.open_actions.then(|| "1".to_owned()));
        let usual = self.descending == self.sort.descends();
        push("sort", (self.sort != IncidentSort::Date || !usual).then(|| self.sort.as_str().to_owned()));
        push("order", (!usual).then(|| if self.descending { "desc" } else { "asc" }.to_owned()));
        push("page", page_name(self.page));
        pairs
    }
}

fn statuses(name: &str) -> Vec<Option<StatusState>> {
    match name {
        NONE => vec![None],
        "unresolved" => UNRESOLVED.map(Some).to_vec(),
        name => StatusState::from_name(name).map(Some).into_iter().collect(),
    }
}

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
            ("q", " a & b "),
            ("severity", "none"),
            ("severity", "high"),
            ("status", "unresolved"),
            ("from", "2026-01-01"),
            ("sort", "severity"),
            ("order", "desc"),
            ("page", "3"),
        ]);
        let url = "/incidents?q=a%20%26%20b&severity=none&severity=high&status=unresolved&from=2026-01-01\
                   &sort=severity&order=desc&page=3";
        assert_eq!(asked.url(), url);
        assert_eq!(params(&[]).url(), "/incidents");
        assert_eq!(params(&[("sort", ""), ("from", ""), ("severity", ""), ("page", "0")]), Params::default());
        let none = params(&[("from", "2026-06-31")]);
        assert_eq!((none.url().as_str(), none.no_days), ("/incidents", vec!["2026-06-31".to_owned()]));
    }

    #[test]
    fn an_order_that_is_none_is_kept_to_be_told() {
        let asked = params(&[("sort", "zzz"), ("order", "zz")]);
        let told = [(ORDER, "zzz"), (DIRECTION, "zz")];
        assert_eq!(asked.unknown, told.map(|(what, value)| (what, value.to_owned())));
        assert_eq!(asked.url(), "/incidents");
    }

    #[test]
    fn a_second_click_turns_the_order() {
        let by_date = params(&[]).sorted(IncidentSort::Date);
        assert_eq!(by_date.url(), "/incidents?sort=date&order=asc");
        assert_eq!(by_date.sorted(IncidentSort::Date).url(), "/incidents");
        assert_eq!(by_date.sorted(IncidentSort::Severity).url(), "/incidents?sort=severity");
    }
}
