//! One root cause: what it is, its incidents over time, what is still to be done, and what it goes with.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{Datelike, Months, NaiveDate};

use super::super::actions::{self, ActionView};
use super::super::{Chrome, page};
use super::search;
use crate::kb::{Cause, Incident, KnowledgeBase};
use crate::model::ActionClass;
use crate::web::chart::{Column, Columns};
use crate::web::error::WebError;
use crate::web::links;
use crate::web::state::AppState;
use crate::web::view::{SummaryView, count};

/// Columns that are still told apart.
const MAX_COLUMNS: usize = 36;
/// Labels that fit below them.
const LABELS: usize = 6;
/// Incidents shown before the reader is sent to the search.
const MAX_INCIDENTS: usize = 40;
/// Documents read for their open action items, and items shown.
const MAX_READ: usize = 30;
const MAX_ITEMS: usize = 60;
/// Tags shown that it goes with.
const MAX_WITH: usize = 16;

#[derive(Template)]
#[template(path = "web/tag.html")]
struct TagPage {
    chrome: Chrome,
    name: String,
    title: String,
    description: String,
    family: String,
    incidents_count: String,
    open_count: String,
    chart: Option<Columns>,
    table: Vec<(String, u32)>,
    undated: Option<String>,
    incidents: Vec<SummaryView>,
    more: usize,
    search_url: String,
    items: Vec<ActionView>,
    items_cut: bool,
    with: Vec<With>,
}

/// A tag that the same incidents have.
struct With {
    name: String,
    url: String,
    both: u64,
    both_url: String,
}

/// Shows the page of a tag.
pub(in crate::web) async fn show(State(app): State<AppState>, Path(tag): Path<String>) -> Result<Response, WebError> {
    let (chrome, today) = (Chrome::new(&app, "causes"), app.today());
    app.read(move |kb| {
        let canonical = kb.taxonomy().canonical(&tag);
        match kb.cause(&tag)? {
            Some(cause) if cause.tag.count.incidents > 0 || canonical == tag => page(&fill(chrome, kb, cause, today)),
            // Another spelling, or a name that the taxonomy gave up.
            Some(_) => Ok(Redirect::to(&links::tag(&canonical)).into_response()),
            None if canonical != tag && kb.cause(&canonical)?.is_some() => {
                Ok(Redirect::to(&links::tag(&canonical)).into_response())
            }
            None => Err(unknown(kb, &tag)),
        }
    })
    .await
}

fn unknown(kb: &KnowledgeBase, tag: &str) -> WebError {
    let nearest = kb.taxonomy().nearest(tag).map(|it| (links::tag(it), it.to_owned()));
    WebError::NotFound {
        message: format!("There is no cause called `{tag}`. The page Causes has them all."),
        nearest: nearest.into_iter().collect(),
    }
}

fn fill(chrome: Chrome, kb: &KnowledgeBase, cause: Cause, today: NaiveDate) -> TagPage {
    let columns = columns(&cause.months);
    let table = columns.iter().map(|it| (it.label.clone(), it.parts.iter().map(|part| part.2).sum())).collect();
    let name = format!("Incidents with the cause {} over time. The table below has the numbers.", cause.tag.count.tag);
    let items = open_items(kb, &cause.incidents, today);
    let with = |(other, both): &(String, u64)| With {
        name: other.clone(),
        url: links::tag(other),
        both: *both,
        both_url: search(&[&cause.tag.count.tag, other]),
    };
    let number = |it: u64| usize::try_from(it).unwrap_or(usize::MAX);
    TagPage {
        chrome,
        chart: (!columns.is_empty()).then(|| Columns::new(name, &columns, "incidents", Vec::new(), LABELS)),
        table,
        undated: (cause.undated > 0).then(|| count(number(cause.undated), "incident")),
        incidents: cause.incidents.iter().take(MAX_INCIDENTS).map(|it| SummaryView::of(&it.document)).collect(),
        more: number(cause.tag.count.incidents).saturating_sub(MAX_INCIDENTS.min(cause.incidents.len())),
        search_url: search(&[&cause.tag.count.tag]),
        items_cut: items.len() > MAX_ITEMS,
        items: items.into_iter().take(MAX_ITEMS).collect(),
        with: cause.with.iter().take(MAX_WITH).map(with).collect(),
        incidents_count: count(number(cause.tag.count.incidents), "incident"),
        open_count: count(number(cause.tag.count.actions_open), "open action item"),
        title: cause.tag.title,
        name: cause.tag.count.tag,
        description: cause.tag.description,
        family: cause.family_title,
    }
}

/// Returns a column for every month, or for every year where months would be too many; none is left out between.
fn columns(months: &BTreeMap<NaiveDate, u64>) -> Vec<Column> {
    let (Some(first), Some(last)) = (months.keys().next(), months.keys().next_back()) else { return Vec::new() };
    let column = |label: String, incidents: u64| Column {
        label,
        parts: vec![("fill-accent", "incidents".to_owned(), u32::try_from(incidents).unwrap_or(u32::MAX))],
    };
    let month_after = |month: &NaiveDate| month.checked_add_months(Months::new(1));
    let all: Vec<NaiveDate> = std::iter::successors(Some(*first), month_after)
        .take_while(|month| month <= last)
        .take(MAX_COLUMNS + 1)
        .collect();
    if all.len() <= MAX_COLUMNS {
        let label = |month: &NaiveDate| month.format("%b %Y").to_string();
        return all.iter().map(|month| column(label(month), months.get(month).copied().unwrap_or(0))).collect();
    }
    let mut years: BTreeMap<i32, u64> = BTreeMap::new();
    for (month, incidents) in months {
        *years.entry(month.year()).or_default() += incidents;
    }
    let from = last.year() - i32::try_from(MAX_COLUMNS).unwrap_or(i32::MAX) + 1;
    let all = from.max(first.year())..=last.year();
    all.map(|year| column(year.to_string(), years.get(&year).copied().unwrap_or(0))).collect()
}

/// Returns the open action items of the newest incidents, the longest overdue first.
fn open_items(kb: &KnowledgeBase, incidents: &[Incident], today: NaiveDate) -> Vec<ActionView> {
    let paths = incidents.iter().filter(|it| it.actions_open > 0).flat_map(|it| {
        std::iter::once(&it.document.path).chain(it.parts.iter().map(|part| &part.path)).map(move |path| (path, it))
    });
    let mut items = Vec::new();
    for (path, incident) in paths.take(MAX_READ) {
        // The page is whole without the items of a file that has just gone.
        let Ok(parsed) = kb.read(path) else { continue };
        let open = parsed.document.action_items.iter().filter(|it| it.is_open() && it.class == ActionClass::Action);
        items.extend(open.map(|it| {
            let due = it.due.as_ref().map(|due| due.date);
            (due.is_none(), due, actions::view_of(it, incident, &parsed.document, today))
        }));
    }
    items.sort_by_key(|(is_undated, due, _)| (*is_undated, *due));
    items.into_iter().map(|(_, _, view)| view).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(months: &[(i32, u32, u64)]) -> Vec<(String, u32)> {
        let month = |&(year, month, count): &(i32, u32, u64)| {
            (NaiveDate::from_ymd_opt(year, month, 1).expect("a real month"), count)
        };
        let columns = columns(&months.iter().map(month).collect());
        columns.into_iter().map(|it| (it.label, it.parts[0].2)).collect()
    }

    #[test]
    fn months_without_incidents_are_shown() {
        let expected = [("Nov 2025", 1), ("Dec 2025", 0), ("Jan 2026", 2)].map(|(label, n)| (label.to_owned(), n));
        assert_eq!(labels(&[(2025, 11, 1), (2026, 1, 2)]), expected);
        assert_eq!(labels(&[]), []);
    }

    #[test]
    fn a_long_time_is_shown_in_years() {
        let years = labels(&[(2020, 1, 1), (2020, 5, 1), (2026, 1, 2)]);
        assert_eq!((years.len(), years[0].clone(), years[6].clone()), (7, ("2020".into(), 2), ("2026".into(), 2)));
        assert_eq!(labels(&[(1, 1, 1), (2026, 1, 2)]).len(), MAX_COLUMNS);
    }
}
